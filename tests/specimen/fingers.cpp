#include "tests/specimen/layers.hpp"

#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

namespace kiosk::specimen {
namespace {

/// A finger as a thick line from its tip inwards, in mm on the card; it goes on beyond the card's edge.
struct Finger {
    cv::Point2d tip, outwards;
    double width;
};

/// It comes over the nearest edge of the card: the right one, the upper or the lower one.
Finger fingerOver(Random& random, const Card& card, double reach) {
    const auto& code = card.code;
    const bool high = code.y < 10; // mm: the code is at the upper edge
    const bool fromRight = random.chance(high ? 0.5 : 0.75);
    const double along = random.real(0.1, 0.9) * code.width, lean = random.real(-0.4, 0.4);
    const double width = random.real(15, 19);
    if (fromRight) return {{code.br().x - reach, code.y + along}, {1, lean}, width};
    if (high) return {{code.x + along, code.y + reach}, {lean, -1}, width};
    return {{code.x + along, code.br().y - reach}, {lean, 1}, width};
}

} // namespace

void addFingers(cv::Mat& scene, const Card& card, const Pose& pose, const RenderParams& p) {
    if (p.fingers < 0 || card.modules.empty()) return;
    constexpr int coarse = 4; // px: the shading is soft
    auto random = randomFor(p, 6);
    const double module = card.code.width / card.modules.cols;
    const auto finger = fingerOver(random, card, p.fingers * module);
    const double px = finger.width * pose.pxPerMm();
    const auto tip = pose.at(finger.tip), next = pose.at(finger.tip + finger.outwards);
    const auto outwards = (next - tip) / cv::norm(next - tip);
    const auto from = tip + outwards * (px / 2), to = tip + outwards * (px * 4);
    const cv::Point reach(cvRound(px), cvRound(px));
    const cv::Rect box = cv::boundingRect(std::vector<cv::Point2f>{from, to});
    const cv::Rect area = cv::Rect(box.tl() - reach, box.br() + reach) & cv::Rect({}, scene.size());
    if (area.empty()) return;
    const auto draw = [&](double scale, cv::Size size) {
        cv::Mat out(size, CV_8UC1, cv::Scalar(0));
        const auto at = [&](cv::Point2d q) { return cv::Point((q - cv::Point2d(area.tl())) * (16 * scale)); };
        cv::line(out, at(from), at(to), cv::Scalar(255), std::max(1, cvRound(px * scale)), cv::LINE_AA, 4);
        return out;
    };
    const auto mask = draw(1, area.size());
    auto shade = draw(1.0 / coarse, area.size() / coarse + cv::Size(1, 1));
    cv::GaussianBlur(shade, shade, {}, std::max(0.5, px * 0.13 / coarse)); // round: darker towards its edge
    if (random.chance(0.6)) { // the nail of a thumb that lies on the card
        const auto nail = (tip + outwards * (px * 0.42) - cv::Point2d(area.tl())) / coarse;
        const cv::Size2f axes(static_cast<float>(px * 0.6 / coarse), static_cast<float>(px * 0.5 / coarse));
        const double angle = std::atan2(outwards.y, outwards.x) * 180 / std::numbers::pi;
        cv::Mat plate(shade.size(), CV_8UC1, cv::Scalar(0));
        cv::ellipse(plate, cv::RotatedRect(nail, axes, static_cast<float>(angle)), cv::Scalar(32),
                    cv::FILLED);
        cv::GaussianBlur(plate, plate, {}, std::max(0.5, px * 0.02 / coarse));
        shade += plate;
    }
    shade.convertTo(shade, CV_8U, random.real(0.5, 0.85));
    cv::resize(shade, shade, {shade.cols * coarse, shade.rows * coarse});
    cv::Mat skin = coloured(shade(cv::Rect({}, area.size())), scene.channels());
    if (scene.channels() == 3) cv::multiply(skin, cv::Scalar(1.15, 0.93, 0.78), skin);
    skin.copyTo(scene(area), mask);
}

} // namespace kiosk::specimen
