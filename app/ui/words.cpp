// Reads the two language files and compares them.
#include "app/ui/words.hpp"

#include "app/base/json/json.hpp"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <fstream>
#include <set>
#include <sstream>

namespace kiosk::ui {

namespace {

using Table = std::map<std::string, std::string, std::less<>>;

std::string place(const std::string& path, std::string_view content, std::size_t byte) {
    const auto end = content.begin() + static_cast<std::ptrdiff_t>(std::min(byte, content.size()));
    return path + ":" + std::to_string(1 + std::count(content.begin(), end, '\n')) + ": ";
}

/// Where a key stands in the file, for messages.
std::size_t positionOf(std::string_view content, std::string_view key, bool last = false) {
    const std::string quoted = "\"" + std::string(key) + "\"";
    const auto at = last ? content.rfind(quoted) : content.find(quoted);
    return at == std::string_view::npos ? 0 : at;
}

std::set<std::string> parameters(std::string_view sentence) {
    std::set<std::string> names;
    for (auto open = sentence.find('{'); open != std::string_view::npos;
         open = sentence.find('{', open + 1)) {
        const auto close = sentence.find('}', open);
        if (close == std::string_view::npos) break;
        names.emplace(sentence.substr(open + 1, close - open - 1));
    }
    return names;
}

struct File {
    std::string path, content;
    Table table;
};

Result<File> read(const std::string& path) {
    File file;
    file.path = path;
    std::ifstream in(path, std::ios::binary);
    if (!in) return fail(Code::AssetMissing, path);
    std::ostringstream all;
    all << in.rdbuf();
    file.content = all.str();
    std::string problem;
    const auto onKey = [&](int, nlohmann::json::parse_event_t event, nlohmann::json& parsed) {
        static_cast<void>(event);
        if (event == nlohmann::json::parse_event_t::key && problem.empty() &&
            !file.table.try_emplace(parsed.get<std::string>()).second)
            problem = place(path, file.content, positionOf(file.content, parsed.get<std::string>(), true)) +
                      "\"" + parsed.get<std::string>() + "\" stands here a second time";
        return true;
    };
    try {
        const auto json = nlohmann::json::parse(file.content, onKey);
        if (!problem.empty()) return fail(Code::AssetInvalid, problem);
        if (!json.is_object()) return fail(Code::AssetInvalid, path + ":1: expected an object of sentences");
        for (const auto& [key, value] : json.items()) {
            if (!value.is_string())
                return fail(Code::AssetInvalid, place(path, file.content, positionOf(file.content, key)) +
                                                    "\"" + key + "\" is not a sentence");
            file.table[key] = value.get<std::string>();
        }
    } catch (const nlohmann::json::parse_error& error) {
        return fail(Code::AssetInvalid,
                    place(path, file.content, error.byte > 0 ? error.byte - 1 : 0) + "not JSON");
    }
    return file;
}

tl::unexpected<Error> wrong(const File& file, const std::string& key, const std::string& what) {
    return fail(Code::AssetInvalid,
                place(file.path, file.content, positionOf(file.content, key)) + "\"" + key + "\" " + what);
}

Result<void> compare(const File& a, const File& b) {
    for (const auto& [key, sentence] : a.table) {
        const auto other = b.table.find(key);
        if (other == b.table.end()) return wrong(a, key, "is missing in " + b.path);
        if (parameters(sentence) != parameters(other->second))
            return wrong(a, key, "has other parameters than in " + b.path);
    }
    return {};
}

[[noreturn]] void unknown(std::string_view language, std::string_view key) {
    std::fprintf(stderr, "no words: %.*s %.*s\n", static_cast<int>(language.size()), language.data(),
                 static_cast<int>(key.size()), key.data());
    std::terminate();
}

} // namespace

Result<Words> Words::load(const std::string& assetsFolder) {
    auto vi = read(assetsFolder + "/lang/vi.json");
    if (!vi) return fail(vi.error());
    auto en = read(assetsFolder + "/lang/en.json");
    if (!en) return fail(en.error());
    if (const auto same = compare(*vi, *en); !same) return fail(same.error());
    if (const auto same = compare(*en, *vi); !same) return fail(same.error());
    Words words;
    words.folder_ = assetsFolder;
    words.byLanguage_["vi"] = std::move(vi->table);
    words.byLanguage_["en"] = std::move(en->table);
    return words;
}

std::string Words::get(std::string_view language, std::string_view key,
                       std::initializer_list<Param> params) const {
    const auto table = byLanguage_.find(language);
    if (table == byLanguage_.end()) unknown(language, key);
    const auto found = table->second.find(key);
    if (found == table->second.end()) unknown(language, key);
    std::string sentence;
    const std::string_view pattern = found->second;
    for (std::size_t at = 0; at < pattern.size();) { // one pass: a value that holds "{x}" stays as it is
        const auto open = std::min(pattern.find('{', at), pattern.size()), close = pattern.find('}', open);
        sentence += pattern.substr(at, open - at);
        if (close == std::string_view::npos) {
            sentence += pattern.substr(open);
            break;
        }
        const auto name = pattern.substr(open + 1, close - open - 1);
        const auto* value =
            std::find_if(params.begin(), params.end(), [&](const Param& p) { return p.first == name; });
        sentence += value == params.end() ? pattern.substr(open, close - open + 1) : value->second;
        at = close + 1;
    }
    return sentence;
}

bool Words::has(std::string_view key) const {
    const auto table = byLanguage_.find("vi");
    return table != byLanguage_.end() && table->second.contains(key);
}

std::vector<std::string> Words::keys() const {
    std::vector<std::string> all;
    if (const auto table = byLanguage_.find("vi"); table != byLanguage_.end())
        for (const auto& [key, sentence] : table->second) all.push_back(key);
    return all;
}

} // namespace kiosk::ui
