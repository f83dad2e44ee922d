#include "app/reading/general_reader.hpp"

#include "app/reading/region.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <optional>

namespace kiosk::reading {
namespace {

constexpr int placeKeptFrames = 15;  // how long a code's place is believed without seeing it
constexpr double placeMargin = 0.35; // of the code's size: a hand moves
constexpr double unsharpSigma = 1.2; // px of the picture as it came
constexpr double unsharpAmount = 2.0;
constexpr int smallestSide = 21; // px: a module can be no smaller

cv::Rect boxOf(const CodeFound& code) {
    const auto [left, right] = std::ranges::minmax(code.corners, {}, &CodeFound::Corner::x);
    const auto [top, bottom] = std::ranges::minmax(code.corners, {}, &CodeFound::Corner::y);
    const cv::Point first(static_cast<int>(left.x), static_cast<int>(top.y));
    const cv::Point last(static_cast<int>(std::ceil(right.x)), static_cast<int>(std::ceil(bottom.y)));
    return {first, last};
}

} // namespace

bool isSameSymbol(const CodeFound& a, const CodeFound& b) {
    return a.bytes == b.bytes && !(boxOf(a) & boxOf(b)).empty();
}

struct GeneralReader::Inside {
    ZxingProcess zxing;
    cv::Mat frame;  // somebody else's px
    cv::Rect place; // of the last code, in px of the frame
    cv::Size placeFrame;
    int placeAge = 0;
    cv::Mat enlarged, blurred, ready; // kept so that frames do not allocate
    std::optional<cv::Rect> densest;  // of the frame at hand

    cv::Rect partOf(const Preparation& preparation) {
        switch (preparation.part) {
        case Part::Frame:
            break;
        case Part::LastPlace:
            return placeFrame == frame.size() ? place : cv::Rect{};
        case Part::Densest:
            if (!densest) densest = grown(densestRegion(frame), 0.2, frame.size());
            return *densest;
        }
        return {0, 0, frame.cols, frame.rows};
    }

    GreyView prepare(const Preparation& preparation, const cv::Mat& part) {
        const cv::Mat* picture = &part;
        if (preparation.scale > 1) {
            cv::resize(part, enlarged, {}, preparation.scale, preparation.scale, cv::INTER_LINEAR);
            picture = &enlarged;
        }
        if (preparation.filter == Filter::Unsharp) {
            cv::GaussianBlur(*picture, blurred, {}, unsharpSigma * preparation.scale);
            cv::addWeighted(*picture, 1 + unsharpAmount, blurred, -unsharpAmount, 0, ready);
            picture = &ready;
        } else if (preparation.filter == Filter::Invert) {
            cv::bitwise_not(*picture, ready);
            picture = &ready;
        }
        return {picture->data, picture->cols, picture->rows, static_cast<int>(picture->step)};
    }
};

GeneralReader::GeneralReader() : inside_(std::make_unique<Inside>()) {}
GeneralReader::~GeneralReader() = default;
GeneralReader::GeneralReader(GeneralReader&&) noexcept = default;
GeneralReader& GeneralReader::operator=(GeneralReader&&) noexcept = default;

void GeneralReader::begin(const GreyView& view) {
    inside_->frame = cv::Mat(view.height, view.width, CV_8UC1, const_cast<std::uint8_t*>(view.pixels),
                             static_cast<std::size_t>(view.stride)); // never written
    inside_->densest.reset();
}

double GeneralReader::cost(const Preparation& p) {
    // What is densest is not known before it has been looked for: about a third of the frame's height a side.
    const auto side = 0.45 * inside_->frame.rows;
    const auto area = p.part == Part::Densest ? side * side : static_cast<double>(inside_->partOf(p).area());
    return p.nsPerPixel * area * p.scale * p.scale / 1000;
}

Result<std::vector<CodeFound>> GeneralReader::run(const Preparation& p, bool all,
                                                  std::chrono::milliseconds deadline) {
    const auto area = inside_->partOf(p);
    if (area.width < smallestSide || area.height < smallestSide) return std::vector<CodeFound>{};
    const auto picture = inside_->prepare(p, inside_->frame(area));
    auto codes = inside_->zxing.read(picture, {p.threshold, p.downscale, all}, deadline);
    if (!codes) return codes;
    for (auto& code : *codes)
        for (auto& corner : code.corners) {
            corner.x = corner.x / static_cast<float>(p.scale) + static_cast<float>(area.x);
            corner.y = corner.y / static_cast<float>(p.scale) + static_cast<float>(area.y);
        }
    return codes;
}

void GeneralReader::end(const std::vector<CodeFound>& codes) {
    if (!codes.empty()) {
        inside_->placeFrame = inside_->frame.size();
        inside_->place = grown(boxOf(codes.front()), placeMargin, inside_->placeFrame);
        inside_->placeAge = 0;
    } else if (++inside_->placeAge > placeKeptFrames) {
        inside_->place = {};
    }
}

void GeneralReader::forget() {
    inside_->place = {};
    inside_->placeAge = 0;
}

} // namespace kiosk::reading
