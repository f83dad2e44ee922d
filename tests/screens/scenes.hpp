// Every state a customer can meet, reached by the events that lead there; all people are specimens (MẪU).
#pragma once

#include "tests/flow/kiosk_in_mind.hpp"

#include <functional>
#include <string>
#include <vector>

namespace kiosk::test {

struct Scene {
    std::string name;
    bool showsNumber = false; ///< the personal number is being checked here, so it stands in full
    std::function<void(Mind&)> reach;
};

/// A kiosk with the real procedures and a long office name.
Mind equippedMind();

const std::vector<Scene>& scenes();
/// Those of staff mode, which are among them.
std::vector<Scene> staffScenes();

} // namespace kiosk::test
