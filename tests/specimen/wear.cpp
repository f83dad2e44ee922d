#include "tests/specimen/layers.hpp"

#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

namespace kiosk::specimen {
namespace {

constexpr double faceScale = 16; // px a mm of Card::face

cv::Rect texels(const cv::Rect2d& mm, double scale) {
    const cv::Point first(cvRound(mm.x * scale), cvRound(mm.y * scale));
    const cv::Point last(cvRound((mm.x + mm.width) * scale), cvRound((mm.y + mm.height) * scale));
    return {first, last};
}

/// picture += (tone - picture) * mask, where the mask has 255 for 1.
void paint(cv::Mat picture, const cv::Mat& mask, double tone) {
    cv::Mat weight, part, own;
    coloured(mask, picture.channels()).convertTo(weight, CV_32F, 1 / 255.0);
    picture.convertTo(part, CV_32F);
    cv::subtract(cv::Scalar::all(tone), part, own);
    own = own.mul(weight);
    part += own;
    part.convertTo(picture, CV_8U);
}

void printCode(cv::Mat& picture, const Card& card, const RenderParams& p, double scale) {
    const auto area = texels(card.code, scale);
    const int zoom = static_cast<int>(std::ceil(2.0 * area.width / card.modules.cols));
    cv::Mat large, code;
    cv::resize(card.modules, large, {}, zoom, zoom, cv::INTER_NEAREST);
    cv::resize(large, code, area.size(), 0, 0, cv::INTER_AREA);
    const double ink = 16 + 215 * p.fade, paper = 250;
    code.convertTo(code, CV_8U, (paper - ink) / 255, ink);
    coloured(code, picture.channels()).copyTo(picture(area));
}

/// Ink rubbed off in patches that are not quite closed, as on a card kept loose in a pocket.
void rub(cv::Mat& picture, const Card& card, const RenderParams& p, double scale) {
    auto random = randomFor(p, 1);
    const auto area = texels(card.code, scale);
    auto coarse = smoothChance(random, {7, 7}, area.size());
    const auto fine = smoothChance(random, {60, 60}, area.size());
    cv::Mat mixed = coarse + 0.35 * fine, sorted;
    cv::resize(mixed, sorted, {64, 64}, 0, 0, cv::INTER_AREA);
    sorted = sorted.reshape(1, 1).clone();
    cv::sort(sorted, sorted, cv::SORT_EVERY_ROW | cv::SORT_DESCENDING);
    const int rank = std::min(sorted.cols - 1, static_cast<int>(p.worn * sorted.cols));
    const double edge = sorted.at<float>(0, rank), strength = random.real(0.4, 0.8);
    cv::Mat mask;
    mixed.convertTo(mask, CV_8U, 600, 127 - 600 * edge);
    mask *= strength;
    paint(picture(area), mask, random.real(205, 245));
}

/// Draws an about straight line that fades out at both ends and is not equally deep all along.
void drawScratch(cv::Mat& layer, Random& random, const cv::Rect& code, double scale, double angle) {
    constexpr int fraction = 4, steps = 12; // bits of the coordinates below a px; pieces of the line
    const double length = code.width * random.real(0.4, 1.6), bow = random.real(-0.5, 0.5) * length;
    const cv::Point2d along(std::cos(angle), std::sin(angle)), across(-along.y, along.x);
    const cv::Point2d middle(code.x + code.width * random.real(0.05, 0.95),
                             code.y + code.height * random.real(0.05, 0.95));
    const int width = std::max(1, cvRound(random.real(0.05, 0.2) * scale)); // mm
    const double depth = random.real(110, 255);
    double depthHere = random.real(0.5, 1);
    cv::Point last;
    for (int k = 0; k <= steps; ++k) {
        const double t = double(k) / steps - 0.5;
        const auto at =
            middle + along * (length * t) + across * (bow * t * t + 0.02 * scale * random.normal());
        const cv::Point next(cvRound(at.x * (1 << fraction)), cvRound(at.y * (1 << fraction)));
        depthHere = std::clamp(depthHere + random.real(-0.25, 0.25), 0.3, 1.0);
        const double tone = depth * depthHere * std::min(1.0, 4 * (0.54 - std::abs(t)));
        if (k > 0) cv::line(layer, last, next, cv::Scalar(tone), width, cv::LINE_AA, fraction);
        last = next;
    }
}

/// Most scratches of a card run about the same way, as it went in and out of a wallet; they scatter light, or
/// hold dirt.
void scratch(cv::Mat& picture, const Card& card, const RenderParams& p, double scale) {
    auto random = randomFor(p, 2);
    const auto code = texels(card.code, scale);
    const cv::Rect around(code.x - code.width, code.y - code.height, 3 * code.width, 3 * code.height);
    const auto area = around & cv::Rect({}, picture.size());
    cv::Mat bright(area.size(), CV_8UC1, cv::Scalar(0)), dirty = bright.clone();
    const double wallet = random.real(0, std::numbers::pi);
    const double rest = p.scratches - std::floor(p.scratches);
    const int count = static_cast<int>(p.scratches) + (random.chance(rest) ? 1 : 0);
    for (int i = 0; i < count; ++i) {
        const double angle =
            random.chance(0.6) ? wallet + 0.25 * random.normal() : random.real(0, std::numbers::pi);
        drawScratch(random.chance(0.75) ? bright : dirty, random, code - area.tl(), scale, angle);
    }
    paint(picture(area), bright, random.real(190, 250));
    paint(picture(area), dirty, random.real(30, 90));
}

} // namespace

cv::Mat coloured(const cv::Mat& grey, int channels) {
    if (channels == 1) return grey;
    cv::Mat out;
    cv::cvtColor(grey, out, cv::COLOR_GRAY2RGB);
    return out;
}

cv::Mat smoothChance(Random& random, cv::Size cells, cv::Size size) {
    cv::Mat small(cells, CV_32FC1), out;
    for (int y = 0; y < small.rows; ++y)
        for (int x = 0; x < small.cols; ++x) small.at<float>(y, x) = static_cast<float>(random.real(-1, 1));
    cv::resize(small, out, size, 0, 0, cv::INTER_CUBIC);
    return out;
}

cv::Mat texture(const Card& card, const RenderParams& p, double scale) {
    auto face = p.colour ? card.face : card.grey;
    double own = faceScale;
    if (!p.colour) // from the smallest that is large enough: then a linear step does not alias
        for (const auto& smaller : card.smaller)
            if (own / 2 >= scale) face = smaller, own /= 2;
    cv::Mat picture;
    cv::resize(face, picture, {cvRound(cardWidth * scale), cvRound(cardHeight * scale)}, 0, 0,
               p.colour && scale < own ? cv::INTER_AREA : cv::INTER_LINEAR);
    if (card.modules.empty()) return picture;
    printCode(picture, card, p, scale);
    if (p.worn > 0) rub(picture, card, p, scale);
    if (p.scratches > 0) scratch(picture, card, p, scale);
    return picture;
}

} // namespace kiosk::specimen
