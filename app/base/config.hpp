// The kiosk's settings: one human-readable TOML file, validated with file, line, key and what is allowed.
#pragma once

#include "app/base/result.hpp"

#include <string>
#include <vector>

namespace kiosk {

/// kiosk.toml in the data folder. Defaults are what a fresh kiosk uses.
struct Config {
    // [office]
    std::string officeCode, officeName, wardCode, officePhone;
    bool acceptsOtherProcedures = false;
    // [procedures]
    std::vector<std::string> tiles; // codes in order, at most 12
    // [camera]
    std::string camera; // empty: the first that can capture
    // [screen]
    double diagonalInches = 21.5;  // 7..65
    std::string language = "vi";   // vi, en
    int idleWarningSeconds = 120;  // 30..600
    int idleCountdownSeconds = 30; // 20..120 (WCAG 2.2.1: never under 20)
    // [profile]
    int profileKeepDays = 365; // 1..3650
    // [outbox]
    int keepAcknowledgedDays = 30; // 1..365

    /// Errors: ConfigInvalid "kiosk.toml:12: screen.diagonal_inches: a number from 7 to 65"; unknown keys are
    /// errors too.
    static Result<Config> load(const std::string& path);
};

} // namespace kiosk
