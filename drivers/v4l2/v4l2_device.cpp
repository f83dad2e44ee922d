#include "drivers/v4l2/v4l2_device.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <linux/videodev2.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <utility>

namespace kiosk::v4l2 {

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

Mapping::Mapping(int fd, std::size_t size, std::int64_t offset)
    : data_(::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, offset)), size_(size) {}
Mapping::Mapping(Mapping&& other) noexcept
    : data_(std::exchange(other.data_, MAP_FAILED)), size_(other.size_) {}
Mapping::~Mapping() {
    if (isValid()) ::munmap(data_, size_);
}
bool Mapping::isValid() const { return data_ != MAP_FAILED; }
ByteView Mapping::bytes(std::size_t used) const {
    return {static_cast<const std::uint8_t*>(data_), std::min(used, size_)};
}

Result<Descriptor> openNode(const std::string& device) {
    Descriptor fd(::open(device.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC));
    if (fd.get() < 0) return fail(errorFrom(errno, device));
    return fd;
}

Result<std::string> captureTitle(int fd) {
    v4l2_capability about{};
    if (control(fd, VIDIOC_QUERYCAP, &about) < 0) return fail(errorFrom(errno, "not a camera"));
    const auto has =
        (about.capabilities & V4L2_CAP_DEVICE_CAPS) != 0 ? about.device_caps : about.capabilities;
    if ((has & V4L2_CAP_VIDEO_CAPTURE) == 0 || (has & V4L2_CAP_STREAMING) == 0)
        return fail(Code::CameraUnsupported, "cannot capture");
    const auto* card = reinterpret_cast<const char*>(about.card);
    return std::string(card, ::strnlen(card, sizeof about.card));
}

std::vector<std::string> listNodes() {
    std::vector<std::string> nodes;
    for (int i = 0; i < 64; ++i) {
        auto node = "/dev/video" + std::to_string(i);
        std::error_code ignored; // not there
        if (std::filesystem::exists(node, ignored)) nodes.push_back(std::move(node));
    }
    return nodes;
}

} // namespace kiosk::v4l2
