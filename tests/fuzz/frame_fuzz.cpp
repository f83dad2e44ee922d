// links: kiosk_reading
// runs: 2000
// Strangers choose what the camera sees: whatever a frame shows, reading and guidance end in time and nothing
// but bytes comes out. An input is: columns, rows, enlargement and layout (a byte each), then dots. Dots are
// bits, so that a whole code fits into a small input, or bytes of grey; missing ones are white.
#include "app/reading/guidance.hpp"

#include <cmath>
#include <cstdlib>
#include <cstring>

namespace {

using namespace kiosk::reading;

constexpr std::size_t head = 4;
constexpr int mostDots = 96, mostPx = 256; // a side

// Nominal microseconds a picture. By the clock, a sanitizer's slowness would change what is tried, and a
// picture full of finders would cost a fifth of a second. With this much, half of ZXing's attempts are still
// reached.
constexpr double work = 10'000;
constexpr std::chrono::milliseconds hangs(3000); // a decode that takes longer, also on a busy machine

struct Picture {
    int width = 0, height = 0, stride = 0;
    std::vector<std::uint8_t> grey;
    GreyView view() const { return {grey.data(), width, height, stride}; }
};

Picture draw(const std::uint8_t* data, std::size_t size) {
    const int columns = 1 + data[0] % mostDots, rows = 1 + data[1] % mostDots;
    const int scale = std::max(1, std::min(1 + data[2] % 8, mostPx / std::max(columns, rows)));
    const bool bits = (data[3] & 1U) != 0;
    Picture out{columns * scale, rows * scale, columns * scale + (data[3] >> 4U), {}};
    out.grey.assign(static_cast<std::size_t>(out.stride) * static_cast<std::size_t>(out.height), 255);
    const auto dot = [&](std::size_t i) -> std::uint8_t {
        if (bits) return head + i / 8 < size && ((data[head + i / 8] >> (i % 8)) & 1U) != 0 ? 20 : 230;
        return head + i < size ? data[head + i] : 255;
    };
    for (int y = 0; y < out.height; ++y)
        for (int x = 0; x < out.width; ++x)
            out.grey[static_cast<std::size_t>(y) * static_cast<std::size_t>(out.stride) +
                     static_cast<std::size_t>(x)] =
                dot(static_cast<std::size_t>(y / scale) * static_cast<std::size_t>(columns) +
                    static_cast<std::size_t>(x / scale));
    return out;
}

/// Corners anywhere: the guidance must bear what the decoders report.
Sighting sightingOf(const std::uint8_t* data, std::size_t size) {
    Sighting sighting;
    const auto bytes = std::min(size, sizeof sighting.corners);
    std::memcpy(sighting.corners, data, bytes);
    return sighting;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static Reader reader;
    static Guidance guidance;
    if (size < head) return 0;
    const auto picture = draw(data, size);
    reader.forget();
    const auto reading = reader.read(picture.view(), Budget::work(work), (data[3] & 2U) != 0, hangs);
    // A decoder that crashed, hung or lied, in whichever process; one that gave up on a picture did not.
    if (reading.trouble && reading.trouble->detail != "the library gave up") std::abort();
    for (const auto& code : reading.codes)
        for (const auto& corner : code.corners)
            if (!std::isfinite(corner.x) || !std::isfinite(corner.y)) std::abort();
    guidance.measure(picture.view(), reading.sighting);
    guidance.measure(picture.view(), sightingOf(data, size));
    return 0;
}
