// Ten thousand random changes to a journal of which the office has witnessed a part: each that touches that
// part is found; the rest of the chain is reported as not yet witnessed.
#include "app/base/files.hpp"
#include "app/store/sql.hpp"
#include "tests/store/journal_stage.hpp"

#include <cstdio>
#include <gtest/gtest.h>
#include <map>
#include <random>

namespace kiosk::store::journal {
namespace {

using testing::JournalStage;

constexpr int entries = 20, witnessedUpTo = 14, earlierUpTo = 6;

class Mutations : public ::testing::Test {
protected:
    Mutations() {
        stage_.append(earlierUpTo);
        stage_.witness(earlierUpTo);
        earlierWord_ = stage_.journal().witnessText().value();
        stage_.append(entries - earlierUpTo);
        stage_.witness(witnessedUpTo);
        word_ = stage_.journal().witnessText().value();
        EXPECT_TRUE(stage_.journal().walk(0, [&](const Row& row) {
            rows_.push_back(row);
            return true;
        }));
        run("PRAGMA synchronous=OFF"); // of the test's own rewriting
    }

    void run(const std::string& sql) { ASSERT_TRUE(execute(stage_.db->handle(), sql)) << sql; }
    std::size_t below(std::size_t n) { return random_() % n; }

    void write(const std::vector<Row>& rows, const std::string& word) {
        Transaction transaction(*stage_.db);
        run("DELETE FROM journal");
        for (const auto& row : rows) {
            Statement insert(*stage_.db, "INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?)");
            ASSERT_TRUE(insert.add(row.sequence)
                            .add(row.at.ms)
                            .add(row.account)
                            .add(row.kind)
                            .add(row.body)
                            .add(row.hash)
                            .run());
        }
        Statement update(*stage_.db, "UPDATE journal_attestation SET text = ? WHERE purpose = 'witness'");
        ASSERT_TRUE(update.add(word).run());
        ASSERT_TRUE(transaction.commit());
    }

    /// Whoever has the disk, but not the keys, makes the chain hold together again from entry `first` on.
    static void rehash(std::vector<Row>& rows, std::size_t first) {
        for (std::size_t i = first; i < rows.size(); ++i) {
            rows[i].sequence = static_cast<std::int64_t>(i) + 1;
            const Head before = i == 0 ? genesis() : Head{rows[i - 1].sequence, rows[i - 1].hash};
            rows[i].hash = follow(before, linkOf(rows[i])).hash;
        }
    }

    void flip(Row& row) {
        switch (below(5)) {
        case 0:
            row.at.ms ^= 1LL << below(40);
            break;
        case 1:
            row.account ^= 1LL << below(16);
            break;
        case 2:
            row.kind ^= 1LL << below(8);
            break;
        case 3:
            if (row.body.empty())
                row.body = "x";
            else
                row.body[below(row.body.size())] ^= 1;
            break;
        default:
            row.hash[below(32)] ^= static_cast<std::uint8_t>(1U << below(8));
        }
    }

    JournalStage stage_;
    std::vector<Row> rows_;
    std::string word_, earlierWord_;
    std::mt19937 random_{20261127};
};

TEST_F(Mutations, allOfTenThousandInTheWitnessedPartAreFound) {
    std::map<std::string, std::pair<int, int>> found; // kind -> found of tried
    for (int n = 0; n < 10'000; ++n) {
        auto rows = rows_;
        auto word = word_;
        const std::size_t at = below(witnessedUpTo), other = (at + 1 + below(entries - 1)) % entries;
        std::string kind;
        switch (n % 8) {
        case 0:
            kind = "flip";
            flip(rows[at]);
            break;
        case 1:
            kind = "drop";
            rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(at));
            break;
        case 2:
            kind = "drop, numbers and hashes mended";
            rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(at));
            rehash(rows, at);
            break;
        case 3:
            kind = "reorder";
            std::swap(rows[at], rows[other]);
            std::swap(rows[at].sequence, rows[other].sequence);
            break;
        case 4:
            kind = "insert, hashes mended";
            rows.insert(rows.begin() + static_cast<std::ptrdiff_t>(at), rows[other]);
            rehash(rows, at);
            break;
        case 5:
            kind = "truncate";
            rows.resize(at);
            break;
        case 6:
            kind = "roll back, with the witness of that day";
            rows.resize(std::max<std::size_t>(earlierUpTo, at));
            word = earlierWord_;
            break;
        default:
            kind = "change, hashes mended";
            rows[at].account ^= 1LL << below(16);
            rehash(rows, at);
        }
        write(rows, word);
        ++found[kind].second;
        found[kind].first += stage_.verify().problem.has_value();
    }
    for (const auto& [kind, counts] : found) {
        std::printf("%-42s %5d of %5d found\n", kind.c_str(), counts.first, counts.second);
        EXPECT_EQ(counts.first, counts.second) << kind;
    }
    write(rows_, word_);
    EXPECT_FALSE(stage_.verify().problem) << "the judge itself was never broken";
}

TEST_F(Mutations, whatTheOfficeHasNotWitnessedIsSaidToBeSo) {
    for (std::size_t at = witnessedUpTo; at < entries; ++at) {
        auto rows = rows_;
        flip(rows[at]);
        write(rows, word_);
        EXPECT_TRUE(stage_.verify().problem) << "a change without mended hashes shows anywhere";
        rows = rows_;
        rows[at].account ^= 1;
        rehash(rows, at);
        write(rows, word_);
        const auto finding = stage_.verify();
        EXPECT_FALSE(finding.problem);
        ASSERT_TRUE(finding.witness);
        EXPECT_LE(finding.witness->head.sequence, static_cast<std::int64_t>(at));
    }
}

} // namespace
} // namespace kiosk::store::journal
