#include "app/workers/camera_worker.hpp"

#include "app/base/log.hpp"
#include "app/reading/guidance.hpp"
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

std::optional<CardHint> hintOf(std::optional<reading::Cue> cue) {
    if (!cue) return {};
    switch (*cue) {
    case reading::Cue::Closer:
        return CardHint::Closer;
    case reading::Cue::Farther:
        return CardHint::Farther;
    case reading::Cue::HoldStill:
        return CardHint::HoldStill;
    case reading::Cue::TiltFromLight:
        return CardHint::TiltFromLight;
    case reading::Cue::Brighter:
        return CardHint::Brighter;
    case reading::Cue::Darker:
        return CardHint::Darker;
    case reading::Cue::WholeCode:
        return CardHint::WholeCode;
    case reading::Cue::OtherSide:
        return CardHint::OtherSide;
    }
    return {};
}

/// What one stretch of camera work knows; lives on the camera thread.
class Watch {
public:
    Watch(const std::string& source, const CameraSettings& settings, Inbox<Event>& inbox,
          Latest<Frame>& preview)
        : source_(source), settings_(settings), inbox_(inbox), preview_(preview) {}

    void forget() {
        last_.clear();
        preview_.take();
        reader_ = reading::Reader(); // with a new process: the old one's memory held what was read
        startGuidance();
    }

    /// One frame's work. Returns how long to rest before the next.
    std::chrono::milliseconds once(CameraMode mode) {
        if (!camera_) return open();
        const bool began = mode == CameraMode::Reading && mode_ != mode;
        mode_ = mode;
        if (began) startGuidance();
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
        inbox_.push(event::CameraChanged{std::nullopt, camera_->isPictures(), camera_->description()});
        return 0ms;
    }

    void report(const Error& error) {
        if (trouble_ == error.code) return;
        trouble_ = error.code;
        log::warn("camera", error);
        inbox_.push(event::CameraChanged{.trouble = error.code});
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
        tell(reading.trouble);
        if (mode == CameraMode::Reading) guide(view, reading.sighting, now);
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
        if (mode != CameraMode::Reading) return;
        measure(frame, now);
        preview_.put(std::move(frame));
    }

    /// What staff see of the camera, once a second.
    void measure(const Frame& frame, Clock::time_point now) {
        ++frames_;
        const auto span = std::chrono::duration<double>(now - measuredAt_).count();
        if (span < 1) return;
        if (span < 3) inbox_.push(event::CameraMeasured{frames_ / span, meanGrey(frame), sharpness(frame)});
        frames_ = 0;
        measuredAt_ = now;
    }

    /// Once a trouble of the reader, not thirty times a second.
    void tell(const std::optional<Error>& trouble) {
        if (trouble && (!told_ || told_->detail != trouble->detail)) log::warn("reader", *trouble);
        if (trouble) told_ = trouble;
    }

    void startGuidance() {
        guidance_ = reading::Guidance();
        cue_.reset();
    }

    void guide(const reading::GreyView& view, const std::optional<reading::Sighting>& sighting,
               Clock::time_point now) {
        const auto time = std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch());
        const auto cue = guidance_.look(view, sighting, time);
        if (cue == cue_) return;
        cue_ = cue;
        inbox_.push(event::Hint{hintOf(cue)});
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
    reading::Guidance guidance_;
    std::optional<reading::Cue> cue_; // told last
    Stillness stillness_;
    CameraMode mode_ = CameraMode::Idle;
    std::optional<Code> trouble_;
    std::optional<Error> told_;
    Secret<Bytes> last_;
    bool present_ = false, armed_ = false;
    int frames_ = 0; // since measuredAt_
    Clock::time_point seenAt_, reportedAt_, measuredAt_;
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
