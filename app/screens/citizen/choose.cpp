// What the person came for: the office's tiles, or a search over the whole
// catalogue.
#include "app/screens/draw.hpp"

namespace kiosk::screens {
namespace {

constexpr std::size_t maxQuery = 80;

struct Drawn {
    std::string_view codes; // a procedure's code or its sector's, with bars around
    ui::Icon icon;
};

/// Procedures first, then sectors: the first that names the procedure wins.
constexpr Drawn drawings[] = {
    {"|1.001193|1.004884|1.000689|2.000986|", ui::Icon::Birth},
    {"|1.000894|1.004873|", ui::Icon::Marriage},
    {"|1.000656|1.001731|", ui::Icon::Death},
    {"|1.001022|1.004837|", ui::Icon::People},
    {"|1.013225|1.013314|", ui::Icon::House},
    {"|G15-TP03|", ui::Icon::Stamp},
    {"|G15-TP07|", ui::Icon::Document},
    {"|G01-CA05|", ui::Icon::Home},
    {"|G05-KD10|", ui::Icon::Shop},
    {"|G07-LĐ03|G07-LĐ16|", ui::Icon::Support},
    {"|G13-TN02|", ui::Icon::Land},
    {"|G17-XD11|", ui::Icon::House},
};

ui::Icon iconOf(const Procedure& procedure) {
    for (const auto& drawn : drawings)
        for (const auto& code : {procedure.code, procedure.sectorCode})
            if (drawn.codes.find("|" + code + "|") != std::string_view::npos) return drawn.icon;
    return ui::Icon::Document;
}

void tiles(const View& v) {
    auto& ui = v.ui;
    const auto language = languageOf(v);
    ui.beginColumns(ui.theme().panel.portrait() ? 2 : 3);
    for (const auto& code : v.knowledge.office.tiles) {
        const auto ours = v.knowledge.procedures.find(code);
        const auto* entry = v.knowledge.catalogue.find(code);
        bool tapped = false;
        if (ours != v.knowledge.procedures.end()) {
            const auto& p = ours->second;
            tapped = ui.tile("tile." + code, iconOf(p), p.shortName.in(language), p.time.in(language));
        } else if (entry != nullptr) {
            tapped = ui.tile("tile." + code, ui::Icon::Document, entry->name, entry->sector);
        }
        if (tapped) v.emit(event::Choose{code});
    }
    ui.endColumns();
}

void hits(const View& v, const screen::Choose& c) {
    auto& ui = v.ui;
    if (c.hits.empty()) {
        ui.beginPanel(ui::Ui::PanelKind::Info);
        ui.heading("choose.none.title", ui.w("choose.none.title"));
        ui.text("choose.none.text", ui.w("choose.none.text"));
        ui.endPanel();
        return;
    }
    for (const auto& hit : c.hits) {
        const auto ours = v.knowledge.procedures.find(hit.code);
        const bool have = ours != v.knowledge.procedures.end();
        const auto name = have ? ours->second.name.in(languageOf(v)) : hit.name;
        const auto detail = have                 ? ui.w("choose.done_here")
                            : hit.detail.empty() ? ui.w("choose.done_elsewhere")
                                                 : hit.detail;
        if (ui.tile("hit." + hit.code, have ? iconOf(ours->second) : ui::Icon::Place, name, detail))
            v.emit(event::Choose{hit.code});
    }
}

} // namespace

void body(const View& v, const screen::Choose& c) {
    auto& ui = v.ui;
    const bool tight = isTight(v, c.typing);
    if (!tight) ui.title("choose.title", ui.w("choose.title"));
    if (c.browseOnly && !tight) {
        ui.beginPanel(ui::Ui::PanelKind::Info);
        ui.iconText("choose.browse", ui::Icon::Info, ui.w("choose.browse"));
        ui.endPanel();
    }
    const auto label = ui.w("choose.query"), hint = ui.w("choose.query.hint");
    typedField(v, "query", {.label = label, .value = c.query, .hint = hint, .active = c.typing});
    if (c.query.empty())
        tiles(v);
    else
        hits(v, c);
}

Forward forward(const View&, const screen::Choose&) { return {}; }

Typing typing(const View&, const screen::Choose& c) {
    if (!c.typing) return {};
    return {.kind = ui::KeyboardKind::Text, .target = "query", .text = c.query, .maxLength = maxQuery};
}

} // namespace kiosk::screens
