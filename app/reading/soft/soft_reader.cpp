#include "app/reading/soft/soft_reader.hpp"

#include "app/reading/finding/triples.hpp"
#include "app/reading/soft/equalizer.hpp"
#include "app/reading/soft/evidence.hpp"
#include "app/reading/soft/finder_search.hpp"
#include "app/reading/soft/symbol_decoder.hpp"

#include <algorithm>
#include <cmath>

namespace kiosk::reading::soft {
namespace {

using finding::Finder;
using finding::Grid;
using finding::Point;
using finding::Triple;

constexpr std::size_t mostTriples = 6, mostInPairs = 6;
constexpr int placeKeptFrames = 2;    // after that no grid fitted there any more
constexpr double gridCost = 700;      // microseconds: fitting, sampling, decoding
constexpr double bitsCost = 500;      // of a block, bit by bit
constexpr int rounds = 5;             // of equalising with what has been learnt
constexpr float hopefulNoise = 0.62F; // left by the first equaliser: 218 right grids were below, three of
                                      // four wrong ones above
constexpr float hopefulFit = 0.48F;   // of a grid; below, one round tells: of 600 codes read, one was

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
    FinderSearch search;
    std::vector<Triple> tried;
    std::vector<std::pair<Grid, Bytes>> read;
    std::optional<Grid> clearest;   // not read
    bool clearestIsHopeful = false; // likely a symbol
    std::optional<Samples> samples; // of `clearest`
    std::vector<float> ratios;      // of `clearest`
    // From frame to frame.
    Evidence evidence;
    struct Place {
        int version;
        std::array<Point, 4> corners;
        int age;
    };
    std::optional<Place> place;

    std::vector<CodeFound> decodeTriples(const std::vector<Triple>& triples, Budget& budget, bool all);
    std::optional<Decoded> decodeGrid(Grid grid, Budget& budget);
    std::optional<Decoded> decodeStraightOrBent(const Grid& grid, Budget& budget);
    std::optional<Decoded> together();
    CodeFound report(const Grid& grid, Bytes bytes);
    std::vector<CodeFound> lastPlace(Budget& budget);
    bool isTried(const Triple& triple) const;
};

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
    bool any = false;
    for (const auto& triple : triples) {
        if (!all && !out.empty()) break;
        if (isTried(triple)) continue;
        if (any && !budget.allows(gridCost)) break; // the likeliest is tried on the slowest machine
        any = true;
        tried.push_back(triple);
        budget.spend(gridCost / 2);
        const auto grid = finding::fitGrid(search.seen(), triple);
        if (!grid) continue;
        if (auto decoded = decodeStraightOrBent(*grid, budget))
            out.push_back(report(*grid, std::move(decoded->bytes)));
    }
    return out;
}

std::optional<Decoded> SoftReader::Inside::decodeStraightOrBent(const Grid& grid, Budget& budget) {
    if (auto decoded = decodeGrid(grid, budget)) return decoded;
    auto bent = grid;
    if (grid.fit() < hopefulFit || !budget.allows(2 * gridCost) || !bent.bend(search.seen()))
        return std::nullopt;
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
    const bool hopeful = grid.fit() >= hopefulFit && now.noise <= hopefulNoise;
    const int most = hopeful ? rounds : 1;
    for (int round = 1; !decoded && round < most && budget.allows(gridCost); ++round) {
        budget.spend(gridCost);
        const int before = decoder.decoded();
        auto training = known;
        decoder.teach(training);
        if (round > 1 || before > 0) guess(training, now.ratios);
        now = equalize(taken, training, Taps::SevenBySeven);
        decoded = decoder.decode(now.ratios, 4);
        const double dear = bitsCost * decoder.blocks();
        if (!decoded && decoder.decoded() == before && budget.allows(dear)) {
            budget.spend(dear);
            decoded = decoder.decode(now.ratios, 1, Effort::Bits);
        }
        if (round > 2 && decoder.decoded() == before) break;
    }
    if (!decoded && (!clearest || grid.fit() >= clearest->fit())) {
        clearest = std::move(grid);
        clearestIsHopeful = hopeful;
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
    in.frame = frame;
    in.search.begin(frame);
    in.tried.clear();
    in.read.clear();
    in.clearest.reset();
    in.samples.reset();
}

double SoftReader::cost(Search search) const {
    const auto& in = *inside_;
    const double pixels = static_cast<double>(in.frame.width) * in.frame.height;
    const auto clear = in.search.clear(2).size();
    switch (search) {
    case Search::LastPlace:
        return in.place ? 1.5 * gridCost : 0;
    case Search::FewRuns:
        return 0.0004 * pixels;
    case Search::Runs:
        return in.search.hasScanned() ? 0.0002 * pixels : 0;
    case Search::SharpRuns:
        return 0.0009 * pixels;
    case Search::MoreRuns:
        return in.search.hasScanned() ? 0.0005 * pixels : 0;
    case Search::LargeRuns:
        return 0.0005 * pixels;
    case Search::Thirds:
        return clear > 1 ? 500 : 0;
    case Search::Alike:
        return clear > 0 ? 2000 : 0;
    case Search::DenseRings:
        return 0.0008 * pixels + 2500;
    case Search::Pairs:
        return in.search.finders().size() >= 2 ? 2500 : 0;
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
        in.search.fewRuns();
        break;
    case Search::Runs:
        in.search.runs();
        break;
    case Search::SharpRuns:
        in.search.sharpRuns();
        break;
    case Search::MoreRuns:
        in.search.moreRuns();
        break;
    case Search::LargeRuns:
        in.search.largeRuns();
        break;
    case Search::Thirds:
        in.search.thirds();
        break;
    case Search::Alike:
        in.search.alike();
        break;
    case Search::DenseRings:
        in.search.denseRings(budget);
        break;
    case Search::Pairs: {
        auto best = in.search.finders();
        finding::keepBest(best, mostInPairs);
        return in.decodeTriples(finding::completePairs(in.search.seen(), best, mostTriples), budget, all);
    }
    case Search::Together: {
        if (!in.clearest) return {};
        auto decoded = in.together();
        if (!decoded) return {};
        return {in.report(*in.clearest, std::move(decoded->bytes))};
    }
    }
    return in.decodeTriples(finding::findTriples(in.search.finders(), all ? 4 * mostTriples : mostTriples),
                            budget, all);
}

void SoftReader::end() {
    auto& in = *inside_;
    const Grid* seen = nullptr;
    if (!in.read.empty())
        seen = &in.read.front().first;
    else if (in.clearest && in.clearestIsHopeful)
        seen = &*in.clearest;
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

bool SoftReader::seesSign() const { return inside_->search.seesSign(); }

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
