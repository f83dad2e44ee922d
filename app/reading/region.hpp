// Where in a frame a code may be: densest fine texture first.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

namespace kiosk::reading {

/// The part of the frame with the densest texture in both directions, as a code has and text lines have less;
/// about the size of a card's code held to the camera. Empty when the frame is plain.
cv::Rect densestRegion(const cv::Mat& grey);

/// Squares whose side is a share of the frame's height, the densest first, none within another.
std::vector<cv::Rect> denseRegions(const cv::Mat& grey, double share, std::size_t most);

/// `region` grown by `share` of its size on every side, within the frame.
cv::Rect grown(cv::Rect region, double share, cv::Size frame);

} // namespace kiosk::reading
