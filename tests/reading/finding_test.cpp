// Finders, triples and grids of a symbol that is turned and tilted: within a fraction of a module of the
// truth.
#include "app/reading/finding/grid.hpp"
#include "app/reading/finding/run_scan.hpp"
#include "tests/reading/drawn_symbol.hpp"

#include <gmock/gmock.h>

namespace kiosk::reading::finding {
namespace {

const std::string text = "MAU|SPECIMEN|0123456789|" + std::string(70, 'x'); // version 6

std::vector<Finder> findersOf(const DrawnSymbol& symbol) {
    Thresholds thresholds;
    thresholds.measure(symbol.view());
    std::vector<Finder> out;
    const auto view = symbol.view();
    RunScan scan(view, thresholds);
    scan.scan(1, 2, RunScan::Wanted::Any);
    for (const auto& crossing : scan.crossings(32))
        if (const auto finder = polishCrossed(view, crossing.centre, crossing.module)) out.push_back(*finder);
    keepBest(out, 16);
    return out;
}

/// As the reader does: several triples are tried.
std::optional<Grid> bestGrid(const DrawnSymbol& symbol) {
    std::optional<Grid> best;
    for (const auto& triple : findTriples(findersOf(symbol), 6))
        if (auto grid = fitGrid(symbol.view(), triple); grid && (!best || grid->fit() > best->fit()))
            best = std::move(grid);
    return best;
}

struct Seen {
    const char* name;
    Drawing how;
};
void PrintTo(const Seen& s, std::ostream* out) { *out << s.name; }

class Turned : public testing::TestWithParam<Seen> {
protected:
    DrawnSymbol symbol_ = draw(text, GetParam().how);
    float module() const { return static_cast<float>(GetParam().how.modulePx); }
};

TEST_P(Turned, FinderCentresAreFound) {
    const auto finders = findersOf(symbol_);
    const auto n = static_cast<float>(symbol_.size());
    for (const auto& [u, v] : {std::pair{3.5F, 3.5F}, {n - 3.5F, 3.5F}, {3.5F, n - 3.5F}}) {
        const auto truth = symbol_.map(u, v);
        float nearest = 1e9F;
        for (const auto& f : finders) nearest = std::min(nearest, length(f.centre - truth) / module());
        EXPECT_LT(nearest, 0.25F) << u << ' ' << v;
    }
}

TEST_P(Turned, TheGridLiesOnEveryModule) {
    const auto grid = bestGrid(symbol_);
    ASSERT_TRUE(grid);
    EXPECT_EQ(grid->version(), symbol_.version());
    EXPECT_GT(grid->fit(), 0.5F);
    float worst = 0;
    for (int y = 0; y < symbol_.size(); ++y)
        for (int x = 0; x < symbol_.size(); ++x) {
            const float u = static_cast<float>(x) + 0.5F, v = static_cast<float>(y) + 0.5F;
            worst = std::max(worst, length(grid->at(u, v) - symbol_.map(u, v)) / module());
        }
    EXPECT_LT(worst, 0.35F);
}

TEST_P(Turned, AGridOfTheFrameBeforeIsFoundAgain) {
    std::array<Point, 4> corners;
    const auto narrow = static_cast<float>(GetParam().how.narrow);
    const auto n = static_cast<float>(symbol_.size());
    std::size_t i = 0;
    for (const auto& [u, v] : {std::pair{0.F, 0.F}, {n, 0.F}, {n, n}, {0.F, n}}) // moved by half a module
        corners[i++] = symbol_.map(u, v) + Point{narrow * module() / 2, -narrow * module() / 3};
    const auto grid = refitGrid(symbol_.view(), symbol_.version(), corners);
    ASSERT_TRUE(grid);
    EXPECT_LT(length(grid->at(n / 2, n / 2) - symbol_.map(n / 2, n / 2)), 0.3F * module());
}

INSTANTIATE_TEST_SUITE_P(Symbols, Turned,
                         testing::Values(Seen{"Straight", {4, 0, 0}}, Seen{"TurnedALittle", {4, 13, 0}},
                                         Seen{"TurnedHalfWay", {4, 43, 0}}, Seen{"OnItsSide", {4, 90, 0}},
                                         Seen{"UpsideDown", {4, 187, 0}}, Seen{"Tilted", {5, 8, 0.12}},
                                         Seen{"TurnedAndTilted", {5, 140, 0.1}}, Seen{"Small", {2.5, 20, 0}},
                                         Seen{"Blurred", {4, 30, 0, 1.2}},
                                         Seen{"Steep", {5, 4, 0.08, 0, 0.55}},
                                         Seen{"SteepAndTurned", {5, 45, 0.05, 0, 0.6}},
                                         Seen{"SteepOnItsSide", {5, 94, 0.08, 0, 0.55}}),
                         [](const auto& test) { return test.param.name; });

TEST(Greys, ManyAtOnceAreTheSameAsEachAlone) {
    cv::Mat noise(40, 60, CV_8UC1);
    cv::RNG random(5);
    random.fill(noise, cv::RNG::UNIFORM, 0, 256);
    const GreyView part{noise.data, 50, 40, static_cast<int>(noise.step)};
    std::vector<Point> places;
    for (std::size_t i = 0; i < 2 * mostAtOnce + 5; ++i) // also beyond the edges
        places.push_back({random.uniform(-5.0F, 55.0F), random.uniform(-5.0F, 45.0F)});
    std::size_t next = 0;
    eachGrey(
        part, places.size(), [&](std::size_t i) { return places[i]; },
        [&](std::size_t i, float grey) {
            EXPECT_EQ(i, next++);
            EXPECT_EQ(grey, greyAt(part, places[i])) << places[i].x << ", " << places[i].y;
        });
    EXPECT_EQ(next, places.size());
}

TEST(Grid, IsRefusedWhereThereIsNoSymbol) {
    auto symbol = draw(text, {});
    const auto triples = findTriples(findersOf(symbol), 1);
    ASSERT_EQ(triples.size(), 1U);
    symbol.picture.setTo(128);
    EXPECT_FALSE(fitGrid(symbol.view(), triples.front()));
}

/// Over two modules: light and dark of the timing patterns add up to grey along it.
TEST(Grid, IsFoundWhereMotionHasWipedTheTimingOut) {
    auto symbol = draw(text + text, {4, 6, 0.05});
    const auto n = static_cast<float>(symbol.size());
    cv::filter2D(symbol.picture, symbol.picture, -1, cv::Mat(1, 8, CV_32F, 1.0 / 8), {4, 0});
    const auto finderAt = [&](float u, float v) {
        const auto centre = symbol.map(u, v);
        const auto finder =
            polish(symbol.view(), centre, symbol.map(u + 1, v) - centre, symbol.map(u, v + 1) - centre);
        return finder.value_or(Finder{});
    };
    const Triple triple{finderAt(3.5F, 3.5F), finderAt(n - 3.5F, 3.5F), finderAt(3.5F, n - 3.5F), 0};
    const auto grid = fitGrid(symbol.view(), triple);
    ASSERT_TRUE(grid);
    EXPECT_EQ(grid->version(), symbol.version());
    const auto corners = grid->corners();
    const std::array truth{symbol.map(0, 0), symbol.map(n, 0), symbol.map(n, n), symbol.map(0, n)};
    for (std::size_t i = 0; i < 4; ++i) EXPECT_LT(length(corners[i] - truth[i]), 4) << "a module";
}

TEST(Grid, BendsWithTheCard) {
    const auto flat = draw(text + text, {5, 5, 0}); // large enough for alignment patterns in its middle
    auto bent = flat;
    cv::Mat x(flat.picture.size(), CV_32F), y(flat.picture.size(), CV_32F);
    const float middle = static_cast<float>(flat.picture.rows) / 2, depth = 16; // px
    const auto shift = [&](float at) {
        const float t = (at - middle) / middle;
        return depth * (t * t - 0.2F);
    };
    for (int row = 0; row < x.rows; ++row)
        for (int column = 0; column < x.cols; ++column) {
            x.at<float>(row, column) = static_cast<float>(column) - shift(static_cast<float>(row));
            y.at<float>(row, column) = static_cast<float>(row);
        }
    cv::remap(flat.picture, bent.picture, x, y, cv::INTER_LINEAR, cv::BORDER_REPLICATE);
    auto grid = bestGrid(bent);
    ASSERT_TRUE(grid);
    const auto offBy = [&] {
        double sum = 0;
        for (int row = 0; row < flat.size(); ++row)
            for (int column = 0; column < flat.size(); ++column) {
                const float u = static_cast<float>(column) + 0.5F, v = static_cast<float>(row) + 0.5F;
                const auto p = flat.map(u, v);
                sum += length(grid->at(u, v) - Point{p.x + shift(p.y), p.y});
            }
        return sum / (flat.size() * flat.size());
    };
    const auto before = offBy();
    ASSERT_TRUE(grid->bend(bent.view()));
    EXPECT_LT(offBy(), 0.8 * before);
}

} // namespace
} // namespace kiosk::reading::finding
