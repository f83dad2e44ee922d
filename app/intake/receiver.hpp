// What the office does with one parcel: check, recognise, open, number, store durably, and only then
// acknowledge.
#pragma once

#include "app/base/secret.hpp"
#include "app/intake/ledger.hpp"
#include "app/intake/office/office.hpp"
#include "app/intake/reply.hpp"

#include <string>

namespace kiosk::intake {

/// Used by one thread, which also owns the ledger.
class Receiver {
public:
    Receiver(const Office& office, Ledger& ledger, CodeAllocator& numbering, std::string dataFolder);

    /// `fingerprint`: of the client certificate TLS has proved. 200: signed acknowledgement, after the
    /// dossier is in the ledger and its files are fsynced. 403: kiosk unknown, revoked (parcel kept in
    /// quarantine) or not the one that signed. 409: the key names another parcel. 422: not valid, for good.
    /// 426: schema not understood. 503: the disk failed; try again.
    Reply receive(const Bytes& bytes, const std::string& fingerprint, Instant now);

    /// A parcel that came by hand: its kiosk is known by the signature alone. Answers as receive().
    Reply carried(const Bytes& bytes, Instant now);

    /// A supervised import of a quarantined parcel: everything is checked but the revocation.
    Reply admit(const Bytes& bytes, Instant now);

    /// Writes files a crash left out. Returns how many.
    Result<int> exportMissing();

private:
    enum class Revoked { Quarantine, Admit };
    Reply signedFor(const Bytes& bytes, Revoked revoked, Route route, Instant now);
    Reply take(const Bytes& bytes, const KioskRow& kiosk, Route route, Instant now);
    Reply quarantine(const Bytes& bytes, const parcel::Header& header);
    Reply rehearsed(const parcel::Header& header, const std::string& contentHash, Instant now) const;
    Reply store(const parcel::Header& header, const std::string& contentHash, const std::string& document,
                Route route, Instant now);
    Result<std::string> open(const Bytes& bytes, const parcel::Header& header) const;
    Result<std::string> documentOf(const parcel::Header& header, const Allocated& code,
                                   const std::string& contentHash, const std::string& dossier,
                                   Instant now) const;
    Result<void> exportFiles(const Entry& entry);
    Reply known(const Entry& entry, const std::string& contentHash);

    const Office& office_;
    Ledger& ledger_;
    CodeAllocator& numbering_;
    std::string dataFolder_;
};

} // namespace kiosk::intake
