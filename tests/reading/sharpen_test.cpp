// The sharpened picture is OpenCV's, px for px.
#include "app/reading/soft/sharpen.hpp"

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

namespace kiosk::reading::soft {
namespace {

cv::Mat byOpenCv(const cv::Mat& picture) {
    cv::Mat fine, coarse, sharp;
    cv::GaussianBlur(picture, fine, {3, 3}, 0);
    cv::blur(picture, coarse, {7, 7});
    cv::addWeighted(fine, 3, coarse, -2, 0, sharp);
    return sharp;
}

cv::Mat byOurs(const cv::Mat& picture) {
    std::vector<std::uint8_t> out{1, 2, 3}; // of the frame before
    sharpen({picture.data, picture.cols, picture.rows, static_cast<int>(picture.step)}, out);
    EXPECT_EQ(out.size(), picture.total());
    return cv::Mat(picture.size(), CV_8UC1, out.data()).clone();
}

TEST(Sharpen, GivesWhatOpenCvGivesForEverySizeAndBothEnds) {
    cv::Mat noise(90, 200, CV_8UC1);
    cv::RNG random(3);
    random.fill(noise, cv::RNG::UNIFORM, 0, 256);
    for (const int width : {4, 5, 16, 21, 33, 200})
        for (const int height : {4, 7, 90}) {
            const cv::Mat part = noise(cv::Rect(0, 0, width, height)); // with gaps between its rows
            const auto sharp = byOurs(part);
            EXPECT_EQ(cv::norm(sharp, byOpenCv(part.clone()), cv::NORM_INF), 0) << width << " x " << height;
        }
    const auto sharp = byOurs(noise);
    EXPECT_GT(cv::countNonZero(sharp == 0), 0);
    EXPECT_GT(cv::countNonZero(sharp == 255), 0);
}

TEST(Sharpen, RoundsAsOpenCvDoesForEveryEvenGrey) {
    for (int grey = 0; grey < 256; ++grey) {
        cv::Mat even(8, 8, CV_8UC1, cv::Scalar(grey));
        even.at<std::uint8_t>(4, 4) = static_cast<std::uint8_t>(grey ^ 1);
        EXPECT_EQ(cv::norm(byOurs(even), byOpenCv(even), cv::NORM_INF), 0) << grey;
    }
}

} // namespace
} // namespace kiosk::reading::soft
