#include "drivers/v4l2_camera.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <linux/videodev2.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <tuple>
#include <unistd.h>
#include <utility>

namespace kiosk {
namespace {

using Clock = std::chrono::steady_clock;

constexpr unsigned bufferCount = 4;
constexpr auto silenceMost = std::chrono::milliseconds(1500);
constexpr double usefulRate = 10; // frames a second below which a card held by hand is always blurred or late

/// ioctl that is not interrupted by signals.
int control(int fd, unsigned long request, void* argument) {
    int result = 0;
    do result = ::ioctl(fd, request, argument);
    while (result < 0 && errno == EINTR);
    return result;
}

Error errorFrom(int number, const std::string& what) {
    const auto detail = what + ": " + std::strerror(number);
    switch (number) {
    case EACCES:
    case EPERM:
        return {Code::CameraDenied, detail};
    case EBUSY:
        return {Code::CameraBusy, detail};
    case ENOENT:
    case ENODEV:
    case ENXIO:
        return {Code::CameraNone, detail};
    default:
        return {Code::CameraUnsupported, detail};
    }
}

/// Closes the device with its owner.
class Descriptor {
public:
    explicit Descriptor(int fd = -1) : fd_(fd) {}
    Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    int get() const { return fd_; }

private:
    int fd_;
};

/// A driver's buffer mapped into our memory.
class Mapping {
public:
    Mapping(int fd, std::size_t size, std::int64_t offset)
        : data_(::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, offset)), size_(size) {}
    Mapping(Mapping&& other) noexcept : data_(std::exchange(other.data_, MAP_FAILED)), size_(other.size_) {}
    Mapping& operator=(Mapping&&) = delete;
    ~Mapping() {
        if (isValid()) ::munmap(data_, size_);
    }
    bool isValid() const { return data_ != MAP_FAILED; }
    ByteView bytes(std::size_t used) const {
        return {static_cast<const std::uint8_t*>(data_), std::min(used, size_)};
    }

private:
    void* data_;
    std::size_t size_;
};

double rateOf(int fd, std::uint32_t format, std::uint32_t width, std::uint32_t height) {
    double best = 0;
    v4l2_frmivalenum interval{};
    interval.pixel_format = format;
    interval.width = width;
    interval.height = height;
    for (; control(fd, VIDIOC_ENUM_FRAMEINTERVALS, &interval) == 0; ++interval.index) {
        const bool discrete = interval.type == V4L2_FRMIVAL_TYPE_DISCRETE;
        const v4l2_fract shortest = discrete ? interval.discrete : interval.stepwise.min;
        if (shortest.numerator > 0) best = std::max(best, double(shortest.denominator) / shortest.numerator);
        if (!discrete) break;
    }
    return best;
}

void addSizes(int fd, std::uint32_t format, std::vector<CaptureMode>& modes) {
    const auto add = [&](std::uint32_t width, std::uint32_t height) {
        modes.push_back({format, int(width), int(height), rateOf(fd, format, width, height)});
    };
    v4l2_frmsizeenum size{};
    size.pixel_format = format;
    for (; control(fd, VIDIOC_ENUM_FRAMESIZES, &size) == 0; ++size.index) {
        if (size.type == V4L2_FRMSIZE_TYPE_DISCRETE) {
            add(size.discrete.width, size.discrete.height);
            continue;
        }
        for (const auto& [width, height] : {std::pair{1920U, 1080U}, {1280U, 720U}, {640U, 480U}})
            if (width <= size.stepwise.max_width && height <= size.stepwise.max_height) add(width, height);
        break;
    }
}

std::vector<CaptureMode> listModes(int fd) {
    std::vector<CaptureMode> modes;
    v4l2_fmtdesc format{};
    format.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    for (; control(fd, VIDIOC_ENUM_FMT, &format) == 0; ++format.index)
        if (format.pixelformat == V4L2_PIX_FMT_MJPEG || format.pixelformat == V4L2_PIX_FMT_YUYV)
            addSizes(fd, format.pixelformat, modes);
    return modes;
}

/// Best effort: a camera without these controls works too.
void setControls(int fd, double perSecond) {
    v4l2_control mains{V4L2_CID_POWER_LINE_FREQUENCY, V4L2_CID_POWER_LINE_FREQUENCY_50HZ}; // Viet Nam's lamps
    control(fd, VIDIOC_S_CTRL, &mains);
    v4l2_control focus{V4L2_CID_FOCUS_AUTO, 1};
    control(fd, VIDIOC_S_CTRL, &focus);
    v4l2_streamparm rate{};
    rate.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    rate.parm.capture.timeperframe = {1, static_cast<std::uint32_t>(std::clamp(perSecond, 1.0, 30.0))};
    control(fd, VIDIOC_S_PARM, &rate);
}

/// An open device that streams.
class Stream {
public:
    static Result<Stream> open(const std::string& device) {
        Stream stream;
        stream.fd_ = Descriptor(::open(device.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC));
        if (stream.fd_.get() < 0) return fail(errorFrom(errno, device));
        if (auto ok = stream.identify(); !ok) return fail(ok.error());
        if (auto ok = stream.configure(); !ok) return fail(ok.error());
        if (auto ok = stream.start(); !ok) return fail(ok.error());
        return stream;
    }

    /// Waits for the newest frame; frames that waited longer are given back unread.
    Result<Frame> next(std::chrono::milliseconds timeout) {
        const auto deadline = Clock::now() + timeout;
        for (;;) {
            auto frame = takeNewest();
            if (frame || frame.error().code == Code::CameraLost || Clock::now() >= deadline) {
                if (frame) heardAt_ = Clock::now();
                return frame;
            }
            if (Clock::now() - heardAt_ >= silenceMost) return fail(Code::CameraLost, "no frame for 1.5 s");
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
            const auto untilSilent =
                std::chrono::ceil<std::chrono::milliseconds>(heardAt_ + silenceMost - Clock::now());
            pollfd wait{fd_.get(), POLLIN, 0};
            ::poll(&wait, 1,
                   static_cast<int>(std::max(std::min(left, untilSilent).count(), std::int64_t{0})));
            if ((wait.revents & (POLLERR | POLLHUP | POLLNVAL)) != 0)
                return fail(Code::CameraLost, "unplugged");
        }
    }

    const std::string& title() const { return title_; }

private:
    Result<void> identify() {
        v4l2_capability about{};
        if (control(fd_.get(), VIDIOC_QUERYCAP, &about) < 0) return fail(errorFrom(errno, "not a camera"));
        const auto has =
            (about.capabilities & V4L2_CAP_DEVICE_CAPS) != 0 ? about.device_caps : about.capabilities;
        if ((has & V4L2_CAP_VIDEO_CAPTURE) == 0 || (has & V4L2_CAP_STREAMING) == 0)
            return fail(Code::CameraUnsupported, "cannot capture");
        const auto* card = reinterpret_cast<const char*>(about.card);
        title_.assign(card, ::strnlen(card, sizeof about.card));
        return {};
    }

    Result<void> configure() {
        const auto modes = listModes(fd_.get());
        const auto mode = chooseMode(modes);
        if (!mode) return fail(Code::CameraUnsupported, "neither MJPEG nor YUYV");
        format_.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
        format_.fmt.pix.width = static_cast<std::uint32_t>(mode->width);
        format_.fmt.pix.height = static_cast<std::uint32_t>(mode->height);
        format_.fmt.pix.pixelformat = mode->format;
        format_.fmt.pix.field = V4L2_FIELD_ANY;
        if (control(fd_.get(), VIDIOC_S_FMT, &format_) < 0) return fail(errorFrom(errno, "set format"));
        if (format_.fmt.pix.pixelformat != mode->format)
            return fail(Code::CameraUnsupported, "format refused");
        setControls(fd_.get(), mode->perSecond);
        title_ += ", " + std::to_string(format_.fmt.pix.width) + " x " +
                  std::to_string(format_.fmt.pix.height) + (isMjpeg() ? " MJPEG" : " YUYV");
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
        heardAt_ = Clock::now();
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
        if (isMjpeg()) return decodeJpeg(bytes);
        const auto& pix = format_.fmt.pix;
        return decodeYuyv(bytes, int(pix.width), int(pix.height), int(pix.bytesperline));
    }

    bool isMjpeg() const { return format_.fmt.pix.pixelformat == V4L2_PIX_FMT_MJPEG; }

    Descriptor fd_;
    v4l2_format format_{};
    std::vector<Mapping> mappings_;
    std::string title_;
    Clock::time_point heardAt_;
};

/// /dev/video0, /dev/video1, … /dev/video10 in the order of their numbers.
std::vector<std::string> listNodes() {
    std::vector<std::string> nodes;
    for (int i = 0; i < 64; ++i) {
        auto node = "/dev/video" + std::to_string(i);
        std::error_code ignored; // not there
        if (std::filesystem::exists(node, ignored)) nodes.push_back(std::move(node));
    }
    return nodes;
}

class V4l2Camera final : public Camera {
public:
    explicit V4l2Camera(std::string device) : device_(std::move(device)) {}

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
            auto stream = Stream::open(node);
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

private:
    std::string device_, node_;
    std::optional<Stream> stream_;
    std::uint64_t count_ = 0;
};

} // namespace

std::optional<CaptureMode> chooseMode(std::span<const CaptureMode> modes) {
    constexpr long mostPixels = 1920L * 1080; // more only costs time: a module already has 4 px
    const auto rank = [](const CaptureMode& m) {
        const long pixels = long(m.width) * m.height;
        const bool fast = m.perSecond == 0 || m.perSecond >= usefulRate;
        const double rate = std::min(m.perSecond, 30.0);
        return std::tuple(fast, pixels <= mostPixels ? pixels : mostPixels - pixels, rate,
                          m.format == V4L2_PIX_FMT_MJPEG);
    };
    const auto usable = [](const CaptureMode& m) {
        return isPictureSizeSane(m.width, m.height) &&
               (m.format == V4L2_PIX_FMT_MJPEG || m.format == V4L2_PIX_FMT_YUYV);
    };
    std::optional<CaptureMode> best;
    for (const auto& mode : modes)
        if (usable(mode) && (!best || rank(mode) > rank(*best))) best = mode;
    return best;
}

Result<Frame> decodeYuyv(ByteView bytes, int width, int height, int stride) {
    if (!isPictureSizeSane(width, height) || width % 2 != 0 || stride < width * 2)
        return fail(Code::PictureUnreadable, "YUYV: size");
    const auto rowSize = static_cast<std::size_t>(width) * 2;
    const auto step = static_cast<std::size_t>(stride);
    if (bytes.size() < step * static_cast<std::size_t>(height - 1) + rowSize)
        return fail(Code::PictureUnreadable, "YUYV: cut short");
    Frame frame;
    frame.width = width;
    frame.height = height;
    const auto pixels = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    frame.grey.resize(pixels);
    frame.rgb.resize(pixels * 3);
    const auto clamp = [](int v) { return static_cast<std::uint8_t>(std::clamp(v >> 8, 0, 255)); };
    std::size_t at = 0;
    for (int y = 0; y < height; ++y) {
        const std::uint8_t* in = bytes.data() + step * static_cast<std::size_t>(y);
        for (std::size_t x = 0; x < rowSize; x += 2, ++at) {
            const int luma = 298 * (in[x] - 16) + 128; // BT.601, limited range
            const int u = in[(x & ~std::size_t{3}) + 1] - 128;
            const int v = in[(x & ~std::size_t{3}) + 3] - 128;
            frame.grey[at] = in[x];
            frame.rgb[3 * at] = clamp(luma + 409 * v);
            frame.rgb[3 * at + 1] = clamp(luma - 100 * u - 208 * v);
            frame.rgb[3 * at + 2] = clamp(luma + 516 * u);
        }
    }
    return frame;
}

Result<std::unique_ptr<Camera>> openV4l2Camera(const std::string& device) {
    auto camera = std::make_unique<V4l2Camera>(device);
    if (auto ok = camera->reopen(); !ok) return fail(ok.error());
    return camera;
}

} // namespace kiosk
