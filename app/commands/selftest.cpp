#include "app/commands/selftest.hpp"

#include "app/base/config/config.hpp"
#include "app/base/json/json.hpp"
#include "drivers/camera.hpp"
#include "drivers/scanner.hpp"
#include "drivers/v4l2/v4l2_camera.hpp"

#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <ostream>

namespace kiosk {
namespace {

using nlohmann::ordered_json;
using Clock = std::chrono::steady_clock;

constexpr auto firstFrame = std::chrono::seconds(3);

ordered_json controlJson(const ControlReport& c) {
    ordered_json j{{"name", c.name}, {"offered", c.offered}};
    if (!c.offered) return j;
    j["wanted"] = c.wanted ? ordered_json(*c.wanted) : ordered_json("automatic");
    j["real"] = c.real ? ordered_json(*c.real) : ordered_json();
    j["least"] = c.least;
    j["most"] = c.most;
    if (!c.problem.empty()) j["problem"] = c.problem;
    return j;
}

ordered_json errorJson(const Error& error) { return {{"code", name(error.code)}, {"detail", error.detail}}; }

/// Frames a second from the first to the last one, so that the time to begin does not count.
void watch(Camera& camera, int seconds, ordered_json& report) {
    Frame last;
    long frames = 0, damaged = 0;
    Clock::time_point first, latest, end = Clock::now() + firstFrame;
    while (Clock::now() < end) {
        auto frame = camera.next(std::chrono::milliseconds(500));
        if (frame) {
            latest = Clock::now();
            if (++frames == 1) {
                first = latest;
                end = first + std::chrono::seconds(seconds);
            }
            last = std::move(*frame);
        } else if (frame.error().code != Code::PictureUnreadable) {
            report["error"] = errorJson(frame.error());
            break;
        } else {
            ++damaged;
        }
    }
    report["frames"] = frames;
    if (frames == 0 && !report.contains("error"))
        report["error"] = errorJson({Code::CameraLost, "no frame in " + std::to_string(seconds) + " s"});
    if (frames == 0) return;
    const double span = std::chrono::duration<double>(latest - first).count();
    report["frames_per_second"] = span > 0 ? std::round(double(frames - 1) / span * 10) / 10 : 0;
    report["waits_or_damaged"] = damaged;
    report["width"] = last.width;
    report["height"] = last.height;
    report["mean_grey"] = std::round(meanGrey(last));
    report["sharpness"] = std::round(sharpness(last));
}

ordered_json cameraReport(const std::string& source, const CameraSettings& settings, int seconds) {
    ordered_json report{{"kind", "camera"}, {"source", source}};
    auto camera = openCamera(source, settings);
    if (!camera) {
        report["error"] = errorJson(camera.error());
        return report;
    }
    report["description"] = (*camera)->description();
    report["controls"] = ordered_json::array();
    for (const auto& control : (*camera)->controls()) report["controls"].push_back(controlJson(control));
    watch(**camera, seconds, report);
    return report;
}

ordered_json scannerReport(Scanner& scanner, bool named) {
    ordered_json report{{"kind", "scanner"}};
    const auto opened = scanner.reopen();
    report["description"] = scanner.description();
    report["ready"] = scanner.isReady();
    const bool absent = !opened && opened.error().code == Code::ScannerNone;
    if (!opened && (named || !absent)) report["error"] = errorJson(opened.error());
    return report;
}

std::string number(const ordered_json& value) {
    return value.is_string() ? value.get<std::string>() : value.dump();
}

void printControl(const ordered_json& c, std::ostream& out) {
    char line[160];
    const auto name = c["name"].get<std::string>();
    if (!c["offered"].get<bool>())
        std::snprintf(line, sizeof line, "  %-29s not offered", name.c_str());
    else
        std::snprintf(line, sizeof line, "  %-29s wanted %-10s real %-7s of %s to %s", name.c_str(),
                      number(c["wanted"]).c_str(), number(c["real"]).c_str(), number(c["least"]).c_str(),
                      number(c["most"]).c_str());
    out << line;
    if (c.contains("problem")) out << "   DIFFERS: " << c["problem"].get<std::string>();
    out << '\n';
}

void print(const ordered_json& r, std::ostream& out) {
    const auto description = r.value("description", r.value("source", std::string()));
    out << r["kind"].get<std::string>() << ": " << (description.empty() ? "none" : description);
    if (r.contains("ready")) out << (r["ready"].get<bool>() ? ": ready" : ": none");
    out << '\n';
    for (const auto& control : r.value("controls", ordered_json::array())) printControl(control, out);
    if (r.contains("frames_per_second"))
        out << "  " << r["width"] << " x " << r["height"] << ", " << r["frames_per_second"]
            << " frames a second, mean grey " << r["mean_grey"] << " of 255, sharpness " << r["sharpness"]
            << '\n';
    if (r.contains("error")) {
        const auto& error = r["error"];
        out << "  PROBLEM: " << error["code"].get<std::string>() << ": " << error["detail"].get<std::string>()
            << '\n';
        if (error["code"] == "CameraBusy")
            out << "  Another program holds the camera; stop the kiosk first.\n";
    }
}

/// The kiosk's settings; those of a fresh kiosk where there are none yet.
Result<Config> settingsOf(const std::string& folder, std::ostream& err) {
    const auto file = std::filesystem::path(folder) / "kiosk.toml";
    std::error_code ignored; // not there
    if (std::filesystem::exists(file, ignored)) return Config::load(file.string());
    err << "kiosk selftest: no " << file.string() << ": with the settings of a fresh kiosk\n";
    return Config{};
}

} // namespace

int runSelftest(const SelftestOptions& options, std::ostream& out, std::ostream& err) {
    const auto config = settingsOf(options.dataFolder, err);
    if (!config) {
        err << "kiosk selftest: " << name(config.error().code) << ": " << config.error().detail << '\n';
        return 1;
    }
    const auto show = [&](const ordered_json& report) {
        if (options.json)
            out << report.dump(-1, ' ', false, ordered_json::error_handler_t::replace) << '\n';
        else
            print(report, out);
        out.flush();
    };
    const auto source = options.camera.empty() ? config->camera : options.camera;
    auto sources = source.empty() ? v4l2::listCameras() : std::vector{source};
    if (sources.empty()) sources.emplace_back(); // says that there is none
    bool delivers = false, good = true;
    for (const auto& each : sources) {
        const auto report = cameraReport(each, config->cameraSettings, options.seconds);
        delivers = delivers || report.value("frames", 0L) > 0;
        show(report);
    }
    const auto& device = config->scanner.device;
    const bool named = device != "auto" && device != "none";
    bool found = !named;
    for (const auto& scanner : makeScanners(config->scanner)) {
        const auto report = scannerReport(*scanner, named && device.starts_with("/dev/"));
        found = found || report["ready"].get<bool>();
        good = good && !report.contains("error");
        show(report);
    }
    good = good && delivers && found;
    if (!options.json) out << (good ? "result: all good\n" : "result: something does not work\n");
    return good && out.good() ? 0 : 1;
}

} // namespace kiosk
