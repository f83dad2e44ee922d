// Where modules, codewords and blocks of a symbol lie, against another program's writer.
#include "app/reading/soft/symbol_decoder.hpp"
#include "tests/specimen/specimen.hpp"

#include <gmock/gmock.h>
#include <set>

namespace kiosk::reading::symbol {
namespace {

/// As many bytes as fill a symbol, so that the writer's choice of a version proves its capacity.
std::string filling(int version, Level level) {
    int data = 0;
    for (const auto& block : layout(version).blocks(level)) data += block.data;
    specimen::Random random(static_cast<std::uint64_t>(version * 4) + static_cast<std::uint64_t>(level));
    std::string out(static_cast<std::size_t>(data - (version < 10 ? 2 : 3)), 'a'); // no digits only
    for (std::size_t i = 1; i < out.size(); ++i) out[i] = static_cast<char>(1 + random.below(126));
    return out;
}

class Written : public testing::TestWithParam<int> {
protected:
    cv::Mat write(Level level) {
        bytes_ = filling(GetParam(), level);
        return specimen::qrModules(bytes_, static_cast<specimen::Ecc>(level), false);
    }
    std::string bytes_;
};

std::vector<float> ratiosOf(const cv::Mat& modules) {
    std::vector<float> out;
    for (int y = 0; y < modules.rows; ++y)
        for (int x = 0; x < modules.cols; ++x)
            out.push_back(modules.at<std::uint8_t>(y, x) == 0 ? 6.0F : -6.0F);
    return out;
}

TEST_P(Written, KnownModulesAreWhereTheWriterHasThem) {
    const auto& known = layout(GetParam());
    const auto modules = write(Level::M);
    ASSERT_EQ(modules.cols, known.size());
    for (int y = 0; y < known.size(); ++y)
        for (int x = 0; x < known.size(); ++x) {
            const bool dark = modules.at<std::uint8_t>(y, x) == 0;
            if (known.role(x, y) == Role::Dark) {
                ASSERT_TRUE(dark) << x << ' ' << y;
            }
            if (known.role(x, y) == Role::Light) {
                ASSERT_FALSE(dark) << x << ' ' << y;
            }
        }
    if (GetParam() < 7) return;
    for (int bit = 0; bit < 18; ++bit)
        for (const auto& p : versionPlaces(known.size(), bit))
            ASSERT_EQ(modules.at<std::uint8_t>(p.row, p.column) == 0,
                      (versionBits(GetParam()) >> bit & 1) != 0);
}

TEST_P(Written, DecodesToTheSameBytesAtEveryLevel) {
    for (const auto level : {Level::L, Level::M, Level::Q, Level::H}) {
        const auto modules = write(level);
        ASSERT_EQ(modules.cols, sizeOf(GetParam())) << "capacity";
        const auto ratios = ratiosOf(modules);
        ASSERT_EQ(guessFormat(ratios, modules.cols, 1).front().format.level, level);
        soft::SymbolDecoder decoder(GetParam());
        const auto decoded = decoder.decode(ratios, 1);
        ASSERT_TRUE(decoded);
        EXPECT_EQ(std::string(decoded->bytes.begin(), decoded->bytes.end()), bytes_);
        EXPECT_EQ(decoder.attempts(), decoder.blocks()) << "no block needed a correction";
        std::vector<float> taught(ratios.size());
        decoder.teach(taught);
        for (std::size_t i = 0; i < taught.size(); ++i)
            ASSERT_GE(taught[i] * ratios[i], 0) << "teaches what the symbol shows";
    }
}

INSTANTIATE_TEST_SUITE_P(Versions, Written, testing::Range(firstVersion, lastVersion + 1));

TEST(Mask, AllEightAreMetInWrittenSymbols) {
    std::set<int> masks;
    for (int version = 1; version <= 10; ++version)
        for (const auto level : {Level::L, Level::M, Level::Q, Level::H}) {
            const auto modules =
                specimen::qrModules(filling(version, level), static_cast<specimen::Ecc>(level), false);
            masks.insert(guessFormat(ratiosOf(modules), modules.cols, 1).front().format.mask);
        }
    EXPECT_EQ(masks.size(), 8U);
}

TEST(Format, IsGuessedThroughThreeWrongBitsOfEachCopy) {
    for (int mask = 0; mask < 8; ++mask)
        for (const auto level : {Level::L, Level::M, Level::Q, Level::H}) {
            std::vector<float> soft(21 * 21);
            const int word = formatBits({level, mask});
            for (int bit = 0; bit < 15; ++bit)
                for (const auto& p : formatPlaces(21, bit)) {
                    const bool one = (word >> bit & 1) != 0, wrong = bit % 5 == mask % 5;
                    soft[static_cast<std::size_t>(p.row * 21 + p.column)] = one != wrong ? 1.0F : -1.0F;
                }
            const auto guess = guessFormat(soft, 21, 1).front().format;
            EXPECT_EQ(guess.mask, mask);
            EXPECT_EQ(guess.level, level);
        }
}

} // namespace
} // namespace kiosk::reading::symbol
