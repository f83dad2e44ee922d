// The camera thread: owns the camera and the decoder; newest picture for the preview, codes as events.
#pragma once

#include "app/base/worker.hpp"
#include "app/flow/flow.hpp"
#include "drivers/camera.hpp"

#include <atomic>
#include <string>
#include <thread>

namespace kiosk {

/// Starts at once; opening, losing and finding the camera again happen on its own thread.
class CameraWorker {
public:
    CameraWorker(std::string source, CameraSettings settings, Inbox<Event>& inbox);

    /// Idle: one or two pictures a second are looked at; Reading: every picture. Any thread.
    void setMode(CameraMode mode) { mode_ = mode; }
    /// The newest picture since the last call, while Reading.
    std::optional<Frame> preview() { return preview_.take(); }
    /// The session ended: what is held of its pictures and codes is wiped.
    void forget() { forget_ = true; }

private:
    void run(const std::stop_token& stop);

    std::string source_;
    CameraSettings settings_;
    Inbox<Event>& inbox_;
    std::atomic<CameraMode> mode_ = CameraMode::Idle;
    std::atomic<bool> forget_ = false;
    Latest<Frame> preview_;
    std::jthread thread_; // last: uses all of the above
};

} // namespace kiosk
