#include "tests/specimen/layers.hpp"

#include <cmath>
#include <map>
#include <numbers>
#include <opencv2/imgproc.hpp>

namespace kiosk::specimen {
namespace {

const cv::Size sheet(2400, 1400); // px: larger than a frame, so that each shows another part

cv::Mat fromChance(const cv::Mat& chance, double middle, double amplitude) {
    cv::Mat out;
    chance.convertTo(out, CV_8U, amplitude, middle);
    return out;
}

cv::Mat waves(double period, double angle, double middle, double amplitude) {
    cv::Mat line(1, 4 * sheet.width, CV_8UC1), tilted;
    for (int x = 0; x < line.cols; ++x)
        line.at<std::uint8_t>(0, x) =
            cv::saturate_cast<std::uint8_t>(middle + amplitude * std::sin(2 * std::numbers::pi * x / period));
    cv::Mat straight = cv::repeat(line, 8, 1);
    const cv::Matx23d toLine(std::cos(angle), std::sin(angle), sheet.width, 0, 0, 4); // every row is the same
    cv::warpAffine(straight, tilted, toLine, sheet, cv::INTER_LINEAR | cv::WARP_INVERSE_MAP,
                   cv::BORDER_REPLICATE);
    return tilted;
}

cv::Mat drawWood(Random& random) {
    cv::Mat out = fromChance(
        smoothChance(random, {9, 90}, sheet) + 0.5 * smoothChance(random, {30, 500}, sheet), 125, 28);
    for (int y = 170; y < out.rows; y += 170 + random.below(120))
        cv::line(out, {0, y}, {out.cols, y + random.below(9)}, cv::Scalar(50), 3, cv::LINE_AA);
    return out;
}

cv::Mat drawCloth(Random& random) {
    cv::Mat out = 0.5 * waves(5.3, 0.1, 130, 60) + 0.5 * waves(6.1, 1.6, 130, 60);
    out += fromChance(smoothChance(random, {7, 5}, sheet), 0, 30);
    return out;
}

cv::Mat drawText(Random& random) {
    cv::Mat out(sheet, CV_8UC1, cv::Scalar(228));
    for (int y = 40; y < out.rows;) {
        const double size = random.chance(0.1) ? 1.4 : random.real(0.45, 0.8);
        const int indent = random.below(80);
        std::string line;
        while (line.size() < 220) {
            for (int n = 2 + random.below(6); n > 0; --n) line += static_cast<char>('a' + random.below(26));
            line += random.chance(0.1) ? ", " : " ";
        }
        cv::putText(out, line, {indent, y}, cv::FONT_HERSHEY_COMPLEX, size, cv::Scalar(50 + random.below(40)),
                    1, cv::LINE_AA);
        y += static_cast<int>(size * random.real(38, 44));
    }
    return out;
}

cv::Mat drawShapes(Random& random) {
    cv::Mat out = fromChance(smoothChance(random, {6, 4}, sheet), 120, 40);
    for (int i = 0; i < 140; ++i) {
        const cv::Point at(random.below(sheet.width), random.below(sheet.height));
        const cv::Size size(10 + random.below(260), 10 + random.below(200));
        const cv::Scalar tone(15 + random.below(235));
        if (random.chance(0.6)) {
            cv::Point2f corners[4];
            cv::RotatedRect(at, size, static_cast<float>(random.real(0, 180))).points(corners);
            std::vector<cv::Point> outline(corners, corners + 4);
            cv::fillConvexPoly(out, outline, tone, cv::LINE_AA);
        } else {
            cv::ellipse(out, at, size / 2, random.real(0, 180), 0, 360, tone,
                        random.chance(0.5) ? cv::FILLED : 1 + random.below(12), cv::LINE_AA);
        }
    }
    return out;
}

cv::Mat drawKeys(Random& random) {
    cv::Mat out(sheet, CV_8UC1, cv::Scalar(60));
    for (int y = 0; y < out.rows; y += 62)
        for (int x = (y / 62 % 3) * 20 - 40; x < out.cols; x += 62) {
            cv::rectangle(out, cv::Rect(x + 4, y + 4, 54, 54), cv::Scalar(32), cv::FILLED);
            cv::rectangle(out, cv::Rect(x + 9, y + 7, 44, 44), cv::Scalar(46 + random.below(8)), cv::FILLED);
            cv::putText(out, std::string(1, static_cast<char>('A' + random.below(26))), {x + 16, y + 34},
                        cv::FONT_HERSHEY_SIMPLEX, 0.8, cv::Scalar(205), 2, cv::LINE_AA);
        }
    return out;
}

cv::Mat drawBackdrop(Backdrop kind) {
    Random random(4711 + static_cast<std::uint64_t>(kind));
    switch (kind) {
    case Backdrop::Desk:
        return fromChance(smoothChance(random, {8, 5}, sheet), 140, 7);
    case Backdrop::Wood:
        return drawWood(random);
    case Backdrop::Cloth:
        return drawCloth(random);
    case Backdrop::Text:
        return drawText(random);
    case Backdrop::Stripes:
        return waves(46, 0.35, 140, 90);
    case Backdrop::Shapes:
        return drawShapes(random);
    case Backdrop::Checks:
        return 0.5 * waves(64, 0.2, 128, 1e4) + 0.5 * waves(64, 1.77, 128, 1e4);
    case Backdrop::Keys:
        return drawKeys(random);
    }
    return {};
}

constexpr std::array blurs = {0.0, 1.5, 4.0, 10.0}; // px: a backdrop is kept at each

/// Drawn at its first use.
const cv::Mat& kept(Backdrop kind, std::size_t blur) {
    thread_local std::map<std::pair<Backdrop, std::size_t>, cv::Mat> all;
    auto& sheetKept = all[{kind, blur}];
    if (sheetKept.empty()) {
        if (blur == 0)
            sheetKept = drawBackdrop(kind);
        else
            cv::GaussianBlur(kept(kind, 0), sheetKept, {}, blurs.at(blur));
    }
    return sheetKept;
}

} // namespace

cv::Mat backdrop(const RenderParams& p) {
    auto random = randomFor(p, 3);
    std::size_t blur = 0;
    while (blur + 1 < blurs.size() && blurs.at(blur) < p.backdropBlur) ++blur;
    const auto& all = kept(p.backdrop, blur);
    const cv::Size size(p.width, p.height);
    cv::Mat out;
    if (size.width > all.cols || size.height > all.rows) {
        cv::resize(all, out, size, 0, 0, cv::INTER_LINEAR);
    } else {
        const cv::Point corner(random.below(all.cols - size.width + 1),
                               random.below(all.rows - size.height + 1));
        const int flipped = random.below(4) - 2; // -2: not at all
        if (flipped == -2)
            all(cv::Rect(corner, size)).copyTo(out);
        else
            cv::flip(all(cv::Rect(corner, size)), out, flipped);
    }
    if (!p.colour) return out;
    cv::Mat colour;
    cv::cvtColor(out, colour, cv::COLOR_GRAY2RGB);
    cv::multiply(colour, cv::Scalar(1.08, 0.99, 0.87), colour); // warm
    return colour;
}

} // namespace kiosk::specimen
