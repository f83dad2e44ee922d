#include "app/delivery/kiosk_state.hpp"

#include "app/base/json/json.hpp"
#include "app/delivery/parcel.hpp"

namespace kiosk::kiosk_state {
namespace {

using Json = nlohmann::json;

constexpr int schema = 1;
constexpr std::size_t mostTroubles = 16;

} // namespace

std::string write(const State& state) {
    return Json{{"schema", schema},
                {"version", state.version},
                {"troubles", state.troubles},
                {"called_ms", state.calledAt ? Json(state.calledAt->ms) : Json()}}
        .dump();
}

Result<State> read(std::string_view json) {
    try {
        const auto j = Json::parse(json);
        if (j.at("schema").get<int>() != schema)
            return fail(Code::ParcelInvalid, "a state that is not understood");
        State state{j.at("version").get<std::string>(), j.at("troubles").get<std::vector<std::string>>(), {}};
        if (!j.at("called_ms").is_null()) state.calledAt = Instant{j["called_ms"].get<std::int64_t>()};
        bool good = parcel::isIdentifier(state.version) && state.troubles.size() <= mostTroubles;
        for (const auto& trouble : state.troubles) good = good && parcel::isIdentifier(trouble);
        if (!good) return fail(Code::ParcelInvalid, "not a state");
        return state;
    } catch (const Json::exception&) {
        return fail(Code::ParcelInvalid, "not a state");
    }
}

} // namespace kiosk::kiosk_state
