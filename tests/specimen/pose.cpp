#include "tests/specimen/pose.hpp"

#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

namespace kiosk::specimen {
namespace {

constexpr int step = 16; // px between the points that are computed exactly; between them the map is linear

double radians(double degrees) { return degrees * std::numbers::pi / 180; }

cv::Point2d project(const cv::Matx33d& m, cv::Point2d p) {
    const cv::Vec3d v = m * cv::Vec3d(p.x, p.y, 1);
    return {v[0] / v[2], v[1] / v[2]};
}

cv::Matx33d rotation(double turn, double tiltX, double tiltY) {
    const double ct = std::cos(turn), st = std::sin(turn), cx = std::cos(tiltX), sx = std::sin(tiltX),
                 cy = std::cos(tiltY), sy = std::sin(tiltY);
    const cv::Matx33d z(ct, -st, 0, st, ct, 0, 0, 0, 1), x(1, 0, 0, 0, cx, -sx, 0, sx, cx),
        y(cy, 0, -sy, 0, 1, 0, sy, 0, cy);
    return y * x * z;
}

} // namespace

Pose::Pose(const RenderParams& p)
    : centre_(0.5 * p.width, 0.5 * p.height),
      bendAcross_(std::sin(radians(p.bendAxis)), std::cos(radians(p.bendAxis))), focal_(1.3 * p.width),
      scale_(p.cardShare * p.width / cardWidth), bend_(p.bend), distortion_(p.distortion),
      halfDiagonal_(0.5 * std::hypot(p.width, p.height)),
      turn_(rotation(radians(p.turn), radians(p.tiltX), radians(p.tiltY))) {
    shift_ = {(p.x - 0.5) * p.width / scale_, (p.y - 0.5) * p.height / scale_, focal_ / scale_};
    const cv::Matx33d camera(focal_, 0, centre_.x, 0, focal_, centre_.y, 0, 0, 1);
    const cv::Matx33d axes(turn_(0, 0), turn_(0, 1), shift_[0], turn_(1, 0), turn_(1, 1), shift_[1],
                           turn_(2, 0), turn_(2, 1), shift_[2]);
    const cv::Matx33d fromCorner(1, 0, -cardWidth / 2, 0, 1, -cardHeight / 2, 0, 0, 1);
    plane_ = camera * axes * fromCorner;
    inverse_ = plane_.inv();
}

cv::Point2d Pose::flat(cv::Point2d mm) const { return project(plane_, mm); }
cv::Point2d Pose::back(cv::Point2d px) const { return project(inverse_, px); }

cv::Point2d Pose::at(cv::Point2d mm) const {
    const double x = mm.x - cardWidth / 2, y = mm.y - cardHeight / 2;
    const double across = (x * bendAcross_.x + y * bendAcross_.y) / (cardWidth / 2);
    const cv::Vec3d v = turn_ * cv::Vec3d(x, y, bend_ * (across * across - 1)) + shift_;
    const cv::Point2d seen(focal_ * v[0] / v[2], focal_ * v[1] / v[2]);
    const double r2 = (seen.x * seen.x + seen.y * seen.y) / (halfDiagonal_ * halfDiagonal_);
    return centre_ + seen * (1 - distortion_ * r2);
}

cv::Point2d Pose::inverse(cv::Point2d px) const {
    auto mm = back(px);
    if (bend_ == 0 && distortion_ == 0) return mm;
    for (int i = 0; i < 12; ++i) {
        const auto error = px - at(mm);
        mm = back(flat(mm) + error);
        if (std::abs(error.x) + std::abs(error.y) < 0.02) break; // px
    }
    return mm;
}

cv::Mat Pose::mapOf(cv::Rect area, double scale) const {
    // A margin of one step, because cv::resize repeats the outermost points.
    cv::Mat points((area.height + step - 1) / step + 2, (area.width + step - 1) / step + 2, CV_32FC2), map;
    for (int row = 0; row < points.rows; ++row)
        for (int column = 0; column < points.cols; ++column) {
            const auto mm =
                inverse({area.x + (column - 0.5) * step - 0.5, area.y + (row - 0.5) * step - 0.5});
            points.at<cv::Point2f>(row, column) = {static_cast<float>(mm.x * scale - 0.5),
                                                   static_cast<float>(mm.y * scale - 0.5)};
        }
    cv::resize(points, map, {points.cols * step, points.rows * step}, 0, 0, cv::INTER_LINEAR);
    return map(cv::Rect(step, step, area.width, area.height));
}

std::vector<cv::Point2f> Pose::outline() const {
    constexpr double r = 3.2; // mm, ISO/IEC 7810
    constexpr int cornerSteps = 6, sideSteps = 8;
    std::vector<cv::Point2f> out;
    const cv::Point2d centres[] = {
        {cardWidth - r, r}, {cardWidth - r, cardHeight - r}, {r, cardHeight - r}, {r, r}};
    for (int corner = 0; corner < 4; ++corner) {
        const auto onArc = [&](int of, double step) {
            const double angle = std::numbers::pi / 2 * (of - 1 + step / cornerSteps);
            return centres[of % 4] + cv::Point2d(std::cos(angle), std::sin(angle)) * r;
        };
        for (int i = 0; i <= cornerSteps; ++i) out.emplace_back(at(onArc(corner, i)));
        const auto from = onArc(corner, cornerSteps), to = onArc(corner + 1, 0);
        for (int i = 1; i < sideSteps; ++i) out.emplace_back(at(from + (to - from) * (1.0 / sideSteps * i)));
    }
    return out;
}

cv::Rect Pose::bounds() const {
    const auto box = cv::boundingRect(outline());
    return {box.x - 1, box.y - 1, box.width + 2, box.height + 2};
}

Place placeOf(const Card& card, const RenderParams& given) {
    Place place;
    if (card.modules.empty() || !given.card) return place;
    const auto params = resolved(card, given);
    const Pose pose(params);
    const auto& c = card.code;
    const cv::Point2d ends[] = {c.tl(), {c.x + c.width, c.y}, c.br(), {c.x, c.y + c.height}};
    double around = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        place.corners[i] = pose.at(ends[i]);
        const auto& p = place.corners[i];
        place.cut =
            place.cut || p.x < 0 || p.y < 0 || p.x > float(params.width) || p.y > float(params.height);
    }
    for (std::size_t i = 0; i < 4; ++i) around += cv::norm(place.corners[i] - place.corners[(i + 1) % 4]);
    place.modulePx = around / 4 / card.modules.cols;
    return place;
}

RenderParams resolved(const Card& card, RenderParams p) {
    if (p.modulePx == 0 || card.modules.empty()) return p;
    const double modulePx = p.modulePx;
    const cv::Point2d middle = 0.5 * (card.code.tl() + card.code.br()), wanted(p.x, p.y);
    p.modulePx = 0;
    p.cardShare = modulePx * card.modules.cols / card.code.width * cardWidth / p.width;
    for (int i = 0; i < 6; ++i) { // the place changes with the distance and the other way round
        const auto seen = Pose(p).at(middle);
        p.x += wanted.x - seen.x / p.width;
        p.y += wanted.y - seen.y / p.height;
        p.cardShare *= modulePx / placeOf(card, p).modulePx;
    }
    return p;
}

} // namespace kiosk::specimen
