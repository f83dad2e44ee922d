#include "tests/specimen/layers.hpp"

#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>
#include <optional>

namespace kiosk::specimen {
namespace {

/// A finger seen by the camera, px: a thick line with a round end; it goes on beyond the card's edge.
struct Finger {
    cv::Point2d tip, outwards; // a direction of length 1
    double width;

    cv::Point2d from() const { return tip + outwards * (width / 2); }
    cv::Point2d to() const { return tip + outwards * (width * 4); }
    cv::Rect bounds() const {
        const cv::Point reach(cvRound(width), cvRound(width));
        const cv::Rect box = cv::boundingRect(std::vector<cv::Point2f>{from(), to()});
        return {box.tl() - reach, box.br() + reach};
    }
    /// Into a picture that is `scale` times as large and begins at `corner` of the frame.
    void draw(cv::Mat& picture, cv::Point corner, double scale, double tone) const {
        const auto at = [&](cv::Point2d p) { return cv::Point((p - cv::Point2d(corner)) * (16 * scale)); };
        cv::line(picture, at(from()), at(to()), cv::Scalar(tone), std::max(1, cvRound(width * scale)),
                 cv::LINE_AA, 4);
    }
};

/// It comes over the nearest edge of the card: the right one, the upper or the lower one.
std::optional<Finger> fingerOver(Random& random, const Card& card, const Pose& pose, const RenderParams& p) {
    if (p.fingers < 0 || card.modules.empty()) return std::nullopt;
    const auto& code = card.code;
    const double reach = p.fingers * code.width / card.modules.cols; // mm
    const bool high = code.y < 10;                                   // mm: the code is at the upper edge
    const bool fromRight = random.chance(high ? 0.5 : 0.75);
    const double along = random.real(0.1, 0.9) * code.width, lean = random.real(-0.4, 0.4);
    const double width = random.real(15, 19); // mm
    cv::Point2d tip(code.x + along, high ? code.y + reach : code.br().y - reach), way(lean, high ? -1 : 1);
    if (fromRight) tip = {code.br().x - reach, code.y + along}, way = {1, lean};
    const auto seen = pose.at(tip), next = pose.at(tip + way);
    return Finger{seen, (next - seen) / cv::norm(next - seen), width * pose.pxPerMm()};
}

/// The nail of a thumb that lies on the card, as light added to the shading.
cv::Mat nailOf(const Finger& finger, cv::Size size, cv::Point corner, double scale) {
    const auto middle = (finger.tip + finger.outwards * (finger.width * 0.42) - cv::Point2d(corner)) * scale;
    const double px = finger.width * scale, angle = std::atan2(finger.outwards.y, finger.outwards.x);
    const cv::Size2f axes(static_cast<float>(px * 0.6), static_cast<float>(px * 0.5));
    cv::Mat nail(size, CV_8UC1, cv::Scalar(0));
    cv::ellipse(nail, cv::RotatedRect(middle, axes, static_cast<float>(angle * 180 / std::numbers::pi)),
                cv::Scalar(32), cv::FILLED);
    cv::GaussianBlur(nail, nail, {}, std::max(0.5, px * 0.02));
    return nail;
}

} // namespace

void addFingers(cv::Mat& scene, const Card& card, const Pose& pose, const RenderParams& p) {
    constexpr int coarse = 4; // px: the shading is soft
    auto random = randomFor(p, 6);
    const auto finger = fingerOver(random, card, pose, p);
    if (!finger) return;
    const auto area = finger->bounds() & cv::Rect({}, scene.size());
    if (area.empty()) return;
    cv::Mat mask(area.size(), CV_8UC1, cv::Scalar(0));
    finger->draw(mask, area.tl(), 1, 255);
    cv::Mat shade(area.size() / coarse + cv::Size(1, 1), CV_8UC1, cv::Scalar(0));
    finger->draw(shade, area.tl(), 1.0 / coarse, 255);
    const double px = finger->width / coarse;
    cv::GaussianBlur(shade, shade, {}, std::max(0.5, px * 0.13)); // round: darker towards its edge
    if (random.chance(0.6)) shade += nailOf(*finger, shade.size(), area.tl(), 1.0 / coarse);
    shade.convertTo(shade, CV_8U, random.real(0.5, 0.85));
    cv::resize(shade, shade, {shade.cols * coarse, shade.rows * coarse});
    cv::Mat skin = coloured(shade(cv::Rect({}, area.size())), scene.channels());
    if (scene.channels() == 3) cv::multiply(skin, cv::Scalar(1.15, 0.93, 0.78), skin);
    skin.copyTo(scene(area), mask);
}

cv::Mat laminateMask(const Card& card, const Pose& pose, cv::Rect area, const RenderParams& p) {
    auto mask = cardMask(pose, area);
    auto random = randomFor(p, 6);
    if (const auto finger = fingerOver(random, card, pose, p)) finger->draw(mask, area.tl(), 1, 0);
    return mask;
}

} // namespace kiosk::specimen
