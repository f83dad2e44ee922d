// The catalogue's search: share among the first three, and time a keystroke (every beginning of every query)
// as the catalogue grows.
#include "app/base/assets.hpp"
#include "app/procedures/catalogue.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iterator>
#include <sstream>

using namespace kiosk;

namespace {

struct Query {
    std::string text, right; // right: "|code|code|"
};

std::vector<Query> readQueries() {
    std::vector<Query> out;
    for (const char* name : {"queries.tsv", "queries_blind.tsv"}) {
        std::ifstream in(std::string(KIOSK_TESTS_DIR) + "/procedures/" + name);
        for (std::string line; std::getline(in, line);) {
            const auto tab = line.find('\t');
            if (line.empty() || line.front() == '#' || tab == std::string::npos) continue;
            out.push_back({line.substr(0, tab), "|" + line.substr(tab + 1) + "|"});
        }
    }
    return out;
}

/// The real entries, then variants of them under codes of their own, up to `size`.
std::vector<CatalogueEntry> grown(const Catalogue& real, std::size_t size) {
    static const char* const variants[] = {"tại khu công nghiệp", "lần thứ hai", "đối với tổ chức",
                                           "theo đề nghị", "vùng biên giới"};
    std::ifstream in(assetsFolder() + "/catalogue/procedures.csv");
    std::vector<CatalogueEntry> out;
    for (std::string line; std::getline(in, line);)
        if (const auto* e = real.find(line.substr(0, line.find(',')))) out.push_back(*e);
    const auto base = out.size();
    for (std::size_t i = 0; out.size() < size; ++i) {
        auto e = out[i % base];
        e.code = "9." + std::to_string(100000 + i);
        e.name +=
            std::string(" ") + variants[(i / base + i) % std::size(variants)] + " số " + std::to_string(i);
        out.push_back(std::move(e));
    }
    return out;
}

double share(const Catalogue& catalogue, const std::vector<Query>& queries) {
    std::size_t right = 0;
    for (const Query& q : queries) {
        const auto hits = catalogue.search(q.text, 3);
        right += std::any_of(hits.begin(), hits.end(), [&](const Hit& h) {
            return q.right.find("|" + h.entry->code + "|") != std::string::npos;
        });
    }
    return 100.0 * static_cast<double>(right) / static_cast<double>(std::max<std::size_t>(queries.size(), 1));
}

/// Milliseconds of each keystroke, sorted: on the clock, and of the processor only (on a busy machine the
/// clock also counts the waiting for one).
struct Keystrokes {
    std::vector<double> clock, processor;
};

double processorMs() {
    timespec t{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_nsec) / 1e6;
}

Keystrokes keystrokes(const Catalogue& catalogue, const std::vector<Query>& queries) {
    Keystrokes out;
    for (const Query& q : queries)
        for (std::size_t end = 1; end <= q.text.size(); ++end) {
            if (end < q.text.size() && (static_cast<unsigned char>(q.text[end]) & 0xC0U) == 0x80U)
                continue; // within a letter
            const auto from = std::chrono::steady_clock::now();
            const auto processorFrom = processorMs();
            const auto hits = catalogue.search(std::string_view(q.text).substr(0, end), 8);
            out.processor.push_back(processorMs() - processorFrom + 0 * static_cast<double>(hits.size()));
            out.clock.push_back(
                std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - from).count());
        }
    std::sort(out.clock.begin(), out.clock.end());
    std::sort(out.processor.begin(), out.processor.end());
    return out;
}

} // namespace

int main() {
    const auto real = Catalogue::load(assetsFolder());
    if (!real) return std::fprintf(stderr, "%s\n", real.error().detail.c_str()), 1;
    const auto queries = readQueries();
    std::ifstream in(assetsFolder() + "/catalogue/synonyms.json");
    const std::string synonyms{std::istreambuf_iterator<char>(in), {}};
    std::printf("%zu queries\n%10s %9s %9s %9s %9s %9s %9s %11s\n", queries.size(), "entries", "share %",
                "p50 ms", "p99 ms", "max ms", "cpu p50", "cpu p99", "keystrokes");
    for (const std::size_t size :
         {std::size_t{5670}, std::size_t{20000}, std::size_t{50000}, std::size_t{100000}}) {
        const auto catalogue = Catalogue::fromEntries(grown(*real, size), synonyms);
        const auto ms = keystrokes(catalogue, queries);
        if (ms.clock.empty()) return 1;
        const auto count = ms.clock.size();
        std::printf("%10zu %9.1f %9.3f %9.3f %9.3f %9.3f %9.3f %11zu\n", catalogue.size(),
                    share(catalogue, queries), ms.clock[count / 2], ms.clock[count * 99 / 100],
                    ms.clock.back(), ms.processor[count / 2], ms.processor[count * 99 / 100], count);
    }
    return 0;
}
