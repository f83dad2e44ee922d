// The kiosk's journal: appended to in the transaction of what it tells about; carries the office's witness.
#pragma once

#include "app/base/result.hpp"
#include "app/base/secret.hpp"
#include "app/store/db.hpp"
#include "app/store/journal/attestation.hpp"
#include "app/store/journal/chain.hpp"
#include "app/store/journal/event.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace kiosk::store {

/// The connection's thread only. Several may stand on one Db, and another process may append beside this one:
/// nothing about the chain is kept in memory.
class Journal {
public:
    explicit Journal(const Db& db) : db_(db) {}

    /// Joins the transaction at hand, else makes one. Errors: Store….
    Result<void> append(const journal::Event& event, Instant at, journal::AccountId by = {});
    /// For what holds until it changes (keys, settings): nothing if the newest entry of its kind says the
    /// same.
    Result<void> appendIfNew(const journal::Event& event, Instant at);

    /// The last entry's; the root's or genesis when there is none.
    Result<journal::Head> head();
    /// The chain's head as it was after entry `sequence`; nullopt: not in this journal any more, or not yet.
    Result<std::optional<journal::Head>> headAt(std::int64_t sequence);
    /// Links of the entries after `sequence`, at most `limit`.
    Result<std::vector<journal::Hash>> linksAfter(std::int64_t sequence, std::size_t limit);
    /// Calls `see` with each entry after `sequence`, in order, until it returns false.
    Result<void> walk(std::int64_t after, const std::function<bool(const journal::Row&)>& see);

    /// Keeps what the office signed, first in the database, then in the file beside it: a database put back
    /// to an older copy is then older than the file.
    Result<void> keepWitness(const journal::Attestation& witness);
    /// The signed texts as they lie there, unchecked; empty: none.
    Result<std::string> witnessText();
    Result<std::string> rootText();
    /// Signs the root anew after the kiosk got another key.
    Result<void> keepRoot(const journal::Attestation& root);

    /// Removes entries older than `before`, as far as `witnessed` reaches, and signs where the chain begins
    /// from then on. Returns how many.
    Result<int> trim(Instant before, const journal::Attestation& witnessed, const Secret<Bytes>& kioskKey,
                     Instant at);

private:
    Result<void> appendHere(const journal::Event& event, Instant at, journal::AccountId by);
    Result<std::string> attestation(std::string_view purpose) const;
    Result<void> keep(std::string_view purpose, const std::string& text);
    Result<std::optional<journal::Head>> rootHead();

    const Db& db_;
};

/// The file that holds the office's newest word beside the database.
std::string witnessPath(const std::string& databasePath);
/// Its content; empty: there is none.
Result<std::string> readWitnessFile(const std::string& databasePath);

} // namespace kiosk::store
