// Draws the screen the flow is on: header, body, keyboard, footer, overlay. Views only draw a state and emit
// events.
#pragma once

#include "app/flow/flow.hpp"
#include "app/ui/ui.hpp"

#include <functional>
#include <string_view>
#include <vector>

namespace kiosk::screens {

using Emit = std::function<void(Event)>;

/// What a view may look at. Nothing outlives the call.
struct View {
    ui::Ui& ui;
    const Knowledge& knowledge;
    const Flow& flow;
    const Emit& emit;
    ui::Bitmap preview; // newest camera picture, 0 x 0 when there is none
    bool& shift;        // on-screen keyboard's shift
    const std::vector<bool>&
        qrModules; // what the screen shows as a QR code, row by row, true = dark; empty: none
    int qrSide = 0;
};

/// One whole frame between Ui::beginFrame and endFrame.
void draw(const View& view);

/// The language's words key: "vi" or "en".
std::string_view code(Language language);

} // namespace kiosk::screens
