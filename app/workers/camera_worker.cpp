#include "app/workers/camera_worker.hpp"

#include "app/base/log.hpp"
#include "app/reading/reader.hpp"
#include "app/workers/stillness.hpp"

#include <chrono>
#include <memory>

namespace kiosk {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr auto budget = 33ms;          // a frame of a 30 Hz camera
constexpr auto idleInterval = 500ms;   // enough to notice a card held up
constexpr auto reopenInterval = 500ms; // a camera plugged in again is found within a second
constexpr auto goneAfter = 2s;
constexpr auto repeatAfter = 1s; // the same code is reported once a second while it stays

/// What one stretch of camera work knows; lives on the camera thread.
class Watch {
public:
    Watch(const std::string& source, Inbox<Event>& inbox, Latest<Frame>& preview)
        : source_(source), inbox_(inbox), preview_(preview) {}

    void forget() {
        last_.clear();
        preview_.take();
        reader_ = reading::Reader();
    }

    /// One frame's work. Returns how long to rest before the next.
    std::chrono::milliseconds once(CameraMode mode) {
        if (!camera_) return open();
        const bool began = mode == CameraMode::Reading && mode_ != mode;
        mode_ = mode;
        if (camera_->isPictures()) { // pictures are not live: nothing to wake up for, and each reading starts
                                     // from the first
            if (mode == CameraMode::Idle) return idleInterval / 5;
            if (began)
                static_cast<void>(
                    camera_->reopen()); // the same folder again; next() reports what is wrong with it
        }
        auto frame = camera_->next(mode == CameraMode::Reading ? 200ms : idleInterval);
        if (frame)
            look(std::move(*frame), mode);
        else if (frame.error().code != Code::PictureUnreadable)
            lost(frame.error());
        return mode == CameraMode::Idle ? std::chrono::milliseconds(idleInterval) : 0ms;
    }

private:
    std::chrono::milliseconds open() {
        auto opened = camera_ ? Result<std::unique_ptr<Camera>>() : openCamera(source_);
        if (!opened) {
            report(opened.error());
            return reopenInterval;
        }
        camera_ = std::move(*opened);
        trouble_.reset();
        log::info("camera: " + camera_->description());
        inbox_.push(event::CameraChanged{std::nullopt, camera_->isPictures()});
        return 0ms;
    }

    void report(const Error& error) {
        if (trouble_ == error.code) return;
        trouble_ = error.code;
        log::warn("camera", error);
        inbox_.push(event::CameraChanged{error.code, false});
    }

    /// Pulled out or wedged: told at once, opened anew until it is back.
    void lost(const Error& error) {
        report(error);
        camera_.reset();
        reader_ = reading::Reader();
    }

    void look(Frame frame, CameraMode mode) {
        const bool still = stillness_.isStill(frame, Clock::now());
        if (still && mode == CameraMode::Idle && !present_ && armed_) return;
        const reading::GreyView view{frame.grey.data(), frame.width, frame.height, frame.width};
        auto reading = reader_.read(view, budget);
        const auto now = Clock::now();
        if (!reading.codes.empty())
            seen(std::move(reading.codes.front().bytes), now);
        else if (present_ && now - seenAt_ > goneAfter) {
            present_ = false;
            last_.clear();
            inbox_.push(event::CodeGone{});
        } else if (!present_ && !armed_) {
            armed_ = true;
            inbox_.push(event::CodeGone{});
        }
        if (mode == CameraMode::Reading) preview_.put(std::move(frame));
    }

    void seen(Bytes bytes, Clock::time_point now) {
        const bool same = bytes == last_.reveal();
        present_ = armed_ = true;
        seenAt_ = now;
        if (same && now - reportedAt_ < repeatAfter) return;
        reportedAt_ = now;
        last_ = Secret<Bytes>(bytes);
        inbox_.push(event::CodeRead{Secret<Bytes>(std::move(bytes))});
    }

    const std::string& source_;
    Inbox<Event>& inbox_;
    Latest<Frame>& preview_;
    std::unique_ptr<Camera> camera_;
    reading::Reader reader_;
    Stillness stillness_;
    CameraMode mode_ = CameraMode::Idle;
    std::optional<Code> trouble_;
    Secret<Bytes> last_;
    bool present_ = false, armed_ = false;
    Clock::time_point seenAt_, reportedAt_;
};

} // namespace

CameraWorker::CameraWorker(std::string source, Inbox<Event>& inbox)
    : source_(std::move(source)), inbox_(inbox), thread_([this](const std::stop_token& stop) { run(stop); }) {
}

void CameraWorker::run(const std::stop_token& stop) {
    Watch watch(source_, inbox_, preview_);
    while (!stop.stop_requested()) {
        if (forget_.exchange(false)) watch.forget();
        const auto mode = mode_.load();
        const auto until = Clock::now() + watch.once(mode);
        // A rest ends early when reading begins or the program ends.
        while (Clock::now() < until && mode_ == mode && !stop.stop_requested())
            std::this_thread::sleep_for(20ms);
    }
}

} // namespace kiosk
