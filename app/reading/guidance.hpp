// What a person should do while the card does not read: one cue at a time, from measured geometry and light.
#pragma once

#include "app/reading/reader.hpp"

#include <deque>

namespace kiosk::reading {

enum class Cue {
    Closer,        ///< the code's modules are too small
    Farther,       ///< the code fills the picture and is too near to be in focus
    HoldStill,     ///< smeared, or moving from frame to frame
    TiltFromLight, ///< a lamp is mirrored on the code
    Brighter,
    Darker,
    WholeCode, ///< the code is cut by the picture's edge
    OtherSide, ///< a card's side without a code
};
inline constexpr std::size_t cueCount = 8;

/// What one frame shows. Shares are 0..1.
struct Measures {
    bool looked = false; ///< false: no frame, all else means nothing
    bool decoded = false;
    bool codeLike = false; ///< a sighting, or a patch of texture that could be a code
    float modulePx = 0;    ///< of a sighting, else from the patch's size; 0: no patch
    float sideShare = 0;   ///< the code's side, of the frame's height
    bool cut = false;      ///< touches the frame's edge or lies beyond it
    float aspect = 1;      ///< of the patch: longer over shorter axis
    float filled = 0;      ///< its area over that of a rectangle with its moments
    float spread =
        0; ///< middle half of its greys over all: a code is dark and light alike, text mostly light
    float contrast = 0;  ///< mean step between its neighbouring px above the frame's noise, grey levels
    float sharpness = 0; ///< its steepest steps over its range of grey
    float direction = 1; ///< weakest over strongest direction of its edges: 1 alike, 0 smeared along one
    float glare = 0;     ///< saturated spots in and around it, of its area
    float white = 0;     ///< grey of what is bright around it, or in the middle of the frame
    float clipped = 0;   ///< share of the same that is saturated
    float motion = 0;    ///< shift since the frame before, of the frame's width
    float cardShare = 0; ///< width of a bright quadrilateral of a card's shape, of the frame's width; looked
                         ///< for when nothing is like a code; 0: none
};

/// The cue that one frame by itself calls for, the most useful first. None: nothing is there, or nothing is
/// wrong that a person could change.
std::optional<Cue> judge(const Measures& measures);

/// Steadies what frames call for (ux.md U13): a cue appears when frames of the last 3 s agree on it, and
/// stays for at least 1.5 s. No clock inside.
class Steadier {
public:
    /// `now` only rises.
    std::optional<Cue> add(std::optional<Cue> call, std::chrono::milliseconds now);

private:
    struct Call {
        std::optional<Cue> cue;
        std::chrono::milliseconds at;
    };
    std::optional<Cue> wanted() const;

    std::deque<Call> calls_;
    std::optional<Cue> shown_;
    std::chrono::milliseconds since_{0};
};

/// One camera's guidance; lives beside the reader on its thread. About a millisecond a frame of 1080 lines.
class Guidance {
public:
    Guidance();
    ~Guidance();
    Guidance(Guidance&&) noexcept;
    Guidance& operator=(Guidance&&) noexcept;

    /// The cue to show now. `sighting`: what the reader saw in the same frame.
    std::optional<Cue> look(const GreyView& frame, const std::optional<Sighting>& sighting,
                            std::chrono::milliseconds now);
    /// What `look` judges. Frames too small to hold a code are not looked at.
    Measures measure(const GreyView& frame, const std::optional<Sighting>& sighting);

private:
    struct Inside; // keeps OpenCV out of this header
    std::unique_ptr<Inside> inside_;
    Steadier steadier_;
};

} // namespace kiosk::reading
