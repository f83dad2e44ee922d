#include "drivers/v4l2/v4l2_camera.hpp"

#include "drivers/v4l2/v4l2_controls.hpp"
#include "drivers/v4l2/v4l2_device.hpp"
#include "drivers/v4l2/v4l2_format.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <linux/videodev2.h>
#include <optional>
#include <poll.h>

namespace kiosk::v4l2 {
namespace {

using Clock = std::chrono::steady_clock;

constexpr unsigned bufferCount = 4;
constexpr auto silenceMost = std::chrono::milliseconds(1500);
constexpr auto firstFrameMost = std::chrono::milliseconds(3000); // webcams take up to 2 s to begin
constexpr std::size_t triesMost = 4; // modes tried before a camera is given up: a busy bus refuses the widest

/// An open device that streams.
class Stream {
public:
    static Result<Stream> open(const std::string& device, const CameraSettings& settings) {
        auto fd = openNode(device);
        if (!fd) return fail(fd.error());
        auto title = captureTitle(fd->get());
        if (!title) return fail(title.error());
        const auto modes = rankModes(listModes(fd->get()), settings.format);
        if (modes.empty()) return fail(Code::CameraUnsupported, "no format that can be read");
        Error last{Code::CameraUnsupported, {}};
        for (std::size_t i = 0; i < std::min(modes.size(), triesMost); ++i) {
            if (i > 0) { // a node that refused to stream is asked anew
                fd = openNode(device);
                if (!fd) return fail(fd.error());
            }
            auto stream = begin(*fd, modes[i], settings);
            if (stream) {
                stream->title_ = *title + ", " + stream->title_;
                return stream;
            }
            last = stream.error();
            if (last.code != Code::CameraUnsupported)
                break; // gone, busy or denied: another mode helps nothing
        }
        return fail(last);
    }

    /// Waits for the newest frame; frames that waited longer are given back unread.
    Result<Frame> next(std::chrono::milliseconds timeout) {
        const auto deadline = Clock::now() + timeout;
        for (;;) {
            auto frame = takeNewest();
            if (frame) silentAt_ = Clock::now() + silenceMost;
            if (frame || frame.error().code == Code::CameraLost) return frame;
            const auto now = Clock::now();
            if (now >= silentAt_) return fail(Code::CameraLost, "no frame for too long");
            if (now >= deadline) return frame;
            const auto left =
                std::chrono::ceil<std::chrono::milliseconds>(std::min(deadline, silentAt_) - now);
            pollfd wait{fd_.get(), POLLIN, 0};
            ::poll(&wait, 1, static_cast<int>(left.count()));
            // What arrived before the end is still taken; the next turn finds the device gone.
            if ((wait.revents & (POLLERR | POLLHUP | POLLNVAL)) != 0 && (wait.revents & POLLIN) == 0)
                return fail(Code::CameraLost, "unplugged");
        }
    }

    const std::string& title() const { return title_; }
    const std::vector<ControlReport>& controls() const { return controls_; }

private:
    static Result<Stream> begin(Descriptor& fd, const CaptureMode& mode, const CameraSettings& settings) {
        Stream stream;
        std::swap(stream.fd_, fd);
        if (auto ok = stream.configure(mode); !ok) return fail(ok.error());
        stream.controls_ = applyControls(*controlsOf(stream.fd_.get()), settings);
        if (auto ok = stream.start(); !ok) return fail(ok.error());
        return stream;
    }

    Result<void> configure(const CaptureMode& mode) {
        format_.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
        format_.fmt.pix.width = static_cast<std::uint32_t>(mode.width);
        format_.fmt.pix.height = static_cast<std::uint32_t>(mode.height);
        format_.fmt.pix.pixelformat = mode.format;
        format_.fmt.pix.field = V4L2_FIELD_ANY;
        if (control(fd_.get(), VIDIOC_S_FMT, &format_) < 0) return fail(errorFrom(errno, "set format"));
        const auto& pix = format_.fmt.pix;
        if (pix.pixelformat != mode.format) return fail(Code::CameraUnsupported, "format refused");
        v4l2_streamparm rate{};
        rate.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
        const double perSecond = mode.perSecond == 0 ? 30 : std::clamp(mode.perSecond, 1.0, 30.0);
        rate.parm.capture.timeperframe = {1000, static_cast<std::uint32_t>(perSecond * 1000)};
        control(fd_.get(), VIDIOC_S_PARM, &rate); // a camera with one rate only need not know this
        title_ = std::to_string(pix.width) + " x " + std::to_string(pix.height) + " " +
                 formatName(pix.pixelformat);
        return {};
    }

    Result<void> start() {
        v4l2_requestbuffers request{};
        request.count = bufferCount;
        request.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
        request.memory = V4L2_MEMORY_MMAP;
        if (control(fd_.get(), VIDIOC_REQBUFS, &request) < 0) return fail(errorFrom(errno, "buffers"));
        for (std::uint32_t i = 0; i < request.count; ++i) {
            auto buffer = emptyBuffer(i);
            if (control(fd_.get(), VIDIOC_QUERYBUF, &buffer) < 0) return fail(errorFrom(errno, "buffer"));
            mappings_.emplace_back(fd_.get(), buffer.length, buffer.m.offset);
            if (!mappings_.back().isValid()) return fail(errorFrom(errno, "map"));
            if (control(fd_.get(), VIDIOC_QBUF, &buffer) < 0) return fail(errorFrom(errno, "queue"));
        }
        int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
        if (control(fd_.get(), VIDIOC_STREAMON, &type) < 0) return fail(errorFrom(errno, "start"));
        silentAt_ = Clock::now() + firstFrameMost;
        return {};
    }

    static v4l2_buffer emptyBuffer(std::uint32_t index) {
        v4l2_buffer buffer{};
        buffer.index = index;
        buffer.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
        buffer.memory = V4L2_MEMORY_MMAP;
        return buffer;
    }

    Result<Frame> takeNewest() {
        std::optional<v4l2_buffer> newest;
        for (auto buffer = emptyBuffer(0); control(fd_.get(), VIDIOC_DQBUF, &buffer) == 0;
             buffer = emptyBuffer(0)) {
            if (newest) control(fd_.get(), VIDIOC_QBUF, &*newest); // a failure shows at the next dequeue
            newest = buffer;
        }
        if (const int problem = errno; problem != EAGAIN)
            return fail(Code::CameraLost, std::strerror(problem));
        if (!newest) return fail(Code::PictureUnreadable, "no frame within the timeout");
        auto frame = decode(*newest);
        if (control(fd_.get(), VIDIOC_QBUF, &*newest) < 0)
            return fail(Code::CameraLost, std::strerror(errno));
        return frame;
    }

    Result<Frame> decode(const v4l2_buffer& buffer) const {
        if ((buffer.flags & V4L2_BUF_FLAG_ERROR) != 0 || buffer.index >= mappings_.size())
            return fail(Code::PictureUnreadable, "damaged on the way");
        const auto bytes = mappings_[buffer.index].bytes(buffer.bytesused);
        const auto& pix = format_.fmt.pix;
        if (isJpeg(pix.pixelformat)) return decodeJpeg(bytes);
        return decodeRaw(pix.pixelformat, bytes, int(pix.width), int(pix.height), int(pix.bytesperline));
    }

    Descriptor fd_;
    v4l2_format format_{};
    std::vector<Mapping> mappings_;
    std::string title_;
    std::vector<ControlReport> controls_;
    Clock::time_point silentAt_; // from then on the camera counts as wedged
};

class V4l2Camera final : public Camera {
public:
    V4l2Camera(std::string device, CameraSettings settings)
        : device_(std::move(device)), settings_(std::move(settings)) {}

    Result<Frame> next(std::chrono::milliseconds timeout) override {
        if (!stream_) return fail(Code::CameraLost, "not open");
        auto frame = stream_->next(timeout);
        if (frame)
            frame->number = ++count_;
        else if (frame.error().code == Code::CameraLost)
            stream_.reset(); // lets the kernel free the node, so that the camera may come back under the same
                             // name
        return frame;
    }

    Result<void> reopen() override {
        stream_.reset();
        Error last{Code::CameraNone, "no video device"};
        for (const auto& node : device_.empty() ? listNodes() : std::vector{device_}) {
            auto stream = Stream::open(node, settings_);
            if (stream) {
                stream_.emplace(std::move(*stream));
                node_ = node;
                return {};
            }
            // a camera's metadata node is "unsupported": what another node said matters more
            if (last.code == Code::CameraNone || last.code == Code::CameraUnsupported) last = stream.error();
        }
        return fail(last);
    }

    std::string description() const override {
        return stream_ ? stream_->title() + " (" + node_ + ")" : "camera " + node_ + ", not connected";
    }

    std::vector<ControlReport> controls() const override {
        return stream_ ? stream_->controls() : std::vector<ControlReport>{};
    }

private:
    std::string device_, node_;
    CameraSettings settings_;
    std::optional<Stream> stream_;
    std::uint64_t count_ = 0;
};

} // namespace

Result<std::unique_ptr<Camera>> openCamera(const std::string& device, const CameraSettings& settings) {
    auto camera = std::make_unique<V4l2Camera>(device, settings);
    if (auto ok = camera->reopen(); !ok) return fail(ok.error());
    return camera;
}

std::vector<std::string> listCameras() {
    std::vector<std::string> cameras;
    for (const auto& node : listNodes()) {
        const auto fd = openNode(node);
        if (!fd ? fd.error().code == Code::CameraBusy || fd.error().code == Code::CameraDenied
                : captureTitle(fd->get()).has_value())
            cameras.push_back(node);
    }
    return cameras;
}

} // namespace kiosk::v4l2
