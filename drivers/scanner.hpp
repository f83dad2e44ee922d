// Port: a hand scanner. Implementations: a keyboard taken from the window system (evdev), and a serial line.
#pragma once

#include "app/base/config/config.hpp"
#include "app/base/result.hpp"
#include "app/base/secret.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kiosk {

/// What is kept of one scan: one byte more than the 512 that a card's code may have, so that a longer one is
/// known to be too long. The rest is discarded as it comes.
inline constexpr std::size_t scanMost = 513;

/// Silence that ends a scan without Enter, CR or LF.
inline constexpr std::chrono::milliseconds scanSilence{100};

/// Owned by one thread; no call blocks longer than its timeout.
class Scanner {
public:
    virtual ~Scanner() = default;
    /// The bytes of the next scan, without the line's end; nullopt when none came in time. A scan that lost a
    /// part on its way comes as the byte FF, which is no text. Errors: ScannerLost (unplugged: call reopen).
    virtual Result<std::optional<Secret<Bytes>>> next(std::chrono::milliseconds timeout) = 0;
    /// Closes and opens again. Errors: ScannerNone, ScannerDenied, ScannerUnsupported.
    virtual Result<void> reopen() = 0;
    /// True while a scanner is surely there; false while keyboards are only watched for one.
    virtual bool isReady() const = 0;
    /// For people: "Symbol Bar Code Scanner (/dev/input/event5)".
    virtual std::string description() const = 0;
};

/// The scanners that the settings allow, not yet opened: none, one, or for "auto" and "usb:…" one of each
/// kind.
std::vector<std::unique_ptr<Scanner>> makeScanners(const ScannerSettings& settings);

} // namespace kiosk
