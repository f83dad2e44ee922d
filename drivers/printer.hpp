// Ports: a thermal printer for slips (ESC/POS over TCP port 9100 or a USB printer's device), and the office's
// printer for papers with personal data (IPP: a printer, or a queue of CUPS).
#pragma once

#include "app/base/raster.hpp"
#include "app/base/result.hpp"

#include <atomic>
#include <chrono>
#include <memory>
#include <string>

namespace kiosk {

/// Owned by one thread.
class Printer {
public:
    virtual ~Printer() = default;
    /// Returns when the printer says that it has printed everything, or why it has not: PrinterOffline,
    /// PrinterNoPaper, PrinterCoverOpen, PrinterJammed. At most about 25 s; nothing is printed later.
    virtual Result<void> print(const Raster& picture) = 0;
    /// The same errors; asks without printing, at most about 2 s.
    virtual Result<void> check() = 0;
    /// For people: "192.168.1.50:9100".
    virtual std::string description() const = 0;
};

/// "tcp://host:port" or a device ("/dev/usb/lp0"); opened anew for every slip, so that a printer that is
/// switched on later just works. `patience`: how long a slip may take.
std::unique_ptr<Printer> makeSlipPrinter(const std::string& address,
                                         std::chrono::milliseconds patience = std::chrono::seconds(20));

/// Owned by one thread.
class PaperPrinter {
public:
    virtual ~PaperPrinter() = default;
    /// A PDF. True when the printer says that it is done; false when `cancelled` became true before: then
    /// nothing of it is printed any more. The same errors as Printer's; the job is withdrawn then. At most
    /// about two minutes.
    virtual Result<bool> print(const std::string& pdf, const std::atomic<bool>& cancelled) = 0;
    virtual Result<void> check() = 0;
    virtual std::string description() const = 0;
};

/// "ipp://host/printers/name" or "ipps://…" (RFC 8011). `patience`: how long one paper may take.
std::unique_ptr<PaperPrinter> makePaperPrinter(const std::string& address,
                                               std::chrono::milliseconds patience = std::chrono::seconds(90));

} // namespace kiosk
