#include "app/store/journal/verify.hpp"

#include "app/store/sql.hpp"

#include <limits>
#include <utility>

namespace kiosk::store::journal {
namespace {

std::string entry(std::int64_t n) { return "entry " + std::to_string(n); }

/// One run over the journal; stops at the first problem.
class Check {
public:
    Check(const Db& db, const std::string& fileText, const Trust& trust)
        : journal_(db), fileText_(fileText), trust_(trust) {}

    Result<Finding> run() {
        if (auto done = readRoot(); !done) return fail(done.error());
        if (auto done = readWitness(); !done) return fail(done.error());
        if (auto done = followChain(); !done) return fail(done.error());
        if (!finding_.problem) compareEnd();
        return std::move(finding_);
    }

private:
    /// The first problem stays.
    void problem(Code code, std::int64_t sequence, std::string what) {
        if (!finding_.problem) finding_.problem = Problem{code, sequence, std::move(what)};
    }

    std::optional<Attestation> read(Purpose purpose, const std::string& text, const char* where) {
        auto a =
            readAttestation(purpose, text, purpose == Purpose::Witness ? trust_.officeKeys : trust_.kioskKey);
        if (a && a->kiosk == trust_.kiosk) return std::move(*a);
        problem(Code::JournalUnsigned, 0,
                std::string(where) + (a ? " is about another kiosk" : " is not signed as it should be"));
        return std::nullopt;
    }

    Result<void> readRoot() {
        const auto text = journal_.rootText();
        if (!text) return fail(text.error());
        if (!text->empty()) finding_.root = read(Purpose::Root, *text, "the root in the database");
        head_ = finding_.root ? finding_.root->head : genesis();
        return {};
    }

    /// The database's copy is written first, the file's then, the office's may be older or newer than both.
    Result<void> readWitness() {
        const auto text = journal_.witnessText();
        if (!text) return fail(text.error());
        std::optional<Attestation> inside, beside;
        if (!text->empty()) inside = read(Purpose::Witness, *text, "the witness in the database");
        if (!fileText_.empty()) beside = read(Purpose::Witness, fileText_, "the witness file");
        if (!trust_.witness.empty()) note(read(Purpose::Witness, trust_.witness, "the office's witness"));
        note(inside);
        note(beside);
        if (fileText_.empty() && !text->empty())
            problem(Code::JournalBroken, 0, "the witness file beside the database is missing");
        if (beside && (!inside || (inside->text != beside->text && inside->at < beside->at)))
            problem(Code::JournalRolledBack, 0,
                    "the database holds an older witness than the file beside it: it was put back to an "
                    "older copy");
        return {};
    }

    /// All that the office signed must be in the chain; the furthest counts.
    void note(std::optional<Attestation> witness) {
        if (!witness) return;
        signed_.push_back(*witness);
        if (!finding_.witness || finding_.witness->head.sequence < witness->head.sequence)
            finding_.witness = std::move(witness);
    }

    Result<void> followChain() {
        finding_.first = head_.sequence + 1;
        compareHere(); // a witness may stand at the root
        auto done = journal_.walk(std::numeric_limits<std::int64_t>::min(),
                                  [this](const Row& row) { return see(row); });
        finding_.last = head_.sequence;
        return done;
    }

    bool see(const Row& row) {
        if (row.sequence != head_.sequence + 1) {
            const auto n = head_.sequence + 1;
            problem(Code::JournalBroken, n,
                    row.sequence > n ? entry(n) + " is missing" : entry(row.sequence) + " should be gone");
            return false;
        }
        head_ = follow(head_, linkOf(row));
        if (head_.hash != row.hash) {
            problem(Code::JournalBroken, row.sequence,
                    entry(row.sequence) + " or the one before it was changed: its hash does not match");
            return false;
        }
        return compareHere();
    }

    bool compareHere() {
        for (const auto& witness : signed_)
            if (witness.head.sequence == head_.sequence && witness.head.hash != head_.hash) {
                problem(Code::JournalForked, head_.sequence,
                        entry(head_.sequence) + " or one before it is not what the office has witnessed");
                return false;
            }
        return true;
    }

    void compareEnd() {
        if (finding_.witness && finding_.witness->head.sequence > head_.sequence)
            problem(Code::JournalRolledBack, head_.sequence + 1,
                    "the office has witnessed " + entry(finding_.witness->head.sequence) +
                        ", the journal ends with " + entry(head_.sequence));
        if (finding_.root &&
            (!finding_.witness || finding_.witness->head.sequence < finding_.root->head.sequence))
            problem(Code::JournalBroken, finding_.first,
                    "entries were removed that the office has not witnessed");
    }

    Journal journal_;
    const std::string& fileText_;
    const Trust& trust_;
    Finding finding_;
    std::vector<Attestation> signed_;
    Head head_;
};

} // namespace

Result<Finding> verify(const Db& db, const std::string& fileText, const Trust& trust) {
    // One view of the database, whatever a running kiosk appends meanwhile.
    if (auto begun = execute(db.handle(), "BEGIN"); !begun) return fail(begun.error());
    auto finding = Check(db, fileText, trust).run();
    if (auto ended = execute(db.handle(), "COMMIT"); !ended) return fail(ended.error());
    return finding;
}

} // namespace kiosk::store::journal
