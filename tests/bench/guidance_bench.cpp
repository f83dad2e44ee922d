#include "tests/reading/guidance_scenes.hpp"
#include <cstdio>
#include <cstdlib>
using namespace kiosk; using namespace kiosk::reading;
int main(int argc, char** argv) {
    const int first = argc > 1 ? atoi(argv[1]) : 0, count = argc > 2 ? atoi(argv[2]) : 4;
    const bool png = argc > 3;
    for (int c = -1; c < int(cueCount); ++c)
        for (int s = first; s < first + count; ++s) {
            const std::optional<Cue> cue = c < 0 ? std::nullopt : std::optional(Cue(c));
            auto sc = scenes::scene(cue, std::uint64_t(s), 3);
            Guidance g; Measures m;
            for (auto& f : sc.frames) m = g.measure({f.grey.data(), f.width, f.height, f.width}, {});
            if (png) specimen::savePng("/tmp/g/" + scenes::name(cue) + std::to_string(s) + ".png", sc.frames.back());
            std::printf("%-10s %2d seen %d mod %5.2f/%5.2f side %5.0f share %.2f cut %.0f con %5.1f crs %.2f dir %.2f shp %.2f glare %.2f w %3.0f b %3.0f clip %.2f asp %.2f fil %.2f spr %.2f mot %.4f card %d %.2f\n",
                scenes::name(cue).c_str(), s, m.seen, sc.card.modules.empty() ? 0.0 : m.modulePx, sc.params[0].modulePx, m.side, m.sideShare, m.cut, m.contrast, m.crossed, m.direction, m.sharpness, m.glare, m.white, m.black, m.clipped, m.aspect, m.filled, m.spread, m.motion, m.card, m.cardShare);
        }
}
