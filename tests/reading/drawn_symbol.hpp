// A symbol drawn flat, turned or tilted into a picture, beside what is true of it: for tests of single
// stages.
#pragma once

#include "app/reading/finding/geometry.hpp"
#include "app/reading/grey_view.hpp"
#include "tests/specimen/specimen.hpp"

#include <opencv2/imgproc.hpp>
#include <string>
#include <vector>

namespace kiosk::reading {

struct DrawnSymbol {
    cv::Mat modules; // 0 dark, 255 light
    cv::Mat picture;
    finding::Homography map; // modules from the symbol's corner -> px

    int size() const { return modules.cols; }
    int version() const { return (size() - 17) / 4; }
    /// +1 dark, -1 light.
    float colour(int column, int row) const { return modules.at<std::uint8_t>(row, column) == 0 ? 1 : -1; }
    GreyView view() const {
        return {picture.data, picture.cols, picture.rows, static_cast<int>(picture.step)};
    }
};

struct Drawing {
    double modulePx = 4, degrees = 0;
    double slant = 0;  // change of scale from the middle to the edge, share: as a tilt gives
    double blur = 0;   // px, deviation
    double narrow = 1; // share of the width that is left: of a card turned away by 55 degrees 0.57
};

inline DrawnSymbol draw(const std::string& bytes, const Drawing& how, specimen::Ecc ecc = specimen::Ecc::M) {
    constexpr int quiet = 4, fine = 8, above = 3; // modules; px a module; samples a px
    DrawnSymbol out;
    out.modules = specimen::qrModules(bytes, ecc, false);
    const double n = out.size(), half = how.modulePx * n / 2, angle = how.degrees * CV_PI / 180;
    const int side = static_cast<int>(3.2 * half + 40);
    std::array<finding::Point, 4> quad;
    const std::array<cv::Point2d, 4> corners = {{{-1, -1}, {1, -1}, {1, 1}, {-1, 1}}};
    for (std::size_t i = 0; i < 4; ++i) {
        const cv::Point2d at = corners[i] * half;
        const cv::Point2d turned(at.x * std::cos(angle) - at.y * std::sin(angle),
                                 at.x * std::sin(angle) + at.y * std::cos(angle));
        const double depth = 1 + how.slant * turned.y / half;
        quad[i] = {static_cast<float>(side / 2.0 + how.narrow * turned.x / depth),
                   static_cast<float>(side / 2.0 + turned.y * (1 - how.slant) / depth)};
    }
    out.map = {0, static_cast<float>(n), quad};
    cv::Mat padded, large, seen;
    cv::copyMakeBorder(out.modules, padded, quiet, quiet, quiet, quiet, cv::BORDER_CONSTANT, 255);
    cv::resize(padded, large, {}, fine, fine, cv::INTER_NEAREST);
    std::vector<cv::Point2f> from, to;
    for (const auto& [u, v] : {std::pair{0.0, 0.0}, {n, 0.0}, {n, n}, {0.0, n}}) {
        const auto p = out.map(static_cast<float>(u), static_cast<float>(v));
        from.emplace_back((u + quiet) * fine - 0.5, (v + quiet) * fine - 0.5);
        to.emplace_back(p.x * above - 0.5F, p.y * above - 0.5F);
    }
    cv::warpPerspective(large, seen, cv::getPerspectiveTransform(from, to), {side * above, side * above},
                        cv::INTER_LINEAR, cv::BORDER_CONSTANT, 255);
    cv::resize(seen, out.picture, {side, side}, 0, 0, cv::INTER_AREA);
    if (how.blur > 0) cv::GaussianBlur(out.picture, out.picture, {}, how.blur);
    out.picture.convertTo(out.picture, -1, 0.7, 35); // ink and paper, neither black nor white
    return out;
}

} // namespace kiosk::reading
