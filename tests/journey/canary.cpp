#include "tests/journey/canary.hpp"

#include "app/base/text.hpp"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

namespace kiosk::journey {
namespace {

std::string decomposed(const std::string& text) {
    UErrorCode status = U_ZERO_ERROR;
    const auto* nfd = icu::Normalizer2::getNFDInstance(status);
    if (U_FAILURE(status)) throw std::runtime_error("ICU");
    std::string out;
    nfd->normalize(icu::UnicodeString::fromUTF8(text), status).toUTF8String(out);
    return out;
}

/// The code units of `bytes` bytes each, in this order.
template <typename Unit>
std::string units(const std::vector<Unit>& text, std::size_t bytes, bool bigEndian) {
    std::string out;
    for (const auto unit : text)
        for (std::size_t i = 0; i < bytes; ++i)
            out += static_cast<char>(unit >> 8 * (bigEndian ? bytes - 1 - i : i) & 0xFF);
    return out;
}

} // namespace

std::vector<std::string> spellings(const std::string& text) {
    const auto composed = text::nfc(text);
    const auto unicode = icu::UnicodeString::fromUTF8(composed);
    std::vector<char16_t> short_;
    std::vector<char32_t> long_;
    for (int i = 0; i < unicode.length(); ++i) short_.push_back(unicode[i]);
    for (int i = 0; i < unicode.length(); i = unicode.moveIndex32(i, 1))
        long_.push_back(static_cast<char32_t>(unicode.char32At(i)));
    auto capitals = text::fold(composed);
    std::vector<std::string> all{composed, decomposed(composed), capitals};
    std::transform(capitals.begin(), capitals.end(), capitals.begin(),
                   [](unsigned char c) { return std::toupper(c); });
    all.push_back(capitals);
    for (const bool big : {false, true}) {
        all.push_back(units(short_, 2, big));
        all.push_back(units(long_, 4, big));
    }
    return all;
}

std::vector<std::string> held(std::string_view content, const std::vector<std::string>& texts) {
    std::vector<std::string> found;
    for (const auto& text : texts) {
        const auto all = spellings(text);
        if (std::any_of(all.begin(), all.end(),
                        [&](const auto& s) { return content.find(s) != std::string::npos; }))
            found.push_back(text);
    }
    return found;
}

std::vector<std::string> heldBelow(const std::filesystem::path& folder,
                                   const std::vector<std::string>& texts) {
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        std::ifstream in(entry.path(), std::ios::binary);
        if (!in) throw std::runtime_error("cannot read " + entry.path().string());
        const std::string content{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
        for (const auto& text : held(content, texts)) found.push_back(entry.path().string() + ": " + text);
    }
    return found;
}

} // namespace kiosk::journey
