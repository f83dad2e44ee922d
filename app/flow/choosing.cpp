#include "app/flow/step.hpp"

namespace kiosk {
namespace {

constexpr std::size_t maxHits = 20;
constexpr std::int64_t lookingMs = 1000; // a disk takes some milliseconds

/// A procedure of the catalogue that we have no asset for: its entry, and the general declaration as its
/// form.
Procedure fromEntry(const CatalogueEntry& entry) {
    Procedure p;
    p.code = entry.code;
    p.name = p.shortName = {entry.name, entry.name};
    p.sector = entry.sector;
    p.agency = entry.agencies;
    p.wardLevel = entry.atWard;
    p.version = "catalogue";
    p.form = procedure::generalForm();
    return p;
}

} // namespace

void on(Step& s, const event::Browse&) {
    s.flow.session.startedAt = s.flow.now;
    s.go(screen::Choose{.browseOnly = true});
}

void edited(Step& s, screen::Choose& c, const event::Edited& e) {
    c.query = e.text;
    c.hits.clear();
    for (const auto& hit : s.knowledge.catalogue.search(c.query, maxHits, s.knowledge.office.tiles)) {
        const auto ours = s.knowledge.procedures.find(hit.entry->code);
        const bool have = ours != s.knowledge.procedures.end();
        c.hits.push_back({hit.entry->code,
                          have ? ours->second.name.in(s.flow.preferences.language) : hit.entry->name,
                          hit.entry->agencies, have});
    }
}

void openProcedure(Step& s, const std::string& code) {
    auto& session = s.flow.session;
    if (session.procedure != code) {
        session.answers.clear();
        session.people.clear();
    }
    session.other.reset();
    session.procedure = code;
    const bool have = s.knowledge.procedures.contains(code);
    const auto* entry = s.knowledge.catalogue.find(code);
    if (!have) {
        if (entry == nullptr || entry->internal) return;
        session.other = fromEntry(*entry);
    }
    const bool canSend = have || s.knowledge.office.acceptsOtherProcedures;
    screen::ProcedureInfo info{.code = code, .browseOnly = !session.customer, .canSend = canSend};
    if (session.customer) {
        info.lookingSince = s.flow.now;
        s.effect(effect::LookUpRecent{session.customer->personalNumber, code});
    }
    s.go(std::move(info));
}

void on(Step& s, const event::Choose& e) { openProcedure(s, e.code); }

void on(Step& s, const event::BeginForm&) {
    const auto* info = s.at<screen::ProcedureInfo>();
    if (info == nullptr || !info->canSend) return;
    if (s.flow.session.customer) return startForm(s);
    const auto code = info->code;
    s.begin();
    s.flow.session.procedure = code;
    s.go(screen::PresentCard{.since = s.flow.now});
}

void on(Step& s, const event::ShowDetails&) {
    if (auto* info = s.at<screen::ProcedureInfo>()) info->details = !info->details;
}

void on(Step& s, const event::SendAgain&) {
    if (auto* info = s.at<screen::ProcedureInfo>()) {
        info->recent.reset();
        startForm(s);
    }
}

void on(Step& s, const event::RecentFound& e) {
    auto* info = s.at<screen::ProcedureInfo>();
    if (info == nullptr || info->code != e.procedure) return;
    info->recent = e;
    info->lookingSince.reset();
}

void on(Step& s, const event::NothingRecent& e) {
    auto* info = s.at<screen::ProcedureInfo>();
    if (info != nullptr && info->code == e.procedure) info->lookingSince.reset();
}

void lookNoLonger(Step& s) {
    auto* info = s.at<screen::ProcedureInfo>();
    if (info != nullptr && info->lookingSince && s.flow.now.ms - info->lookingSince->ms > lookingMs)
        info->lookingSince.reset();
}

void on(Step& s, const event::AnotherProcedure&) {
    auto& session = s.flow.session;
    session.procedure.clear();
    session.other.reset();
    session.answers.clear();
    session.people.clear();
    s.flow.history.clear();
    s.replace(screen::Choose{.browseOnly = !session.customer});
    if (session.customer && session.customer->assurance != Assurance::Typed)
        s.effect(effect::OpenProfile{*session.customer});
}

} // namespace kiosk
