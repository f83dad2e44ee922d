// What a person should do while the card does not read: one cue at a time, from measured geometry and light.
#pragma once

#include "app/reading/reader.hpp"

#include <array>
#include <chrono>
#include <deque>
#include <memory>
#include <optional>

namespace kiosk::reading {

enum class Cue {
    Closer,        ///< the code's modules are too small
    Farther,       ///< the code nearly fills the picture, or is too near to be in focus
    HoldStill,     ///< smeared, or moving from frame to frame
    TiltFromLight, ///< a lamp is mirrored over the code
    Brighter,
    Darker,
    WholeCode, ///< the code is cut by the picture's edge
    OtherSide, ///< a card without a code
};
inline constexpr std::size_t cueCount = 8;

/// A code, or finder patterns of one, that the decoders saw, read or not.
struct Sighting {
    CodeFound::Corner corners[4]; ///< px in the frame, clockwise from the symbol's top left; may lie outside
    float modulePx = 0;           ///< mean side of a module
    bool decoded = false;
};

/// What one frame shows. Shares are 0..1; lengths are px of the frame unless said otherwise.
struct Measures {
    bool seen = false; ///< something like a code, by a sighting or by its texture
    bool sighted = false;
    float modulePx = 0;    ///< from a sighting, else estimated
    float side = 0;        ///< of the code
    float sideShare = 0;   ///< of the frame's height
    float cut = 0;         ///< how much of the code's outline lies at or beyond the frame's edge
    float aspect = 1;      ///< of the code: longer over shorter axis
    float filled = 0;      ///< its area over that of a rectangle with its moments
    float spread = 0;      ///< middle half of its greys over all: a code is dark and light alike, text mostly light
    float contrast = 0;    ///< mean step between neighbours in the code, grey levels above noise
    float crossed = 0;     ///< the same in both directions at once: a code has it, lines of text less
    float direction = 1;   ///< weakest over strongest direction of its edges: 1 alike, 0 smeared along one
    float sharpness = 0;   ///< steepest edges over the code's range of grey
    float glare = 0;       ///< of the code's area: saturated spots
    float white = 0;       ///< grey of the brightest part of the card (or of the middle of the frame)
    float black = 0;       ///< grey of the darkest part of it
    float clipped = 0;     ///< of the card (or of the middle): saturated
    float motion = 0;      ///< shift since the frame before, share of the frame's width
    bool card = false;     ///< a bright quadrilateral of a card's shape
    float cardShare = 0;   ///< its width, share of the frame's
};

/// The cue that one frame by itself calls for; the most useful first. None: nothing is wrong that a person
/// could change, or nothing is there.
std::optional<Cue> judge(const Measures& measures);

/// Steadies what frames call for: a cue appears when it has the most votes of the last 3 s (ux.md U13), and stays for
/// at least 1.5 s. No clock inside: times are the caller's, only rising.
class Steadier {
public:
    std::optional<Cue> add(std::optional<Cue> call, std::chrono::milliseconds now);
    void forget() { *this = {}; }

private:
    struct Call {
        std::optional<Cue> cue;
        std::chrono::milliseconds at;
    };
    std::deque<Call> calls_;
    std::optional<Cue> shown_;
    std::chrono::milliseconds since_{0};
};

/// One camera's guidance. Not thread-safe: lives beside the reader. About a millisecond a frame of 1080 lines.
class Guidance {
public:
    Guidance();
    ~Guidance();
    Guidance(Guidance&&) noexcept;
    Guidance& operator=(Guidance&&) noexcept;

    /// The cue to show now; `now` is any rising time. Frames without pixels count as empty.
    std::optional<Cue> look(const GreyView& frame, const std::optional<Sighting>& sighting, std::chrono::milliseconds now);
    /// As `look` does first, for tests and figures.
    Measures measure(const GreyView& frame, const std::optional<Sighting>& sighting);
    void forget();

private:
    struct Inside; // keeps OpenCV out of this header
    std::unique_ptr<Inside> inside_;
    Steadier steadier_;
};

} // namespace kiosk::reading
