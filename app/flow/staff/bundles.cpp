// Bundles of procedures and words: what is installed, what could be, what it would change, and back again.
#include "app/flow/staff/desk.hpp"

namespace kiosk {
namespace {

namespace page = staff::page;
namespace request = staff::request;
using staff::ask;
using staff::pageOf;
using staff::Task;
using staff::whoMay;

/// The open page and who may use it; nullptr and 0 where there is none.
struct Open {
    page::Bundles* page = nullptr;
    int by = 0;
};

Open opened(Step& s) {
    auto* p = pageOf<page::Bundles>(s);
    const int by = whoMay(s, Task::Bundles);
    if (p == nullptr || by == 0) return {};
    p->trouble.reset();
    return {p, by};
}

} // namespace

void on(Step& s, const staff::action::FetchBundle&) {
    const auto [p, by] = opened(s);
    if (by == 0 || !p->state) return;
    const auto& installed = p->state->installed;
    ask(s, request::FetchBundle{installed.empty() ? 0 : installed.front().version});
}

void on(Step& s, const staff::action::FindBundles&) {
    if (opened(s).by != 0) ask(s, request::ReadBundles{});
}

void on(Step& s, const staff::action::PreviewBundle& a) {
    if (opened(s).by != 0) ask(s, request::PreviewBundle{a.path});
}

void on(Step& s, const staff::action::InstallBundle&) {
    const auto [p, by] = opened(s);
    if (by != 0 && p->preview) ask(s, request::InstallBundle{by, p->preview->path});
}

void on(Step& s, const staff::action::TakeBackBundle&) {
    if (const int by = opened(s).by; by != 0) ask(s, request::TakeBackBundle{by});
}

void on(Step& s, const staff::answer::Bundles& a) {
    auto* p = pageOf<page::Bundles>(s);
    if (p == nullptr) return;
    p->state = a.state;
    if (!a.changed) return;
    p->changed = true;
    p->preview.reset();
    s.play(effect::SoundKind::Done);
}

void on(Step& s, const staff::answer::BundlePreview& a) {
    if (auto* p = pageOf<page::Bundles>(s)) p->preview = a.of;
}

} // namespace kiosk
