#include "app/delivery/progress/board.hpp"

#include "app/base/json/json.hpp"
#include "app/delivery/parcel.hpp"
#include "app/delivery/progress/look_up.hpp"

namespace kiosk::board {
namespace {

using Json = nlohmann::ordered_json;

constexpr int schema = 1;

std::string text(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }
Json dateOrNull(const std::optional<Date>& date) { return date ? Json(date->iso()) : Json(); }

/// Throws Json::exception, also for a day that does not exist.
std::optional<Date> dateOf(const Json& json) {
    if (json.is_null()) return std::nullopt;
    const auto date = Date::fromIso(json.get<std::string>());
    if (!date) throw Json::other_error::create(501, "no date", &json);
    return date;
}

/// Throws Json::exception.
Entry entryOf(const Json& json) {
    Entry e;
    e.reference = json.at("reference").get<std::string>();
    e.dossierCode = json.at("dossier_code").get<std::string>();
    e.procedure = json.at("procedure").get<std::string>();
    e.receivedAt.ms = json.at("received_ms").get<std::int64_t>();
    e.status = json.at("status").get<int>();
    e.statusAt.ms = json.at("status_ms").get<std::int64_t>();
    if (!json.at("solved_ms").is_null()) e.solvedAt = Instant{json.at("solved_ms").get<std::int64_t>()};
    e.promised = dateOf(json.at("promised"));
    e.due = dateOf(json.at("due"));
    e.carried = json.value("carried", false); // an older office does not say
    return e;
}

} // namespace

std::string writeQuestion(Instant since) { return text({{"schema", schema}, {"since_ms", since.ms}}); }

Result<Instant> readQuestion(std::string_view json) {
    const auto j = Json::parse(json, nullptr, false);
    if (!j.is_object() || j.value("schema", Json()) != schema ||
        !j.value("since_ms", Json()).is_number_integer())
        return fail(Code::ParcelInvalid, "not a question");
    return Instant{j["since_ms"].get<std::int64_t>()};
}

std::string write(const std::vector<Entry>& entries) {
    Json json = {{"schema", schema}, {"dossiers", Json::array()}};
    for (const auto& e : entries)
        json["dossiers"].push_back({{"reference", e.reference},
                                    {"dossier_code", e.dossierCode},
                                    {"procedure", e.procedure},
                                    {"received_ms", e.receivedAt.ms},
                                    {"status", e.status},
                                    {"status_ms", e.statusAt.ms},
                                    {"solved_ms", e.solvedAt ? Json(e.solvedAt->ms) : Json()},
                                    {"promised", dateOrNull(e.promised)},
                                    {"due", dateOrNull(e.due)},
                                    {"carried", e.carried}});
    return text(json);
}

Result<std::vector<Entry>> read(std::string_view json) {
    try {
        const auto j = Json::parse(json);
        if (j.at("schema").get<int>() != schema || j.at("dossiers").size() > most)
            return fail(Code::OfficeIncompatible, "a list of dossiers that is not understood");
        std::vector<Entry> entries;
        for (const auto& one : j.at("dossiers")) {
            entries.push_back(entryOf(one));
            const auto& e = entries.back();
            if (e.status < look_up::firstStatus || e.status > look_up::lastStatus)
                return fail(Code::OfficeIncompatible, "a status that is not known");
            if (!parcel::isIdentifier(e.reference)) return fail(Code::OfficeGarbled, "no reference");
        }
        return entries;
    } catch (const Json::exception&) {
        return fail(Code::OfficeGarbled, "not a list of dossiers");
    }
}

} // namespace kiosk::board
