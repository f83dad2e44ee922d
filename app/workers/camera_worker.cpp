#include "app/workers/camera_worker.hpp"

#include "app/base/log.hpp"
#include "app/reading/reader.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
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

/// Whether anything moves before the camera, from the mean grey of a coarse grid: an empty desk is looked at
/// but not searched for codes again and again while nobody is there.
class Stillness {
public:
    /// True once nothing has moved for a while; a card held up or laid down is read in many pictures before.
    bool isStill(const Frame& frame, Clock::time_point now) {
        Grid grid = gridOf(frame);
        bool moved = false;
        for (std::size_t i = 0; i < grid.size(); ++i)
            moved = moved || std::abs(grid[i] - grid_[i]) > threshold;
        if (moved || movedAt_ == Clock::time_point{}) {
            grid_ = grid; // kept while still, so that a slow change adds up and counts
            movedAt_ = now;
        }
        return now - movedAt_ > stillAfter;
    }

private:
    static constexpr int columns = 32, rows = 18, threshold = 5; // grey levels, above a camera's noise
    static constexpr auto stillAfter = 3s;
    using Grid = std::array<int, std::size_t{columns} * rows>;

    static Grid gridOf(const Frame& frame) {
        Grid sums{}, counts{};
        constexpr int step = 4; // px
        for (int y = 0; y < frame.height; y += step) {
            const auto* line =
                frame.grey.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(frame.width);
            const auto row = static_cast<std::size_t>(y * rows / frame.height) * columns;
            for (int x = 0; x < frame.width; x += step) {
                const auto cell = row + static_cast<std::size_t>(x * columns / frame.width);
                sums[cell] += line[x];
                ++counts[cell];
            }
        }
        for (std::size_t i = 0; i < sums.size(); ++i) sums[i] /= std::max(counts[i], 1);
        return sums;
    }

    Grid grid_{};
    Clock::time_point movedAt_;
};

/// What one stretch of camera work knows; lives on the camera thread.
class Watch {
public:
    Watch(const std::string& source, const CameraSettings& settings, Inbox<Event>& inbox,
          Latest<Frame>& preview)
        : source_(source), settings_(settings), inbox_(inbox), preview_(preview) {}

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
        auto opened = camera_ ? Result<std::unique_ptr<Camera>>() : openCamera(source_, settings_);
        if (!opened) {
            report(opened.error());
            return reopenInterval;
        }
        camera_ = std::move(*opened);
        trouble_.reset();
        log::info("camera: " + camera_->description());
        for (const auto& control : camera_->controls())
            if (!control.problem.empty()) log::info("camera: " + control.name + ": " + control.problem);
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
    const CameraSettings& settings_;
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

CameraWorker::CameraWorker(std::string source, CameraSettings settings, Inbox<Event>& inbox)
    : source_(std::move(source)), settings_(std::move(settings)), inbox_(inbox),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

void CameraWorker::run(const std::stop_token& stop) {
    Watch watch(source_, settings_, inbox_, preview_);
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
