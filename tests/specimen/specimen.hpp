// Synthetic ID cards: seeded people who do not exist, their cards (marked MẪU / SPECIMEN) and camera frames
// of them.
#pragma once

#include "app/identity/identity.hpp"
#include "drivers/camera.hpp"

#include <opencv2/core.hpp>

namespace kiosk::specimen {

enum class Layout { Card2021, Card2024, Child2024 };

/// Numbers that are the same everywhere for the same seed (the standard's distributions are not).
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next(); // splitmix64
    int below(int n);     // 0..n-1
    double real(double low, double high);
    double normal(); // mean 0, deviation 1
    template <typename Range>
    const auto& pick(const Range& range) {
        return range[static_cast<std::size_t>(below(static_cast<int>(std::size(range))))];
    }

private:
    std::uint64_t state_;
};

/// A card: what a reader must find, and the bytes of its code.
struct Specimen {
    Identity truth; // as id_card::parse gives it on 2026-11-24
    std::string payload;
};

Specimen specimen(std::uint64_t seed, Layout layout);

/// The side of the card that bears the code, flat, 16 px a mm, RGB. Throws what ZXing and OpenCV throw.
cv::Mat drawCard(const Specimen& specimen);

/// How the camera sees the card. The defaults are an easy frame.
struct RenderParams {
    int width = 1280, height = 720; // px
    bool card = true;               // false: the empty desk
    double cardShare = 0.62;        // the card's width as a share of the frame's
    double x = 0.5, y = 0.5;        // the card's centre as a share of the frame's size
    double turn = 2;                // degrees in the picture plane
    double tiltX = 4, tiltY = -5;   // degrees out of it
    double blur = 0.5;              // px, deviation of the lens's blur
    double motion = 0;              // px, along the horizontal
    double noise = 2;               // grey levels, deviation
    double light = 1;               // gain
    double lightSlope = 0.12;       // how much darker the right edge is
    double glare = 0;               // share of the code's side covered by a lamp's reflection
    std::uint64_t seed = 1;         // of the noise
};

/// All damages mixed at levels 1 (easy) to 4 (beyond a worn card under a lamp on a cheap camera).
RenderParams degraded(int level, std::uint64_t seed, int width = 1280, int height = 720);

Frame render(const cv::Mat& card, const RenderParams& params);
inline Frame render(const Specimen& s, const RenderParams& params) { return render(drawCard(s), params); }

/// Frame `index` of `count` of a card brought to the camera: a quarter empty desk, then it comes in, then it
/// is held.
RenderParams sequenceParams(int index, int count, std::uint64_t seed, int width = 1280, int height = 720);
std::vector<Frame> sequence(std::uint64_t seed, int count, Layout layout = Layout::Card2024);

/// The frame as a JPEG file's bytes: colour when it has any, else grey.
std::string jpeg(const Frame& frame, int quality = 90, bool progressive = false);

/// False when the file cannot be written.
bool savePng(const std::string& path, const Frame& frame);

} // namespace kiosk::specimen
