#include "app/intake/reply.hpp"

#include "app/base/json/json.hpp"

namespace kiosk::intake {
namespace {

std::string bodyOf(std::string_view error, std::string_view reason) {
    return nlohmann::json{{"error", error}, {"reason", reason}}.dump();
}

} // namespace

Reply refuse(int status, std::string_view error, std::string_view reason, std::string about) {
    return {status, bodyOf(error, reason), std::move(about) + ": " + std::string(error), 0};
}

Reply later(const Error& error, const std::string& about) {
    return {503, bodyOf(name(error.code), "the office cannot store or look now"),
            about + ": " + std::string(name(error.code)) + " (" + error.detail + ")", 30};
}

} // namespace kiosk::intake
