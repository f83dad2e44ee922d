#include "app/reading/soft/finder_search.hpp"

#include "app/reading/finding/triples.hpp"
#include "app/reading/region.hpp"
#include "app/reading/soft/sharpen.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace kiosk::reading::soft {
namespace {

using finding::Area;
using finding::Finder;
using finding::Point;
using Wanted = finding::RunScan::Wanted;

constexpr int rowStep = 4;                // px between scanned lines
constexpr std::size_t firstCrossings = 8; // are looked at closely before the others
constexpr std::size_t mostCrossings = 32, mostFinders = 16, mostRings = 12, mostInPairs = 6, mostAlike = 6;
constexpr std::size_t mostRegions = 3;
constexpr double regionShare = 0.18, regionMargin = 0.3; // of the frame's height; of the region's
constexpr double leastAlike = 0.5;                       // correlation
constexpr float clearFinder = 0.62F;                     // good enough to look for its neighbours
constexpr float plainFinder = 0.8F;                      // chance hardly makes one
constexpr float halvedFrom = 2.8F;                       // px a module from which half the size is enough

GreyView viewOf(const cv::Mat& m) { return {m.data, m.cols, m.rows, static_cast<int>(m.step)}; }

cv::Mat matOf(const GreyView& view) {
    return {view.height, view.width, CV_8UC1, const_cast<std::uint8_t*>(view.pixels),
            static_cast<std::size_t>(view.stride)};
}

/// The square of so many modules on each side of a finder, as far as it lies in the picture.
cv::Rect around(const Finder& f, float modules, const GreyView& picture) {
    const float reach = modules * std::max(length(f.a), length(f.b));
    return cv::Rect(static_cast<int>(f.centre.x - reach), static_cast<int>(f.centre.y - reach),
                    static_cast<int>(2 * reach), static_cast<int>(2 * reach)) &
           cv::Rect(0, 0, picture.width, picture.height);
}

} // namespace

void FinderSearch::begin(const GreyView& frame) {
    frame_ = seen_ = frame;
    scan_.reset();
    finders_.clear();
    isHalved_ = false;
}

cv::Mat FinderSearch::whole() const { return matOf(frame_); }

const cv::Mat& FinderSearch::halved() {
    if (!isHalved_)
        cv::resize(matOf(seen_), half_, {frame_.width / 2, frame_.height / 2}, 0, 0, cv::INTER_AREA);
    isHalved_ = true;
    return half_;
}

std::vector<Finder> FinderSearch::clear(std::size_t most) const {
    std::vector<Finder> out;
    for (const auto& f : finders_)
        if (f.quality > clearFinder && out.size() < most) out.push_back(f);
    return out;
}

bool FinderSearch::seesSign() const {
    return std::ranges::any_of(finders_, [](const auto& f) { return f.quality > plainFinder; });
}

void FinderSearch::addCrossings(std::span<const finding::Crossing> crossings, float scale) {
    for (const auto& crossing : crossings)
        if (const auto f = finding::polishCrossed(seen_, crossing.centre * scale, crossing.module * scale))
            finders_.push_back(*f);
    finding::keepBest(finders_, mostFinders);
}

/// What the scan has found and no attempt before has made a finder of.
void FinderSearch::addScanned(std::size_t most) {
    auto crossings = scan_->crossings(most);
    std::erase_if(crossings, [&](const auto& crossing) {
        return std::ranges::any_of(finders_, [&](const auto& known) {
            return length(known.centre - crossing.centre) < known.module();
        });
    });
    addCrossings(crossings, 1);
}

void FinderSearch::fewRuns() {
    thresholds_.measure(frame_);
    scan_.emplace(frame_, thresholds_);
    scan_->scan(rowStep / 2, 2 * rowStep, Wanted::Clear);
    addScanned(firstCrossings);
}

void FinderSearch::runs() {
    scan_->scan(rowStep / 2 + rowStep, 2 * rowStep, Wanted::Clear);
    addScanned(firstCrossings);
}

/// What sharpen() gives is kept for all later searches; the equaliser, which undoes the blur itself, gets the
/// frame as it is.
void FinderSearch::sharpRuns() {
    sharpen(frame_, sharp_);
    seen_ = {sharp_.data(), frame_.width, frame_.height, frame_.width};
    isHalved_ = false;
    thresholds_.measure(seen_);
    scan_.emplace(seen_, thresholds_);
    scan_->scan(rowStep / 2, rowStep, Wanted::Clear);
    addScanned(firstCrossings);
}

void FinderSearch::moreRuns() {
    scan_->scanPassedOver();
    scan_->scan(0, rowStep, Wanted::Any);
    addScanned(mostCrossings);
}

void FinderSearch::largeRuns() {
    cv::Mat quarter;
    cv::resize(halved(), quarter, {frame_.width / 4, frame_.height / 4}, 0, 0, cv::INTER_AREA);
    addLargeRuns(halved(), 2);
    addLargeRuns(quarter, 4);
}

void FinderSearch::addLargeRuns(const cv::Mat& smaller, float scale) {
    const auto view = viewOf(smaller);
    finding::Thresholds levels;
    levels.measure(view);
    finding::RunScan runs(view, levels);
    runs.scan(rowStep / 4, rowStep / 2, Wanted::Any);
    addCrossings(runs.crossings(mostCrossings), scale);
}

void FinderSearch::addRings(Area area, float module, Budget& budget) {
    const bool smaller = module >= halvedFrom;
    const int scale = smaller ? 2 : 1;
    const auto view = smaller ? viewOf(halved()) : seen_;
    const Area part{area.left / scale, area.top / scale, area.width / scale, area.height / scale};
    budget.spend(0.007 * part.width * part.height);
    for (const auto& ring : finding::findRings(view, part, module / static_cast<float>(scale), mostRings))
        if (const auto f = finding::polish(seen_, ring.centre * static_cast<float>(scale), module))
            finders_.push_back(*f);
}

void FinderSearch::thirds() {
    const auto found = finding::seekThirds(seen_, clear(mostInPairs));
    finders_.insert(finders_.end(), found.begin(), found.end());
    finding::keepBest(finders_, mostFinders);
}

/// The other finders of a symbol look like one that was found, whatever the camera did to them all: blur,
/// motion, a ghost. Normalised correlation with that one's own picture.
void FinderSearch::addAlike(const Finder& like) {
    const int scale = like.module() >= halvedFrom ? 2 : 1;
    const auto picture = matOf(seen_);
    const auto area = around(like, 66, seen_), own = around(like, 4.5F, seen_);
    cv::Mat field, pattern, alike;
    const double by = 1.0 / scale;
    cv::resize(picture(area), field, {}, by, by, cv::INTER_AREA);
    cv::resize(picture(own), pattern, {}, by, by, cv::INTER_AREA);
    if (pattern.cols < 7 || pattern.rows < 7 || field.cols <= pattern.cols || field.rows <= pattern.rows)
        return;
    cv::matchTemplate(field, pattern, alike, cv::TM_CCOEFF_NORMED);
    const int apart = pattern.cols / 2;
    for (std::size_t i = 0; i < mostAlike; ++i) {
        double most = 0;
        cv::Point at;
        cv::minMaxLoc(alike, nullptr, &most, nullptr, &at);
        if (most < leastAlike) break;
        const Point offset = like.centre - Point{static_cast<float>(own.x), static_cast<float>(own.y)};
        const Point centre =
            Point{static_cast<float>(area.x + at.x * scale), static_cast<float>(area.y + at.y * scale)} +
            offset;
        if (const auto f = finding::polish(seen_, centre, like.a, like.b)) finders_.push_back(*f);
        alike(cv::Rect(at.x - apart, at.y - apart, 2 * apart + 1, 2 * apart + 1) & cv::Rect({}, alike.size()))
            .setTo(0);
    }
}

void FinderSearch::alike() {
    for (const auto& f : clear(2)) addAlike(f);
    finding::keepBest(finders_, mostFinders);
}

void FinderSearch::denseRings(Budget& budget) {
    for (const auto& region : denseRegions(whole(), regionShare, mostRegions)) {
        const auto box = grown(region, regionMargin, {frame_.width, frame_.height});
        for (const float module : {3.2F, 2.4F, 1.8F, 4.2F, 5.5F})
            if (budget.allows(800)) addRings({box.x, box.y, box.width, box.height}, module, budget);
    }
    finding::keepBest(finders_, mostFinders);
}

} // namespace kiosk::reading::soft
