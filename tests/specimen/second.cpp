// The second model: what a cheap phone-like camera does, drawn by other means than the first one. Only the
// pose and the flat card are shared.
#include "tests/specimen/corpus_parts.hpp"
#include "tests/specimen/layers.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

namespace kiosk::specimen {
namespace {

constexpr std::uint64_t seedsApart = 40000000;

struct Range {
    double low, high;
    double of(Random& random) const { return random.real(low, high); }
};

/// The strongest of a level; lengths in modules.
struct Strength {
    Range modulePx, disc;
    double coarseness, split, skew, tilt, photons, streak, halftone, dust, folds;
    int jpegWorst;
};
constexpr std::array<Strength, 4> strengths = {{
    {{3.5, 5.5}, {0.10, 0.22}, 1.05, 0.08, 0.015, 10, 3000, 0.008, 0.06, 2, 0.01, 80},
    {{2.7, 5.0}, {0.16, 0.385}, 1.20, 0.20, 0.035, 18, 1500, 0.025, 0.15, 6, 0.05, 60},
    {{2.3, 4.5}, {0.25, 0.58}, 1.45, 0.40, 0.07, 30, 500, 0.07, 0.35, 18, 0.2, 38},
    {{2.0, 4.0}, {0.35, 0.75}, 1.70, 0.55, 0.10, 40, 220, 0.12, 0.50, 35, 0.4, 25},
}};

/// One frame's camera.
struct Shot {
    double coarseness;                 // frame px a sensor px
    cv::Size sensor;                   // px
    double skew, wobble, wobblePeriod; // sensor px a row of the frame; sensor px; frame px
    double shiftAt(double row, double height) const {
        return skew * (row - height / 2) + wobble * std::sin(2 * std::numbers::pi * row / wobblePeriod);
    }
};

/// Chance at several scales, as crumpled paper or a wall has.
cv::Mat drawGround(Random& random, cv::Size size) {
    const cv::Size small(size.width / 4, size.height / 4);
    cv::Mat sum = smoothChance(random, {5, 3}, small) * 50;
    sum += smoothChance(random, {20, 12}, small) * random.real(0, 40);
    sum += smoothChance(random, {110, 60}, small) * random.real(0, 30);
    sum += random.real(60, 180);
    cv::Mat out;
    sum.convertTo(out, CV_8U);
    for (int i = random.below(8); i > 0; --i) { // papers and the like
        cv::Point2f corners[4];
        cv::RotatedRect(cv::Point2f(float(random.below(small.width)), float(random.below(small.height))),
                        cv::Size2f(float(20 + random.below(160)), float(20 + random.below(120))),
                        float(random.real(0, 90)))
            .points(corners);
        const std::vector<cv::Point> outline(corners, corners + 4);
        cv::fillConvexPoly(out, outline, cv::Scalar(random.below(256)), cv::LINE_AA);
    }
    cv::resize(out, out, size, 0, 0, cv::INTER_LINEAR);
    return out;
}

/// Ink as dots of a screen: dark parts get light holes in between.
void screen(cv::Mat code, Random& random, double module, double strength) {
    const double period = module * random.real(0.28, 0.6), angle = random.real(0, 1.57);
    cv::Mat row(1, code.cols, CV_32FC1), column(code.rows, 1, CV_32FC1), dots;
    const double k = 2 * std::numbers::pi / period;
    // cos(a + b) + cos(a - b) is a screen at an angle; both terms are products of a row and a column.
    cv::Mat rowSin = row.clone(), columnSin = column.clone();
    for (int x = 0; x < code.cols; ++x) {
        row.at<float>(0, x) = static_cast<float>(std::cos(k * x * std::cos(angle)));
        rowSin.at<float>(0, x) = static_cast<float>(std::sin(k * x * std::cos(angle)));
    }
    for (int y = 0; y < code.rows; ++y) {
        column.at<float>(y, 0) = static_cast<float>(std::cos(k * y * std::sin(angle)));
        columnSin.at<float>(y, 0) = static_cast<float>(std::sin(k * y * std::sin(angle)));
    }
    dots = column * row - 0.6 * columnSin * rowSin;
    cv::Mat holes, ink;
    dots.convertTo(holes, CV_32F, 0.25 * strength, 0.3 * strength); // 0..about strength
    cv::Mat pixels;
    code.convertTo(pixels, CV_32F);
    cv::subtract(cv::Scalar(255), pixels, ink);
    pixels += ink.mul(holes);
    pixels.convertTo(code, CV_8U);
}

void addDust(cv::Mat& flat, Random& random, const cv::Rect& code, int count, double scale) {
    for (int i = 0; i < count; ++i) {
        const cv::Point at(code.x + random.below(code.width), code.y + random.below(code.height));
        const double size = scale * std::pow(random.real(0, 1), 3) * 0.9 + 1; // mm, most are small
        const cv::Size axes(std::max(1, cvRound(size * random.real(0.3, 1))),
                            std::max(1, cvRound(size * random.real(0.2, 0.5))));
        cv::ellipse(flat, at, axes, random.real(0, 180), 0, 360,
                    cv::Scalar(random.chance(0.6) ? random.below(90) : 170 + random.below(80)), cv::FILLED,
                    cv::LINE_AA);
    }
}

/// A crease: the layers part along it, one flank catches the light.
void addFold(cv::Mat& flat, Random& random, const cv::Rect& code, double scale) {
    const double angle = random.real(0, std::numbers::pi), length = 3.0 * code.width;
    const cv::Point2d middle(code.x + code.width * random.real(0.1, 0.9),
                             code.y + code.height * random.real(0.1, 0.9));
    const cv::Point2d along(std::cos(angle), std::sin(angle)), across(-along.y, along.x);
    cv::Mat bright(flat.size(), CV_8UC1, cv::Scalar(0)), dark = bright.clone();
    const auto draw = [&](cv::Mat& layer, double off, double width, double tone) {
        const auto at = middle + across * (off * scale);
        cv::line(layer, at - along * length, at + along * length, cv::Scalar(tone),
                 std::max(1, cvRound(width * scale)), cv::LINE_AA);
    };
    draw(bright, 0, 0.25, random.real(90, 200));
    draw(bright, 0.5, 0.8, 35);
    draw(dark, -0.5, 0.9, 45);
    cv::add(flat, bright, flat);
    cv::subtract(flat, dark, flat);
}

cv::Mat drawFlat(const Card& card, Random& random, const Strength& s, double scale, std::uint64_t seed) {
    RenderParams clean;
    clean.seed = seed;
    clean.fade = random.real(0, 0.3);
    auto flat = texture(card, clean, scale);
    const cv::Rect code(cvRound(card.code.x * scale), cvRound(card.code.y * scale),
                        cvRound(card.code.width * scale), cvRound(card.code.height * scale));
    if (random.chance(0.6))
        screen(flat(code), random, double(code.width) / card.modules.cols, s.halftone * random.real(0.2, 1));
    addDust(flat, random, code, random.below(static_cast<int>(s.dust) + 1), scale);
    if (random.chance(s.folds)) addFold(flat, random, code, scale);
    return flat;
}

/// Discs of confusion of three colours that do not lie on one another, weighted as in grey.
cv::Mat splitDiscs(double radius, double split, double angle) {
    const double offset = split / 2;
    const int reach = std::max(1, static_cast<int>(std::ceil(1.15 * radius + offset)));
    constexpr int fine = 8;
    const int side = 2 * reach + 1;
    cv::Mat sum(side * fine, side * fine, CV_32FC1, cv::Scalar(0)), kernel;
    const double weights[] = {0.3, 0.59, 0.11}, sizes[] = {1.1, 0.95, 1.15};
    for (int colour = 0; colour < 3; ++colour) {
        cv::Mat disc(sum.size(), CV_32FC1, cv::Scalar(0));
        const double off = offset * (colour - 1) * fine;
        const cv::Point at(cvRound(side * fine / 2.0 + off * std::cos(angle)),
                           cvRound(side * fine / 2.0 + off * std::sin(angle)));
        cv::circle(disc, at, std::max(2, cvRound(radius * sizes[colour] * fine)), cv::Scalar(1), cv::FILLED);
        sum += disc * (weights[colour] / cv::sum(disc)[0]);
    }
    cv::resize(sum, kernel, {side, side}, 0, 0, cv::INTER_AREA);
    return kernel / cv::sum(kernel)[0];
}

/// Specular light after Phong on a laminate that is not quite flat; brighter along one direction, as brushed
/// plastic is. `reach`: how much of the code mirrors the lamp, about.
void addStreaks(cv::Mat& scene, Random& random, const Card& card, const Pose& pose, double reach) {
    const auto area = pose.bounds() & cv::Rect({}, scene.size());
    if (area.width < 16 || area.height < 16) return;
    const cv::Size small(area.width / 4 + 1, area.height / 4 + 1);
    cv::Mat height = smoothChance(random, {4, 3}, small) + 0.006 * smoothChance(random, {50, 30}, small);
    cv::Mat slopeX, slopeY;
    cv::Sobel(height, slopeX, CV_32F, 1, 0);
    cv::Sobel(height, slopeY, CV_32F, 0, 1);
    const cv::Point2d target = card.code.tl() + cv::Point2d(card.code.width * random.real(0, 1),
                                                            card.code.height * random.real(0, 1));
    const auto at = (pose.at(target) - cv::Point2d(area.tl())) / 4;
    const cv::Point inside(std::clamp(int(at.x), 0, small.width - 1),
                           std::clamp(int(at.y), 0, small.height - 1));
    const double lampX = slopeX.at<float>(inside), lampY = slopeY.at<float>(inside);
    cv::Scalar mean, spreadX, spreadY;
    cv::meanStdDev(slopeX, mean, spreadX);
    cv::meanStdDev(slopeY, mean, spreadY);
    const double brushed = random.real(1, 4);
    cv::Mat offX = (slopeX - lampX) / (spreadX[0] * reach * brushed + 1e-6),
            offY = (slopeY - lampY) / (spreadY[0] * reach + 1e-6), lobe;
    cv::exp(-(offX.mul(offX) + offY.mul(offY)), lobe); // the lobe of a high exponent
    cv::Mat light;
    lobe.convertTo(light, CV_8U, 255 * random.real(0.8, 1.6));
    cv::resize(light, light, {small.width * 4, small.height * 4}, 0, 0, cv::INTER_LINEAR);
    light = light(cv::Rect({}, area.size()));
    cv::bitwise_and(light, cardMask(pose, area), light);
    cv::Mat part = scene(area);
    cv::add(part, light, part);
}

/// Photons by Anscombe's square root: of the right skew also where there are few.
void countPhotons(cv::Mat& scene, Random& random, double full) {
    cv::Mat roots(1, 256, CV_32FC1), counted;
    for (int v = 0; v < 256; ++v)
        roots.at<float>(0, v) = static_cast<float>(std::sqrt(v / 255.0 * full + 0.375));
    cv::LUT(scene, roots, counted);
    cv::scaleAdd(noisePart(random, scene.size(), 0), 0.5, counted, counted);
    cv::max(counted, 0, counted);
    cv::multiply(counted, counted, counted, 255 / full);
    cv::Mat rows(scene.rows, 1, CV_32FC1); // every row is read out a little differently
    for (int y = 0; y < rows.rows; ++y)
        rows.at<float>(y, 0) = static_cast<float>(random.normal() * 40 / std::sqrt(full));
    counted += cv::repeat(rows, 1, scene.cols);
    counted.convertTo(scene, CV_8U);
}

/// From the sensor's pixels to the frame's: enlarged, and every row taken a little later.
cv::Mat readOut(const cv::Mat& sensed, cv::Size size, const Shot& shot, int interpolation) {
    cv::Mat column(size.height, 1, CV_32FC1), row(1, size.width, CV_32FC1), shift = column.clone(), out;
    for (int y = 0; y < size.height; ++y) {
        column.at<float>(y, 0) = static_cast<float>((y + 0.5) / shot.coarseness - 0.5);
        shift.at<float>(y, 0) = static_cast<float>(shot.shiftAt(y, size.height));
    }
    for (int x = 0; x < size.width; ++x)
        row.at<float>(0, x) = static_cast<float>((x + 0.5) / shot.coarseness - 0.5);
    cv::Mat mapX = cv::repeat(row, size.height, 1) + cv::repeat(shift, 1, size.width);
    cv::remap(sensed, out, mapX, cv::repeat(column, 1, size.width), interpolation, cv::BORDER_REPLICATE);
    return out;
}

/// Tone mapping and smearing, as phones do it; then compression, sometimes twice.
void process(cv::Mat& picture, Random& random, const Strength& s) {
    if (random.chance(0.25)) cv::createCLAHE(random.real(1, 3), {8, 8})->apply(picture, picture);
    if (random.chance(0.3)) cv::medianBlur(picture, picture, 3);
    if (random.chance(0.4)) {
        cv::Mat edges;
        cv::Laplacian(picture, edges, CV_16S);
        cv::Mat sharper;
        cv::scaleAdd(edges, -random.real(0.1, 0.4), cv::Mat(edges.size(), CV_16S, cv::Scalar(0)), edges);
        cv::add(picture, edges, sharper, cv::noArray(), CV_8U);
        picture = sharper;
    }
    RenderParams compressed;
    compressed.noise = compressed.shot = 0;
    for (int times = random.chance(0.2) ? 2 : 1; times > 0; --times) {
        compressed.jpeg = s.jpegWorst + random.below(95 - s.jpegWorst);
        sense(picture, compressed);
    }
}

RenderParams poseOf(Random& random, const Strength& s, const Shot& shot, std::uint64_t seed) {
    RenderParams p;
    p.width = shot.sensor.width;
    p.height = shot.sensor.height;
    p.seed = seed;
    p.modulePx = s.modulePx.of(random) / shot.coarseness;
    p.x = std::clamp(0.5 + 0.07 * random.normal(), 0.3, 0.7);
    p.y = std::clamp(0.5 + 0.06 * random.normal(), 0.32, 0.68);
    p.turn = random.chance(0.3) ? random.real(0, 360) : 90 * random.below(4) + 10 * random.normal();
    const double tilt = s.tilt * std::sqrt(random.real(0, 1)), about = random.real(0, 2 * std::numbers::pi);
    p.tiltX = tilt * std::cos(about);
    p.tiltY = tilt * std::sin(about);
    p.bend = random.chance(0.3) ? random.real(-1, 1) * s.tilt / 15 : 0;
    p.bendAxis = random.real(0, 180);
    p.distortion = random.real(-0.1, 0.6) * s.skew;
    return p;
}

/// Where a point of the sensor's picture is in the frame.
cv::Point2f inFrame(cv::Point2f sensor, const Shot& shot, double height) {
    const double y = (sensor.y + 0.5) * shot.coarseness - 0.5;
    return {static_cast<float>((sensor.x - shot.shiftAt(y, height) + 0.5) * shot.coarseness - 0.5),
            static_cast<float>(y)};
}

void placeFlat(cv::Mat& scene, const cv::Mat& flat, const Pose& pose, double scale) {
    const auto area = pose.bounds() & cv::Rect({}, scene.size());
    if (area.empty()) return;
    cv::Mat seen;
    cv::remap(flat, seen, pose.mapOf(area, scale), {}, cv::INTER_LINEAR, cv::BORDER_REPLICATE);
    seen.copyTo(scene(area), cardMask(pose, area));
}

} // namespace

Sample secondSample(int level, std::uint64_t seed, Size wanted) {
    const auto& s = strengths.at(static_cast<std::size_t>(level - 1));
    Random random(seedsApart + seed * 31 + static_cast<std::uint64_t>(level));
    const auto frame = sizeOf(seed, wanted);
    Shot shot{random.real(1, s.coarseness),
              {},
              random.real(-1, 1) * s.skew,
              random.chance(0.3) ? 4 * s.skew : 0,
              random.real(150, 500)};
    shot.sensor = {cvCeil(frame.width / shot.coarseness), cvCeil(frame.height / shot.coarseness)};
    const auto [card, payload] = corpusCard(seedsApart + seed);
    Sample out;
    out.payload = payload;
    out.params = resolved(card, poseOf(random, s, shot, seed));
    const Pose pose(out.params);

    auto scene = drawGround(random, shot.sensor);
    const double scale = std::clamp(1.3 * pose.pxPerMm(), 2.0, 36.0),
                 module = placeOf(card, out.params).modulePx;
    placeFlat(scene, drawFlat(card, random, s, scale, seed), pose, scale);
    const auto discs =
        splitDiscs(module * s.disc.of(random), module * s.split * random.real(0, 1), random.real(0, 6.28));
    cv::filter2D(scene, scene, -1, discs);
    scene *= random.real(0.55, 1.05);
    if (random.chance(0.5)) addStreaks(scene, random, card, pose, s.streak * random.real(0.3, 1.5));
    countPhotons(scene, random, s.photons * random.real(0.5, 4));
    const int enlarged =
        random.pick(std::array{cv::INTER_NEAREST, cv::INTER_LINEAR, cv::INTER_LINEAR, cv::INTER_CUBIC});
    auto picture = readOut(scene, {frame.width, frame.height}, shot, enlarged);
    process(picture, random, s);

    out.frame.width = frame.width;
    out.frame.height = frame.height;
    out.frame.grey.assign(picture.datastart, picture.dataend);
    out.place = placeOf(card, out.params);
    for (auto& corner : out.place.corners) corner = inFrame(corner, shot, frame.height);
    out.place.modulePx *= shot.coarseness;
    return out;
}

} // namespace kiosk::specimen
