#include "app/reading/reader.hpp"

#include "app/reading/attempts.hpp"
#include "app/reading/region.hpp"
#include "app/reading/zxing_process.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <optional>

namespace kiosk::reading {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int placeKeptFrames = 15;  // how long a code's place is believed without seeing it
constexpr double placeMargin = 0.35; // of the code's size: a hand moves
constexpr double unsharpSigma = 1.2; // px of the picture as it came
constexpr double unsharpAmount = 2.0;
constexpr int smallestSide = 21; // px: a module can be no smaller

bool isSane(const GreyView& frame) {
    return frame.pixels != nullptr && frame.width >= smallestSide && frame.height >= smallestSide &&
           frame.stride >= frame.width;
}

cv::Rect boxOf(const CodeFound& code) {
    const auto [left, right] = std::ranges::minmax(code.corners, {}, &CodeFound::Corner::x);
    const auto [top, bottom] = std::ranges::minmax(code.corners, {}, &CodeFound::Corner::y);
    const cv::Point first(static_cast<int>(left.x), static_cast<int>(top.y));
    const cv::Point last(static_cast<int>(std::ceil(right.x)), static_cast<int>(std::ceil(bottom.y)));
    return {first, last};
}

/// The same symbol found twice, by different attempts.
bool isSame(const CodeFound& a, const CodeFound& b) {
    return a.bytes == b.bytes && !(boxOf(a) & boxOf(b)).empty();
}

} // namespace

struct Reader::Inside {
    ZxingProcess zxing; // the general reader
    cv::Rect place;     // of the last code, in px of the frame
    cv::Size placeFrame;
    int placeAge = 0;
    cv::Mat enlarged, blurred, ready; // kept so that frames do not allocate
    std::optional<cv::Rect> densest;  // of the frame at hand

    cv::Rect areaOf(const Attempt& attempt, const cv::Mat& frame);
    GreyView prepare(const Attempt& attempt, const cv::Mat& part);
    Result<std::vector<CodeFound>> run(const Attempt& attempt, const cv::Mat& frame, cv::Rect area, bool all,
                                       std::chrono::milliseconds deadline);
    void remember(const Reading& reading, cv::Size frame);
};

cv::Rect Reader::Inside::areaOf(const Attempt& attempt, const cv::Mat& frame) {
    switch (attempt.area) {
    case Area::Frame:
        break;
    case Area::LastPlace:
        return placeFrame == frame.size() ? place : cv::Rect{};
    case Area::Densest:
        if (!densest) densest = grown(densestRegion(frame), 0.2, frame.size());
        return *densest;
    }
    return {0, 0, frame.cols, frame.rows};
}

GreyView Reader::Inside::prepare(const Attempt& attempt, const cv::Mat& part) {
    const cv::Mat* picture = &part;
    if (attempt.scale > 1) {
        cv::resize(part, enlarged, {}, attempt.scale, attempt.scale, cv::INTER_LINEAR);
        picture = &enlarged;
    }
    if (attempt.filter == Filter::Unsharp) {
        cv::GaussianBlur(*picture, blurred, {}, unsharpSigma * attempt.scale);
        cv::addWeighted(*picture, 1 + unsharpAmount, blurred, -unsharpAmount, 0, ready);
        picture = &ready;
    } else if (attempt.filter == Filter::Invert) {
        cv::bitwise_not(*picture, ready);
        picture = &ready;
    }
    return {picture->data, picture->cols, picture->rows, static_cast<int>(picture->step)};
}

Result<std::vector<CodeFound>> Reader::Inside::run(const Attempt& attempt, const cv::Mat& frame,
                                                   cv::Rect area, bool all,
                                                   std::chrono::milliseconds deadline) {
    const auto picture = prepare(attempt, frame(area));
    auto codes = zxing.read(picture, {attempt.threshold, attempt.downscale, all}, deadline);
    if (!codes) return codes;
    for (auto& code : *codes)
        for (auto& corner : code.corners) {
            corner.x = corner.x / static_cast<float>(attempt.scale) + static_cast<float>(area.x);
            corner.y = corner.y / static_cast<float>(attempt.scale) + static_cast<float>(area.y);
        }
    return codes;
}

void Reader::Inside::remember(const Reading& reading, cv::Size frame) {
    if (!reading.codes.empty()) {
        place = grown(boxOf(reading.codes.front()), placeMargin, frame);
        placeFrame = frame;
        placeAge = 0;
    } else if (++placeAge > placeKeptFrames) {
        place = {};
    }
}

Reader::Reader() : inside_(std::make_unique<Inside>()) {
    cv::setNumThreads(1); // the camera's thread works alone: the rest of the machine belongs to the screen
}
Reader::~Reader() = default;
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;

void Reader::forget() {
    inside_->place = {};
    inside_->placeAge = 0;
}

Reading Reader::read(const GreyView& view, std::chrono::milliseconds budget, bool all) {
    const auto start = Clock::now();
    Reading reading;
    if (!isSane(view)) return reading;
    const cv::Mat frame(view.height, view.width, CV_8UC1, const_cast<std::uint8_t*>(view.pixels),
                        static_cast<std::size_t>(view.stride)); // never written
    inside_->densest.reset();
    bool first = true;
    for (const auto& attempt : attempts()) {
        if (!all && !reading.codes.empty()) break;
        try {
            const auto area = inside_->areaOf(attempt, frame);
            if (area.width < smallestSide || area.height < smallestSide) continue;
            const auto expected = std::chrono::nanoseconds(
                static_cast<std::int64_t>(attempt.nsPerPixel * area.area() * attempt.scale * attempt.scale));
            if (!first && Clock::now() - start + expected > budget) continue; // a cheaper one may still fit
            first = first && attempt.area != Area::Frame;
            auto codes = inside_->run(attempt, frame, area, all, std::max(decodeDeadline, budget));
            if (!codes) {
                ++reading.faults;
                reading.trouble = codes.error();
                continue;
            }
            for (auto& code : *codes)
                if (std::ranges::none_of(reading.codes,
                                         [&](const auto& known) { return isSame(known, code); }))
                    reading.codes.push_back(std::move(code));
        } catch (const std::exception&) { // cv::Exception and bad_alloc: the next attempt may do
            ++reading.faults;
        }
    }
    inside_->remember(reading, frame.size());
    if (!reading.codes.empty()) {
        reading.sighting = Sighting{.decoded = true};
        std::ranges::copy(reading.codes.front().corners, reading.sighting->corners);
    }
    reading.elapsed = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start);
    return reading;
}

} // namespace kiosk::reading
