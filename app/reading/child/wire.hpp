// What the reader and its decoder program say to each other: fixed messages over a socket, pictures in shared
// memory.
#pragma once

#include "app/reading/zxing.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

#if defined(__has_feature)
#define KIOSK_HAS_FEATURE(feature) __has_feature(feature)
#else
#define KIOSK_HAS_FEATURE(feature) 0
#endif

namespace kiosk::reading::child {

/// Built with a sanitizer: those reserve terabytes of addresses, make more system calls than decoding does,
/// and print to standard error. What that changes is decided by this constant alone.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || KIOSK_HAS_FEATURE(address_sanitizer) || \
    KIOSK_HAS_FEATURE(thread_sanitizer)
inline constexpr bool sanitized = true;
#else
inline constexpr bool sanitized = false;
#endif

/// What the program is called; it stands beside the kiosk.
inline constexpr const char* programName = "kiosk-decode";

// Descriptors the program is started with, besides 0 to 2, which lead nowhere.
inline constexpr int pictureFd =
    3; ///< shared memory of `pictureCapacity` bytes that the program can only read
inline constexpr int channelFd = 4; ///< a SOCK_SEQPACKET socket: one message a packet

/// Bytes, rows without gaps: 67 megapixels. Memory is taken only as far as a picture reaches.
inline constexpr std::size_t pictureCapacity = std::size_t{64} << 20U;
/// A version 40-L symbol of digits, the longest there is (ISO/IEC 18004, table 7).
inline constexpr std::size_t maxCodeBytes = 7089;
inline constexpr unsigned maxCodes = 64; ///< of one picture

struct Request {
    std::uint32_t sequence = 0; ///< from 1 for each program
    std::int32_t width = 0, height = 0;
    std::uint8_t global = 0, downscale = 0, all = 0, unused = 0; ///< zxing::Options
};

enum class Kind : std::uint32_t {
    Ready,   ///< sequence 0: locked in and waiting
    Refused, ///< sequence 0: could not lock itself in; `bytes` say why
    Code,    ///< one code of the picture
    Done,    ///< no more codes
    Faulted, ///< the library gave up on this picture
};

/// Sent up to the last of `bytes` used.
struct Answer {
    std::uint32_t sequence = 0;
    Kind kind = Kind::Done;
    std::uint32_t length = 0;
    std::array<float, 8> corners{}; ///< x and y of four, px in the picture
    std::array<std::uint8_t, maxCodeBytes> bytes{};
};
inline constexpr std::size_t answerHead = offsetof(Answer, bytes);

} // namespace kiosk::reading::child
