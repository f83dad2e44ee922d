#include "app/store/journal/chain.hpp"

#include "app/base/crypto.hpp"
#include "app/base/files.hpp"

namespace kiosk::store::journal {

Head genesis() { return {0, crypto::hash("kiosk-journal-1 genesis")}; }

Hash linkOf(const Row& row) {
    // Numbers hold no line feed and the body comes last, so that no two rows give the same text.
    std::string text = "kiosk-journal-1 entry\n";
    for (const std::int64_t n : {row.sequence, row.at.ms, row.account, row.kind})
        text += std::to_string(n) + "\n";
    return crypto::hash(text + row.body);
}

Head follow(const Head& before, const Hash& link) {
    std::string text = "kiosk-journal-1 link\n";
    text.append(files::asText(before.hash)).append(files::asText(link));
    return {before.sequence + 1, crypto::hash(text)};
}

Head follow(Head before, std::span<const Hash> links) {
    for (const auto& link : links) before = follow(before, link);
    return before;
}

} // namespace kiosk::store::journal
