// Between "send" and the commit: a moment, honest about not being done yet.
#include "app/screens/draw.hpp"

namespace kiosk::screens {

void body(const View& v, const screen::Sending&) {
    v.ui.title("sending.title", v.ui.w("sending.title"));
    v.ui.text("sending.text", v.ui.w("sending.text"));
    v.ui.progress("sending.progress", v.ui.w("sending.progress"), -1);
}

Forward forward(const View&, const screen::Sending&) { return {}; }

} // namespace kiosk::screens
