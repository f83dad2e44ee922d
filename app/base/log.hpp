// The program's log: one line an event, on standard error (the journal under systemd). Never personal data.
#pragma once

#include "app/base/result.hpp"

#include <string_view>

namespace kiosk::log {

void info(std::string_view message);
void warn(std::string_view message);
void error(std::string_view message);
/// "<what>: <Code>: <detail>".
void warn(std::string_view what, const Error& error);

} // namespace kiosk::log
