// Thresholds of blocks, and pictures of two levels by them, as the plainest loops have them.
#include "app/reading/finding/threshold.hpp"

#include <gtest/gtest.h>
#include <opencv2/core.hpp>

namespace kiosk::reading::finding {
namespace {

/// Texture on the left, little of it in the middle, so that there are blocks with and without a level; with
/// gaps between its rows, and as wide as nothing is a multiple of.
class Noise {
public:
    Noise() {
        cv::RNG random(5);
        random.fill(all_(cv::Rect(0, 0, 90, 61)), cv::RNG::UNIFORM, 0, 256);
        random.fill(all_(cv::Rect(90, 0, 150, 61)), cv::RNG::UNIFORM, 128, 131);
        random.fill(all_(cv::Rect(240, 0, 60, 61)), cv::RNG::UNIFORM, 40, 200);
        thresholds.measure(view());
    }
    GreyView view() const { return {all_.data, 283, 61, static_cast<int>(all_.step)}; }

    Thresholds thresholds;

private:
    cv::Mat all_ = cv::Mat(61, 300, CV_8UC1, 77);
};

TEST(Thresholds, KnowTheSpanOfEveryBlock) {
    const Noise noise;
    const auto view = noise.view();
    for (int row = 0; row < noise.thresholds.rows(); ++row)
        for (int column = 0; column < noise.thresholds.columns(); ++column) {
            const int top = std::min(8 * row, view.height - 8), left = 8 * column;
            int least = 255, most = 0;
            for (int y = top; y < top + 8; ++y)
                for (int x = left; x < std::min(left + 8, view.width); ++x) {
                    least = std::min<int>(least, view.row(y)[x]);
                    most = std::max<int>(most, view.row(y)[x]);
                }
            EXPECT_EQ(noise.thresholds.contrast(column, row), most - least) << column << ' ' << row;
        }
}

TEST(Thresholds, TellLightFromDarkManyPxAtOnce) {
    const Noise noise;
    const auto view = noise.view();
    int light = 0, dark = 0, withoutLevel = 0;
    for (int y = 0; y < view.height; ++y)
        for (int x = 0; x < view.width; x += Thresholds::block) {
            const auto bits = noise.thresholds.light(view.row(y), x, y);
            for (int i = 0; i < Thresholds::pxAtOnce; ++i) {
                const bool inside = x + i < view.width;
                const bool isLight = inside && view.row(y)[x + i] >= noise.thresholds.at(x + i, y);
                ASSERT_EQ(bits >> i & 1U, isLight ? 1U : 0U) << x << '+' << i << ' ' << y;
                if (inside) ++(isLight ? light : dark);
                if (inside && noise.thresholds.at(x + i, y) == 0) ++withoutLevel;
            }
        }
    EXPECT_GT(light, 1000);
    EXPECT_GT(dark, 1000);
    EXPECT_GT(withoutLevel, 1000);
}

} // namespace
} // namespace kiosk::reading::finding
