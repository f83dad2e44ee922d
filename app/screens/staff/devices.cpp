// What is plugged in and how it is doing, in words and as live numbers.
#include "app/screens/staff/staff_parts.hpp"

#include <cmath>

namespace kiosk::screens {
namespace {

std::string rounded(double value) { return std::to_string(static_cast<long>(std::lround(value))); }

void camera(const View& v, const staff::page::Devices& p) {
    auto& ui = v.ui;
    const auto& f = v.flow;
    ui.beginPanel(f.cameraTrouble ? ui::Ui::PanelKind::Warning : ui::Ui::PanelKind::Plain);
    ui.heading("device.camera", ui.w("device.camera"));
    if (f.cameraTrouble) {
        ui.iconText("device.camera.trouble", ui::Icon::Warning, errorTitle(v, *f.cameraTrouble));
        ui.text("device.camera.code", std::string(name(*f.cameraTrouble)), true);
        return ui.endPanel();
    }
    if (f.cameraPictures) ui.iconText("device.camera.pictures", ui::Icon::Info, ui.w("header.pictures"));
    if (!f.cameraDescription.empty())
        ui.fact("device.camera.what", ui.w("device.camera.what"), f.cameraDescription);
    if (v.preview.rgb != nullptr)
        ui.picture("device.camera.picture", ui.w("card.preview"), v.preview,
                   ui.theme().panel.portrait() ? 80 : 50, false);
    const auto& m = f.cameraMeasured;
    if (m.framesPerSecond <= 0) {
        ui.text("device.camera.measuring", ui.w("device.camera.measuring"), true);
        return ui.endPanel();
    }
    ui.fact("device.camera.rate", ui.w("device.camera.rate"),
            ui.w("device.camera.rate.value", {{"count", rounded(m.framesPerSecond)}}));
    const bool dark = m.light<50, bright = m.light> 205;
    ui.fact("device.camera.light", ui.w("device.camera.light"), rounded(m.light),
            ui.w(dark     ? "device.camera.dark"
                 : bright ? "device.camera.bright"
                          : "device.camera.light.good"));
    ui.fact("device.camera.sharpness", ui.w("device.camera.sharpness"), rounded(m.sharpness),
            ui.w("device.camera.sharpness.note"));
    ui.fact("device.camera.test", ui.w("device.camera.test"),
            p.codesRead == 0 ? ui.w("device.camera.test.none")
                             : ui.w("device.camera.test.read", {{"count", std::to_string(p.codesRead)}}));
    ui.endPanel();
}

void state(const View& v, bool good, ui::Icon icon, const char* goodKey, const char* badKey) {
    const char* key = good ? goodKey : badKey;
    v.ui.iconText(key, good ? ui::Icon::Check : icon, v.ui.w(key));
}

/// A test print and what came of it.
void test(const View& v, const std::string& key, const staff::page::Devices::Test& test,
          staff::Action action) {
    using State = staff::page::Devices::Test::State;
    auto& ui = v.ui;
    const bool busy = test.state == State::Printing;
    ui.live(key + ".state");
    if (ui.button(key, ui.w(key), {.tone = ui::Tone::Quiet, .icon = ui::Icon::Printer, .enabled = !busy}) &&
        !busy)
        act(v, std::move(action));
    if (busy) ui.iconText(key + ".state", ui::Icon::Clock, ui.w("device.test.printing"));
    if (test.state == State::Printed)
        ui.iconText(key + ".state", ui::Icon::Check, ui.w("device.test.printed"));
    if (test.state == State::Failed && test.trouble)
        ui.iconText(key + ".state", ui::Icon::Warning, errorTitle(v, *test.trouble));
}

/// Where speech can go, so that the setting can be given a name, and a sentence to hear.
void voice(const View& v, const staff::page::Devices& p) {
    auto& ui = v.ui;
    ui.beginPanel(ui::Ui::PanelKind::Plain);
    ui.heading("device.voice", ui.w("device.voice"));
    state(v, v.flow.headphones.has_value(), ui::Icon::Info, "device.headphones.good",
          "device.headphones.bad");
    std::string names;
    for (const auto& name : p.soundOutputs) names += (names.empty() ? "" : " · ") + name;
    ui.fact("device.voice.outputs", ui.w("device.voice.outputs"),
            names.empty() ? ui.w("device.voice.none") : names, ui.w("device.voice.outputs.note"));
    if (v.flow.headphones && ui.button("device.voice.test", ui.w("device.voice.test"),
                                       {.tone = ui::Tone::Quiet, .icon = ui::Icon::Voice}))
        act(v, staff::action::TestVoice{});
    ui.endPanel();
}

} // namespace

void staffPage(const View& v, const staff::page::Devices& p) {
    auto& ui = v.ui;
    ui.title("staff.devices.title", ui.w("staff.devices"));
    camera(v, p);
    ui.beginPanel(ui::Ui::PanelKind::Plain);
    state(v, v.flow.online, ui::Icon::CloudOff, "device.office.good", "device.office.bad");
    state(v, v.flow.scanners > 0, ui::Icon::Info, "device.scanner.good", "device.scanner.bad");
    state(v, v.flow.clockTrusted, ui::Icon::Clock, "device.clock.good", "device.clock.bad");
    ui.text("device.version", ui.w("device.version", {{"version", KIOSK_VERSION}}), true);
    ui.endPanel();
    ui.beginPanel(ui::Ui::PanelKind::Plain);
    ui.heading("device.printers", ui.w("device.printers"));
    if (v.flow.printer)
        ui.iconText("device.printer", v.flow.printer->trouble ? ui::Icon::Warning : ui::Icon::Check,
                    ui.w("device.printer",
                         {{"where", v.flow.printer->description},
                          {"state", v.flow.printer->trouble ? errorTitle(v, *v.flow.printer->trouble)
                                                            : ui.w("device.printer.good")}}));
    else
        ui.iconText("device.printer.none", ui::Icon::Info, ui.w("device.printer.none"));
    if (v.flow.printer) test(v, "device.test.slip", p.slip, staff::action::TestSlip{});
    if (v.knowledge.office.printsPapers) {
        ui.iconText("device.paper", v.flow.paperTrouble ? ui::Icon::Warning : ui::Icon::Check,
                    ui.w("device.paper", {{"state", v.flow.paperTrouble ? errorTitle(v, *v.flow.paperTrouble)
                                                                        : ui.w("device.printer.good")}}));
        test(v, "device.test.paper", p.paper, staff::action::TestPaper{});
    } else {
        ui.iconText("device.paper.none", ui::Icon::Info, ui.w("device.paper.none"));
    }
    ui.endPanel();
    voice(v, p);
}

} // namespace kiosk::screens
