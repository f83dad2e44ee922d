// An HTTP answer of the intake, and the two kinds that are no success.
#pragma once

#include "app/base/result.hpp"

#include <string>
#include <string_view>

namespace kiosk::intake {

struct Reply {
    int status = 500;
    std::string body;    // JSON unless `type` says otherwise
    std::string logLine; // no personal data
    int retryAfter = 0;  // seconds; 0: none
    const char* type = "application/json";
};

/// {"error","reason"}; `about` begins the log's line.
Reply refuse(int status, std::string_view error, std::string_view reason, std::string about);
/// 503: the office cannot do it now, in half a minute perhaps.
Reply later(const Error& error, const std::string& about);

} // namespace kiosk::intake
