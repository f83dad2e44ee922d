// Runs a libFuzzer target without libFuzzer: every seed, then seeded mutations of them. The input at hand is
// kept in
// ./crash-input when the target aborts.
#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <unistd.h>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Input = std::vector<std::uint8_t>;
using Random = std::mt19937_64;

constexpr std::size_t maxSize = 4096;
Input current; // NOLINT: read by the signal handler

void keepCurrent(int signal) {
    const int fd = ::open("crash-input", O_WRONLY | O_CREAT | O_TRUNC, 0600);
    const auto written = fd < 0 ? -1 : ::write(fd, current.data(), current.size());
    if (written < 0) std::perror("crash-input");
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

void run(Input input) {
    current = std::move(input);
    const Input exact(current); // a heap block of its own: sanitizers see reads past the end
    LLVMFuzzerTestOneInput(exact.data(), exact.size());
}

std::size_t below(Random& random, std::size_t n) { return n == 0 ? 0 : random() % n; }

/// One of: change a bit or byte, drop, double or insert a stretch, splice with another input.
void mutate(Input& input, const std::vector<Input>& seeds, Random& random) {
    const auto at = static_cast<std::ptrdiff_t>(below(random, input.size() + 1));
    const auto rest = static_cast<std::size_t>(input.end() - input.begin() - at);
    const auto length = static_cast<std::ptrdiff_t>(std::min<std::size_t>(below(random, 16) + 1, rest));
    const auto place = input.begin() + at;
    const auto& other = seeds[below(random, seeds.size())];
    const auto from = static_cast<std::ptrdiff_t>(below(random, other.size() + 1));
    switch (below(random, 6)) {
    case 0:
        if (rest > 0) *place ^= static_cast<std::uint8_t>(1U << below(random, 8));
        break;
    case 1:
        if (rest > 0) *place = static_cast<std::uint8_t>(random());
        break;
    case 2:
        input.erase(place, place + length);
        break;
    case 3: {
        const Input copy(place, place + length);
        input.insert(place, copy.begin(), copy.end());
        break;
    }
    case 4:
        input.insert(place, static_cast<std::uint8_t>(random()));
        break;
    default:
        input.erase(place, input.end());
        input.insert(input.end(), other.begin() + from, other.end());
    }
    if (input.size() > maxSize) input.resize(maxSize);
}

Input contentOf(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<Input> loadSeeds(const std::vector<std::string>& paths) {
    std::vector<std::filesystem::path> files;
    for (const auto& path : paths)
        if (std::filesystem::is_directory(path))
            for (const auto& entry : std::filesystem::directory_iterator(path)) files.push_back(entry.path());
        else
            files.emplace_back(path);
    std::ranges::sort(files); // the same run on every machine
    std::vector<Input> seeds = {{}};
    for (const auto& file : files) seeds.push_back(contentOf(file));
    return seeds;
}

} // namespace

int main(int argc, char** argv) {
    unsigned long runs = 20000, seed = 1;
    std::vector<std::string> paths;
    for (int i = 1; i < argc; ++i)
        if (std::sscanf(argv[i], "-runs=%lu", &runs) != 1 && std::sscanf(argv[i], "-seed=%lu", &seed) != 1)
            paths.emplace_back(argv[i]);
    for (const int signal : {SIGABRT, SIGSEGV, SIGFPE, SIGILL}) std::signal(signal, keepCurrent);
    const auto seeds = loadSeeds(paths);
    for (const auto& input : seeds) run(input);
    Random random(seed);
    for (unsigned long i = 0; i < runs; ++i) {
        auto input = seeds[below(random, seeds.size())];
        for (auto times = below(random, 5) + 1; times > 0; --times) mutate(input, seeds, random);
        run(std::move(input));
    }
    std::printf("%zu seeds, %lu mutations: no failure\n", seeds.size(), runs);
    return 0;
}
