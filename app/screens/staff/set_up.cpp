// What a new kiosk needs, one after the other, each with how it stands now.
#include "app/screens/staff/staff_parts.hpp"

namespace kiosk::screens {
namespace {

/// A step with how it stands, and where it is done.
void step(const View& v, const std::string& key, bool done, const std::string& state, const char* open,
          staff::Action action) {
    if (v.ui.fact(key, v.ui.w(key), (done ? "✓ " : "") + state, {}, v.ui.w(open))) act(v, std::move(action));
}

std::string cameraWords(const View& v) {
    if (v.flow.cameraTrouble) return errorTitle(v, *v.flow.cameraTrouble);
    if (v.flow.cameraPictures) return v.ui.w("header.pictures");
    return v.flow.cameraDescription.empty() ? v.ui.w("device.camera.measuring") : v.flow.cameraDescription;
}

std::string printerWords(const View& v) {
    if (!v.flow.printer) return v.ui.w("device.printer.none");
    return v.flow.printer->trouble ? errorTitle(v, *v.flow.printer->trouble) : v.ui.w("device.printer.good");
}

/// How the newest rehearsal went.
void newest(const View& v, const staff::QueueEntry& e) {
    const bool received = !e.dossierCode.empty();
    const auto state = received   ? v.ui.w("staff.set_up.rehearsal.received")
                       : e.reason ? errorTitle(v, *e.reason)
                                  : v.ui.w("staff.set_up.rehearsal.waiting");
    v.ui.fact("staff.set_up.rehearsal.newest", v.ui.w("staff.set_up.rehearsal.newest"),
              (received ? "✓ " : "") + state, timeWords(e.createdAt));
}

} // namespace

void staffPage(const View& v, const staff::page::SetUp& p) {
    using staff::Task;
    using staff::action::Open;
    auto& ui = v.ui;
    const auto& f = v.flow;
    ui.title("staff.set_up.title", ui.w("staff.set_up"));
    ui.text("staff.set_up.lead", ui.w("staff.set_up.lead"));
    ui.beginPanel(ui::Ui::PanelKind::Plain);
    const auto* open = "staff.set_up.open";
    step(v, "staff.set_up.office", true, v.knowledge.office.name, open, Open{Task::Settings});
    step(v, "staff.set_up.panel", false, ui.w("staff.set_up.panel.state"), open,
         staff::action::OpenMeasure{});
    const bool camera = !f.cameraTrouble && !f.cameraPictures && !f.cameraDescription.empty();
    step(v, "staff.set_up.camera", camera, cameraWords(v), open, Open{Task::Devices});
    step(v, "staff.set_up.printers", f.printer && !f.printer->trouble, printerWords(v), open,
         Open{Task::Devices});
    step(v, "staff.set_up.scanner", f.scanners > 0,
         ui.w(f.scanners > 0 ? "device.scanner.good" : "device.scanner.bad"), open, Open{Task::Devices});
    step(v, "staff.set_up.connection", f.online, ui.w(f.online ? "device.office.good" : "device.office.bad"),
         "staff.set_up.compare", staff::action::OpenConnection{});
    ui.fact("staff.set_up.clock", ui.w("staff.set_up.clock"), (f.clockTrusted ? "✓ " : "") + timeWords(f.now),
            ui.w(f.clockTrusted ? "device.clock.good" : "device.clock.bad"));
    ui.endPanel();
    ui.beginPanel(ui::Ui::PanelKind::Info);
    ui.heading("staff.set_up.rehearsal", ui.w("staff.set_up.rehearsal"));
    ui.text("staff.set_up.rehearsal.how", ui.w("staff.set_up.rehearsal.how"));
    if (p.rehearsal) newest(v, *p.rehearsal);
    if (ui.button("staff.set_up.rehearse", ui.w("staff.set_up.rehearse"),
                  {.tone = ui::Tone::Primary, .icon = ui::Icon::Next}))
        act(v, staff::action::Rehearse{});
    ui.endPanel();
}

void staffPage(const View& v, const staff::page::Measure& p) {
    auto& ui = v.ui;
    ui.title("staff.measure.title", ui.w("staff.set_up.panel"));
    if (!p.diagonal) return ui.progress("staff.busy", ui.w("staff.busy"), -1);
    ui.text("staff.measure.how", ui.w("staff.measure.how"));
    ui.cardOutline("staff.measure.card", ui.w("staff.measure.card"), p.cardMm);
    ui.beginColumns(4);
    const auto widen = [&v](const char* key, const char* words, double by) {
        if (v.ui.button(key, v.ui.w(words))) act(v, staff::action::Widen{by});
    };
    widen("staff.measure.much_narrower", "staff.measure.much_narrower", -3);
    widen("staff.measure.narrower", "staff.measure.narrower", -0.3);
    widen("staff.measure.wider", "staff.measure.wider", 0.3);
    widen("staff.measure.much_wider", "staff.measure.much_wider", 3);
    ui.endColumns();
    if (!p.saved) return;
    ui.beginPanel(ui::Ui::PanelKind::Info);
    ui.iconText("settings.changed", ui::Icon::Info, ui.w("settings.changed"));
    if (ui.button("staff.restart", ui.w("staff.restart"),
                  {.tone = ui::Tone::Primary, .icon = ui::Icon::Restart}))
        act(v, staff::action::Restart{});
    ui.endPanel();
}

void staffPage(const View& v, const staff::page::Connection& p) {
    auto& ui = v.ui;
    ui.title("staff.connection.title", ui.w("staff.set_up.connection"));
    if (!p.keys) return ui.progress("staff.busy", ui.w("staff.busy"), -1);
    ui.text("staff.connection.how", ui.w("staff.connection.how"));
    ui.fact("staff.connection.kiosk", ui.w("staff.connection.kiosk"), p.keys->kioskId);
    ui.fact("staff.connection.url", ui.w("staff.connection.url"), p.keys->officeUrl,
            ui.w(v.flow.online ? "device.office.good" : "device.office.bad"));
    ui.fact("staff.connection.kiosk_key", ui.w("staff.connection.kiosk_key"), p.keys->kioskSigning);
    ui.fact("staff.connection.office_key", ui.w("staff.connection.office_key"), p.keys->officeSigning);
    ui.fact("staff.connection.sealing_key", ui.w("staff.connection.sealing_key"), p.keys->officeSealing);
}

} // namespace kiosk::screens
