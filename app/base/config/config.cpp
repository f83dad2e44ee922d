// Reads kiosk.toml: every key is one row of a table that says what is allowed and where the value goes.
#include "app/base/config/config.hpp"

#include "app/base/text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <fstream>
#include <optional>
#include <toml++/toml.h>

namespace kiosk {
namespace {

constexpr std::size_t mostTiles = 12;
constexpr std::size_t longestMessage = 200; // characters
constexpr std::size_t longestName = 120;    // characters; what two header lines hold

/// Well-formed text of 1 to `most` characters in NFC.
std::optional<std::string> words(const toml::node& node, std::size_t most) {
    const auto* value = node.as_string();
    if (value == nullptr || !text::isUtf8(value->get())) return std::nullopt;
    auto s = text::nfc(text::trim(value->get()));
    if (s.empty() || text::length(s) > most) return std::nullopt;
    return s;
}

bool isOneOf(std::string_view s, std::string_view extra) {
    return std::all_of(s.begin(), s.end(), [&](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || extra.find(c) != std::string_view::npos;
    });
}

bool isDigits(std::string_view s) {
    return !s.empty() && std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// "1.001193": one digit, a point, six digits.
bool isProcedureCode(std::string_view s) {
    return s.size() == 8 && isDigits(s.substr(0, 1)) && s[1] == '.' && isDigits(s.substr(2));
}

bool setCode(const toml::node& node, std::string& to) {
    auto s = words(node, 32);
    if (!s || !isOneOf(*s, ".-_")) return false;
    to = *s;
    return true;
}

bool setName(const toml::node& node, std::string& to) {
    auto s = words(node, longestName);
    if (!s) return false;
    to = *s;
    return true;
}

bool setWard(const toml::node& node, std::string& to) {
    auto s = words(node, 5);
    if (!s || s->size() != 5 || !isDigits(*s)) return false;
    to = *s;
    return true;
}

bool setPhone(const toml::node& node, std::string& to) {
    const auto* value = node.as_string();
    if (value == nullptr) return false;
    const auto s = text::trim(value->get());
    if (s.size() > 30 || s.find_first_not_of("0123456789 +.-()") != std::string_view::npos) return false;
    to = s;
    return true;
}

bool setHours(const toml::node& node, OpeningHours& to) {
    const auto* value = node.as_string();
    if (value == nullptr) return false;
    const auto hours = OpeningHours::parse(value->get());
    if (hours) to = *hours;
    return hours.has_value();
}

/// Empty, or a sentence or two.
bool setMessage(const toml::node& node, std::string& to) {
    const auto* value = node.as_string();
    if (value == nullptr) return false;
    if (text::trim(value->get()).empty()) {
        to.clear();
        return true;
    }
    auto s = words(node, longestMessage);
    if (!s) return false;
    to = *s;
    return true;
}

bool setFlag(const toml::node& node, bool& to) {
    const auto* value = node.as_boolean();
    if (value != nullptr) to = value->get();
    return value != nullptr;
}

bool setWhole(const toml::node& node, int& to, int least, int most) {
    const auto* value = node.as_integer();
    if (value == nullptr || value->get() < least || value->get() > most) return false;
    to = static_cast<int>(value->get());
    return true;
}

bool setDiagonal(const toml::node& node, double& to) {
    if (!node.is_number()) return false;
    const double inches = node.value<double>().value_or(0);
    if (!std::isfinite(inches) || inches < 7 || inches > 65) return false;
    to = inches;
    return true;
}

bool setLanguage(const toml::node& node, std::string& to) {
    const auto* value = node.as_string();
    if (value == nullptr || (value->get() != "vi" && value->get() != "en")) return false;
    to = value->get();
    return true;
}

bool setPhoneFor(const toml::node& node, std::string& to) {
    constexpr std::array<std::string_view, 4> allowed{"nobody", "administrators", "supervisors", "everyone"};
    const auto* value = node.as_string();
    if (value == nullptr || std::ranges::find(allowed, value->get()) == allowed.end()) return false;
    to = value->get();
    return true;
}

/// A whole number, or "auto".
bool setWholeOrAuto(const toml::node& node, std::optional<int>& to, int least, int most) {
    if (const auto* word = node.as_string(); word != nullptr && word->get() == "auto") {
        to.reset();
        return true;
    }
    int value = 0;
    if (!setWhole(node, value, least, most)) return false;
    to = value;
    return true;
}

bool setMains(const toml::node& node, int& to) {
    int hz = 0;
    if (!setWhole(node, hz, 0, 60) || (hz != 0 && hz != 50 && hz != 60)) return false;
    to = hz;
    return true;
}

bool setFormat(const toml::node& node, std::string& to) {
    constexpr std::array<std::string_view, 8> known = {"MJPEG", "YUYV", "UYVY", "NV12",
                                                       "GREY",  "Y10",  "Y12",  "Y16"};
    const auto* value = node.as_string();
    if (value == nullptr) return false;
    const bool automatic = value->get() == "auto";
    if (!automatic && std::find(known.begin(), known.end(), value->get()) == known.end()) return false;
    to = automatic ? std::string() : value->get();
    return true;
}

/// "usb:05e0:1200".
bool isUsbId(std::string_view s) {
    const auto isHex = [](std::string_view four) {
        return four.size() == 4 && four.find_first_not_of("0123456789abcdef") == std::string_view::npos;
    };
    return s.size() == 13 && s.starts_with("usb:") && isHex(s.substr(4, 4)) && s[8] == ':' &&
           isHex(s.substr(9));
}

bool setScanner(const toml::node& node, std::string& to) {
    const auto* value = node.as_string();
    if (value == nullptr || !text::isUtf8(value->get()) || value->get().find('\0') != std::string::npos)
        return false;
    const auto& s = value->get();
    if (s != "auto" && s != "none" && !s.starts_with("/dev/") && !isUsbId(s)) return false;
    to = s;
    return true;
}

bool setSpeechOutput(const toml::node& node, std::string& to) {
    const auto* value = node.as_string();
    if (value == nullptr) return false;
    const auto& s = value->get();
    if (s != "auto" && s != "headphones" && s != "off") return false;
    to = s;
    return true;
}

bool setSoundDevice(const toml::node& node, std::string& to) {
    const auto* value = node.as_string();
    auto s = words(node, 120);
    if (value == nullptr || (!s && !value->get().empty())) return false;
    to = s.value_or("");
    return true;
}

/// A voice of espeak-ng: it becomes an argument, so it has only what their names have.
bool setVoice(const toml::node& node, std::string& to) {
    auto s = words(node, 32);
    if (!s || !isOneOf(*s, "-+") || s->front() == '-') return false;
    to = *s;
    return true;
}

bool setLetter(const toml::node& node, std::string& to) {
    const auto* value = node.as_string();
    if (value == nullptr || value->get().size() != 1 || value->get()[0] < 'A' || value->get()[0] > 'Z')
        return false;
    to = value->get();
    return true;
}

bool setBaud(const toml::node& node, int& to) {
    constexpr std::array rates = {1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200};
    int baud = 0;
    if (!setWhole(node, baud, rates.front(), rates.back())) return false;
    if (std::find(rates.begin(), rates.end(), baud) == rates.end()) return false;
    to = baud;
    return true;
}

/// Empty, or a device, folder, file or address; whether it is there is told by the camera itself.
bool setCamera(const toml::node& node, std::string& to) {
    const auto* value = node.as_string();
    if (value == nullptr || !text::isUtf8(value->get()) || value->get().find('\0') != std::string::npos)
        return false;
    to = value->get();
    return true;
}

bool setPaperPrinter(const toml::node& node, std::string& to) {
    std::string address;
    if (!setCamera(node, address)) return false;
    if (!address.empty() && !address.starts_with("ipp://") && !address.starts_with("ipps://")) return false;
    to = address;
    return true;
}

bool setPrinter(const toml::node& node, std::string& to) {
    std::string address;
    if (!setCamera(node, address)) return false;
    if (!address.empty() && !address.starts_with("tcp://") && !address.starts_with("/dev/")) return false;
    to = address;
    return true;
}

bool setFolder(const toml::node& node, std::string& to) {
    std::string folder;
    if (!setCamera(node, folder) || !folder.starts_with('/')) return false;
    to = folder;
    return true;
}

bool setTiles(const toml::node& node, std::vector<std::string>& to) {
    const auto* list = node.as_array();
    if (list == nullptr || list->size() > mostTiles) return false;
    std::vector<std::string> codes;
    for (const auto& entry : *list) {
        const auto* code = entry.as_string();
        if (code == nullptr || !isProcedureCode(code->get())) return false;
        if (std::find(codes.begin(), codes.end(), code->get()) != codes.end()) return false;
        codes.push_back(code->get());
    }
    to = std::move(codes);
    return true;
}

struct Key {
    std::string_view section, name, allowed;
    bool (*set)(const toml::node&, Config&);
    bool required = false;
};

constexpr std::array keys = {
    Key{"office", "code", "letters, digits and . - _, at most 32",
        [](const toml::node& n, Config& c) { return setCode(n, c.officeCode); }, true},
    Key{"office", "name", "a text of 1 to 120 characters",
        [](const toml::node& n, Config& c) { return setName(n, c.officeName); }, true},
    Key{"office", "ward", "the ward's code of five digits, e.g. \"26740\"",
        [](const toml::node& n, Config& c) { return setWard(n, c.wardCode); }},
    Key{"office", "phone", "a telephone number, at most 30 characters, or empty",
        [](const toml::node& n, Config& c) { return setPhone(n, c.officePhone); }},
    Key{"office", "accepts_other_procedures", "true or false",
        [](const toml::node& n, Config& c) { return setFlag(n, c.acceptsOtherProcedures); }},
    Key{"office", "hours",
        "opening hours such as \"T2-T6 07:30-11:30 13:00-17:00; T7 07:30-11:30\", or empty",
        [](const toml::node& n, Config& c) { return setHours(n, c.hours); }},
    Key{"office", "message", "a message to visitors of at most 200 characters, or empty",
        [](const toml::node& n, Config& c) { return setMessage(n, c.message); }},
    Key{"office", "message_english", "the same in English, at most 200 characters, or empty",
        [](const toml::node& n, Config& c) { return setMessage(n, c.messageEnglish); }},
    Key{"procedures", "tiles", "a list of at most 12 different procedure codes such as \"1.001193\"",
        [](const toml::node& n, Config& c) { return setTiles(n, c.tiles); }},
    Key{"camera", "source",
        "a device, a file or folder of pictures, an http address, or empty for the first camera",
        [](const toml::node& n, Config& c) { return setCamera(n, c.camera); }},
    Key{"camera", "format",
        "\"auto\", \"MJPEG\", \"YUYV\", \"UYVY\", \"NV12\", \"GREY\", \"Y10\", \"Y12\" or \"Y16\"",
        [](const toml::node& n, Config& c) { return setFormat(n, c.cameraSettings.format); }},
    Key{"camera", "focus", "\"auto\" or a whole number from 0 to 4095",
        [](const toml::node& n, Config& c) { return setWholeOrAuto(n, c.cameraSettings.focus, 0, 4095); }},
    Key{"camera", "exposure", "\"auto\" or a whole number from 1 to 10000 (of 0.1 ms)",
        [](const toml::node& n, Config& c) {
            return setWholeOrAuto(n, c.cameraSettings.exposure, 1, 10000);
        }},
    Key{"camera", "gain", "\"auto\" or a whole number from 0 to 4095",
        [](const toml::node& n, Config& c) { return setWholeOrAuto(n, c.cameraSettings.gain, 0, 4095); }},
    Key{"camera", "backlight_compensation", "\"auto\" or a whole number from 0 to 255",
        [](const toml::node& n, Config& c) { return setWholeOrAuto(n, c.cameraSettings.backlight, 0, 255); }},
    Key{"camera", "sharpness", "\"auto\" or a whole number from 0 to 255",
        [](const toml::node& n, Config& c) { return setWholeOrAuto(n, c.cameraSettings.sharpness, 0, 255); }},
    Key{"camera", "slow_in_the_dark", "true or false",
        [](const toml::node& n, Config& c) { return setFlag(n, c.cameraSettings.slowInTheDark); }},
    Key{"camera", "mains_hz", "50, 60 or 0",
        [](const toml::node& n, Config& c) { return setMains(n, c.cameraSettings.mainsHz); }},
    Key{"scanner", "device", "\"auto\", \"none\", a device (/dev/…) or \"usb:vvvv:pppp\"",
        [](const toml::node& n, Config& c) { return setScanner(n, c.scanner.device); }},
    Key{"scanner", "baud", "1200, 2400, 4800, 9600, 19200, 38400, 57600 or 115200",
        [](const toml::node& n, Config& c) { return setBaud(n, c.scanner.baud); }},
    Key{"scanner", "key_gap_ms", "a whole number from 10 to 60",
        [](const toml::node& n, Config& c) { return setWhole(n, c.scanner.keyGapMs, 10, 60); }},
    Key{"printer", "slip", "\"tcp://host:9100\", a device such as \"/dev/usb/lp0\", or empty for none",
        [](const toml::node& n, Config& c) { return setPrinter(n, c.slipPrinter); }},
    Key{"printer", "paper", "\"ipp://host/printers/name\", \"ipps://host/ipp/print\", or empty for none",
        [](const toml::node& n, Config& c) { return setPaperPrinter(n, c.paperPrinter); }},
    Key{"speech", "output", "\"auto\", \"headphones\" or \"off\"",
        [](const toml::node& n, Config& c) { return setSpeechOutput(n, c.speech.output); }},
    Key{"speech", "device", "the name of a sound device or a part of it, or empty for the system's own",
        [](const toml::node& n, Config& c) { return setSoundDevice(n, c.speech.device); }},
    Key{"speech", "vietnamese", "a voice of espeak-ng such as \"vi\" or \"vi-vn-x-south\"",
        [](const toml::node& n, Config& c) { return setVoice(n, c.speech.vietnamese); }},
    Key{"speech", "english", "a voice of espeak-ng such as \"en-gb\"",
        [](const toml::node& n, Config& c) { return setVoice(n, c.speech.english); }},
    Key{"speech", "speed", "a whole number from 80 to 400 (words a minute)",
        [](const toml::node& n, Config& c) { return setWhole(n, c.speech.speed, 80, 400); }},
    Key{"screen", "diagonal_inches", "a number from 7 to 65",
        [](const toml::node& n, Config& c) { return setDiagonal(n, c.diagonalInches); }},
    Key{"screen", "language", "\"vi\" or \"en\"",
        [](const toml::node& n, Config& c) { return setLanguage(n, c.language); }},
    Key{"screen", "dark_when_closed", "true or false",
        [](const toml::node& n, Config& c) { return setFlag(n, c.darkWhenClosed); }},
    Key{"screen", "idle_warning_seconds", "a whole number from 30 to 600",
        [](const toml::node& n, Config& c) { return setWhole(n, c.idleWarningSeconds, 30, 600); }},
    Key{"screen", "idle_countdown_seconds", "a whole number from 20 to 120",
        [](const toml::node& n, Config& c) { return setWhole(n, c.idleCountdownSeconds, 20, 120); }},
    Key{"tickets", "offered", "true or false",
        [](const toml::node& n, Config& c) { return setFlag(n, c.tickets.offered); }},
    Key{"tickets", "counters", "a whole number from 1 to 50",
        [](const toml::node& n, Config& c) { return setWhole(n, c.tickets.counters, 1, 50); }},
    Key{"tickets", "minutes", "a whole number from 1 to 240",
        [](const toml::node& n, Config& c) { return setWhole(n, c.tickets.minutes, 1, 240); }},
    Key{"tickets", "letter", "one capital letter from A to Z",
        [](const toml::node& n, Config& c) { return setLetter(n, c.tickets.letter); }},
    Key{"profile", "keep_days", "a whole number from 1 to 3650",
        [](const toml::node& n, Config& c) { return setWhole(n, c.profileKeepDays, 1, 3650); }},
    Key{"staff", "sticks_folder", "the folder in which memory sticks appear, e.g. \"/media\"",
        [](const toml::node& n, Config& c) { return setFolder(n, c.sticksFolder); }},
    Key{"staff", "phone_for", "\"nobody\", \"administrators\", \"supervisors\" or \"everyone\"",
        [](const toml::node& n, Config& c) { return setPhoneFor(n, c.phoneFor); }},
    Key{"outbox", "keep_acknowledged_days", "a whole number from 1 to 365",
        [](const toml::node& n, Config& c) { return setWhole(n, c.keepAcknowledgedDays, 1, 365); }},
};

/// The names a person may have meant, for the message about an unknown one.
std::string known(std::string_view section) {
    std::string list;
    std::string_view last;
    for (const auto& key : keys) {
        if (!section.empty() && key.section != section) continue;
        const auto name = section.empty() ? key.section : key.name;
        if (name == last) continue;
        list += (list.empty() ? "" : ", ") + std::string(name);
        last = name;
    }
    return list;
}

/// Collects every mistake, so that a person repairs the file once.
class Problems {
public:
    explicit Problems(const std::string& path) : path_(path) {}
    void add(const toml::source_region& at, const std::string& key, std::string_view allowed) {
        if (!text_.empty()) text_ += '\n';
        text_ += path_ + ":" + std::to_string(at.begin.line) + ": " + key + ": " + std::string(allowed);
    }
    const std::string& text() const { return text_; }

private:
    const std::string& path_;
    std::string text_;
};

void readSection(std::string_view section, const toml::table& table, Config& config, Problems& problems) {
    for (const auto& [name, node] : table) {
        const std::string_view wanted = name.str(); // clang 14 cannot capture a structured binding
        const auto full = std::string(section) + "." + std::string(wanted);
        const auto key = std::find_if(keys.begin(), keys.end(),
                                      [&](const Key& k) { return k.section == section && k.name == wanted; });
        if (key == keys.end())
            problems.add(name.source(), full, "unknown; known here: " + known(section));
        else if (!key->set(node, config))
            problems.add(node.source(), full, key->allowed);
    }
}

void readTables(const toml::table& root, Config& config, Problems& problems) {
    for (const auto& [name, node] : root) {
        const std::string section(name.str());
        const bool exists =
            std::any_of(keys.begin(), keys.end(), [&](const Key& k) { return k.section == section; });
        if (!exists || !node.is_table())
            problems.add(name.source(), section, "unknown; the tables are: " + known({}));
        else
            readSection(section, *node.as_table(), config, problems);
    }
    for (const auto& key : keys)
        if (key.required && !root[key.section][key.name])
            problems.add(root.source(), std::string(key.section) + "." + std::string(key.name),
                         "missing; " + std::string(key.allowed));
}

} // namespace

Result<Config> Config::load(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return fail(Code::ConfigInvalid, path + ": cannot be opened");
    std::string content;
    std::array<char, 4096> block{};
    while (file.read(block.data(), block.size()), file.gcount() > 0)
        content.append(block.data(), static_cast<std::size_t>(file.gcount()));
    if (file.bad()) return fail(Code::ConfigInvalid, path + ": cannot be read");
    try {
        Config config;
        Problems problems(path);
        readTables(toml::parse(content, path), config, problems);
        if (!problems.text().empty()) return fail(Code::ConfigInvalid, problems.text());
        return config;
    } catch (const toml::parse_error& error) {
        return fail(Code::ConfigInvalid, path + ":" + std::to_string(error.source().begin.line) +
                                             ": TOML: " + std::string(error.description()));
    }
}

} // namespace kiosk
