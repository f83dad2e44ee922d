#include "app/delivery/packer.hpp"

#include "app/base/crypto.hpp"
#include "app/base/log.hpp"

#include <utility>

namespace kiosk {
namespace {

/// The members only the kiosk knows, put behind the dossier's last one as text: parsing would leave unwiped
/// copies of personal data and costs as much as signing. What goes in are identifiers (checked by
/// parcel::seal, as parts of the header), so nothing needs escaping. Empty: not an object with a member.
Secret<std::string> withKioskFields(std::string_view json, const parcel::Header& header) {
    if (json.size() < 5 || json.front() != '{' || json.back() != '}') return {};
    const std::string fields = ",\"reference\":\"" + header.reference + "\",\"key\":\"" + header.key +
                               "\",\"kiosk\":\"" + header.kiosk + "\"}";
    Secret<std::string> text;
    text.reveal().reserve(json.size() + fields.size()); // no copy left behind by growing
    text.reveal().append(json.substr(0, json.size() - 1)).append(fields);
    return text;
}

} // namespace

void Packer::sealTo(const parcel::PublicKey& officeSealing) {
    link_.officeSealing = officeSealing;
    next_.reset(); // made for the key before
}

void Packer::prepare() {
    if (next_) return;
    auto envelope = parcel::Envelope::make(link_.officeSealing);
    if (envelope)
        next_ = std::move(*envelope);
    else
        log::warn("no envelope made ahead", envelope.error()); // pack() meets the same error and returns it
}

Result<store::QueuedParcel> Packer::pack(const ConfirmedDossier& dossier) {
    parcel::Header header;
    header.kiosk = link_.kioskId;
    header.office = link_.officeCode;
    header.key = crypto::newIdempotencyKey();
    header.reference = crypto::reference(header.key);
    header.procedure = dossier.procedure;
    header.createdAt = dossier.at;
    header.clockTrusted = dossier.clockTrusted;
    const auto text = withKioskFields(dossier.json, header);
    if (text.reveal().empty()) return fail(Code::ParcelInvalid, "the dossier is no object");
    auto envelope = std::exchange(next_, std::nullopt);
    auto bytes = envelope ? parcel::seal(header, text.reveal(), link_.kioskSigning, std::move(*envelope))
                          : parcel::seal(header, text.reveal(), link_.kioskSigning, link_.officeSealing);
    if (!bytes) return fail(bytes.error());
    return store::QueuedParcel{
        header.key, header.reference, dossier.procedure, std::move(*bytes), dossier.subject, dossier.at, 0};
}

} // namespace kiosk
