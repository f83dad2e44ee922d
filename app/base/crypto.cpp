#include "app/base/crypto.hpp"

#include "app/base/log.hpp"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <sodium.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace kiosk {

void wipe(void* data, std::size_t size) { sodium_memzero(data, size); }

} // namespace kiosk

namespace kiosk::crypto {
namespace {

/// Crockford's letters without Z: no I, L, O, U to confuse, and 31 is a prime, which the check character
/// needs.
constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXY";

/// Weighted sum mod 31: every single substitution and every swap of two characters changes it.
char checkCharacter(std::string_view values) {
    unsigned sum = 0;
    for (std::size_t i = 0; i < values.size(); ++i)
        sum += static_cast<unsigned>(alphabet.find(values[i])) * static_cast<unsigned>(i + 2);
    return alphabet[sum % alphabet.size()];
}

} // namespace

void init() {
    if (sodium_init() < 0) std::abort();
}

void forbidMemoryDumps() {
    const rlimit none{0, 0};
    if (::setrlimit(RLIMIT_CORE, &none) != 0 || ::prctl(PR_SET_DUMPABLE, 0) != 0) std::abort();
}

void wipeFreedMemory(char** arguments) {
    constexpr const char* variable = "GLIBC_TUNABLES";
    if (std::getenv(variable) != nullptr) return;
    ::setenv(variable, wipingTunables, 1);
    ::execv("/proc/self/exe", arguments);
    log::warn(std::string("memory is not overwritten when it is given back: ") + std::strerror(errno));
}

Bytes random(std::size_t size) {
    Bytes bytes(size);
    if (!bytes.empty()) randombytes_buf(bytes.data(), bytes.size()); // an empty vector's data() may be null
    return bytes;
}

std::array<std::uint8_t, 32> hash(std::string_view data, std::span<const std::uint8_t> key) {
    std::array<std::uint8_t, 32> out{};
    if (crypto_generichash(out.data(), out.size(), reinterpret_cast<const unsigned char*>(data.data()),
                           data.size(), key.empty() ? nullptr : key.data(), key.size()) != 0)
        std::abort(); // a key of a wrong size is a bug
    return out;
}

std::string hex(std::span<const std::uint8_t> bytes) {
    std::string out(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(out.data(), out.size(), bytes.data(), bytes.size());
    out.pop_back();
    return out;
}

Result<Bytes> fromHex(std::string_view text) {
    if (text.empty()) return Bytes{};
    Bytes out(text.size() / 2);
    std::size_t size = 0;
    const char* end = nullptr;
    if (text.size() % 2 != 0 ||
        sodium_hex2bin(out.data(), out.size(), text.data(), text.size(), nullptr, &size, &end) != 0 ||
        end != text.data() + text.size())
        return fail(Code::KeyInvalid, "not a hexadecimal text");
    return out;
}

std::string sign(std::string_view text, const Secret<Bytes>& key) {
    std::array<std::uint8_t, crypto_sign_BYTES> signature{};
    crypto_sign_detached(signature.data(), nullptr, reinterpret_cast<const unsigned char*>(text.data()),
                         text.size(), key.reveal().data());
    return hex(signature);
}

bool isSignedBy(const VerifyKeys& keys, std::string_view text, std::string_view hexSignature) {
    const auto signature = fromHex(hexSignature);
    if (!signature || signature->size() != crypto_sign_BYTES) return false;
    const auto by = [&](const VerifyKeys::Key& key) {
        return crypto_sign_verify_detached(signature->data(),
                                           reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                                           key.data()) == 0;
    };
    return by(keys.present) || std::any_of(keys.earlier.begin(), keys.earlier.end(), by);
}

namespace {
constexpr std::size_t nonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t keyBytes = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;

const unsigned char* raw(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
} // namespace

Bytes seal(std::string_view plain, const Secret<Bytes>& key, std::string_view context) {
    if (key.reveal().size() != keyBytes) std::terminate();
    Bytes sealed = random(nonceBytes);
    sealed.resize(nonceBytes + plain.size() + tagBytes);
    crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.data() + nonceBytes, nullptr, raw(plain), plain.size(),
                                               raw(context), context.size(), nullptr, sealed.data(),
                                               key.reveal().data());
    return sealed;
}

std::optional<Secret<std::string>> unseal(std::span<const std::uint8_t> sealed, const Secret<Bytes>& key,
                                          std::string_view context) {
    if (key.reveal().size() != keyBytes) std::terminate();
    if (sealed.size() < nonceBytes + tagBytes) return std::nullopt;
    Secret<std::string> plain(std::string(sealed.size() - nonceBytes - tagBytes, '\0'));
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(reinterpret_cast<unsigned char*>(plain.reveal().data()),
                                                   nullptr, nullptr, sealed.data() + nonceBytes,
                                                   sealed.size() - nonceBytes, raw(context), context.size(),
                                                   sealed.data(), key.reveal().data()) != 0)
        return std::nullopt;
    return plain;
}

std::string words(std::span<const std::uint8_t> bytes) {
    constexpr std::string_view consonants = "bdfghjklmnprstvz", vowels = "aiou";
    std::string out;
    for (std::size_t i = 0; i + 1 < std::min<std::size_t>(bytes.size(), 8); i += 2) {
        const unsigned n = bytes[i] * 256U + bytes[i + 1];
        if (!out.empty()) out += '-';
        out += {consonants[n >> 12], vowels[n >> 10 & 3U], consonants[n >> 6 & 15U], vowels[n >> 4 & 3U],
                consonants[n & 15U]};
    }
    return out;
}

std::string passwordHash(std::string_view secret) {
    std::array<char, crypto_pwhash_STRBYTES> kept{};
    if (crypto_pwhash_str(kept.data(), secret.data(), secret.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
        std::terminate(); // no 64 MiB: nothing else would work either
    return kept.data();
}

bool passwordMatches(const std::string& kept, std::string_view secret) {
    return crypto_pwhash_str_verify(kept.c_str(), secret.data(), secret.size()) == 0;
}

std::string newIdempotencyKey() { return hex(random(16)); }

std::string reference(std::string_view idempotencyKey) {
    const auto digest = hash(idempotencyKey);
    std::string values;
    for (std::size_t i = 0; i < 8; ++i) values += alphabet[digest[i] % alphabet.size()];
    values += checkCharacter(values);
    std::string text = "K-";
    text.insert(1, values, 0, 1);
    return text.append(values, 1, 4).append("-").append(values, 5, 4);
}

bool isReference(std::string_view text) {
    std::string values;
    for (const char raw : text) {
        auto c = static_cast<char>(std::toupper(static_cast<unsigned char>(raw)));
        if (c == 'O') c = '0';
        if (c == 'I' || c == 'L') c = '1';
        if (c == '-' || c == ' ') continue;
        if (alphabet.find(c) == std::string_view::npos) return false;
        values += c;
    }
    if (values.size() != 10 || values[0] != 'K') return false;
    return checkCharacter(std::string_view(values).substr(1, 8)) == values[9];
}

} // namespace kiosk::crypto
