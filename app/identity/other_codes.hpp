// Codes people show by mistake: named, so that the screen can say which card is needed instead.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kiosk::other_codes {

enum class Kind { Unknown, CovidQr, HealthInsurance, Vneid };

/// What a well-formed UTF-8 payload is, given its fields between bars.
Kind recognise(std::string_view payload, const std::vector<std::string>& fields);

/// A name as health insurance cards carry it: its UTF-8 bytes in hexadecimal digits.
bool isHexName(std::string_view field);

} // namespace kiosk::other_codes
