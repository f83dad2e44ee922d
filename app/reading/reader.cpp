#include "app/reading/reader.hpp"

#include "app/reading/attempts.hpp"

#include <algorithm>
#include <opencv2/core.hpp>

namespace kiosk::reading {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int turns = 6;         // frames of a stream: the first gets every attempt, whatever it looks like
constexpr int smallestSide = 21; // px: a module can be no smaller

bool isSane(const GreyView& frame) {
    return frame.pixels != nullptr && frame.width >= smallestSide && frame.height >= smallestSide &&
           frame.stride >= frame.width;
}

} // namespace

struct Reader::Inside {
    soft::SoftReader soft;
    GeneralReader general;
    int turn = 0; // of the frame at hand

    double cost(const Attempt& attempt) {
        if (const auto* search = std::get_if<soft::Search>(&attempt.how)) return soft.cost(*search);
        return general.cost(std::get<Preparation>(attempt.how));
    }
    Result<std::vector<CodeFound>> run(const Attempt& attempt, Budget& budget, bool all,
                                       std::chrono::milliseconds deadline) {
        if (const auto* search = std::get_if<soft::Search>(&attempt.how))
            return soft.run(*search, budget, all);
        const auto& preparation = std::get<Preparation>(attempt.how);
        budget.spend(general.cost(preparation));
        return general.run(preparation, all, deadline);
    }
};

Reader::Reader() : inside_(std::make_unique<Inside>()) {
    cv::setNumThreads(1); // the camera's thread works alone: the rest of the machine belongs to the screen
}
Reader::~Reader() = default;
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;

void Reader::forget() {
    inside_->turn = 0;
    inside_->soft.forget();
    inside_->general.forget();
}

Reading Reader::read(const GreyView& view, std::chrono::milliseconds budget, bool all) {
    return read(view, Budget::time(budget), all, std::max(decodeDeadline, budget));
}

Reading Reader::read(const GreyView& view, Budget budget, bool all, std::chrono::milliseconds deadline) {
    const auto start = Clock::now();
    Reading reading;
    if (!isSane(view)) return reading;
    inside_->soft.begin(view);
    inside_->general.begin(view);
    for (const auto& attempt : attempts()) {
        if (!all && !reading.codes.empty()) break;
        if (attempt.due == Attempt::Due::Spared && inside_->turn != 0 && !inside_->soft.seesSign()) continue;
        try {
            const auto cost = inside_->cost(attempt);
            if (cost == 0) continue;
            if (attempt.due != Attempt::Due::Always && !budget.allows(cost))
                continue; // a cheaper one may fit
            auto codes = inside_->run(attempt, budget, all, deadline);
            if (!codes) {
                ++reading.faults;
                reading.trouble = codes.error();
                continue;
            }
            for (auto& code : *codes)
                if (std::ranges::none_of(reading.codes,
                                         [&](const auto& known) { return isSameSymbol(known, code); }))
                    reading.codes.push_back(std::move(code));
        } catch (const std::exception&) { // cv::Exception and bad_alloc: the next attempt may do
            ++reading.faults;
        }
    }
    inside_->turn = reading.codes.empty() ? (inside_->turn + 1) % turns : 0;
    inside_->soft.end();
    inside_->general.end(reading.codes);
    reading.sighting = inside_->soft.sighting();
    if (!reading.codes.empty() && (!reading.sighting || !reading.sighting->decoded)) {
        reading.sighting = Sighting{.decoded = true};
        std::ranges::copy(reading.codes.front().corners, reading.sighting->corners);
    }
    reading.elapsed = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start);
    return reading;
}

} // namespace kiosk::reading
