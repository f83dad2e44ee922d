// Synthetic ID cards: seeded people who do not exist, their cards (marked MẪU / SPECIMEN) and camera frames
// of them.
#pragma once

#include "app/identity/identity.hpp"
#include "drivers/camera.hpp"
#include "tests/specimen/picture_files.hpp"

#include <array>
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
    bool chance(double share) { return real(0, 1) < share; }
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

/// Level of error correction of a QR code (ISO/IEC 18004): 7, 15, 25, 30 % of the codewords. Which one real
/// cards have is not published.
enum class Ecc { L, M, Q, H };

/// One pixel a module, 0 dark and 255 light, without a quiet zone; the smallest version that holds `bytes`.
/// `eci`: with the designator of UTF-8, as ISO/IEC 18004 asks for it; many writers leave it out.
cv::Mat qrModules(const std::string& bytes, Ecc ecc, bool eci);

constexpr double cardWidth = 85.6, cardHeight = 53.98; // mm, ISO/IEC 7810 ID-1

/// One side of a card, flat.
struct Card {
    cv::Mat face;                   // RGB, 16 px a mm; where the code goes it is white
    cv::Mat grey;                   // the same
    std::array<cv::Mat, 2> smaller; // grey, 8 and 4 px a mm
    cv::Mat modules;                // as of qrModules; empty: this side bears no code
    cv::Rect2d code;                // mm from the card's top left, without the quiet zone
};

/// The side of the card that bears the code. Throws what ZXing and OpenCV throw.
Card drawCard(const Specimen& specimen, Ecc ecc = Ecc::M, bool eci = true);
/// The other side.
Card drawOtherSide(const Specimen& specimen);

/// What lies or stands behind the card.
enum class Backdrop { Desk, Wood, Cloth, Text, Stripes, Shapes, Checks, Keys };

/// How the camera sees the card; every kind of damage is a parameter of its own. The defaults are an easy
/// frame.
struct RenderParams {
    int width = 1280, height = 720; // px
    bool colour = false;            // also the colour picture, at three times the cost
    bool card = true;               // false: only what is behind it
    std::uint64_t seed = 1;         // of everything drawn by chance: wear, reflections, noise
    std::uint64_t moment = 0;       // another one: other noise on the same card
    // The pose.
    double cardShare = 0.62; // the card's width as a share of the frame's
    double x = 0.5, y = 0.5; // the card's centre as a share of the frame's size
    double modulePx = 0;     // when set, distance follows from it: mean px a module; cardShare is not used,
                             // and x and y are where the code's centre is
    double turn = 2;         // degrees in the picture plane
    double tiltX = 4, tiltY = -5; // degrees out of it, about the frame's horizontal and vertical
    double bend = 0;              // mm the card's middle stands above its ends
    double bendAxis = 0;          // degrees, of the line the card is bent about
    // The card's wear.
    double fade = 0;      // share of the ink's contrast that is lost
    double worn = 0;      // share of the code's area where the ink is rubbed
    double scratches = 0; // number of scratches across the code
    double ghost = 0;     // contrast of a reflection in the laminate, share of white
    double fingers = -1;  // modules a finger covers of the code; 0: only the quiet zone; -1: none
    // The lens.
    double blur = 0.5;      // px, deviation of a gaussian
    double defocus = 0;     // px, radius of the disc of confusion
    double motion = 0;      // px, way during the exposure
    double motionAngle = 0; // degrees
    double distortion =
        0; // share by which the corners of the frame are drawn in: barrel; negative: pincushion
    // The light.
    double light = 1;         // exposure: 1 makes white paper bright, 1/40 hardly anything
    double gain = 1;          // amplification after the exposure: of the noise too
    double lightSlope = 0.12; // how much darker one edge of the frame is, share
    double lightAngle = 0;    // degrees; 0: the right edge
    double vignette = 0;      // how much darker the corners are, share
    double glare = 0; // share of the code's area that a lamp's reflection saturates, in one to three spots
    double glareShift = 0; // share of the code's side by which reflections have moved
    double glareBand = 0;  // the same, as one straight band across the code
    // The sensor and the camera's processing.
    double noise = 2;         // grey levels: deviation that does not depend on the light
    double shot = 1;          // grey levels: deviation that a full exposure of white has by its photons
    double grain = 0;         // px: how far noise is smeared by demosaicing and noise reduction
    double gamma = 1;         // < 1: mid tones lighter
    double sharpen = 0;       // amount of unsharp masking, which draws haloes
    double sharpenBlur = 1.2; // px, its deviation
    int jpeg = 0;             // quality 1..100; 0: not compressed
    // What is behind the card.
    Backdrop backdrop = Backdrop::Desk;
    double backdropBlur = 0; // px, at least: what is behind is seldom in focus
};

/// Frame coordinates, px.
struct Place {
    std::array<cv::Point2f, 4> corners; // of the code, clockwise from its top left
    double modulePx = 0;                // mean side of a module
    bool cut = false;                   // part of the code lies outside the frame
};
Place placeOf(const Card& card, const RenderParams& params);

/// The same pose given by cardShare and the card's centre, when it is given by modulePx.
RenderParams resolved(const Card& card, RenderParams params);

/// All damages mixed at levels 1 (easy) to 4 (beyond a worn card under a lamp on a cheap camera).
RenderParams degraded(int level, std::uint64_t seed, int width = 1280, int height = 720);

Frame render(const Card& card, const RenderParams& params);
inline Frame render(const Specimen& s, const RenderParams& params) { return render(drawCard(s), params); }

/// Frame `index` of `count` of a card brought to the camera: a quarter empty desk, then it comes in, then it
/// is held. In colour.
RenderParams sequenceParams(int index, int count, std::uint64_t seed, int width = 1280, int height = 720);
std::vector<Frame> sequence(std::uint64_t seed, int count, Layout layout = Layout::Card2024);

} // namespace kiosk::specimen
