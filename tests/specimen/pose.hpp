// Where the points of a card fall in the frame: a pinhole camera with distortion, and a card that may be
// bent.
#pragma once

#include "tests/specimen/specimen.hpp"

namespace kiosk::specimen {

class Pose {
public:
    explicit Pose(const RenderParams& params);

    /// Frame px of a point on the card, in mm from its top left.
    cv::Point2d at(cv::Point2d mm) const;
    /// For cv::remap: for every pixel of `area` the point of the card's texture, which has `scale` px a mm.
    cv::Mat mapOf(cv::Rect area, double scale) const;
    /// The card's outline with its rounded corners, frame px.
    std::vector<cv::Point2f> outline() const;
    /// Encloses the card; may lie outside the frame.
    cv::Rect bounds() const;
    double pxPerMm() const { return scale_; }

private:
    cv::Point2d flat(cv::Point2d mm) const;    // as `at`, without bend and distortion
    cv::Point2d back(cv::Point2d px) const;    // inverse of `flat`
    cv::Point2d inverse(cv::Point2d px) const; // inverse of `at`

    cv::Point2d centre_, bendAcross_;
    double focal_, scale_, bend_, distortion_, halfDiagonal_;
    cv::Matx33d turn_, plane_, inverse_;
    cv::Vec3d shift_;
};

} // namespace kiosk::specimen
