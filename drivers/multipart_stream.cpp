#include "drivers/http_camera.hpp"

#include <algorithm>
#include <charconv>

namespace kiosk {
namespace {

constexpr std::string_view endOfHeader = "\r\n\r\n";

std::string asciiLower(std::string_view s) {
    std::string out(s);
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

std::optional<std::size_t> contentLength(std::string_view header) {
    const auto lower = asciiLower(header);
    constexpr std::string_view key = "\ncontent-length:";
    const auto at = lower.find(key);
    if (at == std::string::npos) return std::nullopt;
    const auto start = lower.find_first_not_of(' ', at + key.size());
    if (start == std::string::npos) return std::nullopt;
    std::size_t value = 0;
    const auto [end, problem] = std::from_chars(lower.data() + start, lower.data() + lower.size(), value);
    if (problem != std::errc{}) return std::nullopt;
    return value;
}

} // namespace

std::optional<std::string> MultipartStream::boundaryOf(std::string_view contentType) {
    const auto lower = asciiLower(contentType);
    if (!lower.starts_with("multipart/")) return std::nullopt;
    const auto at = lower.find("boundary=");
    if (at == std::string::npos) return std::nullopt;
    auto value = contentType.substr(at + 9);
    value = value.substr(0, value.find(';'));
    std::string boundary;
    for (const char c : value)
        if (c != '"' && c > ' ') boundary += c;
    if (boundary.starts_with("--"))
        boundary.erase(0, 2); // some cameras write the mark instead of the boundary
    return boundary.empty() || boundary.size() > 200 ? std::nullopt : std::optional(boundary);
}

bool MultipartStream::feed(std::string_view bytes) {
    buffer_ += bytes;
    while (step()) {
    }
    return buffer_.size() <= (inBody_ ? maxPartBytes : maxHeaderBytes) && length_.value_or(0) <= maxPartBytes;
}

std::optional<std::string> MultipartStream::take() { return std::exchange(part_, std::nullopt); }

bool MultipartStream::step() { return inBody_ ? readBody() : readHeader(); }

/// Everything up to the mark is preamble; the part's header follows it.
bool MultipartStream::readHeader() {
    const auto mark = buffer_.find(mark_);
    if (mark == std::string::npos) return false;
    const auto end = buffer_.find(endOfHeader, mark);
    if (end == std::string::npos) return false;
    length_ = contentLength(std::string_view(buffer_).substr(mark, end - mark + 2));
    buffer_.erase(0, end + endOfHeader.size());
    inBody_ = true;
    searched_ = 0;
    return true;
}

bool MultipartStream::readBody() {
    std::size_t end = 0;
    if (length_) {
        if (buffer_.size() < *length_) return false;
        end = *length_;
    } else {
        end = buffer_.find("\r\n" + mark_, searched_);
        if (end == std::string::npos) {
            searched_ = buffer_.size() - std::min(buffer_.size(), mark_.size() + 2);
            return false;
        }
    }
    part_ = buffer_.substr(0, end);
    buffer_.erase(0, end);
    length_.reset();
    inBody_ = false;
    return true;
}

} // namespace kiosk
