#include "tests/specimen/layers.hpp"

#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

namespace kiosk::specimen {
namespace {

constexpr int coarse = 2; // px: reflections have soft edges and are drawn in a smaller picture

/// Gain of every pixel, 128 for 1.
cv::Mat gainMap(cv::Size size, const RenderParams& p) {
    cv::Mat small(18, 32, CV_8UC1), out;
    const double angle = p.lightAngle * std::numbers::pi / 180;
    for (int y = 0; y < small.rows; ++y)
        for (int x = 0; x < small.cols; ++x) {
            const double u = (x + 0.5) / small.cols - 0.5, v = (y + 0.5) / small.rows - 0.5;
            const double along = 0.5 + u * std::cos(angle) + v * std::sin(angle);
            const double gain = (1 - p.lightSlope * along) * (1 - p.vignette * 2 * (u * u + v * v));
            small.at<std::uint8_t>(y, x) = cv::saturate_cast<std::uint8_t>(128 * std::max(0.02, gain));
        }
    cv::resize(small, out, size, 0, 0, cv::INTER_LINEAR);
    return out;
}

/// The code's place in the picture of reflections: its corner and its sides.
struct Patch {
    cv::Point2d origin, right, down;
    double side() const { return 0.5 * (cv::norm(right) + cv::norm(down)); }
};

/// Saturated spots over `share` of the code's area; they lie anywhere on it.
void drawSpots(cv::Mat& lamps, Random& random, const Patch& code, double share) {
    const int count = 1 + random.below(3);
    for (int i = 0; i < count; ++i) {
        const double radius = code.side() * std::sqrt(share / count / std::numbers::pi);
        const double stretch = std::sqrt(random.real(1, 2.2));
        const auto at =
            code.origin + code.right * random.real(0.05, 0.95) + code.down * random.real(0.05, 0.95);
        const cv::Size2f axes(static_cast<float>(2 * radius * stretch),
                              static_cast<float>(2 * radius / stretch));
        cv::ellipse(lamps, cv::RotatedRect(at, axes, static_cast<float>(random.real(0, 180))),
                    cv::Scalar(255), cv::FILLED, cv::LINE_AA);
    }
}

/// A tube lamp: a straight band that ends somewhere on the card.
void drawBand(cv::Mat& lamps, Random& random, const Patch& code, double share) {
    const double angle = random.real(0, std::numbers::pi), width = share * code.side();
    const auto middle = code.origin + code.right * random.real(0.2, 0.8) + code.down * random.real(0.2, 0.8);
    const cv::Size2f axes(static_cast<float>(code.side() * random.real(1.5, 3)), static_cast<float>(width));
    cv::Point2f corners[4];
    cv::RotatedRect(middle, axes, static_cast<float>(angle * 180 / std::numbers::pi)).points(corners);
    std::vector<cv::Point> band;
    for (const auto& c : corners) band.emplace_back(cvRound(c.x * 16), cvRound(c.y * 16));
    cv::fillConvexPoly(lamps, band, cv::Scalar(255), cv::LINE_AA, 4);
}

/// A lamp mirrored by the laminate, which is where the card is: a core that saturates, with a soft edge, and
/// a halo about it.
cv::Mat glareMap(cv::Rect area, const Card& card, const Pose& pose, const RenderParams& p) {
    cv::Mat lamps(area.height / coarse + 1, area.width / coarse + 1, CV_8UC1, cv::Scalar(0)), halo, out;
    auto random = randomFor(p, 4);
    const auto c = card.modules.empty() ? cv::Rect2d(cardWidth / 3, cardHeight / 3, 18, 18) : card.code;
    const auto small = [&](cv::Point2d mm) { return (pose.at(mm) - cv::Point2d(area.tl())) / coarse; };
    const auto origin = small(c.tl());
    Patch code{origin, small({c.x + c.width, c.y}) - origin, small({c.x, c.y + c.height}) - origin};
    code.origin += (code.right + code.down * 0.6) * p.glareShift;
    if (p.glare > 0) drawSpots(lamps, random, code, p.glare);
    if (p.glareBand > 0) drawBand(lamps, random, code, p.glareBand);
    cv::resize(lamps, halo, {}, 0.25, 0.25,
               cv::INTER_AREA); // it is so wide that a smaller picture shows it as well
    cv::GaussianBlur(halo, halo, {}, std::max(0.6, code.side() * random.real(0.06, 0.14) / 4));
    cv::resize(halo, halo, lamps.size(), 0, 0, cv::INTER_LINEAR);
    cv::GaussianBlur(lamps, lamps, {}, std::max(0.4, code.side() * random.real(0.012, 0.05)));
    cv::addWeighted(lamps, 1.5, halo, random.real(0.2, 0.7), 0, lamps);
    cv::resize(lamps, out, {(area.width / coarse + 1) * coarse, (area.height / coarse + 1) * coarse});
    out = out(cv::Rect({}, area.size()));
    cv::bitwise_and(out, laminateMask(card, pose, area, p), out);
    return out;
}

/// Something bright mirrored faintly by the laminate: a window with bars, a row of lamps.
void addGhost(cv::Mat& scene, const Card& card, const Pose& pose, const RenderParams& p) {
    auto random = randomFor(p, 5);
    const auto area = pose.bounds() & cv::Rect({}, scene.size());
    if (area.width < 8 || area.height < 8) return;
    cv::Mat small(area.height / coarse + 1, area.width / coarse + 1, CV_8UC1, cv::Scalar(0)), out;
    const double angle = random.real(-0.5, 0.5);
    const int count = 2 + random.below(4), period = small.cols / (count + 1) + 4;
    for (int i = -1; i <= count; ++i) {
        const cv::RotatedRect pane(cv::Point2f(static_cast<float>((i + random.real(0.3, 0.7)) * period),
                                               static_cast<float>(small.rows * random.real(0.3, 0.7))),
                                   cv::Size2f(static_cast<float>(period * 0.7),
                                              static_cast<float>(small.rows * random.real(0.3, 0.9))),
                                   static_cast<float>(angle * 57));
        cv::Point2f corners[4];
        pane.points(corners);
        std::vector<cv::Point> outline(corners, corners + 4);
        cv::fillConvexPoly(small, outline, cv::Scalar(255 * random.real(0.6, 1)));
    }
    cv::GaussianBlur(small, small, {}, random.real(1, 4));
    cv::resize(small, out, area.size(), 0, 0, cv::INTER_LINEAR);
    out.convertTo(out, CV_8U, p.ghost);
    cv::bitwise_and(out, laminateMask(card, pose, area, p), out);
    cv::Mat part = scene(area);
    cv::add(part, coloured(out, scene.channels()), part);
}

void addGlare(cv::Mat& scene, const Card& card, const Pose& pose, const RenderParams& p) {
    const auto area = pose.bounds() & cv::Rect({}, scene.size());
    if (area.empty()) return;
    cv::Mat part = scene(area);
    cv::add(part, coloured(glareMap(area, card, pose, p), scene.channels()), part);
}

} // namespace

void light(cv::Mat& scene, const Card& card, const Pose& pose, const RenderParams& p) {
    if (p.ghost > 0 && p.card) addGhost(scene, card, pose, p);
    if (p.lightSlope != 0 || p.vignette != 0)
        cv::multiply(scene, coloured(gainMap(scene.size(), p), scene.channels()), scene, 1 / 128.0);
    cv::Mat curve(1, 256, CV_8UC1);
    for (int v = 0; v < 256; ++v)
        curve.at<std::uint8_t>(0, v) = cv::saturate_cast<std::uint8_t>(
            255 * std::pow(std::min(1.0, v / 255.0 * p.light * p.gain), p.gamma));
    cv::LUT(scene, curve, scene);
    if (p.card && (p.glare > 0 || p.glareBand > 0)) addGlare(scene, card, pose, p);
}

} // namespace kiosk::specimen
