#include "app/commands/read.hpp"

#include "app/base/json/json.hpp"
#include "app/base/text.hpp"
#include "app/identity/id_card.hpp"
#include "app/reading/reader.hpp"
#include "drivers/camera.hpp"

#include <filesystem>
#include <ostream>

namespace kiosk {
namespace {

using Json = nlohmann::ordered_json;

std::string_view asText(const Bytes& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string hex(const Bytes& bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const auto b : bytes) {
        out += digits[b >> 4U];
        out += digits[b & 15U];
    }
    return out;
}

Json textOf(const Bytes& bytes) {
    if (!text::isUtf8(asText(bytes))) return nullptr;
    return asText(bytes);
}

Json dateOf(const std::optional<Date>& date) {
    if (!date) return nullptr;
    return date->iso();
}

Json describe(const Identity& p) {
    auto warnings = Json::array();
    for (const auto w : p.warnings) warnings.push_back(name(w));
    return {{"source", p.source == IdentitySource::CardQr2021 ? "card 2021" : "card 2024"},
            {"assurance", "read"}, // a code is unsigned: never "verified"
            {"personal_number", p.personalNumber},
            {"old_number", p.oldNumber},
            {"name", p.name},
            {"birth_date", p.birthDate.iso()},
            {"sex", p.sex == Sex::Male ? "male" : "female"},
            {"address", p.address},
            {"issued_on", dateOf(p.issuedOn)},
            {"expires_on", dateOf(p.expiresOn)},
            {"father_name", p.fatherName},
            {"mother_name", p.motherName},
            {"warnings", std::move(warnings)}};
}

Json describe(const Error& error) {
    return std::string(name(error.code)) + (error.detail.empty() ? "" : ": " + error.detail);
}

Json listCodes(const reading::Reading& reading) {
    auto out = Json::array();
    for (const auto& code : reading.codes) {
        auto corners = Json::array();
        for (const auto& c : code.corners) corners.push_back({c.x, c.y});
        out.push_back({{"text", textOf(code.bytes)}, {"bytes_hex", hex(code.bytes)}, {"corners", corners}});
    }
    return out;
}

/// One picture's line. What was seen in another picture must not matter, unless they are a sequence.
Json readPicture(reading::Reader& reader, const std::string& path, const ReadOptions& options,
                 const id_card::Clock& clock) {
    Json line = {{"file", path},        {"text", nullptr},  {"bytes_hex", nullptr},
                 {"identity", nullptr}, {"error", nullptr}, {"ms", 0.0}};
    if (options.all) line["codes"] = Json::array();
    const auto frame = loadPicture(path);
    if (!frame) {
        line["error"] = describe(frame.error());
        return line;
    }
    const reading::GreyView view{frame->grey.data(), frame->width, frame->height, frame->width};
    if (!options.sequence) reader.forget();
    const auto reading = reader.read(view, std::chrono::milliseconds(options.budgetMs), options.all);
    line["ms"] = static_cast<double>(reading.elapsed.count()) / 1000;
    if (options.all) line["codes"] = listCodes(reading);
    if (reading.codes.empty()) {
        line["error"] = describe(reading.trouble.value_or(Error{Code::CardUnreadable, {}}));
        return line;
    }
    const auto& bytes = reading.codes.front().bytes;
    line["text"] = textOf(bytes);
    line["bytes_hex"] = hex(bytes);
    if (const auto identity = id_card::parse(asText(bytes), clock))
        line["identity"] = describe(*identity);
    else
        line["error"] = describe(identity.error());
    return line;
}

/// Folders replaced by their pictures; a path that does not exist stays and gives its line.
std::vector<std::string> expand(const std::vector<std::string>& paths, std::ostream& err) {
    std::vector<std::string> out;
    for (const auto& path : paths) {
        std::error_code ignored; // then it is taken for a file, whose line says what is wrong
        if (!std::filesystem::is_directory(path, ignored)) {
            out.push_back(path);
            continue;
        }
        const auto pictures = listPictures(path);
        if (pictures.empty()) err << "no picture in " << path << '\n';
        out.insert(out.end(), pictures.begin(), pictures.end());
    }
    return out;
}

} // namespace

int runRead(const ReadOptions& options, std::ostream& out, std::ostream& err) {
    const auto today = now().dateInVietnam();
    const id_card::Clock clock{today, today >= buildDate()};
    const auto files = expand(options.paths, err);
    bool everyOne = !files.empty();
    bool anyOne = false;
    reading::Reader reader;
    Json knownAt = nullptr;
    for (std::size_t i = 0; i < files.size(); ++i) {
        auto line = readPicture(reader, files[i], options, clock);
        const bool read = !line["bytes_hex"].is_null();
        everyOne = everyOne && read;
        anyOne = anyOne || read;
        if (options.sequence) {
            line["frame"] = i + 1;
            if (read && knownAt.is_null()) knownAt = i + 1;
            line["known_at"] = knownAt;
        }
        // file names are bytes: what is not UTF-8 in them is replaced, so that the line stays JSON
        out << line.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n' << std::flush;
    }
    return (options.sequence ? anyOne : everyOne) && out ? 0 : 1;
}

} // namespace kiosk
