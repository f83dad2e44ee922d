// Frames whose drawing parameters say what a person should be told.
#pragma once

#include "app/reading/guidance.hpp"
#include "tests/specimen/specimen.hpp"

namespace kiosk::reading::scenes {

/// A few frames of one camera with the same thing wrong in all.
struct Scene {
    std::optional<Cue> cue;
    std::vector<Frame> frames;
    std::vector<specimen::RenderParams> params;
    specimen::Card card;
};

/// Every number below the ranges' borders is drawn by `seed`; frames shake a little as a hand does.
Scene scene(std::optional<Cue> cue, std::uint64_t seed, int frames, int width = 1280, int height = 720);

std::string name(std::optional<Cue> cue);

} // namespace kiosk::reading::scenes
