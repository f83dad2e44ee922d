// An open V4L2 node: ioctl without interruption, buffers mapped into memory, errno as a Code.
#pragma once

#include "drivers/descriptor.hpp"
#include "drivers/picture.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace kiosk::v4l2 {

/// ioctl that is not interrupted by signals; -1 with errno on failure.
int control(int fd, unsigned long request, void* argument);

/// CameraDenied, CameraBusy, CameraNone or CameraUnsupported; "<what>: <the system's words>".
Error errorFrom(int number, const std::string& what);

/// A driver's buffer mapped into our memory.
class Mapping {
public:
    Mapping(int fd, std::size_t size, std::int64_t offset);
    Mapping(Mapping&& other) noexcept;
    Mapping& operator=(Mapping&&) = delete;
    ~Mapping();
    bool isValid() const;
    /// The first `used` bytes, never more than there are.
    ByteView bytes(std::size_t used) const;

private:
    void* data_;
    std::size_t size_;
};

/// Opens without blocking. Errors: as errorFrom().
Result<Descriptor> openNode(const std::string& device);

/// The camera's name when the node captures single-planar video by streaming. Errors: CameraUnsupported.
Result<std::string> captureTitle(int fd);

/// /dev/video0, /dev/video1, … /dev/video63, those that exist, in the order of their numbers.
std::vector<std::string> listNodes();

} // namespace kiosk::v4l2
