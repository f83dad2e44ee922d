#include "tests/bench/reading/tally.hpp"

#include <algorithm>
#include <ctime>
#include <fmt/format.h>
#include <numeric>
#include <ostream>
#include <unicode/ucnv.h>

namespace kiosk::bench {
namespace {

bool isIn(const Bytes& bytes, const std::vector<Bytes>& list) {
    return std::ranges::find(list, bytes) != list.end();
}

/// The truths of photographs are UTF-8 where a text was written down; the code may have it in another set.
bool isSameText(const Bytes& bytes, const Bytes& truth) {
    for (const char* set : {"Shift_JIS", "ISO-8859-1", "GB18030", "Big5", "EUC-KR", "UTF-16BE"}) {
        std::string utf8(4 * bytes.size() + 4, '\0');
        UErrorCode error = U_ZERO_ERROR;
        const auto length = ucnv_convert("UTF-8", set, utf8.data(), static_cast<int32_t>(utf8.size()),
                                         reinterpret_cast<const char*>(bytes.data()),
                                         static_cast<int32_t>(bytes.size()), &error);
        if (U_SUCCESS(error) &&
            utf8.substr(0, static_cast<std::size_t>(length)) == std::string(truth.begin(), truth.end()))
            return true;
    }
    return false;
}

void judge(Counts& counts, const Picture& picture, const std::vector<Bytes>& codes) {
    const auto isTruth = [&](const Bytes& code) { return isIn(code, picture.truths); };
    const auto isStrange = [&](const Bytes& code) {
        return !isTruth(code) && !isIn(code, picture.alsoRight);
    };
    const auto isOtherwise = [&](const Bytes& code) {
        return std::ranges::any_of(picture.truths,
                                   [&](const auto& truth) { return isSameText(code, truth); });
    };
    const bool read = std::ranges::any_of(codes, isTruth);
    ++counts.pictures;
    counts.read += read;
    if (picture.photograph && (read || std::ranges::any_of(codes, isOtherwise))) {
        counts.otherwise += !read;
    } else if (std::ranges::any_of(codes, isStrange)) {
        ++counts.misread;
        counts.misreads.push_back(picture.name);
    }
}

/// "| a | b |" of one value a group.
template <typename Value>
std::string row(const std::string& first, const std::vector<Group>& groups, Value value) {
    std::string out = "| " + first + " |";
    for (const auto& group : groups) out += " " + value(group) + " |";
    return out + "\n";
}

std::string rule(std::size_t columns) {
    std::string out = "|---|";
    for (std::size_t i = 0; i < columns; ++i) out += "---|";
    return out + "\n";
}

} // namespace

double Counts::percent() const { return pictures == 0 ? 0 : 100.0 * double(read) / double(pictures); }

double Counts::quantile(double share) const {
    if (milliseconds.empty()) return 0;
    auto sorted = milliseconds;
    std::ranges::sort(sorted);
    return sorted[std::min(sorted.size() - 1, static_cast<std::size_t>(share * double(sorted.size())))];
}

double Counts::total() const { return std::accumulate(milliseconds.begin(), milliseconds.end(), 0.0); }

double threadMilliseconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) * 1e-6;
}

Tally::Tally(std::vector<Contestant> contestants) : contestants_(std::move(contestants)) {
    for (const auto& contestant : contestants_) decoders_.push_back(contestant.fresh());
}

void Tally::begin(std::string group) {
    groups_.push_back({std::move(group), std::vector<Counts>(contestants_.size())});
}

void Tally::add(const Picture& picture) {
    const reading::GreyView view{picture.grey.data(), picture.width, picture.height, picture.width};
    for (std::size_t i = 0; i < contestants_.size(); ++i) {
        auto& decoder = *decoders_[i];
        decoder.forget();
        auto& counts = groups_.back().counts[i];
        const double start = threadMilliseconds();
        const auto codes = decoder.read(view, picture.all);
        counts.milliseconds.push_back(threadMilliseconds() - start);
        judge(counts, picture, codes);
    }
}

void Tally::print(std::ostream& out, const std::string& title) const {
    if (groups_.empty()) return;
    out << "\n### " << title << "\n\n"
        << row("pictures read, % (misread)", groups_,
               [](const auto& g) { return fmt::format("{} ({})", g.name, g.counts.front().pictures); })
        << rule(groups_.size());
    const auto each = [&](auto value) {
        for (std::size_t i = 0; i < contestants_.size(); ++i)
            out << row(contestants_[i].name, groups_, [&](const auto& g) { return value(g.counts[i]); });
    };
    each([](const Counts& c) {
        auto cell = fmt::format("{:.1f}", c.percent());
        if (c.otherwise > 0)
            cell += fmt::format(" + {:.1f}", 100.0 * double(c.otherwise) / double(c.pictures));
        return c.misread == 0 ? cell : cell + fmt::format(" ({})", c.misread);
    });
    out << "\n"
        << row("ms: median / p95 / total", groups_, [](const auto& g) { return g.name; })
        << rule(groups_.size());
    each([](const Counts& c) {
        return fmt::format("{:.1f} / {:.1f} / {:.0f}", c.quantile(0.5), c.quantile(0.95), c.total());
    });
    for (const auto& g : groups_)
        for (std::size_t i = 0; i < contestants_.size(); ++i)
            if (!g.counts[i].misreads.empty())
                out << fmt::format("\nMisread by {}: {}\n", contestants_[i].name,
                                   fmt::join(g.counts[i].misreads, "; "));
    out.flush();
}

void Tally::printRows(std::ostream& out, const std::string& title) const {
    out << "\n### " << title << "\n\n| read, % |";
    for (const auto& c : contestants_) out << " " << c.name << " |";
    out << "\n" << rule(contestants_.size());
    for (const auto& g : groups_) {
        out << "| " << g.name << " |";
        for (const auto& c : g.counts)
            out << fmt::format(" {:.0f}{} |", c.percent(),
                               c.misread == 0 ? "" : fmt::format(" ({} misread)", c.misread));
        out << "\n";
    }
    out.flush();
}

} // namespace kiosk::bench
