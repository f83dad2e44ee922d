#include "tests/specimen/layers.hpp"

#include "drivers/picture.hpp"

#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

namespace kiosk::specimen {
namespace {

constexpr int longestPass = 10; // px: cv::filter2D takes a slow way for larger kernels

/// A line of `length` px through the middle, softly sampled.
cv::Mat lineKernel(double length, double angle) {
    const int reach = static_cast<int>(std::ceil(length / 2));
    cv::Mat kernel(2 * reach + 1, 2 * reach + 1, CV_32FC1, cv::Scalar(0));
    const int samples = 4 * reach + 1;
    for (int i = 0; i < samples; ++i) {
        const double t = length * ((i + 0.5) / samples - 0.5);
        const double x = reach + t * std::cos(angle), y = reach + t * std::sin(angle);
        const int column = static_cast<int>(x), row = static_cast<int>(y);
        const auto fx = static_cast<float>(x - column), fy = static_cast<float>(y - row);
        for (int k = 0; k < 4; ++k) {
            const int c = std::min(column + k % 2, kernel.cols - 1),
                      r = std::min(row + k / 2, kernel.rows - 1);
            kernel.at<float>(r, c) += (k % 2 != 0 ? fx : 1 - fx) * (k / 2 != 0 ? fy : 1 - fy);
        }
    }
    return kernel / cv::sum(kernel)[0];
}

cv::Mat discKernel(double radius) {
    const int reach = static_cast<int>(std::ceil(radius));
    constexpr int fine = 8;
    cv::Mat large((2 * reach + 1) * fine, (2 * reach + 1) * fine, CV_32FC1, cv::Scalar(0)), kernel;
    cv::circle(large, {large.cols / 2, large.rows / 2}, cvRound(radius * fine), cv::Scalar(1), cv::FILLED);
    cv::resize(large, kernel, {2 * reach + 1, 2 * reach + 1}, 0, 0, cv::INTER_AREA);
    return kernel / cv::sum(kernel)[0];
}

/// Normal chance, made once; every frame takes another part of it.
const cv::Mat& noiseSheet(double grain) {
    thread_local std::array<cv::Mat, 3> all; // as it is, smeared a little, smeared
    const std::size_t which = grain < 0.3 ? 0 : grain < 0.8 ? 1 : 2;
    auto& sheet = all.at(which);
    if (sheet.empty()) {
        cv::RNG random(20261124);
        cv::Mat fresh(1300, 2200, CV_32FC1);
        random.fill(fresh, cv::RNG::NORMAL, 0, 1);
        if (which > 0) {
            cv::GaussianBlur(fresh, fresh, {}, which == 1 ? 0.5 : 1.0);
            cv::Scalar mean, deviation;
            cv::meanStdDev(fresh, mean, deviation);
            fresh /= deviation[0];
        }
        sheet = fresh;
    }
    return sheet;
}

/// Deviation by grey level: photons and the sensor's own noise, both amplified.
cv::Mat deviations(const RenderParams& p) {
    cv::Mat table(1, 256, CV_32FC1);
    for (int v = 0; v < 256; ++v) {
        const double exposed = v / 255.0 / p.gain; // share of a full exposure that made this grey
        table.at<float>(0, v) =
            static_cast<float>(p.gain * std::sqrt(p.noise * p.noise + p.shot * p.shot * exposed));
    }
    return table;
}

void addNoise(cv::Mat& scene, const RenderParams& p) {
    auto random = randomFor(p, 7 + 64 * p.moment);
    cv::Mat deviation, sum;
    cv::LUT(scene, deviations(p), deviation);
    cv::Mat noise = noisePart(random, scene.size(), p.grain);
    if (scene.channels() == 3) {
        const std::vector<cv::Mat> planes = {noise, noisePart(random, scene.size(), p.grain), noise};
        cv::Mat all;
        cv::merge(planes, all);
        noise = all;
    }
    cv::multiply(deviation, noise, deviation);
    cv::add(scene, deviation, scene, cv::noArray(), CV_8U); // saturates, as a sensor does
}

void compress(cv::Mat& scene, int quality) {
    Frame frame;
    frame.width = scene.cols;
    frame.height = scene.rows;
    auto& pixels = scene.channels() == 3 ? frame.rgb : frame.grey;
    pixels.assign(scene.datastart, scene.dataend);
    const auto bytes = jpeg(frame, quality);
    const auto again = decodeJpeg({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
    CV_Assert(again.has_value());
    const auto& from = scene.channels() == 3 ? again->rgb : again->grey;
    std::copy(from.begin(), from.end(), scene.data);
}

} // namespace

cv::Mat noisePart(Random& random, cv::Size size, double grain) {
    const auto& sheet = noiseSheet(grain);
    if (size.width > sheet.cols || size.height > sheet.rows)
        return cv::repeat(sheet, size.height / sheet.rows + 1,
                          size.width / sheet.cols + 1)(cv::Rect({}, size));
    return sheet(cv::Rect(
        {random.below(sheet.cols - size.width + 1), random.below(sheet.rows - size.height + 1)}, size));
}

void blurLens(cv::Mat& scene, cv::Rect area, const RenderParams& p) {
    cv::Mat part = scene(area);
    if (p.defocus >= 0.5) cv::filter2D(part, part, -1, discKernel(p.defocus));
    if (p.blur > 0.05) cv::GaussianBlur(part, part, {}, p.blur);
    if (p.motion < 1) return;
    const int passes = static_cast<int>(std::ceil(p.motion / longestPass));
    const auto line = lineKernel(p.motion / passes, p.motionAngle * std::numbers::pi / 180);
    for (int i = 0; i < passes; ++i) cv::filter2D(part, part, -1, line);
}

void sense(cv::Mat& scene, const RenderParams& p) {
    if (p.noise > 0 || p.shot > 0) addNoise(scene, p);
    if (p.sharpen > 0) {
        cv::Mat soft;
        cv::GaussianBlur(scene, soft, {}, p.sharpenBlur);
        cv::addWeighted(scene, 1 + p.sharpen, soft, -p.sharpen, 0, scene);
    }
    if (p.jpeg > 0) compress(scene, p.jpeg);
}

} // namespace kiosk::specimen
