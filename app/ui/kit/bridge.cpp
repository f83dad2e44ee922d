// The input queue's one instance and the life of pictures.
#include "app/ui/kit/bridge.hpp"

#include "app/base/secret.hpp"

namespace kiosk::ui {

HardwareInput& hardwareInput() {
    static HardwareInput input; // device input, not a screen's state: emptied every frame
    return input;
}

void HardwareInput::clear() {
    pointer.clear();
    navigation.clear();
    for (auto& key : keys) wipe(key.text.data(), key.text.size());
    keys.clear();
}

namespace {
std::uint64_t nextId() {
    static std::uint64_t last = 0;
    return ++last;
}
} // namespace

Image::Image() : id(nextId()) {}
Image::~Image() { wipe(pixels.data(), pixels.size()); }

} // namespace kiosk::ui
