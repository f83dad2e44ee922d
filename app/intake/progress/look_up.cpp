#include "app/intake/progress/look_up.hpp"

#include "app/base/crypto.hpp"
#include "app/base/json/json.hpp"

#include <algorithm>

namespace kiosk::intake {
namespace {

using Json = nlohmann::json;

/// Counted tries of one code or one kiosk.
struct Counter {
    Ledger& ledger;
    std::string subject;
    const store::Patience& patience;
    std::chrono::milliseconds forgottenAfter;
    Tries tries;

    Result<void> load(Instant now) {
        const auto found = ledger.tries(subject);
        if (!found) return fail(found.error());
        tries = *found;
        if (tries.last > now) { // counted while the clock was ahead: from now on, not for years
            tries.last = now;
            if (auto noted = ledger.noteTries(subject, tries); !noted) return noted;
        }
        if (now.ms - tries.last.ms >= forgottenAfter.count()) tries = {};
        return {};
    }
    /// Whole seconds until a try is allowed; 0: now.
    int wait(Instant now) const {
        const auto end = patience.end(tries.wrong, tries.last);
        return !end || *end <= now ? 0 : static_cast<int>((end->ms - now.ms + 999) / 1000);
    }
    Result<void> note(Instant now) { return ledger.noteTries(subject, {tries.wrong + 1, now}); }
};

bool wasBornOn(const Entry& entry, Date birth) {
    const auto document = Json::parse(entry.document, nullptr, false);
    const auto date = Json::json_pointer("/dossier/customer/birth_date");
    return document.is_object() && document.contains(date) && document.at(date) == birth.iso();
}

} // namespace

Result<look_up::Answer> progressOf(Ledger& ledger, const Entry& entry) {
    const auto rows = ledger.statuses(entry.key);
    if (!rows) return fail(rows.error());
    look_up::Answer answer{entry.reference, entry.dossierCode, entry.procedure, std::nullopt, {}};
    answer.steps.push_back({look_up::firstStatus, entry.receivedAt, {}});
    for (const auto& row : *rows) {
        answer.steps.push_back({row.status, row.at, row.note});
        if (row.due) answer.due = row.due;
    }
    return answer;
}

Reply lookUp(Ledger& ledger, std::string_view text, const std::string& fingerprint, Instant now) {
    const auto kiosk = ledger.kioskOf(fingerprint);
    if (!kiosk) return later(kiosk.error(), "look up");
    if (!*kiosk || (*kiosk)->revoked)
        return refuse(403, "KioskUnknown", "this kiosk may not ask here", "look up");
    const std::string about = "kiosk " + (*kiosk)->id + " look up";
    const auto question = look_up::readQuestion(text);
    if (!question) return refuse(422, name(question.error().code), question.error().detail, about);
    // Hashed: what was typed may be anything, and the table is no list of it.
    Counter code{ledger,
                 "code " + crypto::hex(crypto::hash(question->what)),
                 patienceWithCode,
                 codeForgottenAfter,
                 {}};
    Counter asker{ledger, "kiosk " + (*kiosk)->id, patienceWithKiosk, kioskForgottenAfter, {}};
    for (auto* counter : {&code, &asker})
        if (auto loaded = counter->load(now); !loaded) return later(loaded.error(), about);
    if (const int wait = std::max(code.wait(now), asker.wait(now)); wait > 0) {
        auto reply = refuse(429, name(Code::LookUpTooOften), "too many tries", about);
        reply.retryAfter = wait;
        return reply;
    }
    const auto entries = ledger.named(question->what);
    if (!entries) return later(entries.error(), about);
    for (const auto& entry : *entries) {
        if (!wasBornOn(entry, question->birth)) continue;
        const auto answer = progressOf(ledger, entry);
        if (!answer) return later(answer.error(), about);
        return {200, look_up::write(*answer), about + ": answered", 0};
    }
    for (auto* counter : {&code, &asker})
        if (auto noted = counter->note(now); !noted) return later(noted.error(), about);
    return refuse(404, name(Code::DossierNotFound), "no dossier of this code and birth date", about);
}

} // namespace kiosk::intake
