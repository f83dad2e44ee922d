// What the QR code on a slip says: the reference, and a secret that opens what the kiosk keeps about the
// dossier.
#pragma once

#include "app/base/crypto.hpp"

#include <cctype>
#include <optional>
#include <string>
#include <string_view>

namespace kiosk {

/// "K7-9Q2M-4XTR.0123456789ABCDEF01234567": short enough for 25 modules a side.
struct SlipCode {
    std::string reference;
    Secret<std::string> secret; ///< 96 random bits in hexadecimal; empty: a slip printed again, without it

    static constexpr std::size_t secretBytes = 12;

    static SlipCode make(std::string reference) {
        auto secret = crypto::hex(crypto::random(secretBytes));
        return {std::move(reference), Secret<std::string>(std::move(secret))};
    }

    /// Nothing: no slip's code. The reference as it was read, see crypto::isReference.
    static std::optional<SlipCode> read(std::string_view text) {
        const auto dot = text.find('.');
        SlipCode code{std::string(text.substr(0, dot)), {}};
        if (!crypto::isReference(code.reference)) return std::nullopt;
        if (dot == std::string_view::npos) return code;
        const auto secret = crypto::fromHex(text.substr(dot + 1));
        if (!secret || secret->size() != secretBytes) return std::nullopt;
        code.secret = Secret<std::string>(crypto::hex(*secret));
        return code;
    }

    std::string text() const {
        std::string out = reference;
        if (secret.reveal().empty()) return out;
        out += '.';
        for (const char c : secret.reveal())
            out += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        return out;
    }
};

} // namespace kiosk
