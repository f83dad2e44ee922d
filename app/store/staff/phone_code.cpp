#include "app/store/staff/phone_code.hpp"

#include "app/base/crypto.hpp"

#include <cstdlib>
#include <liboath/oath.h>
#include <memory>
#include <sodium.h>

namespace kiosk::store::phone_code {
namespace {

constexpr std::size_t keyBytes = 20;
constexpr unsigned digits = 6;

struct Free {
    void operator()(char* text) const { std::free(text); }
};

const char* chars(const Secret<Bytes>& key) { return reinterpret_cast<const char*>(key.reveal().data()); }

/// RFC 3986: everything but letters, digits and four marks.
std::string encoded(std::string_view text) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                           c == '-' || c == '.' || c == '_' || c == '~';
        if (plain)
            out += c;
        else
            out.append({'%', hex[byte >> 4U], hex[byte & 15U]});
    }
    return out;
}

} // namespace

Secret<Bytes> newKey() { return Secret<Bytes>(crypto::random(keyBytes)); }

Secret<std::string> asText(const Secret<Bytes>& key) {
    char* text = nullptr;
    std::size_t size = 0;
    if (oath_base32_encode(chars(key), key.reveal().size(), &text, &size) != OATH_OK) std::abort(); // memory
    const std::unique_ptr<char, Free> held(text);
    Secret<std::string> out{std::string(text, size)};
    sodium_memzero(text, size);
    return out;
}

std::optional<Secret<Bytes>> fromText(const Secret<std::string>& text) {
    char* bytes = nullptr;
    std::size_t size = 0;
    if (oath_base32_decode(text.reveal().data(), text.reveal().size(), &bytes, &size) != OATH_OK)
        return std::nullopt;
    const std::unique_ptr<char, Free> held(bytes);
    Secret<Bytes> key(Bytes(bytes, bytes + size));
    sodium_memzero(bytes, size);
    return size == keyBytes ? std::optional(std::move(key)) : std::nullopt;
}

Secret<std::string> uri(const Secret<Bytes>& key, std::string_view kiosk, std::string_view account) {
    const auto secret = asText(key);
    return Secret<std::string>("otpauth://totp/" + encoded(kiosk) + ":" + encoded(account) +
                               "?secret=" + secret.reveal() + "&issuer=" + encoded(kiosk));
}

std::optional<std::int64_t> stepOf(std::string_view code, const Secret<Bytes>& key, Instant at,
                                   std::int64_t lastStep) {
    static const bool ready = oath_init() == OATH_OK;
    if (!ready || code.size() != digits || at.ms < 0) return std::nullopt;
    const auto now = at.ms / 1000 / OATH_TOTP_DEFAULT_TIME_STEP_SIZE;
    std::optional<std::int64_t> found;
    for (auto step = now - 1; step <= now + 1; ++step) {
        char right[digits + 1] = {};
        if (step < 0 || oath_hotp_generate(chars(key), key.reveal().size(), static_cast<std::uint64_t>(step),
                                           digits, false, OATH_HOTP_DYNAMIC_TRUNCATION, right) != OATH_OK)
            continue;
        if (sodium_memcmp(right, code.data(), digits) == 0 && step > lastStep) found = step;
        sodium_memzero(right, sizeof right);
    }
    return found;
}

} // namespace kiosk::store::phone_code
