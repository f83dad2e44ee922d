// Hex, keyed hashes, and references that can be read out over a counter without mistakes going unnoticed.
#include "app/base/crypto.hpp"

#include <cctype>
#include <csignal>
#include <gtest/gtest.h>
#include <set>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace kiosk::crypto {
namespace {

class Crypto : public testing::Test {
protected:
    static void SetUpTestSuite() { init(); }
};

/// Every character a person may take for another one at the counter.
constexpr std::string_view everyCharacter = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// What isReference() forgives.
char meant(char c) { return c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c; }

TEST_F(Crypto, hexSurvivesThereAndBack) {
    for (std::size_t size = 0; size < 70; ++size) {
        const auto bytes = random(size);
        const auto text = hex(bytes);
        EXPECT_EQ(text.size(), 2 * size);
        const auto back = fromHex(text);
        ASSERT_TRUE(back);
        EXPECT_EQ(*back, bytes);
    }
    EXPECT_EQ(hex(Bytes{0x00, 0xAF, 0x10}), "00af10");
    EXPECT_EQ(*fromHex("00AF10"), (Bytes{0x00, 0xAF, 0x10}));
}

TEST_F(Crypto, hexRefusesEverythingElse) {
    for (const auto* bad : {"0", "0g", "00 1", " 00", "00:11", "0x00", "00af1"}) {
        const auto result = fromHex(bad);
        ASSERT_FALSE(result) << bad;
        EXPECT_EQ(result.error().code, Code::KeyInvalid);
    }
}

TEST_F(Crypto, randomBytesDiffer) {
    std::set<Bytes> seen;
    for (int i = 0; i < 1000; ++i) EXPECT_TRUE(seen.insert(random(16)).second);
}

TEST_F(Crypto, hashIsBlake2bAndDependsOnDataAndKey) {
    // BLAKE2b-256 of the empty text.
    EXPECT_EQ(hex(hash("")), "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    const Bytes keyA(32, 1);
    const Bytes keyB(32, 2);
    EXPECT_EQ(hash("MẪU", keyA), hash("MẪU", keyA));
    EXPECT_NE(hash("MẪU", keyA), hash("MẪU", keyB));
    EXPECT_NE(hash("MẪU", keyA), hash("MẪU"));
    EXPECT_NE(hash("MẪU", keyA), hash("MAU", keyA));
}

TEST_F(Crypto, idempotencyKeysAre128BitsOfHexAndUnique) {
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        const auto key = newIdempotencyKey();
        EXPECT_EQ(key.size(), 32U);
        EXPECT_TRUE(fromHex(key));
        EXPECT_TRUE(seen.insert(key).second);
    }
}

TEST_F(Crypto, referenceIsFixedByTheKeyAndShort) {
    const auto key = newIdempotencyKey();
    const auto text = reference(key);
    EXPECT_EQ(text, reference(key));
    ASSERT_EQ(text.size(), 12U);
    EXPECT_EQ(text[0], 'K');
    EXPECT_EQ(text[2], '-');
    EXPECT_EQ(text[7], '-');
    for (const char c : text) EXPECT_EQ(std::string_view("ILOUZ").find(c), std::string_view::npos) << text;
}

TEST_F(Crypto, everyReferenceIsRecognisedHoweverItIsWritten) {
    for (int i = 0; i < 2000; ++i) {
        auto text = reference(newIdempotencyKey());
        ASSERT_TRUE(isReference(text)) << text;
        std::string spoken;
        for (const char c : text) {
            if (c == '-') continue;
            spoken += c == '0'   ? 'o'
                      : c == '1' ? 'l'
                                 : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
            spoken += ' ';
        }
        EXPECT_TRUE(isReference(spoken)) << spoken;
    }
}

TEST_F(Crypto, everySingleWrongCharacterIsNoticed) {
    for (int i = 0; i < 200; ++i) {
        const auto right = reference(newIdempotencyKey());
        for (std::size_t at = 0; at < right.size(); ++at) {
            if (right[at] == '-') continue;
            for (const char c : everyCharacter) {
                auto wrong = right;
                wrong[at] = c;
                ASSERT_EQ(isReference(wrong), meant(c) == right[at]) << right << " " << wrong;
            }
        }
    }
}

TEST_F(Crypto, everySwapOfNeighboursIsNoticed) {
    for (int i = 0; i < 500; ++i) {
        const auto right = reference(newIdempotencyKey());
        for (std::size_t at = 0; at + 1 < right.size(); ++at) {
            const std::size_t next = right[at + 1] == '-' ? at + 2 : at + 1;
            if (right[at] == '-' || right[at] == right[next]) continue;
            auto wrong = right;
            std::swap(wrong[at], wrong[next]);
            ASSERT_FALSE(isReference(wrong)) << right << " " << wrong;
        }
    }
}

TEST_F(Crypto, referencesOfOtherLengthsAreRefused) {
    const auto right = reference(newIdempotencyKey());
    EXPECT_FALSE(isReference(""));
    EXPECT_FALSE(isReference("K"));
    EXPECT_FALSE(isReference(right + "0"));
    EXPECT_FALSE(isReference(right.substr(0, right.size() - 1)));
    EXPECT_FALSE(isReference("Ệ7-9Q2M-4XTR"));
}

TEST_F(Crypto, bytesAsWordsAreProquints) {
    // The proposal's own examples: 127.0.0.1, 63.84.220.193.
    const Bytes loopback{127, 0, 0, 1}, other{63, 84, 220, 193};
    EXPECT_EQ(crypto::words(loopback), "lusab-babad");
    EXPECT_EQ(crypto::words(other), "gutih-tugad");
    EXPECT_EQ(crypto::words(Bytes(32)), "babab-babab-babab-babab") << "the first eight bytes";
}

TEST(MemoryDumps, areForbidden) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        forbidMemoryDumps();
        rlimit limit{1, 1};
        if (::getrlimit(RLIMIT_CORE, &limit) != 0 || limit.rlim_max != 0) ::_exit(1);
        if (::prctl(PR_GET_DUMPABLE) != 0) ::_exit(2);
        std::signal(SIGABRT, SIG_DFL);
        std::abort();
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status)) << WEXITSTATUS(status);
    EXPECT_FALSE(WCOREDUMP(status));
}

} // namespace
} // namespace kiosk::crypto
