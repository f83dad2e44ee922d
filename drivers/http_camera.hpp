// A network camera: MJPEG over HTTP (multipart/x-mixed-replace), as phones and cheap IP cameras offer it.
#pragma once

#include "drivers/camera.hpp"
#include "drivers/picture.hpp"

#include <optional>
#include <string_view>

namespace kiosk {

/// Cuts a multipart body into its parts as the bytes arrive. Keeps at most one part of `maxPartBytes`.
class MultipartStream {
public:
    static constexpr std::size_t maxPartBytes = 8U << 20U;
    static constexpr std::size_t maxHeaderBytes = 8192;

    /// The boundary in a Content-Type of multipart/…; nullopt for any other type.
    static std::optional<std::string> boundaryOf(std::string_view contentType);

    explicit MultipartStream(const std::string& boundary) : mark_("--" + boundary) {}

    /// False when the server sends what is not such a stream: a part or header without end.
    bool feed(std::string_view bytes);

    /// The newest whole part since the last call; older ones are dropped.
    std::optional<std::string> take();

private:
    bool step();
    bool readHeader();
    bool readBody();

    std::string mark_, buffer_;
    std::optional<std::string> part_;
    std::optional<std::size_t> length_; // what the part's header promises
    bool inBody_ = false;
    std::size_t searched_ = 0; // bytes of buffer_ known not to begin the next mark
};

/// Errors: CameraNone (nobody answers), CameraDenied (401, 403), CameraUnsupported (not an MJPEG stream).
Result<std::unique_ptr<Camera>> openHttpCamera(const std::string& address);

} // namespace kiosk
