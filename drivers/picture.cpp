#include "drivers/picture.hpp"

#include "drivers/pgm.hpp"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <png.h>
#include <sys/stat.h>
#include <unistd.h>

namespace kiosk {
namespace {

bool isPng(ByteView b) { return b.size() >= 8 && std::memcmp(b.data(), "\x89PNG\r\n\x1a\n", 8) == 0; }
bool isJpeg(ByteView b) { return b.size() >= 3 && b[0] == 0xFF && b[1] == 0xD8 && b[2] == 0xFF; }

/// Frees what libpng holds, however the function is left.
struct PngImage : png_image {
    PngImage() : png_image{} { version = PNG_IMAGE_VERSION; }
    ~PngImage() { png_image_free(this); }
    PngImage(const PngImage&) = delete;
    PngImage& operator=(const PngImage&) = delete;
};

Result<Frame> decodePng(ByteView bytes) {
    PngImage image;
    if (png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) == 0)
        return fail(Code::PictureUnreadable, std::string("PNG: ") + image.message);
    if (!isPictureSizeSane(image.width, image.height)) return fail(Code::PictureUnreadable, "PNG: size");
    const bool colour = (image.format & PNG_FORMAT_FLAG_COLOR) != 0;
    image.format = colour ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
    Frame frame;
    frame.width = static_cast<int>(image.width);
    frame.height = static_cast<int>(image.height);
    auto& pixels = colour ? frame.rgb : frame.grey;
    pixels.resize(PNG_IMAGE_SIZE(image));
    const png_color white = {255, 255, 255}; // behind transparent pixels, as on paper
    if (png_image_finish_read(&image, &white, pixels.data(), 0, nullptr) == 0)
        return fail(Code::PictureUnreadable, std::string("PNG: ") + image.message);
    if (colour) fillGrey(frame);
    return frame;
}

/// The whole of a regular file; a pipe or device would block.
Result<std::vector<std::uint8_t>> readFile(const std::string& path) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) return fail(Code::PictureUnreadable, std::strerror(errno));
    struct stat info {};
    std::vector<std::uint8_t> bytes;
    std::string problem;
    if (::fstat(fd, &info) != 0 || !S_ISREG(info.st_mode))
        problem = "not a file";
    else if (info.st_size > static_cast<off_t>(maxPictureBytes))
        problem = "file too large";
    else
        bytes.resize(static_cast<std::size_t>(info.st_size));
    std::size_t size = 0;
    while (problem.empty() && size < bytes.size()) {
        const auto n = ::read(fd, bytes.data() + size, bytes.size() - size);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) problem = std::strerror(errno);
        if (n <= 0) break;
        size += static_cast<std::size_t>(n);
    }
    ::close(fd);
    if (!problem.empty()) return fail(Code::PictureUnreadable, problem);
    bytes.resize(size);
    return bytes;
}

} // namespace

bool isPictureSizeSane(long width, long height) {
    return width > 0 && height > 0 && width <= maxPictureSide && height <= maxPictureSide &&
           width * height <= maxPicturePixels;
}

void fillGrey(Frame& frame) {
    const std::size_t pixels = frame.rgb.size() / 3;
    frame.grey.resize(pixels);
    const std::uint8_t* in = frame.rgb.data();
    std::uint8_t* out = frame.grey.data();
    for (std::size_t i = 0; i < pixels; ++i, in += 3)
        out[i] = static_cast<std::uint8_t>((306U * in[0] + 601U * in[1] + 117U * in[2] + 512U) >> 10U);
}

bool looksLikePicture(ByteView bytes) { return isPng(bytes) || isJpeg(bytes) || pgm::looksLike(bytes); }

Result<Frame> decodePicture(ByteView bytes) {
    if (isPng(bytes)) return decodePng(bytes);
    if (isJpeg(bytes)) return decodeJpeg(bytes);
    if (pgm::looksLike(bytes)) return pgm::decode(bytes);
    return fail(Code::PictureUnreadable, "neither PNG, JPEG nor PGM");
}

Result<Frame> loadPicture(const std::string& path) {
    const auto bytes = readFile(path);
    if (!bytes) return fail(bytes.error());
    return decodePicture(*bytes);
}

} // namespace kiosk
