#include "app/intake/kiosk_state.hpp"

#include "app/delivery/kiosk_state.hpp"

namespace kiosk::intake {
namespace {

/// Kiosks tell every five minutes; one that says nothing for so long is away (ms).
constexpr std::int64_t awayAfterMs = 15LL * 60'000;

} // namespace

Reply takeState(Ledger& ledger, std::string_view json, const std::string& fingerprint, Instant now) {
    const auto kiosk = ledger.kioskOf(fingerprint);
    if (!kiosk) return later(kiosk.error(), "state");
    if (!*kiosk || (*kiosk)->revoked)
        return refuse(403, "KioskUnknown", "this kiosk may not speak here", "state");
    auto about = "kiosk " + (*kiosk)->id + " state";
    const auto state = kiosk_state::read(json);
    if (!state) return refuse(422, name(state.error().code), state.error().detail, about);
    if (auto done = ledger.noteState((*kiosk)->id, kiosk_state::write(*state), now); !done)
        return later(done.error(), about);
    for (const auto& trouble : state->troubles) about += " " + trouble;
    if (state->calledAt) about += " CALLS STAFF";
    return {200, "{}", about, 0};
}

std::string kioskLine(const KioskHeard& kiosk, Instant now) {
    std::string line = kiosk.id;
    if (kiosk.revoked) return line + "\trevoked";
    if (!kiosk.heardAt) return line + "\tnever heard of";
    line += now.ms - kiosk.heardAt->ms > awayAfterMs ? "\tAWAY since " : "\theard ";
    line += kiosk.heardAt->dateInVietnam().iso() + " " + kiosk.heardAt->timeInVietnam();
    const auto state = kiosk_state::read(kiosk.state);
    if (!state) return line;
    line += "\tversion " + state->version;
    if (state->calledAt) line += "\tCALLS STAFF since " + state->calledAt->timeInVietnam();
    for (const auto& trouble : state->troubles) line += "\t" + trouble;
    if (!state->calledAt && state->troubles.empty()) line += "\tall well";
    return line;
}

} // namespace kiosk::intake
