#include "app/base/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace kiosk::log {
namespace {

/// Standard output belongs to what commands print, so the log goes to standard error.
spdlog::logger& logger() {
    static const auto instance = [] {
        auto made = spdlog::stderr_logger_mt("kiosk");
        made->set_pattern("%Y-%m-%dT%H:%M:%S.%e %l %v");
        made->flush_on(spdlog::level::info);
        return made;
    }();
    return *instance;
}

} // namespace

void info(std::string_view message) { logger().info("{}", message); }
void warn(std::string_view message) { logger().warn("{}", message); }
void error(std::string_view message) { logger().error("{}", message); }
void warn(std::string_view what, const Error& e) {
    logger().warn("{}: {}: {}", what, name(e.code), e.detail);
}

} // namespace kiosk::log
