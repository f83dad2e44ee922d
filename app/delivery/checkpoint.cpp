#include "app/delivery/checkpoint.hpp"

#include "app/base/crypto.hpp"
#include "app/base/json/json.hpp"

#include <algorithm>

namespace kiosk {

using store::journal::Hash;
using store::journal::Head;
using Json = nlohmann::json;

std::string writeCheckpointRequest(const CheckpointRequest& request) {
    Json links = Json::array();
    for (const auto& link : request.links) links.push_back(crypto::hex(link));
    return Json{{"checkpoint", request.checkpoint}, {"known", request.known}, {"links", links}}.dump();
}

Result<CheckpointRequest> readCheckpointRequest(std::string_view text) {
    const auto unreadable = [] { return fail(Code::ParcelInvalid, "not a checkpoint request"); };
    try {
        const auto json = Json::parse(text);
        CheckpointRequest request{
            json.at("checkpoint").get<std::string>(), json.at("known").get<std::string>(), {}};
        const auto& links = json.at("links");
        if (!links.is_array() || links.size() > mostLinks) return unreadable();
        for (const auto& link : links) {
            const auto bytes = crypto::fromHex(link.get<std::string>());
            Hash hash{};
            if (!bytes || bytes->size() != hash.size()) return unreadable();
            std::copy(bytes->begin(), bytes->end(), hash.begin());
            request.links.push_back(hash);
        }
        return request;
    } catch (const Json::exception&) {
        return unreadable();
    }
}

Result<std::string> nextCheckpoint(store::Journal& journal, const std::string& kioskId,
                                   const Secret<Bytes>& kioskKey, Instant at) {
    auto known = journal.witnessText();
    if (!known) return fail(known.error());
    const auto from = store::journal::peekHead(*known).value_or(store::journal::genesis());
    const auto end = journal.head();
    if (!end) return fail(end.error());
    if (end->sequence == from.sequence) return std::string();
    CheckpointRequest request;
    Head head = *end;
    if (end->sequence > from.sequence) {
        auto links = journal.linksAfter(from.sequence, mostLinks);
        if (!links) return fail(links.error());
        request.links = std::move(*links);
        head = store::journal::follow(from, request.links);
    } // else it was put back to an older copy: the office must learn of it
    request.checkpoint =
        store::journal::attest(store::journal::Purpose::Checkpoint, kioskId, head, at, kioskKey).text;
    request.known = std::move(*known);
    return writeCheckpointRequest(request);
}

} // namespace kiosk
