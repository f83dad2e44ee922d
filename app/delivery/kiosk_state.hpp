// How a kiosk is doing, told to its office now and then: what does not work, and whether somebody there calls
// for help.
#pragma once

#include "app/base/result.hpp"
#include "app/base/time.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::kiosk_state {

struct State {
    std::string version;
    std::vector<std::string> troubles; // names of codes: "PrinterNoPaper"; at most 16
    std::optional<Instant> calledAt;   // somebody called the staff
    bool operator==(const State&) const = default;
};

/// JSON of schema 1, and back. Errors: ParcelInvalid.
std::string write(const State& state);
Result<State> read(std::string_view json);

} // namespace kiosk::kiosk_state
