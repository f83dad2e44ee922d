// A number for the counter (phiếu số thứ tự) on the slip's printer.
#pragma once

#include "app/base/raster.hpp"
#include "app/base/result.hpp"
#include "app/base/time.hpp"

#include <string>

namespace kiosk::papers {

struct Ticket {
    std::string language = "vi"; // "vi" or "en"
    std::string officeName;
    std::string number; // "A012"
    int waitMinutes = 0;
    Instant at;
};

/// 576 dots wide. Errors: PaperFailed.
Result<Raster> ticketRaster(const Ticket& ticket);

} // namespace kiosk::papers
