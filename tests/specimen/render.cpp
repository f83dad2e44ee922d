#include "drivers/picture.hpp"
#include "tests/specimen/specimen.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>
#include <png.h>

namespace kiosk::specimen {
namespace {

double radians(double degrees) { return degrees * std::numbers::pi / 180; }

/// The desk: a warm plain with slow shades.
cv::Mat drawDesk(cv::Size size, std::uint64_t seed) {
    Random random(seed);
    cv::Mat small(5, 8, CV_32FC3), desk;
    for (int y = 0; y < small.rows; ++y)
        for (int x = 0; x < small.cols; ++x) {
            const auto shade = static_cast<float>(random.real(-7, 7));
            small.at<cv::Vec3f>(y, x) = {150 + shade, 138 + shade, 122 + shade};
        }
    cv::resize(small, desk, size, 0, 0, cv::INTER_CUBIC);
    return desk;
}

/// Where the card's corners fall: turned, tilted and seen by a pinhole camera.
std::vector<cv::Point2f> project(const RenderParams& p) {
    const double width = p.cardShare * p.width, height = width * 53.98 / 85.6, focal = 1.3 * p.width;
    const double ct = std::cos(radians(p.turn)), st = std::sin(radians(p.turn));
    std::vector<cv::Point2f> corners;
    for (const auto& [u, v] : {std::pair{-0.5, -0.5}, {0.5, -0.5}, {0.5, 0.5}, {-0.5, 0.5}}) {
        const double x = u * width * ct - v * height * st, y = u * width * st + v * height * ct;
        const double depth = focal + x * std::sin(radians(p.tiltY)) + y * std::sin(radians(p.tiltX));
        const double px = x * std::cos(radians(p.tiltY)) * focal / depth + p.x * p.width;
        const double py = y * std::cos(radians(p.tiltX)) * focal / depth + p.y * p.height;
        corners.emplace_back(static_cast<float>(px), static_cast<float>(py));
    }
    return corners;
}

void placeCard(cv::Mat& scene, const cv::Mat& card, const RenderParams& p) {
    const double scale = std::min(1.0, 1.15 * p.cardShare * p.width / card.cols);
    cv::Mat scaled, pixels;
    cv::resize(card, scaled, {}, scale, scale, cv::INTER_AREA); // no moiré from the warp
    scaled.convertTo(pixels, CV_32FC3);
    const auto w = static_cast<float>(scaled.cols), h = static_cast<float>(scaled.rows);
    const std::vector<cv::Point2f> from = {{0, 0}, {w, 0}, {w, h}, {0, h}};
    const auto corners = project(p);
    const auto transform = cv::getPerspectiveTransform(from, corners);
    cv::Mat shape(scaled.size(), CV_32FC1, cv::Scalar(0)), mask, warped;
    const int radius = static_cast<int>(w * 3.2F / 85.6F); // rounded corners
    const cv::Rect body(radius, radius, scaled.cols - 2 * radius, scaled.rows - 2 * radius);
    cv::rectangle(shape, body, 1.0, cv::FILLED);
    cv::Mat kernel = cv::getStructuringElement(cv::MORPH_ELLIPSE, {2 * radius + 1, 2 * radius + 1});
    cv::dilate(shape, shape, kernel);
    cv::warpPerspective(shape, mask, transform, scene.size(), cv::INTER_LINEAR);
    cv::warpPerspective(pixels, warped, transform, scene.size(), cv::INTER_CUBIC);
    cv::Mat shadow;
    cv::blur(mask, shadow, {p.width / 40, p.width / 40});
    for (int y = 0; y < scene.rows; ++y)
        for (int x = 0; x < scene.cols; ++x) {
            const float m = mask.at<float>(y, x);
            auto& out = scene.at<cv::Vec3f>(y, x);
            out = out * (1 - 0.35F * shadow.at<float>(y, x)) * (1 - m) + warped.at<cv::Vec3f>(y, x) * m;
        }
}

/// A lamp's reflection over the code, at the card's right.
void addGlare(cv::Mat& scene, const RenderParams& p) {
    Random random(p.seed ^ 0x61A2EULL);
    const auto c = project(p);
    const auto at = [&](double u, double v) {
        const cv::Point2f top = c[0] * (1 - u) + c[1] * u, bottom = c[3] * (1 - u) + c[2] * u;
        return top * (1 - v) + bottom * v;
    };
    const cv::Point2f centre = at(random.real(0.74, 0.92), random.real(0.25, 0.55));
    const double radius = p.glare * 0.2 * p.cardShare * p.width;
    cv::Mat light(scene.size(), CV_32FC1, cv::Scalar(0));
    cv::ellipse(light, centre, {int(radius * 1.4), int(radius * 0.7)}, random.real(0, 180), 0, 360, 330.0,
                cv::FILLED);
    cv::GaussianBlur(light, light, {}, std::max(1.0, radius / 3));
    for (int y = 0; y < scene.rows; ++y)
        for (int x = 0; x < scene.cols; ++x) {
            const float l = light.at<float>(y, x);
            scene.at<cv::Vec3f>(y, x) += cv::Vec3f(l, l, l);
        }
}

void expose(cv::Mat& scene, const RenderParams& p) {
    if (p.blur > 0.05) cv::GaussianBlur(scene, scene, {}, p.blur);
    if (p.motion >= 1.5) cv::blur(scene, scene, {static_cast<int>(std::lround(p.motion)), 1});
    Random random(p.seed);
    std::vector<float> noise(8191); // drawn once: a prime length keeps rows from repeating
    for (auto& n : noise) n = static_cast<float>(random.normal() * p.noise);
    std::size_t at = 0;
    for (int y = 0; y < scene.rows; ++y)
        for (int x = 0; x < scene.cols; ++x) {
            const float gain = static_cast<float>(p.light * (1 - p.lightSlope * x / scene.cols));
            auto& out = scene.at<cv::Vec3f>(y, x);
            const float n = noise[at++ % noise.size()];
            for (int k = 0; k < 3; ++k)
                out[k] = out[k] * gain + n + 0.4F * noise[(at + 31U * unsigned(k)) % noise.size()];
            if (at % 5003 == 0) at += random.next() % noise.size();
        }
}

} // namespace

RenderParams degraded(int level, std::uint64_t seed, int width, int height) {
    Random random(seed * 7919 + static_cast<std::uint64_t>(level));
    const double d = (level - 1) / 3.0; // 0 easy .. 1 beyond
    RenderParams p;
    p.width = width;
    p.height = height;
    p.cardShare = random.real(0.62 - 0.2 * d, 0.75 - 0.2 * d);
    p.x = 0.5 + random.real(-0.05, 0.05);
    p.y = 0.5 + random.real(-0.05, 0.05);
    p.turn = random.real(-8 - 20 * d, 8 + 20 * d);
    p.tiltX = random.real(-6 - 24 * d, 6 + 24 * d);
    p.tiltY = random.real(-6 - 24 * d, 6 + 24 * d);
    p.blur = random.real(0.3, 0.7 + 1.5 * d) * width / 1280;
    p.motion = random.real(0, 1 + 6 * d) * width / 1280;
    p.noise = random.real(1, 3 + 12 * d);
    p.light = random.real(0.95 - 0.7 * d, 1.05);
    p.lightSlope = random.real(0, 0.2 + 0.4 * d);
    p.glare = random.real(0, 1) < d ? random.real(0, 0.6 * d) : 0;
    p.seed = seed;
    return p;
}

Frame render(const cv::Mat& card, const RenderParams& p) {
    cv::Mat scene = drawDesk({p.width, p.height}, 5);
    if (p.card) placeCard(scene, card, p);
    if (p.card && p.glare > 0) addGlare(scene, p);
    expose(scene, p);
    cv::Mat rgb;
    scene.convertTo(rgb, CV_8UC3); // saturates, as a sensor does
    Frame frame;
    frame.width = p.width;
    frame.height = p.height;
    frame.rgb.assign(rgb.data, rgb.data + rgb.total() * 3);
    fillGrey(frame);
    return frame;
}

RenderParams sequenceParams(int index, int count, std::uint64_t seed, int width, int height) {
    Random random(seed * 104729 + static_cast<std::uint64_t>(index));
    const double empty = count * 0.25, comes = count * 0.35;
    const double t = std::clamp((index - empty) / comes, 0.0, 1.0); // 0: outside, 1: in place
    const double near = 1 - (1 - t) * (1 - t) * (1 - t); // quick at first, slow at the end, as a hand moves
    RenderParams p;
    p.width = width;
    p.height = height;
    p.card = index >= empty;
    p.seed = seed + static_cast<std::uint64_t>(index);
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

bool savePng(const std::string& path, const Frame& frame) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(frame.width);
    image.height = static_cast<png_uint_32>(frame.height);
    image.format = frame.rgb.empty() ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
    image.flags = PNG_IMAGE_FLAG_FAST;
    const auto& pixels = frame.rgb.empty() ? frame.grey : frame.rgb;
    return png_image_write_to_file(&image, path.c_str(), 0, pixels.data(), 0, nullptr) != 0;
}

} // namespace kiosk::specimen
