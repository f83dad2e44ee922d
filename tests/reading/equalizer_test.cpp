// What the equaliser does to a blurred symbol that is known: its signal-to-noise ratio rises, its bits are
// right.
#include "app/reading/soft/equalizer.hpp"
#include "app/reading/symbol/layout.hpp"
#include "tests/reading/drawn_symbol.hpp"

#include <gmock/gmock.h>

namespace kiosk::reading::soft {
namespace {

const std::string text = "MAU|SPECIMEN|0123456789|" + std::string(90, 'x');

finding::Grid gridOf(const DrawnSymbol& symbol) {
    const float low = 3.5F, high = static_cast<float>(symbol.size()) - 3.5F;
    return {symbol.version(),
            {symbol.map(low, low), symbol.map(high, low), symbol.map(high, high), symbol.map(low, high)}};
}

struct Quality {
    double signalToNoise, wrong;
};
/// Over the data modules, none of which the equaliser was told.
Quality qualityOf(const DrawnSymbol& drawn, std::span<const float> soft) {
    double sum = 0, squares = 0, wrong = 0;
    const auto data = symbol::layout(drawn.version()).dataModules();
    for (const int i : data) {
        const double v = soft[static_cast<std::size_t>(i)] * drawn.colour(i % drawn.size(), i / drawn.size());
        sum += v;
        squares += v * v;
        wrong += v <= 0 ? 1 : 0;
    }
    const auto n = static_cast<double>(data.size());
    const double mean = sum / n;
    return {mean * mean / std::max(1e-9, squares / n - mean * mean), wrong / n};
}

class Blurred : public testing::TestWithParam<double> {}; // modules, deviation

TEST_P(Blurred, ComesOutClearer) {
    Drawing how{4, 7, 0, 4 * GetParam()};
    auto symbol = draw(text, how);
    specimen::Random random(7);
    for (auto* px = symbol.picture.data; px != symbol.picture.dataend; ++px)
        *px = cv::saturate_cast<std::uint8_t>(*px + 1.5 * random.normal());
    Samples samples(symbol.view(), gridOf(symbol));
    samples.takeBetween(symbol.view(), gridOf(symbol));
    const auto before = qualityOf(symbol, samples.plain());
    const auto known = knownModules(symbol.version());
    const auto five = qualityOf(symbol, equalize(samples, known, Taps::FiveByFive).ratios);
    EXPECT_GT(five.signalToNoise, 1.5 * before.signalToNoise);
    EXPECT_LE(five.wrong, before.wrong);
    EXPECT_LT(five.wrong, 0.02);
    std::vector<float> all; // trained on everything, as after decision feedback
    for (int y = 0; y < symbol.size(); ++y)
        for (int x = 0; x < symbol.size(); ++x) all.push_back(symbol.colour(x, y));
    const auto seven = qualityOf(symbol, equalize(samples, all, Taps::SevenBySeven).ratios);
    EXPECT_GE(seven.signalToNoise, five.signalToNoise);
    EXPECT_LE(seven.wrong, five.wrong);
}

INSTANTIATE_TEST_SUITE_P(ByModules, Blurred, testing::Values(0.4, 0.5, 0.6));

TEST(Equalizer, FallsBackOnThePlainSamplesWithNothingToTrainOn) {
    const auto symbol = draw(text, {});
    Samples samples(symbol.view(), gridOf(symbol));
    samples.takeBetween(symbol.view(), gridOf(symbol));
    const std::vector<float> nothing(samples.trust().size());
    EXPECT_EQ(equalize(samples, nothing, Taps::FiveByFive).ratios, samples.plain());
}

TEST(Equalizer, SaysHowNoisyItIs) {
    float before = 0;
    for (const double blur : {0.0, 2.0, 3.0}) {
        const auto symbol = draw(text, {4, 0, 0, blur});
        Samples samples(symbol.view(), gridOf(symbol));
        samples.takeBetween(symbol.view(), gridOf(symbol));
        const auto noise = equalize(samples, knownModules(symbol.version()), Taps::FiveByFive).noise;
        EXPECT_GE(noise, before) << blur;
        before = noise;
    }
    EXPECT_GT(before, 0.13F);
}

TEST(Samples, DoNotTrustWhatAReflectionSaturates) {
    auto symbol = draw(text, {});
    const auto middle = symbol.map(20, 20);
    cv::circle(symbol.picture, cv::Point2f(middle.x, middle.y), 36, 255, cv::FILLED);
    Samples samples(symbol.view(), gridOf(symbol));
    samples.takeBetween(symbol.view(), gridOf(symbol));
    EXPECT_LT(samples.trust()[static_cast<std::size_t>(20 * symbol.size() + 20)], 0.1F);
    EXPECT_GT(samples.trust()[static_cast<std::size_t>(33 * symbol.size() + 30)], 0.9F);
}

TEST(Equalizer, IsLessSureWhereTheNoiseIs) {
    auto symbol = draw(text, {4, 7, 0, 2});
    specimen::Random random(9);
    const int middle = symbol.picture.cols / 2;
    for (int y = 0; y < symbol.picture.rows; ++y)
        for (int x = middle; x < symbol.picture.cols; ++x) { // a worn half
            auto& px = symbol.picture.at<std::uint8_t>(y, x);
            px = cv::saturate_cast<std::uint8_t>(px + 70 * random.normal());
        }
    Samples samples(symbol.view(), gridOf(symbol));
    samples.takeBetween(symbol.view(), gridOf(symbol));
    const auto ratios = equalize(samples, knownModules(symbol.version()), Taps::FiveByFive).ratios;
    float clear = 0, noisy = 0;
    for (const int i : symbol::layout(symbol.version()).dataModules()) {
        const int column = i % symbol.size();
        const float sure = std::abs(ratios[static_cast<std::size_t>(i)]);
        if (column < symbol.size() / 3) clear += sure;
        if (column >= symbol.size() - symbol.size() / 3) noisy += sure;
    }
    EXPECT_LT(noisy, 0.7F * clear);
}

} // namespace
} // namespace kiosk::reading::soft
