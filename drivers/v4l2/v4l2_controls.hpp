// Focus, exposure and gain of a camera: what the office wants, set in the right order, and what the camera
// really did.
#pragma once

#include "app/base/config/config.hpp"
#include "drivers/camera.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace kiosk::v4l2 {

/// What a device says about one control (VIDIOC_QUERYCTRL).
struct ControlRange {
    std::int64_t least = 0, most = 1, step = 1, standard = 0;
    bool inactive = false; // another control, such as an automatic one, decides now
};

/// A device's controls; the kernel's in the product, a camera's model in tests.
class ControlDevice {
public:
    virtual ~ControlDevice() = default;
    virtual std::optional<ControlRange> query(std::uint32_t id) = 0; // nullopt: not offered
    virtual bool hasMenuItem(std::uint32_t id, std::int64_t value) = 0;
    virtual bool set(std::uint32_t id, std::int64_t value) = 0; // false: refused
    virtual std::optional<std::int64_t> get(std::uint32_t id) = 0;
};

/// The controls of an open node; `fd` must outlive it.
std::unique_ptr<ControlDevice> controlsOf(int fd);

/// Sets what `settings` want, then reads everything back. Never fails: a camera without a control, or one
/// that does as it likes, works too, and the reports say so. Automatic modes are set before the values they
/// govern.
std::vector<ControlReport> applyControls(ControlDevice& device, const CameraSettings& settings);

} // namespace kiosk::v4l2
