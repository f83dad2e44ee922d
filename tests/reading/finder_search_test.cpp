// Each way of searching finds what those before it cannot.
#include "app/reading/soft/finder_search.hpp"
#include "tests/reading/drawn_symbol.hpp"

#include <gmock/gmock.h>

namespace kiosk::reading::soft {
namespace {

using finding::Point;

const std::string text = "MAU|SPECIMEN|0123456789|" + std::string(70, 'x'); // version 6

class FinderSearchTest : public testing::Test {
protected:
    /// Of the symbol's three finders, those found with their centre within a third of a module.
    int found() const {
        const auto n = static_cast<float>(symbol_.size());
        int count = 0;
        for (const auto& [u, v] : {std::pair{3.5F, 3.5F}, {n - 3.5F, 3.5F}, {3.5F, n - 3.5F}})
            count += std::ranges::any_of(search_.clear(16), [&](const auto& f) {
                return length(f.centre - symbol_.map(u, v)) < module_ / 3;
            });
        return count;
    }
    void show(const Drawing& how) {
        symbol_ = draw(text, how);
        module_ = static_cast<float>(how.modulePx);
        search_.begin(symbol_.view());
    }
    /// A light scratch through the middle of the finder around (u, v).
    void scratch(float u, float v) {
        const Point from = symbol_.map(u - 4, v - 1.5F), to = symbol_.map(u + 4, v + 1.5F);
        cv::line(symbol_.picture, {static_cast<int>(from.x), static_cast<int>(from.y)},
                 {static_cast<int>(to.x), static_cast<int>(to.y)}, 210, 3);
    }
    void addNoise(double deviation) {
        cv::RNG random(7);
        cv::Mat noise(symbol_.picture.size(), CV_16SC1);
        random.fill(noise, cv::RNG::NORMAL, 0, deviation);
        cv::Mat sum;
        symbol_.picture.convertTo(sum, CV_16S);
        sum += noise;
        sum.convertTo(symbol_.picture, CV_8U);
    }

    DrawnSymbol symbol_;
    float module_ = 0;
    FinderSearch search_;
};

TEST_F(FinderSearchTest, FewLinesFindLargeFindersAndMoreFindSmallOnes) {
    show({.modulePx = 4, .degrees = 20});
    search_.fewRuns();
    EXPECT_EQ(found(), 3);
    EXPECT_TRUE(search_.seesSign());
    show({.modulePx = 2.2, .degrees = 20});
    search_.fewRuns();
    const int few = found();
    search_.runs();
    EXPECT_GE(found(), few);
    EXPECT_EQ(found(), 3);
}

TEST_F(FinderSearchTest, ASharpenedPictureShowsWhatBlurAndNoiseHide) {
    show({.modulePx = 3.2, .degrees = 17, .blur = 2});
    addNoise(6);
    search_.fewRuns();
    search_.runs();
    EXPECT_LT(found(), 3);
    search_.sharpRuns();
    EXPECT_EQ(found(), 3);
}

TEST_F(FinderSearchTest, TwoFindersTellWhereAScratchedThirdIs) {
    show({.modulePx = 4, .degrees = 10});
    const auto n = static_cast<float>(symbol_.size());
    scratch(n - 3.5F, 3.5F);
    search_.fewRuns();
    search_.runs();
    EXPECT_EQ(found(), 2);
    search_.thirds();
    EXPECT_EQ(found(), 3);
}

TEST_F(FinderSearchTest, OneFinderShowsWhatTheOthersLookLike) {
    show({.modulePx = 4, .degrees = 10});
    const auto n = static_cast<float>(symbol_.size());
    scratch(n - 3.5F, 3.5F);
    scratch(3.5F, n - 3.5F);
    search_.fewRuns();
    search_.runs();
    EXPECT_EQ(found(), 1);
    search_.thirds();
    EXPECT_EQ(found(), 1);
    search_.alike();
    EXPECT_EQ(found(), 3);
}

TEST_F(FinderSearchTest, NothingIsKeptFromTheFrameBefore) {
    show({.modulePx = 4});
    search_.fewRuns();
    EXPECT_TRUE(search_.seesSign());
    symbol_.picture.setTo(180);
    addNoise(10);
    search_.begin(symbol_.view());
    EXPECT_FALSE(search_.hasScanned());
    search_.fewRuns();
    search_.runs();
    search_.sharpRuns();
    EXPECT_FALSE(search_.seesSign());
}

} // namespace
} // namespace kiosk::reading::soft
