// Procedures and words that came since the program: what is in use, what is offered, what it would change.
#include "app/screens/staff/staff_parts.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace kiosk::screens {
namespace {

constexpr std::size_t shownMembers = 12;

std::string period(const View& v, Instant from, Instant until) {
    const Instant lastDay{until.ms - 1};
    return v.ui.w("bundle.period", {{"from", from.dateInVietnam().vietnamese()},
                                    {"until", lastDay.dateInVietnam().vietnamese()}});
}

std::string numberWords(const View& v, int version) {
    return v.ui.w("bundle.number", {{"number", std::to_string(version)}});
}

/// "Đăng ký khai sinh" of procedures/1.001193.json, "Lời trên màn hình (tiếng Việt)" of lang/vi.json.
std::string fileWords(const View& v, const std::string& path) {
    constexpr std::string_view folder = "procedures/", ending = ".json";
    if (path.starts_with(folder) && path.ends_with(ending)) {
        const auto code = path.substr(folder.size(), path.size() - folder.size() - ending.size());
        const auto known = v.knowledge.procedures.find(code);
        const auto* listed = v.knowledge.catalogue.find(code);
        const auto& name = known != v.knowledge.procedures.end() ? known->second.shortName.in(languageOf(v))
                           : listed != nullptr                   ? listed->name
                                                                 : code;
        return v.ui.w("bundle.procedure", {{"name", name}});
    }
    for (const auto& [known, key] :
         {std::pair{"lang/vi.json", "bundle.file.vi"}, std::pair{"lang/en.json", "bundle.file.en"},
          std::pair{"catalogue/procedures.csv", "bundle.file.catalogue"},
          std::pair{"catalogue/synonyms.json", "bundle.file.synonyms"},
          std::pair{"units/units.csv", "bundle.file.units"},
          std::pair{"choices.json", "bundle.file.choices"}})
        if (path == known) return v.ui.w(key);
    return path;
}

/// A line of what is another now: the words themselves, or which part of a procedure.
std::string memberWords(const View& v, const staff::BundleChange& change,
                        const staff::BundleChange::Member& member) {
    const bool words = change.path.starts_with("lang/");
    const auto key = "bundle.member." + member.key;
    const auto name = words ? std::string() : v.ui.has(key) ? v.ui.w(key) : member.key;
    const auto lead = name.empty() ? name : name + ": ";
    if (member.before.empty() && member.after.empty()) return lead + v.ui.w("bundle.member.changed");
    if (member.before.empty()) return lead + v.ui.w("bundle.member.new", {{"after", member.after}});
    if (member.after.empty()) return lead + v.ui.w("bundle.member.gone", {{"before", member.before}});
    return lead + v.ui.w("bundle.member.other", {{"before", member.before}, {"after", member.after}});
}

void change(const View& v, const staff::BundleChange& c) {
    auto& ui = v.ui;
    const auto key = "bundle.change." + c.path;
    ui.beginPanel(ui::Ui::PanelKind::Plain);
    ui.fact(key, ui.w(c.isNew ? "bundle.new" : "bundle.changed"), fileWords(v, c.path));
    for (std::size_t i = 0; i < std::min(shownMembers, c.members.size()); ++i)
        ui.text(key + "." + c.members[i].key, memberWords(v, c, c.members[i]));
    if (c.members.size() > shownMembers)
        ui.text(key + ".more",
                ui.w("bundle.more", {{"count", std::to_string(c.members.size() - shownMembers)}}), true);
    ui.endPanel();
}

void preview(const View& v, const staff::BundlePreview& p) {
    auto& ui = v.ui;
    ui.title("bundle.preview.title", numberWords(v, p.version));
    ui.text("bundle.preview.period", period(v, p.from, p.until));
    ui.text("bundle.preview.what", ui.w("bundle.preview.what"), true);
    if (p.changes.empty()) ui.iconText("bundle.preview.none", ui::Icon::Info, ui.w("bundle.preview.none"));
    for (const auto& c : p.changes) change(v, c);
}

void installed(const View& v, const staff::BundleState& s) {
    auto& ui = v.ui;
    ui.heading("bundle.installed", ui.w("bundle.installed"));
    if (s.installed.empty()) ui.text("bundle.installed.none", ui.w("bundle.installed.none"), true);
    for (const auto& one : s.installed) {
        const bool waits = one.from > v.flow.now, over = one.until <= v.flow.now;
        const auto* how = one.takenBack ? "bundle.taken_back"
                          : one.inUse   ? "bundle.in_use"
                          : waits       ? "bundle.waits"
                          : over        ? "bundle.over"
                                        : "bundle.replaced";
        ui.fact("bundle." + std::to_string(one.version), numberWords(v, one.version), ui.w(how),
                period(v, one.from, one.until));
    }
    const bool any =
        std::any_of(s.installed.begin(), s.installed.end(), [](const auto& o) { return o.inUse; });
    const auto detail = ui.w("bundle.take_back.detail");
    if (any &&
        ui.button("bundle.take_back", ui.w("bundle.take_back"),
                  {.tone = ui::Tone::Danger, .icon = ui::Icon::Back, .detail = detail, .heightMm = 24}))
        act(v, staff::action::TakeBackBundle{});
}

void offered(const View& v, const staff::BundleState& s) {
    auto& ui = v.ui;
    ui.heading("bundle.offered", ui.w("bundle.offered"));
    if (s.offered.empty()) ui.text("bundle.offered.none", ui.w("bundle.offered.none"), true);
    for (std::size_t i = 0; i < s.offered.size(); ++i) {
        const auto& one = s.offered[i];
        const auto name =
            one.fromOffice ? ui.w("bundle.from_office") : one.path.substr(one.path.rfind('/') + 1);
        if (ui.button("bundle.offer." + std::to_string(i), ui.w("bundle.look", {{"name", name}}),
                      {.icon = ui::Icon::Document}))
            act(v, staff::action::PreviewBundle{one.path});
    }
    ui.beginColumns(2);
    if (ui.button("bundle.fetch", ui.w("bundle.fetch"), {.icon = ui::Icon::Send}))
        act(v, staff::action::FetchBundle{});
    if (ui.button("bundle.find", ui.w("bundle.find"), {.icon = ui::Icon::Search}))
        act(v, staff::action::FindBundles{});
    ui.endColumns();
}

} // namespace

void staffPage(const View& v, const staff::page::Bundles& p) {
    auto& ui = v.ui;
    if (!p.preview) ui.title("staff.bundles.title", ui.w("staff.bundles"));
    troublePanel(v, p.trouble, p.detail);
    if (p.preview) return preview(v, *p.preview);
    if (!p.state) return ui.progress("staff.busy", ui.w("staff.busy"), -1);
    if (p.changed) {
        ui.beginPanel(ui::Ui::PanelKind::Info);
        ui.live("bundle.restart");
        ui.iconText("bundle.restart", ui::Icon::Info, ui.w("bundle.restart"));
        if (ui.button("staff.restart", ui.w("staff.restart"),
                      {.tone = ui::Tone::Primary, .icon = ui::Icon::Restart}))
            act(v, staff::action::Restart{});
        ui.endPanel();
    }
    installed(v, *p.state);
    offered(v, *p.state);
}

} // namespace kiosk::screens
