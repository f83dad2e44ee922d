#include "drivers/picture.hpp"
#include "tests/specimen/layers.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace kiosk::specimen {
namespace {

cv::Rect grown(cv::Rect area, int by, cv::Size within) {
    return cv::Rect(area.x - by, area.y - by, area.width + 2 * by, area.height + 2 * by) &
           cv::Rect({}, within);
}

/// A soft shadow about the card, drawn small.
void castShadow(cv::Mat& scene, const cv::Mat& mask, cv::Rect area) {
    constexpr int coarse = 8;
    const auto around = grown(area, scene.cols / 20, scene.size());
    cv::Mat small(around.height / coarse + 1, around.width / coarse + 1, CV_8UC1, cv::Scalar(0)), inner, gain;
    cv::resize(mask, inner, {mask.cols / coarse + 1, mask.rows / coarse + 1}, 0, 0, cv::INTER_AREA);
    const cv::Rect place =
        cv::Rect((area.tl() - around.tl()) / coarse, inner.size()) & cv::Rect({}, small.size());
    inner(cv::Rect({}, place.size())).copyTo(small(place));
    cv::blur(small, small, {scene.cols / 40 / coarse + 1, scene.cols / 40 / coarse + 1});
    small.convertTo(small, CV_8U, -0.35, 255);
    cv::resize(small, gain, around.size(), 0, 0, cv::INTER_LINEAR);
    if (scene.channels() == 3) cv::cvtColor(gain, gain, cv::COLOR_GRAY2RGB);
    cv::Mat part = scene(around);
    cv::multiply(part, gain, part, 1 / 255.0);
}

void placeCard(cv::Mat& scene, const Card& card, const Pose& pose, const RenderParams& p) {
    const auto area = pose.bounds() & cv::Rect({}, scene.size());
    if (area.empty()) return;
    // Little larger than in the frame: area-averaged before the warp, and hardly softened by it.
    const double scale = std::clamp(1.3 * pose.pxPerMm(), 2.0, 36.0);
    const auto flat = texture(card, p, scale);
    const auto map = pose.mapOf(area, scale);
    cv::Mat seen, under;
    cv::remap(flat, seen, map, {}, cv::INTER_LINEAR, cv::BORDER_REPLICATE);
    const auto mask = cardMask(pose, area);
    castShadow(scene, mask, area);
    const auto weight = coloured(mask, scene.channels());
    cv::Mat part = scene(area);
    cv::multiply(part, cv::Scalar::all(255) - weight, under, 1 / 255.0);
    cv::multiply(seen, weight, seen, 1 / 255.0);
    cv::add(seen, under, part);
}

Frame toFrame(const cv::Mat& scene, const RenderParams& p) {
    Frame frame;
    frame.width = p.width;
    frame.height = p.height;
    (p.colour ? frame.rgb : frame.grey).assign(scene.datastart, scene.dataend);
    if (p.colour) fillGrey(frame);
    return frame;
}

} // namespace

cv::Mat cardMask(const Pose& pose, cv::Rect area) {
    constexpr int fraction = 4; // bits of the coordinates below a px
    std::vector<cv::Point> points;
    for (const auto& p : pose.outline())
        points.emplace_back(cvRound((p.x - float(area.x)) * (1 << fraction)),
                            cvRound((p.y - float(area.y)) * (1 << fraction)));
    cv::Mat mask(area.size(), CV_8UC1, cv::Scalar(0));
    cv::fillPoly(mask, std::vector{points}, cv::Scalar(255), cv::LINE_AA, fraction);
    return mask;
}

Frame render(const Card& card, const RenderParams& given) {
    const auto p = resolved(card, given);
    auto scene = backdrop(p);
    const Pose pose(p);
    if (p.card) {
        placeCard(scene, card, pose, p);
        addFingers(scene, card, pose, p);
        const int reach = 4 + cvRound(3 * p.blur + p.defocus + p.motion);
        const auto area = grown(pose.bounds(), reach, scene.size());
        if (!area.empty()) blurLens(scene, area, p);
    } else {
        blurLens(scene, {0, 0, scene.cols, scene.rows}, p);
    }
    light(scene, card, pose, p);
    sense(scene, p);
    return toFrame(scene, p);
}

RenderParams sequenceParams(int index, int count, std::uint64_t seed, int width, int height) {
    Random random(seed * 104729 + static_cast<std::uint64_t>(index));
    const double empty = count * 0.25, comes = count * 0.35;
    const double t = std::clamp((index - empty) / comes, 0.0, 1.0); // 0: outside, 1: in place
    const double near = 1 - (1 - t) * (1 - t) * (1 - t); // quick at first, slow at the end, as a hand moves
    RenderParams p;
    p.width = width;
    p.height = height;
    p.colour = true;
    p.card = index >= empty;
    p.seed = seed;
    p.moment = index;
    p.cardShare = 0.5 + 0.14 * near + random.real(-0.003, 0.003);
    p.x = 0.5 + 0.25 * (1 - near) + random.real(-0.002, 0.002);
    p.y = 0.52 + 1.1 * (1 - near) + random.real(-0.002, 0.002);
    p.turn = 18 * (1 - near) + 2 + random.real(-0.4, 0.4);
    p.tiltX = 20 * (1 - near) + 4 + random.real(-0.7, 0.7);
    p.tiltY = -14 * (1 - near) - 4 + random.real(-0.7, 0.7);
    p.blur = (0.5 + 1.2 * (1 - near)) * width / 1280;
    p.motion = 14 * (1 - t) * (1 - t) * width / 1280;
    return p;
}

std::vector<Frame> sequence(std::uint64_t seed, int count, Layout layout) {
    const auto card = drawCard(specimen(seed, layout));
    std::vector<Frame> frames;
    for (int i = 0; i < count; ++i) {
        frames.push_back(render(card, sequenceParams(i, count, seed)));
        frames.back().number = static_cast<std::uint64_t>(i) + 1;
    }
    return frames;
}

} // namespace kiosk::specimen
