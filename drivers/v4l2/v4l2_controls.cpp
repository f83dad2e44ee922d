#include "drivers/v4l2/v4l2_controls.hpp"

#include "drivers/v4l2/v4l2_device.hpp"

#include <algorithm>
#include <initializer_list>
#include <linux/videodev2.h>
#include <string>

namespace kiosk::v4l2 {
namespace {

class KernelControls final : public ControlDevice {
public:
    explicit KernelControls(int fd) : fd_(fd) {}

    std::optional<ControlRange> query(std::uint32_t id) override {
        v4l2_queryctrl about{};
        about.id = id;
        if (control(fd_, VIDIOC_QUERYCTRL, &about) < 0 || (about.flags & V4L2_CTRL_FLAG_DISABLED) != 0)
            return std::nullopt;
        return ControlRange{about.minimum, about.maximum, std::max(about.step, 1), about.default_value,
                            (about.flags & V4L2_CTRL_FLAG_INACTIVE) != 0};
    }
    bool hasMenuItem(std::uint32_t id, std::int64_t value) override {
        v4l2_querymenu item{};
        item.id = id;
        item.index = static_cast<std::uint32_t>(value);
        return control(fd_, VIDIOC_QUERYMENU, &item) == 0;
    }
    bool set(std::uint32_t id, std::int64_t value) override {
        v4l2_control wish{id, static_cast<std::int32_t>(value)};
        return control(fd_, VIDIOC_S_CTRL, &wish) == 0;
    }
    std::optional<std::int64_t> get(std::uint32_t id) override {
        v4l2_control now{id, 0};
        if (control(fd_, VIDIOC_G_CTRL, &now) < 0) return std::nullopt;
        return now.value;
    }

private:
    int fd_;
};

/// Sets one control after the other and keeps what each was to become.
class Setting {
public:
    explicit Setting(ControlDevice& device) : device_(device) {}

    /// A number in the device's own unit; what it does not reach is set to the nearest it does.
    void value(std::uint32_t id, const char* name, std::int64_t wanted) {
        const auto range = begin(id, name);
        if (!range) return;
        const auto inside = std::clamp(wanted, range->least, range->most);
        const auto fitting = range->least + (inside - range->least) / range->step * range->step;
        send(id, wanted, fitting);
    }

    /// As the maker set it: what another program left behind is undone.
    void standard(std::uint32_t id, const char* name) {
        const auto range = begin(id, name);
        if (range) send(id, range->standard, range->standard);
    }

    /// The first of the alternatives that the camera's menu has.
    void choice(std::uint32_t id, const char* name, std::initializer_list<std::int64_t> alternatives) {
        const auto range = begin(id, name);
        if (!range) return;
        reports_.back().wanted = *alternatives.begin();
        for (const auto wanted : alternatives)
            if (wanted >= range->least && wanted <= range->most && device_.hasMenuItem(id, wanted))
                return send(id, wanted, wanted);
        reports_.back().problem = "the camera does not have this choice";
    }

    /// Left to the camera; reported.
    void observe(std::uint32_t id, const char* name) { begin(id, name); }

    /// Everything read back, after the last was set: one control may move another.
    std::vector<ControlReport> finish() {
        for (std::size_t i = 0; i < reports_.size(); ++i) {
            auto& report = reports_[i];
            if (!report.offered) continue;
            report.real = device_.get(ids_[i]);
            if (!report.real && report.problem.empty()) report.problem = "cannot be read back";
            if (report.real && report.wanted && report.real != report.wanted && report.problem.empty())
                report.problem = "the camera chose another value";
        }
        return std::move(reports_);
    }

private:
    std::optional<ControlRange> begin(std::uint32_t id, const char* name) {
        auto range = device_.query(id);
        ControlReport report;
        report.name = name;
        report.offered = range.has_value();
        if (range) {
            report.least = range->least;
            report.most = range->most;
        }
        ids_.push_back(id);
        reports_.push_back(std::move(report));
        return range;
    }

    void send(std::uint32_t id, std::int64_t wanted, std::int64_t sent) {
        auto& report = reports_.back();
        report.wanted = wanted;
        if (sent != wanted) report.problem = "outside of what the camera offers";
        if (!device_.set(id, sent)) report.problem = "refused by the camera";
    }

    ControlDevice& device_;
    std::vector<std::uint32_t> ids_;
    std::vector<ControlReport> reports_;
};

void setFocus(Setting& to, const CameraSettings& settings) {
    to.value(V4L2_CID_FOCUS_AUTO, "focus automatic", settings.focus ? 0 : 1);
    if (settings.focus)
        to.value(V4L2_CID_FOCUS_ABSOLUTE, "focus", *settings.focus);
    else
        to.observe(V4L2_CID_FOCUS_ABSOLUTE, "focus");
}

void setExposure(Setting& to, const CameraSettings& settings) {
    // Webcams call their automatic mode "aperture priority", for they have no aperture to move.
    if (settings.exposure)
        to.choice(V4L2_CID_EXPOSURE_AUTO, "exposure mode",
                  {V4L2_EXPOSURE_MANUAL, V4L2_EXPOSURE_SHUTTER_PRIORITY});
    else
        to.choice(V4L2_CID_EXPOSURE_AUTO, "exposure mode",
                  {V4L2_EXPOSURE_APERTURE_PRIORITY, V4L2_EXPOSURE_AUTO});
    to.value(V4L2_CID_EXPOSURE_AUTO_PRIORITY, "exposure may slow the frames", settings.slowInTheDark ? 1 : 0);
    if (settings.exposure)
        to.value(V4L2_CID_EXPOSURE_ABSOLUTE, "exposure", *settings.exposure);
    else
        to.observe(V4L2_CID_EXPOSURE_ABSOLUTE, "exposure");
}

void setGain(Setting& to, const CameraSettings& settings) {
    to.value(V4L2_CID_AUTOGAIN, "gain automatic", settings.gain ? 0 : 1);
    if (settings.gain)
        to.value(V4L2_CID_GAIN, "gain", *settings.gain);
    else
        to.observe(V4L2_CID_GAIN, "gain");
}

std::int64_t mainsChoice(int hz) {
    return hz == 50   ? V4L2_CID_POWER_LINE_FREQUENCY_50HZ
           : hz == 60 ? V4L2_CID_POWER_LINE_FREQUENCY_60HZ
                      : V4L2_CID_POWER_LINE_FREQUENCY_DISABLED;
}

} // namespace

std::unique_ptr<ControlDevice> controlsOf(int fd) { return std::make_unique<KernelControls>(fd); }

std::vector<ControlReport> applyControls(ControlDevice& device, const CameraSettings& settings) {
    Setting to(device);
    to.choice(V4L2_CID_POWER_LINE_FREQUENCY, "mains frequency", {mainsChoice(settings.mainsHz)});
    setFocus(to, settings);
    setExposure(to, settings);
    setGain(to, settings);
    const auto valueOrStandard = [&](std::uint32_t id, const char* name, std::optional<int> wanted) {
        if (wanted)
            to.value(id, name, *wanted);
        else
            to.standard(id, name);
    };
    valueOrStandard(V4L2_CID_BACKLIGHT_COMPENSATION, "backlight compensation", settings.backlight);
    valueOrStandard(V4L2_CID_SHARPNESS, "sharpness", settings.sharpness);
    return to.finish();
}

} // namespace kiosk::v4l2
