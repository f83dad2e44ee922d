#include "app/base/config/settings.hpp"

#include "app/base/config/config.hpp"
#include "app/base/files.hpp"
#include "app/base/text.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <sstream>
#include <toml++/toml.h>

namespace kiosk::settings {
namespace {

using Kind = Setting::Kind;

struct Known {
    std::string_view key;
    Kind kind;
    std::string_view fallback;
    std::string_view choices = {}; // separated by spaces
    bool quoted = true;
};

constexpr std::array table = {
    Known{"office.name", Kind::Text, ""},
    Known{"office.phone", Kind::Text, ""},
    Known{"office.accepts_other_procedures", Kind::Choice, "false", "true false", false},
    Known{"screen.language", Kind::Choice, "vi", "vi en"},
    Known{"screen.diagonal_inches", Kind::Text, "21.5", {}, false},
    Known{"screen.idle_warning_seconds", Kind::Whole, "120", {}, false},
    Known{"screen.idle_countdown_seconds", Kind::Whole, "30", {}, false},
    Known{"profile.keep_days", Kind::Whole, "365", {}, false},
    Known{"outbox.keep_acknowledged_days", Kind::Whole, "30", {}, false},
    Known{"camera.source", Kind::Text, ""},
    Known{"camera.mains_hz", Kind::Choice, "50", "50 60 0", false},
    Known{"camera.slow_in_the_dark", Kind::Choice, "false", "false true", false},
    Known{"scanner.device", Kind::Text, "auto"},
    Known{"speech.output", Kind::Choice, "auto", "auto headphones off"},
    Known{"speech.device", Kind::Text, ""},
    Known{"speech.vietnamese", Kind::Choice, "vi", "vi vi-vn-x-central vi-vn-x-south"},
    Known{"speech.speed", Kind::Whole, "150", {}, false},
    Known{"printer.slip", Kind::Text, ""},
    Known{"printer.paper", Kind::Text, ""},
    Known{"staff.phone_for", Kind::Choice, "nobody", "nobody administrators supervisors everyone"},
    Known{"office.hours", Kind::Text, ""},
    Known{"office.message", Kind::Text, ""},
    Known{"office.message_english", Kind::Text, ""},
    Known{"screen.dark_when_closed", Kind::Choice, "false", "false true", false},
    Known{"tickets.offered", Kind::Choice, "false", "false true", false},
    Known{"tickets.counters", Kind::Whole, "2", {}, false},
    Known{"tickets.minutes", Kind::Whole, "10", {}, false},
};

constexpr auto names = [] {
    std::array<std::string_view, table.size()> all{};
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = table[i].key;
    return all;
}();

std::vector<std::string> split(std::string_view words) {
    std::istringstream in{std::string(words)};
    std::vector<std::string> all;
    for (std::string word; in >> word;) all.push_back(word);
    return all;
}

std::string shown(const toml::node_view<const toml::node>& node) {
    if (const auto* text = node.as_string()) return text->get();
    std::ostringstream out;
    if (const auto* flag = node.as_boolean())
        out << (flag->get() ? "true" : "false");
    else if (const auto* whole = node.as_integer())
        out << whole->get();
    else if (const auto* number = node.as_floating_point())
        out << number->get();
    return out.str();
}

Result<std::string> contentOf(const std::string& path) {
    const auto bytes = files::read(path, 1U << 20);
    if (!bytes) return fail(Code::ConfigInvalid, path + ": cannot be read");
    return std::string(files::asText(*bytes));
}

/// As TOML writes it.
std::string literal(const Known& known, std::string_view value) {
    if (!known.quoted) return std::string(value);
    std::string out = "\"";
    for (const char c : value) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

/// Where the comment of a line begins, outside of quotation marks; its length where there is none.
std::size_t commentOf(std::string_view line) {
    bool inside = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '\\' && inside)
            ++i;
        else if (line[i] == '"')
            inside = !inside;
        else if (line[i] == '#' && !inside)
            return i;
    }
    return line.size();
}

std::string_view nameOf(std::string_view line) {
    const auto equals = line.find('=');
    return equals == std::string_view::npos ? std::string_view() : text::trim(line.substr(0, equals));
}

/// The file with one line changed, or added to its section.
std::string withValue(const std::string& content, std::string_view section, std::string_view name,
                      const std::string& value) {
    std::istringstream in(content);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    const auto header = "[" + std::string(section) + "]";
    const auto isHeader = [](const std::string& line) { return text::trim(line).starts_with('['); };
    const auto begins = [&](const std::string& line) {
        return text::trim(std::string_view(line).substr(0, commentOf(line))) == header;
    };
    const auto from = std::find_if(lines.begin(), lines.end(), begins);
    const auto assigned = std::string(name) + " = " + value;
    if (from == lines.end()) {
        lines.insert(lines.end(), {"", header, assigned});
    } else {
        const auto end = std::find_if(from + 1, lines.end(), isHeader);
        const auto at =
            std::find_if(from + 1, end, [&](const std::string& line) { return nameOf(line) == name; });
        if (at == end) {
            lines.insert(from + 1, assigned);
        } else {
            const auto comment = at->substr(commentOf(*at));
            *at = assigned + (comment.empty() ? "" : " " + comment);
        }
    }
    std::string out;
    for (const auto& line : lines) out += line + "\n";
    return out;
}

} // namespace

std::span<const std::string_view> keys() { return names; }

std::string_view choice(std::string_view word) {
    if (word.empty() || word.find(' ') != std::string_view::npos) return {};
    for (const auto& known : table)
        for (auto rest = known.choices; !rest.empty();) {
            const auto one = rest.substr(0, rest.find(' '));
            if (one == word) return one;
            rest.remove_prefix(std::min(rest.size(), one.size() + 1));
        }
    return {};
}

std::string beforePath(const std::string& path) { return path + ".before"; }

Result<std::vector<Setting>> read(const std::string& path) {
    const auto content = contentOf(path);
    if (!content) return fail(content.error());
    try {
        const auto root = toml::parse(*content, path);
        std::vector<Setting> all;
        for (const auto& known : table) {
            const auto node = root.at_path(known.key);
            all.push_back({std::string(known.key), node ? shown(node) : std::string(known.fallback),
                           std::string(known.fallback), known.kind, split(known.choices)});
        }
        return all;
    } catch (const toml::parse_error& error) {
        return fail(Code::ConfigInvalid, path + ": TOML: " + std::string(error.description()));
    }
}

Result<void> change(const std::string& path, const std::string& key, const std::string& value) {
    const auto known = std::find_if(table.begin(), table.end(), [&](const Known& k) { return k.key == key; });
    if (known == table.end()) return fail(Code::ConfigInvalid, key + ": cannot be changed here");
    const auto clean = text::nfc(text::trim(value));
    const bool strange = std::any_of(clean.begin(), clean.end(), [&](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7F || (!known->quoted && (c == '#' || c == '[' || c == '{'));
    });
    if (strange || !text::isUtf8(clean) || (!known->quoted && clean.empty()))
        return fail(Code::ConfigInvalid, key + ": characters that it cannot have");
    const auto content = contentOf(path);
    if (!content) return fail(content.error());
    const auto point = key.find('.');
    const auto fresh =
        withValue(*content, key.substr(0, point), key.substr(point + 1), literal(*known, clean));
    const auto trial = path + ".trial";
    if (auto written = files::writeDurably(trial, fresh); !written) return written;
    const auto right = Config::load(trial);
    std::error_code ignored; // a trial that stays is overwritten by the next
    std::filesystem::remove(trial, ignored);
    if (!right) return fail(right.error());
    if (auto kept = files::writeDurably(beforePath(path), *content); !kept) return kept;
    return files::writeDurably(path, fresh);
}

Result<void> undo(const std::string& path) {
    const auto before = contentOf(beforePath(path));
    const auto now = contentOf(path);
    if (!before) return fail(Code::ConfigInvalid, "nothing was changed yet");
    if (!now) return fail(now.error());
    if (auto kept = files::writeDurably(beforePath(path), *now); !kept) return kept;
    return files::writeDurably(path, *before);
}

} // namespace kiosk::settings
