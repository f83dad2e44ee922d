// What is written, as a voice should say it: dates in words, long numbers and codes one sign at a time.
#pragma once

#include <string>
#include <string_view>

namespace kiosk::ui {

/// `language`: "vi" or "en". Pure. Signs that speech programs take for commands are left out.
std::string spoken(std::string_view text, std::string_view language);

/// The language whose voice reads `text` well: Vietnamese names on an English screen are Vietnamese.
std::string_view voiceFor(std::string_view text, std::string_view language);

} // namespace kiosk::ui
