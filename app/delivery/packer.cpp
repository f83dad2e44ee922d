#include "app/delivery/packer.hpp"

#include "app/base/crypto.hpp"
#include "app/base/log.hpp"
#include "app/delivery/progress/kept_progress.hpp"

#include <utility>

namespace kiosk {
namespace {

/// The members only the kiosk knows, put behind the dossier's last one as text: parsing would leave unwiped
/// copies of personal data and costs as much as signing. What goes in are identifiers (checked by
/// parcel::seal, as parts of the header), so nothing needs escaping. Empty: not an object with a member.
Secret<std::string> withKioskFields(std::string_view json, const parcel::Header& header,
                                    const Secret<Bytes>& progressKey) {
    if (json.size() < 5 || json.front() != '{' || json.back() != '}') return {};
    const Secret<std::string> key(crypto::hex(progressKey.reveal()));
    const Secret<std::string> fields(",\"reference\":\"" + header.reference + "\",\"key\":\"" + header.key +
                                     "\",\"kiosk\":\"" + header.kiosk + "\",\"progress_key\":\"" +
                                     key.reveal() + "\"}");
    Secret<std::string> text;
    text.reveal().reserve(json.size() + fields.reveal().size()); // no copy left behind by growing
    text.reveal().append(json.substr(0, json.size() - 1)).append(fields.reveal());
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

Result<Packed> Packer::pack(const ConfirmedDossier& dossier) {
    parcel::Header header;
    header.kiosk = link_.kioskId;
    header.office = link_.officeCode;
    header.key = crypto::newIdempotencyKey();
    header.reference = crypto::reference(header.key);
    header.procedure = dossier.procedure;
    header.createdAt = dossier.at;
    header.clockTrusted = dossier.clockTrusted;
    auto slip = SlipCode::make(header.reference);
    const auto text =
        withKioskFields(dossier.json, header, kept_progress::keyOf(slip, dossier.birth, deviceKey_));
    if (text.reveal().empty()) return fail(Code::ParcelInvalid, "the dossier is no object");
    auto envelope = std::exchange(next_, std::nullopt);
    auto bytes = envelope ? parcel::seal(header, text.reveal(), link_.kioskSigning, std::move(*envelope))
                          : parcel::seal(header, text.reveal(), link_.kioskSigning, link_.officeSealing);
    if (!bytes) return fail(bytes.error());
    return Packed{
        {header.key, header.reference, dossier.procedure, std::move(*bytes), dossier.subject, dossier.at, 0},
        std::move(slip)};
}

} // namespace kiosk
