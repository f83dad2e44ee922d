#include "drivers/pgm.hpp"

#include <algorithm>
#include <optional>

namespace kiosk::pgm {
namespace {

bool isSpace(std::uint8_t c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// Walks over the header's (and P2's) decimal numbers, white space and comments.
class Scanner {
public:
    explicit Scanner(ByteView bytes) : rest_(bytes) {}

    std::optional<unsigned> number() {
        while (!rest_.empty() && (isSpace(rest_[0]) || rest_[0] == '#')) {
            if (rest_[0] == '#')
                while (!rest_.empty() && rest_[0] != '\n') skip();
            else
                skip();
        }
        unsigned value = 0;
        bool any = false;
        while (!rest_.empty() && rest_[0] >= '0' && rest_[0] <= '9' && value <= 1000000) {
            value = value * 10 + (rest_[0] - '0');
            any = true;
            skip();
        }
        return any ? std::optional(value) : std::nullopt;
    }
    void skip() { rest_ = rest_.subspan(1); }
    ByteView rest() const { return rest_; }

private:
    ByteView rest_;
};

Result<void> readPlain(Scanner& in, unsigned most, std::vector<std::uint8_t>& grey) {
    for (auto& pixel : grey) {
        const auto value = in.number();
        if (!value || *value > most) return fail(Code::PictureUnreadable, "PGM: pixel");
        pixel = static_cast<std::uint8_t>(*value * 255 / most);
    }
    return {};
}

Result<void> readRaw(ByteView bytes, unsigned most, std::vector<std::uint8_t>& grey) {
    const std::size_t depth = most > 255 ? 2 : 1;
    if (bytes.size() < grey.size() * depth) return fail(Code::PictureUnreadable, "PGM: cut short");
    for (std::size_t i = 0; i < grey.size(); ++i) {
        const unsigned value = depth == 1 ? bytes[i] : bytes[2 * i] * 256U + bytes[2 * i + 1];
        grey[i] = static_cast<std::uint8_t>(std::min(value, most) * 255 / most);
    }
    return {};
}

} // namespace

bool looksLike(ByteView b) {
    return b.size() >= 3 && b[0] == 'P' && (b[1] == '2' || b[1] == '5') && isSpace(b[2]);
}

Result<Frame> decode(ByteView bytes) {
    if (!looksLike(bytes)) return fail(Code::PictureUnreadable, "PGM: no header");
    Scanner in(bytes.subspan(2));
    const auto width = in.number();
    const auto height = in.number();
    const auto most = in.number();
    if (!width || !height || !most || *most == 0 || *most > 65535 || in.rest().empty() ||
        !isSpace(in.rest()[0]))
        return fail(Code::PictureUnreadable, "PGM: header");
    if (!isPictureSizeSane(*width, *height)) return fail(Code::PictureUnreadable, "PGM: size");
    const std::size_t pixels = std::size_t{*width} * *height;
    in.skip();
    if (in.rest().size() < pixels)
        return fail(Code::PictureUnreadable, "PGM: cut short"); // both kinds need a byte each
    Frame frame;
    frame.width = static_cast<int>(*width);
    frame.height = static_cast<int>(*height);
    frame.grey.resize(pixels);
    const auto read =
        bytes[1] == '2' ? readPlain(in, *most, frame.grey) : readRaw(in.rest(), *most, frame.grey);
    if (!read) return fail(read.error());
    return frame;
}

} // namespace kiosk::pgm
