#include "app/reading/finding/spline.hpp"

#include <cmath>
#include <opencv2/core.hpp>

namespace kiosk::reading::finding {
namespace {

constexpr double stiffness = 2; // modules squared: how much an offset may be missed

double kernel(Point d) {
    const double r2 = static_cast<double>(dot(d, d));
    return r2 < 1e-9 ? 0 : 0.5 * r2 * std::log(r2);
}

} // namespace

Spline::Spline(std::span<const Point> places, std::span<const Point> offsets)
    : places_(places.begin(), places.end()) {
    const int n = static_cast<int>(places.size());
    cv::Mat system = cv::Mat::zeros(n + 3, n + 3, CV_64F), right = cv::Mat::zeros(n + 3, 2, CV_64F), solution;
    for (int i = 0; i < n; ++i) {
        const auto& p = places[static_cast<std::size_t>(i)];
        for (int j = 0; j < n; ++j) system.at<double>(i, j) = kernel(p - places[static_cast<std::size_t>(j)]);
        system.at<double>(i, i) += stiffness;
        const std::array<double, 3> affine{1.0, p.x, p.y};
        for (int k = 0; k < 3; ++k)
            system.at<double>(i, n + k) = system.at<double>(n + k, i) = affine[static_cast<std::size_t>(k)];
        right.at<double>(i, 0) = offsets[static_cast<std::size_t>(i)].x;
        right.at<double>(i, 1) = offsets[static_cast<std::size_t>(i)].y;
    }
    cv::solve(system, right, solution, cv::DECOMP_SVD); // places in a line leave it singular
    for (int i = 0; i < n + 3; ++i)
        weights_.push_back(
            {static_cast<float>(solution.at<double>(i, 0)), static_cast<float>(solution.at<double>(i, 1))});
}

Point Spline::at(Point p) const {
    const auto n = places_.size();
    Point out = weights_[n] + weights_[n + 1] * p.x + weights_[n + 2] * p.y;
    for (std::size_t i = 0; i < n; ++i) out = out + weights_[i] * static_cast<float>(kernel(p - places_[i]));
    return out;
}

} // namespace kiosk::reading::finding
