#include "tests/specimen/layers.hpp"

#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

namespace kiosk::specimen {
namespace {

constexpr int coarse = 4; // px: reflections have soft edges and are drawn in a smaller picture

cv::Mat coloured(const cv::Mat& grey, int channels) {
    if (channels == 1) return grey;
    cv::Mat out;
    cv::cvtColor(grey, out, cv::COLOR_GRAY2RGB);
    return out;
}

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

/// Saturated spots over `share` of the code's area; they lie anywhere on it.
void drawSpots(cv::Mat& light, Random& random, const cv::Point2d& origin, const cv::Point2d& right,
               const cv::Point2d& down, double share) {
    const double side = 0.5 * (cv::norm(right) + cv::norm(down));
    const int count = 1 + random.below(3);
    for (int i = 0; i < count; ++i) {
        const double radius = side * std::sqrt(share / count / std::numbers::pi),
                     stretch = random.real(1, 2.2);
        const auto at = origin + right * random.real(0.05, 0.95) + down * random.real(0.05, 0.95);
        const cv::Size2d axes(radius * std::sqrt(stretch), radius / std::sqrt(stretch));
        cv::ellipse(light,
                    cv::RotatedRect(at,
                                    {static_cast<float>(2 * axes.width), static_cast<float>(2 * axes.height)},
                                    static_cast<float>(random.real(0, 180))),
                    cv::Scalar(255), cv::FILLED);
    }
}

void drawBand(cv::Mat& light, Random& random, const cv::Point2d& origin, const cv::Point2d& right,
              const cv::Point2d& down, double share) {
    const double side = 0.5 * (cv::norm(right) + cv::norm(down)), angle = random.real(0, std::numbers::pi);
    const auto middle = origin + right * random.real(0.2, 0.8) + down * random.real(0.2, 0.8);
    const cv::Point2d along(std::cos(angle) * side * 2, std::sin(angle) * side * 2);
    cv::line(light, middle - along, middle + along, cv::Scalar(255), std::max(1, cvRound(share * side)));
}

/// A lamp's reflection: a core that saturates and a halo about it.
cv::Mat glareMap(cv::Size size, const Card& card, const Pose& pose, const RenderParams& p) {
    cv::Mat light(size.height / coarse, size.width / coarse, CV_8UC1, cv::Scalar(0)), halo, out;
    auto random = randomFor(p, 4);
    const auto code = card.modules.empty() ? cv::Rect2d(cardWidth / 3, cardHeight / 3, 18, 18) : card.code;
    const auto origin = pose.at(code.tl()) / coarse,
               right = pose.at({code.x + code.width, code.y}) / coarse - origin,
               down = pose.at({code.x, code.y + code.height}) / coarse - origin;
    if (p.glare > 0) drawSpots(light, random, origin, right, down, p.glare);
    if (p.glareBand > 0) drawBand(light, random, origin, right, down, p.glareBand);
    const double side = 0.5 * (cv::norm(right) + cv::norm(down));
    cv::GaussianBlur(light, halo, {}, std::max(0.6, side * 0.09));
    cv::GaussianBlur(light, light, {}, std::max(0.4, side * 0.012));
    cv::addWeighted(light, 1, halo, random.real(0.2, 0.5), 0, light);
    cv::resize(light, out, size, 0, 0, cv::INTER_LINEAR);
    return out;
}

/// Something bright mirrored faintly by the laminate: a window with bars, a row of lamps.
void addGhost(cv::Mat& scene, const Pose& pose, const RenderParams& p) {
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
    cv::Mat part = scene(area);
    cv::add(part, coloured(out, scene.channels()), part);
}

} // namespace

void addFingers(cv::Mat& scene, const Card& card, const Pose& pose, const RenderParams& p) {
    if (p.fingers < 0 || card.modules.empty()) return;
    auto random = randomFor(p, 6);
    const auto& code = card.code;
    const double module = code.width / card.modules.cols, thumb = random.real(15, 19); // mm wide
    // From the card's nearest edge inwards: the right one, the top one or the bottom one.
    const int edge = card.code.y < 10 ? random.below(2) : (random.chance(0.75) ? 0 : 2);
    const double along = random.real(0.1, 0.9) * code.width, reach = p.fingers * module;
    cv::Point2d tip, way;
    if (edge == 0) tip = {code.x + code.width - reach, code.y + along}, way = {1, random.real(-0.4, 0.4)};
    if (edge == 1) tip = {code.x + along, code.y + reach}, way = {random.real(-0.4, 0.4), -1};
    if (edge == 2) tip = {code.x + along, code.y + code.height - reach}, way = {random.real(-0.4, 0.4), 1};
    const double scale = pose.pxPerMm();
    const auto middle = pose.at(tip + way * (thumb * 0.55)), end = pose.at(tip + way * (thumb * 4));
    const cv::Rect area = cv::boundingRect(std::vector<cv::Point2f>{middle, end}) +
                          cv::Point(-cvRound(scale * thumb), -cvRound(scale * thumb));
    const cv::Rect around = cv::Rect(area.x, area.y, area.width + cvRound(2 * scale * thumb),
                                     area.height + cvRound(2 * scale * thumb)) &
                            cv::Rect({}, scene.size());
    if (around.empty()) return;
    cv::Mat mask(around.size(), CV_8UC1, cv::Scalar(0)), shade;
    cv::line(mask, middle - cv::Point2d(around.tl()), end - cv::Point2d(around.tl()), cv::Scalar(255),
             cvRound(scale * thumb), cv::LINE_AA);                 // round end
    cv::GaussianBlur(mask, shade, {}, std::max(1.0, scale * 2.2)); // rounder: darker towards the edge
    cv::Mat skin(around.size(), scene.type(),
                 scene.channels() == 3 ? cv::Scalar(198, 150, 122) : cv::Scalar(158)),
        part = scene(around);
    const double tone = random.real(0.6, 1.05);
    cv::multiply(skin, coloured(shade, scene.channels()), skin, tone / 255);
    skin.copyTo(part, mask > 127);
}

void light(cv::Mat& scene, const Card& card, const Pose& pose, const RenderParams& p) {
    if (p.ghost > 0 && p.card) addGhost(scene, pose, p);
    if (p.lightSlope != 0 || p.vignette != 0)
        cv::multiply(scene, coloured(gainMap(scene.size(), p), scene.channels()), scene, 1 / 128.0);
    cv::Mat curve(1, 256, CV_8UC1);
    for (int v = 0; v < 256; ++v)
        curve.at<std::uint8_t>(0, v) = cv::saturate_cast<std::uint8_t>(
            255 * std::pow(std::min(1.0, v / 255.0 * p.light * p.gain), p.gamma));
    cv::LUT(scene, curve, scene);
    if (p.card && (p.glare > 0 || p.glareBand > 0))
        cv::add(scene, coloured(glareMap(scene.size(), card, pose, p), scene.channels()), scene);
}

} // namespace kiosk::specimen
