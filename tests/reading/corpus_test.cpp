// The reader on the corpora: so many frames at least are read, and none is misread. 5,600 frames, of which a
// sanitized reader sees a share; the long run is `reading_bench --misreads 100000`.
#include "tests/reading/corpus_table.hpp"

#include "app/reading/reader.hpp"
#include "tests/specimen/corpus.hpp"

#include <gtest/gtest.h>
#include <numeric>

namespace kiosk::reading {
namespace {

using specimen::Sample;

#ifndef KIOSK_CORPUS_SHARE
#define KIOSK_CORPUS_SHARE 1
#endif
constexpr bool whole = KIOSK_CORPUS_SHARE == 1;

constexpr specimen::Size fast{960, 540}; // as many px a module as in larger frames, and less beside the code
// A frame's 33 ms in nominal microseconds: what is read must not depend on the machine.
constexpr double work = 33'000;
constexpr std::chrono::milliseconds hangs(20000);

/// All strengths of all series in turn, as often as the seeds last.
Sample seriesSample(std::uint64_t seed) {
    const auto all = specimen::series();
    const auto strengths =
        std::accumulate(all.begin(), all.end(), std::size_t{0},
                        [](std::size_t sum, const auto& s) { return sum + s.strengths.size(); });
    auto number = static_cast<std::size_t>(seed % strengths);
    for (const auto& series : all) {
        if (number < series.strengths.size())
            return specimen::sample(series, series.strengths[number], seed, fast);
        number -= series.strengths.size();
    }
    return {};
}

Sample sampleOf(Corpus corpus, std::uint64_t seed) {
    const auto levelFrom = [&](Corpus first) {
        return 1 + static_cast<int>(corpus) - static_cast<int>(first);
    };
    if (corpus <= Corpus::Level4) return specimen::sample(levelFrom(Corpus::Level1), seed, fast);
    if (corpus <= Corpus::Second4) return specimen::secondSample(levelFrom(Corpus::Second1), seed, fast);
    if (corpus == Corpus::Series) return seriesSample(seed);
    return corpus == Corpus::Negatives ? specimen::negativeSample(seed, fast)
                                       : specimen::baitSample(seed, fast);
}

class ReaderOnCorpus : public testing::TestWithParam<CorpusPart> {};

TEST_P(ReaderOnCorpus, ReadsAtLeastSoManyAndMisreadsNone) {
    const auto& part = GetParam();
    int read = 0;
    for (int i = 0; i < part.frames; i += KIOSK_CORPUS_SHARE) {
        const auto seed = part.firstSeed + static_cast<std::uint64_t>(i);
        const auto sample = sampleOf(part.corpus, seed);
        const auto& frame = sample.frame;
        const auto reading = Reader().read({frame.grey.data(), frame.width, frame.height, frame.width},
                                           Budget::work(work), false, hangs);
        EXPECT_EQ(reading.faults, 0U) << "seed " << seed;
        if (reading.codes.empty()) continue;
        const auto& bytes = reading.codes.front().bytes;
        const std::string text(bytes.begin(), bytes.end());
        const bool right = !text.empty() && (text == sample.payload || text == sample.otherPayload);
        EXPECT_TRUE(right) << "misread, seed " << seed << ": " << text << "\ninstead of " << sample.payload;
        read += text == sample.payload;
    }
    RecordProperty("read", read);
    EXPECT_GE(read, whole ? part.least : 0) << "of " << part.frames;
}

INSTANTIATE_TEST_SUITE_P(Corpus, ReaderOnCorpus, testing::ValuesIn(corpusParts),
                         [](const auto& part) { return part.param.name; });

} // namespace
} // namespace kiosk::reading
