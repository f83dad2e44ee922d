// The drawn frames are what they are said to be: a corpus with a wrong truth would measure nothing.
#include "app/identity/id_card.hpp"
#include "app/reading/zxing.hpp"
#include "tests/specimen/corpus.hpp"

#include <gmock/gmock.h>
#include <opencv2/imgproc.hpp>
#include <set>

namespace kiosk::specimen {
namespace {

std::vector<reading::CodeFound> find(const Frame& frame) {
    return reading::zxing::read({frame.grey.data(), frame.width, frame.height, frame.width}, {});
}

/// The largest distance between a corner as it is said to be and as it is found; nothing when nothing is
/// found.
std::optional<double> worstCorner(const Sample& sample) {
    const auto found = find(sample.frame);
    if (found.empty()) return std::nullopt;
    double worst = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const cv::Point2f corner(found[0].corners[i].x, found[0].corners[i].y);
        worst = std::max(worst, cv::norm(corner - sample.place.corners[i]));
    }
    return worst;
}

double saturatedShare(const Sample& sample) {
    cv::Mat code(sample.frame.height, sample.frame.width, CV_8UC1, cv::Scalar(0));
    std::vector<cv::Point> outline(sample.place.corners.begin(), sample.place.corners.end());
    cv::fillConvexPoly(code, outline, cv::Scalar(255));
    auto grey = sample.frame.grey;
    const cv::Mat picture(code.size(), CV_8UC1, grey.data());
    return double(cv::countNonZero((picture >= 254) & code)) / cv::countNonZero(code);
}

const Series& seriesNamed(std::string_view name) {
    for (const auto& s : series())
        if (s.name == name) return s;
    throw std::logic_error("no such series");
}

/// Of eight frames; a decoder's corners are good to about a module, and it takes lines for straight that are
/// not.
template <typename Make>
void expectPlaced(const char* name, Make make) {
    int found = 0;
    for (std::uint64_t seed = 0; seed < 8; ++seed) {
        const auto worst = worstCorner(make(seed));
        found += worst.has_value();
        if (worst) {
            EXPECT_LT(*worst, 5) << name << ", seed " << seed;
        }
    }
    EXPECT_GE(found, 5) << name;
}

TEST(Specimen, PlacesTheCodeWhereItSays) {
    for (const auto& [name, strength] :
         {std::pair{"distance", 4.0}, {"tilt", 30.0}, {"turn", 180.0}, {"bent", 2.0}, {"barrel", 0.1}})
        expectPlaced(name, [&](std::uint64_t seed) { return sample(seriesNamed(name), strength, seed); });
    expectPlaced("second model", [](std::uint64_t seed) { return secondSample(1, seed); });
}

/// Share of modules that have their colour where the corners say that they are.
double rightModules(const Sample& sample, const cv::Mat& modules) {
    const auto n = static_cast<float>(modules.cols);
    // The corners are outer edges; module centres lie half a module inside, as pixel centres do in a picture.
    const std::vector<cv::Point2f> from = {
        {-0.5F, -0.5F}, {n - 0.5F, -0.5F}, {n - 0.5F, n - 0.5F}, {-0.5F, n - 0.5F}};
    const std::vector<cv::Point2f> to(sample.place.corners.begin(), sample.place.corners.end());
    auto grey = sample.frame.grey;
    const cv::Mat picture(sample.frame.height, sample.frame.width, CV_8UC1, grey.data());
    cv::Mat seen;
    cv::warpPerspective(picture, seen, cv::getPerspectiveTransform(from, to), modules.size(),
                        cv::INTER_LINEAR | cv::WARP_INVERSE_MAP);
    cv::threshold(seen, seen, 0, 255, cv::THRESH_OTSU);
    return double(cv::countNonZero(seen == modules)) / double(modules.total());
}

TEST(Specimen, PlacesEveryModule) {
    for (const auto& [name, strength] :
         {std::pair{"distance", 2.5}, {"distance", 4.0}, {"tilt", 45.0}, {"turn", 90.0}})
        for (std::uint64_t seed = 0; seed < 4; ++seed)
            EXPECT_GT(rightModules(sample(seriesNamed(name), strength, seed), corpusCard(seed).card.modules),
                      0.98)
                << name << " " << strength << ", seed " << seed;
}

TEST(Specimen, DrawsModulesAsLargeAsAsked) {
    for (const double wanted : {1.5, 3.0, 6.0}) {
        const auto s = sample(seriesNamed("distance"), wanted, 2);
        EXPECT_NEAR(s.place.modulePx, wanted, 0.05);
        EXPECT_NEAR(cv::norm(s.place.corners[1] - s.place.corners[0]),
                    wanted * corpusCard(2).card.modules.cols,
                    0.06 * wanted * corpusCard(2).card.modules.cols);
        EXPECT_FALSE(s.place.cut);
    }
}

TEST(Specimen, SaturatesTheShareAskedFor) {
    for (const char* name : {"glare", "glare band"}) {
        double sum = 0;
        for (std::uint64_t seed = 0; seed < 12; ++seed)
            sum += saturatedShare(sample(seriesNamed(name), 0.1, seed));
        EXPECT_NEAR(sum / 12, 0.1, 0.05) << name << ": part of it may fall beside the code";
    }
}

TEST(Specimen, RepeatsAFrameFromItsSeed) {
    for (const auto& make :
         {+[](std::uint64_t seed) { return sample(4, seed); },
          +[](std::uint64_t seed) { return secondSample(4, seed); },
          +[](std::uint64_t seed) { return negativeSample(seed); },
          +[](std::uint64_t seed) { return baitSample(seed); },
          +[](std::uint64_t seed) { return Video(Video::Kind::HardMix, seed).frame(40); }}) {
        const auto once = make(6), again = make(6), other = make(8);
        EXPECT_TRUE(once.frame.grey == again.frame.grey);
        EXPECT_EQ(once.payload, again.payload);
        EXPECT_FALSE(once.frame.grey == other.frame.grey);
    }
}

TEST(Specimen, VariesTheCodes) {
    std::set<int> sides;
    for (std::uint64_t seed = 0; seed < 150; ++seed) {
        const auto [card, payload] = corpusCard(seed);
        sides.insert(card.modules.cols);
        EXPECT_TRUE(id_card::parse(payload, {{2026, 11, 24}, true})) << payload;
        EXPECT_THAT(card.modules.cols, testing::AllOf(testing::Ge(41), testing::Le(65)))
            << "versions 6 to 12";
    }
    EXPECT_GE(sides.size(), 6U);
}

TEST(Specimen, NamesWhatIsWrong) {
    for (const auto cue : {Cue::None, Cue::TooFar, Cue::Moving, Cue::Glare, Cue::Dark, Cue::Bright,
                           Cue::CutOff, Cue::WrongSide, Cue::TooClose})
        for (std::uint64_t seed = 0; seed < 3; ++seed) {
            const auto s = cueSample(cue, seed, {960, 540});
            EXPECT_EQ(s.cue, cue);
            EXPECT_EQ(s.payload.empty(), cue == Cue::WrongSide);
            EXPECT_EQ(s.place.cut, cue == Cue::CutOff);
        }
}

TEST(Specimen, BringsTheCardIntoTheVideo) {
    const Video video(Video::Kind::Level3, 2);
    EXPECT_TRUE(video.frame(0).payload.empty()) << "nothing there yet";
    const auto held = video.frame(75), next = video.frame(76);
    EXPECT_EQ(held.payload, corpusCard(900002).payload);
    EXPECT_LT(cv::norm(held.place.corners[0] - next.place.corners[0]), 25) << "held, though not quite still";
}

} // namespace
} // namespace kiosk::specimen
