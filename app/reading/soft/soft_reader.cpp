#include "app/reading/soft/soft_reader.hpp"

#include "app/reading/finding/ring_filter.hpp"
#include "app/reading/finding/run_scan.hpp"
#include "app/reading/region.hpp"
#include "app/reading/soft/equalizer.hpp"
#include "app/reading/soft/evidence.hpp"
#include "app/reading/soft/symbol_decoder.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace kiosk::reading::soft {
namespace {

using finding::Area;
using finding::Finder;
using finding::Grid;
using finding::Point;
using finding::Triple;
using Wanted = finding::RunScan::Wanted;

constexpr int rowStep = 4;                // px between scanned lines
constexpr std::size_t firstCrossings = 8; // are looked at closely before the others
constexpr std::size_t mostCrossings = 32, mostFinders = 16, mostRings = 12, mostTriples = 6, mostInPairs = 6;
constexpr float clearFinder = 0.62F; // good enough to look for its neighbours
constexpr float plainFinder = 0.8F;  // chance hardly makes one
constexpr float halvedFrom = 2.8F;   // px a module from which half the size is enough to see rings
constexpr int placeKeptFrames = 10;
constexpr double gridCost = 700;    // microseconds: fitting, sampling, decoding
constexpr int rounds = 4;           // of equalising with what has been learnt
constexpr float hopefulFit = 0.48F; // of a grid; below, one round tells: of 600 codes read, one was

GreyView viewOf(const cv::Mat& m) { return {m.data, m.cols, m.rows, static_cast<int>(m.step)}; }

/// A guess of a module's colour where the equaliser is nearly sure, as training for the next round.
void guess(std::span<float> known, std::span<const float> ratios) {
    constexpr float sure = 0.8F, weight = 0.7F;
    for (std::size_t i = 0; i < known.size(); ++i) {
        if (known[i] != 0) continue;
        const float belief = std::tanh(ratios[i] / 2);
        if (std::abs(belief) > sure) known[i] = weight * belief;
    }
}

} // namespace

struct SoftReader::Inside {
    // Of the frame at hand.
    GreyView frame;
    GreyView seen; // what finders are sought and grids fitted in: the frame, or `sharp`
    finding::Thresholds thresholds;
    std::optional<finding::RunScan> scan;
    std::vector<Finder> finders;
    std::vector<Triple> tried;
    std::vector<std::pair<Grid, Bytes>> read;
    std::optional<Grid> clearest;   // not read
    std::optional<Samples> samples; // of `clearest`
    std::vector<float> ratios;      // of `clearest`
    cv::Mat half, quarter;          // smaller copies, made when needed
    cv::Mat fine, coarse, sharp;    // likewise; their memory is kept
    // From frame to frame.
    Evidence evidence;
    struct Place {
        int version;
        std::array<Point, 4> corners;
        int age;
    };
    std::optional<Place> place;

    cv::Mat whole() const {
        return {frame.height, frame.width, CV_8UC1, const_cast<std::uint8_t*>(frame.pixels),
                static_cast<std::size_t>(frame.stride)};
    }
    const cv::Mat& halved() {
        if (half.empty())
            cv::resize(whole(), half, {frame.width / 2, frame.height / 2}, 0, 0, cv::INTER_AREA);
        return half;
    }
    const cv::Mat& quartered() {
        if (quarter.empty())
            cv::resize(halved(), quarter, {frame.width / 4, frame.height / 4}, 0, 0, cv::INTER_AREA);
        return quarter;
    }

    void addCrossings(std::span<const finding::Crossing> crossings, float scale);
    void addScanned(std::size_t most);
    void addFewRuns();
    void addRuns();
    void addSharpRuns();
    void addMoreRuns();
    void addLargeRuns(const cv::Mat& smaller, float scale);
    void addRings(Area area, float module, Budget& budget);
    void addThirds();
    void nearRings(Budget& budget);
    void denseRings(Budget& budget);
    std::vector<CodeFound> decodeTriples(const std::vector<Triple>& triples, Budget& budget, bool all);
    std::optional<Decoded> decodeGrid(Grid grid, Budget& budget);
    std::optional<Decoded> decodeStraightOrBent(const Grid& grid, Budget& budget);
    std::optional<Decoded> together();
    CodeFound report(const Grid& grid, Bytes bytes);
    std::vector<CodeFound> lastPlace(Budget& budget);
    bool isTried(const Triple& triple) const;
};

/// `scale`: px of the frame in one of the picture that the crossings were found in.
void SoftReader::Inside::addCrossings(std::span<const finding::Crossing> crossings, float scale) {
    for (const auto& crossing : crossings)
        if (const auto f = finding::polish(seen, crossing.centre * scale, crossing.module * scale,
                                           finding::Measured::AlongRows))
            finders.push_back(*f);
    finding::keepBest(finders, mostFinders);
}

/// What the scan has found and no attempt before has made a finder of.
void SoftReader::Inside::addScanned(std::size_t most) {
    auto crossings = scan->crossings(most);
    std::erase_if(crossings, [&](const auto& crossing) {
        return std::ranges::any_of(finders, [&](const auto& known) {
            return length(known.centre - crossing.centre) < known.module();
        });
    });
    addCrossings(crossings, 1);
}

void SoftReader::Inside::addFewRuns() {
    thresholds.measure(frame);
    scan.emplace(frame, thresholds);
    scan->scan(rowStep / 2, 2 * rowStep, Wanted::Clear);
    addScanned(firstCrossings);
}

void SoftReader::Inside::addRuns() {
    scan->scan(rowStep / 2 + rowStep, 2 * rowStep, Wanted::Clear);
    addScanned(firstCrossings);
}

/// Blur fills a finder's light ring until it is as dark as a threshold between the card and the ink;
/// noise breaks runs into pieces. A band of frequencies around those of modules undoes both. It is kept for
/// all later searches; the equaliser, which undoes the blur itself, gets the frame as it is.
void SoftReader::Inside::addSharpRuns() {
    constexpr double gain = 2;
    cv::GaussianBlur(whole(), fine, {3, 3}, 0);
    cv::blur(whole(), coarse, {7, 7}); // of codes of 1.5 to 5 px a module
    cv::addWeighted(fine, 1 + gain, coarse, -gain, 0, sharp);
    seen = viewOf(sharp);
    thresholds.measure(seen);
    scan.emplace(seen, thresholds);
    scan->scan(rowStep / 2, rowStep, Wanted::Clear);
    addScanned(firstCrossings);
}

void SoftReader::Inside::addMoreRuns() {
    scan->scanPassedOver();
    scan->scan(0, rowStep, Wanted::Any);
    addScanned(mostCrossings);
}

void SoftReader::Inside::addLargeRuns(const cv::Mat& smaller, float scale) {
    const auto view = viewOf(smaller);
    finding::Thresholds levels;
    levels.measure(view);
    finding::RunScan runs(view, levels);
    runs.scan(rowStep / 4, rowStep / 2, Wanted::Any);
    addCrossings(runs.crossings(mostCrossings), scale);
}

/// `area` and `module` in px of the frame.
void SoftReader::Inside::addRings(Area area, float module, Budget& budget) {
    const bool smaller = module >= halvedFrom;
    const int scale = smaller ? 2 : 1;
    const auto view = smaller ? viewOf(halved()) : frame;
    const Area part{area.left / scale, area.top / scale, area.width / scale, area.height / scale};
    budget.spend(0.007 * part.width * part.height);
    for (const auto& ring : finding::findRings(view, part, module / static_cast<float>(scale), mostRings))
        if (const auto f = finding::polish(seen, ring.centre * static_cast<float>(scale), module))
            finders.push_back(*f);
}

void SoftReader::Inside::addThirds() {
    std::vector<Finder> clear;
    for (const auto& f : finders)
        if (f.quality > clearFinder && clear.size() < mostInPairs) clear.push_back(f);
    const auto thirds = finding::seekThirds(seen, clear);
    finders.insert(finders.end(), thirds.begin(), thirds.end());
    finding::keepBest(finders, mostFinders);
}

void SoftReader::Inside::nearRings(Budget& budget) {
    std::vector<Finder> clear;
    for (const auto& f : finders)
        if (f.quality > clearFinder && clear.size() < 2) clear.push_back(f);
    for (const auto& f : clear) {
        const float module = f.module();
        const int reach = static_cast<int>(66 * std::max(length(f.a), length(f.b)));
        const Area area{static_cast<int>(f.centre.x) - reach, static_cast<int>(f.centre.y) - reach, 2 * reach,
                        2 * reach};
        for (const float share : {1.0F, 0.85F, 1.18F})
            if (budget.allows(500)) addRings(area, module * share, budget);
    }
    finding::keepBest(finders, mostFinders);
}

void SoftReader::Inside::denseRings(Budget& budget) {
    const auto box = grown(densestRegion(whole()), 0.25, {frame.width, frame.height});
    if (box.empty()) return;
    for (const float module : {3.2F, 2.4F, 4.2F, 1.8F, 5.5F})
        if (budget.allows(800)) addRings({box.x, box.y, box.width, box.height}, module, budget);
    finding::keepBest(finders, mostFinders);
}

bool SoftReader::Inside::isTried(const Triple& t) const {
    const auto near = [](const Finder& a, const Finder& b) {
        return length(a.centre - b.centre) < a.module();
    };
    return std::ranges::any_of(tried, [&](const Triple& other) {
        return near(t.topLeft, other.topLeft) && near(t.topRight, other.topRight) &&
               near(t.bottomLeft, other.bottomLeft);
    });
}

CodeFound SoftReader::Inside::report(const Grid& grid, Bytes bytes) {
    CodeFound code{bytes, {}};
    const auto corners = grid.corners();
    for (std::size_t i = 0; i < 4; ++i) code.corners[i] = {corners[i].x, corners[i].y};
    read.emplace_back(grid, std::move(bytes));
    return code;
}

std::vector<CodeFound> SoftReader::Inside::decodeTriples(const std::vector<Triple>& triples, Budget& budget,
                                                         bool all) {
    std::vector<CodeFound> out;
    for (const auto& triple : triples) {
        if (!budget.allows(gridCost) || (!all && !out.empty())) break;
        if (isTried(triple)) continue;
        tried.push_back(triple);
        budget.spend(gridCost / 2);
        const auto grid = finding::fitGrid(seen, triple);
        if (!grid) continue;
        if (auto decoded = decodeStraightOrBent(*grid, budget))
            out.push_back(report(*grid, std::move(decoded->bytes)));
    }
    return out;
}

std::optional<Decoded> SoftReader::Inside::decodeStraightOrBent(const Grid& grid, Budget& budget) {
    if (auto decoded = decodeGrid(grid, budget)) return decoded;
    auto bent = grid;
    if (grid.fit() < hopefulFit || !budget.allows(2 * gridCost) || !bent.bend(seen)) return std::nullopt;
    budget.spend(gridCost / 2);
    return decodeGrid(bent, budget);
}

/// First as if nothing were blurred; then with an equaliser trained on what every symbol of the version has,
/// then on what the round before made certain or likely.
std::optional<Decoded> SoftReader::Inside::decodeGrid(Grid grid, Budget& budget) {
    constexpr float plainRatio = 4; // of a level without noise
    Samples taken(frame, grid);
    budget.spend(gridCost / 4);
    SymbolDecoder decoder(grid.version());
    auto soft = taken.plain();
    for (auto& s : soft) s *= plainRatio;
    if (auto decoded = decoder.decode(soft, 2)) return decoded;
    taken.takeBetween(frame, grid);
    budget.spend(gridCost / 4);
    const auto known = knownModules(grid.version());
    auto now = equalize(taken, known, Taps::FiveByFive);
    auto decoded = decoder.decode(now.ratios, 4);
    const int most = grid.fit() < hopefulFit ? 1 : rounds;
    for (int round = 1; !decoded && round < most && budget.allows(gridCost); ++round) {
        budget.spend(gridCost);
        const int before = decoder.decoded();
        auto training = known;
        decoder.teach(training);
        if (round > 1 || before > 0) guess(training, now.ratios);
        now = equalize(taken, training, Taps::SevenBySeven);
        decoded = decoder.decode(now.ratios, 4);
        if (round > 2 && decoder.decoded() == before) break;
    }
    if (!decoded && (!clearest || grid.fit() >= clearest->fit())) {
        clearest = std::move(grid);
        samples = std::move(taken);
        ratios = std::move(now.ratios);
    }
    return decoded;
}

std::optional<Decoded> SoftReader::Inside::together() {
    const int version = clearest->version();
    auto sum = evidence.add(version, ratios);
    if (evidence.frames() < 2) return std::nullopt;
    SymbolDecoder decoder(version);
    auto decoded = decoder.decode(sum, 4);
    if (decoded || decoder.decoded() == 0) return decoded;
    auto training = knownModules(version);
    decoder.teach(training);
    guess(training, sum);
    sum = evidence.improve(equalize(*samples, training, Taps::SevenBySeven).ratios);
    return decoder.decode(sum, 4);
}

std::vector<CodeFound> SoftReader::Inside::lastPlace(Budget& budget) {
    budget.spend(gridCost / 2);
    const auto grid = finding::refitGrid(frame, place->version, place->corners);
    if (!grid) return {};
    auto decoded = decodeGrid(*grid, budget);
    if (!decoded) return {};
    return {report(*grid, std::move(decoded->bytes))};
}

SoftReader::SoftReader() : inside_(std::make_unique<Inside>()) {}
SoftReader::~SoftReader() = default;
SoftReader::SoftReader(SoftReader&&) noexcept = default;
SoftReader& SoftReader::operator=(SoftReader&&) noexcept = default;

void SoftReader::begin(const GreyView& frame) {
    auto& in = *inside_;
    in.frame = in.seen = frame;
    in.scan.reset();
    in.finders.clear();
    in.tried.clear();
    in.read.clear();
    in.clearest.reset();
    in.samples.reset();
    in.half.release();
    in.quarter.release();
}

double SoftReader::cost(Search search) const {
    const auto& in = *inside_;
    const double pixels = static_cast<double>(in.frame.width) * in.frame.height;
    const auto clear =
        std::ranges::count_if(in.finders, [](const auto& f) { return f.quality > clearFinder; });
    switch (search) {
    case Search::LastPlace:
        return in.place ? 1.5 * gridCost : 0;
    case Search::FewRuns:
        return 0.0004 * pixels;
    case Search::Runs:
        return in.scan ? 0.0002 * pixels : 0;
    case Search::SharpRuns:
        return 0.0012 * pixels;
    case Search::MoreRuns:
        return in.scan ? 0.0005 * pixels : 0;
    case Search::LargeRuns:
        return 0.0005 * pixels;
    case Search::Thirds:
        return clear > 1 ? 500 : 0;
    case Search::NearRings:
        return clear > 0 ? 2500 : 0;
    case Search::DenseRings:
        return 0.0008 * pixels + 2500;
    case Search::Pairs:
        return in.finders.size() >= 2 ? 2500 : 0;
    case Search::Together:
        return in.clearest ? gridCost : 0;
    }
    return 0;
}

std::vector<CodeFound> SoftReader::run(Search search, Budget& budget, bool all) {
    auto& in = *inside_;
    budget.spend(cost(search));
    switch (search) {
    case Search::LastPlace:
        return in.place ? in.lastPlace(budget) : std::vector<CodeFound>{};
    case Search::FewRuns:
        in.addFewRuns();
        break;
    case Search::Runs:
        in.addRuns();
        break;
    case Search::SharpRuns:
        in.addSharpRuns();
        break;
    case Search::MoreRuns:
        in.addMoreRuns();
        break;
    case Search::LargeRuns:
        in.addLargeRuns(in.halved(), 2);
        in.addLargeRuns(in.quartered(), 4);
        break;
    case Search::Thirds:
        in.addThirds();
        break;
    case Search::NearRings:
        in.nearRings(budget);
        break;
    case Search::DenseRings:
        in.denseRings(budget);
        break;
    case Search::Pairs: {
        auto best = in.finders;
        finding::keepBest(best, mostInPairs);
        return in.decodeTriples(finding::completePairs(in.seen, best, mostTriples), budget, all);
    }
    case Search::Together: {
        if (!in.clearest) return {};
        auto decoded = in.together();
        if (!decoded) return {};
        return {in.report(*in.clearest, std::move(decoded->bytes))};
    }
    }
    return in.decodeTriples(finding::findTriples(in.finders, all ? 4 * mostTriples : mostTriples), budget,
                            all);
}

void SoftReader::end() {
    auto& in = *inside_;
    const Grid* seen = !in.read.empty() ? &in.read.front().first : in.clearest ? &*in.clearest : nullptr;
    if (seen != nullptr)
        in.place = {seen->version(), seen->corners(), 0};
    else if (in.place && ++in.place->age > placeKeptFrames)
        in.place.reset();
    if (!in.read.empty())
        in.evidence.forget();
    else
        in.evidence.pass();
}

void SoftReader::forget() {
    inside_->place.reset();
    inside_->evidence.forget();
}

bool SoftReader::seesSign() const {
    return std::ranges::any_of(inside_->finders, [](const auto& f) { return f.quality > plainFinder; });
}

std::optional<Sighting> SoftReader::sighting() const {
    const auto& in = *inside_;
    const bool decoded = !in.read.empty();
    const Grid* seen = decoded ? &in.read.front().first : in.clearest ? &*in.clearest : nullptr;
    if (seen == nullptr) return std::nullopt;
    Sighting out;
    const auto corners = seen->corners();
    for (std::size_t i = 0; i < 4; ++i) out.corners[i] = {corners[i].x, corners[i].y};
    out.modulePx = seen->modulePx();
    out.decoded = decoded;
    return out;
}

} // namespace kiosk::reading::soft
