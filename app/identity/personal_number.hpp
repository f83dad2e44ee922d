// The 12-digit personal number: PPP G YY NNNNNN (Thông tư 59/2021/TT-BCA; since Nghị định 70/2024 only "12
// digits" is law, so every mismatch but the length is a warning).
#pragma once

#include "app/identity/identity.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace kiosk::personal_number {

/// Exactly 12 ASCII digits.
bool isWellFormed(std::string_view number);

/// Name of the province (one of the 63 before 2025-07-01) of birth registration; nullopt: foreign or unknown
/// prefix.
std::optional<std::string_view> province(std::string_view number);

/// Mismatches with what else is known; the number must be well formed.
std::vector<Warning> check(std::string_view number, Date birthDate, Sex sex);

} // namespace kiosk::personal_number
