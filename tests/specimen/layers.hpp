// The steps from a flat card to a camera's frame; pictures are 8 bits, one channel or three.
#pragma once

#include "tests/specimen/pose.hpp"

namespace kiosk::specimen {

/// Numbers of a purpose's own, so that one kind of damage does not move another.
inline Random randomFor(const RenderParams& params, std::uint64_t purpose) {
    return Random(params.seed * 0x9E3779B97F4A7C15ULL + purpose * 0xD1B54A32D192ED03ULL);
}

/// The card with its code, wear included, `scale` px a mm.
cv::Mat texture(const Card& card, const RenderParams& params, double scale);

/// What is behind the card, of the frame's size.
cv::Mat backdrop(const RenderParams& params);

/// Normal chance of deviation 1, smeared over about `grain` px; CV_32FC1, only to be read.
cv::Mat noisePart(Random& random, cv::Size size, double grain);

/// Smooth chance between about -1 and 1, `cells` in each direction.
cv::Mat smoothChance(Random& random, cv::Size cells, cv::Size size);

/// The same grey in every channel.
cv::Mat coloured(const cv::Mat& grey, int channels);

/// 255 where the card is, within `area` of the frame.
cv::Mat cardMask(const Pose& pose, cv::Rect area);
/// The same without what a finger covers: where the card mirrors a lamp.
cv::Mat laminateMask(const Card& card, const Pose& pose, cv::Rect area, const RenderParams& params);

void addFingers(cv::Mat& scene, const Card& card, const Pose& pose, const RenderParams& params);
/// Lens and motion, within `area`.
void blurLens(cv::Mat& scene, cv::Rect area, const RenderParams& params);
/// Uneven light and exposure, then what a lamp adds by reflection.
void light(cv::Mat& scene, const Card& card, const Pose& pose, const RenderParams& params);
/// Noise, sharpening and compression.
void sense(cv::Mat& scene, const RenderParams& params);

} // namespace kiosk::specimen
