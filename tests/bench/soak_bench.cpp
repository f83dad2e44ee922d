// Visits round the clock: does the kiosk grow? The real App on an office of its own, one person after the
// other in both languages, other looks and sizes, the office away now and then. Memory, descriptors and
// threads after the first visits are what the end is held against (reliability.md R7). Usage: soak_bench
// [folder] [minutes].
#include "tests/journey/kiosk_house.hpp"
#include "tests/journey/steps.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace {

using namespace kiosk;
using namespace kiosk::journey;
using Clock = std::chrono::steady_clock;

constexpr double mostGrowth = 1.1;
constexpr int warmUp = 12; // visits: each procedure in each language and look

struct Size {
    double residentMb = 0;
    int descriptors = 0, threads = 0;
};

int entries(const char* folder) {
    const std::filesystem::directory_iterator all(folder);
    return static_cast<int>(std::distance(begin(all), end(all)));
}

/// Once what the last visit has begun is over: a delivery, a backup.
Size sizeOf(App& app) {
    for (const auto rest = Clock::now() + std::chrono::seconds(3); Clock::now() < rest;) app.frame();
    Size size;
    std::ifstream in("/proc/self/status");
    for (std::string line; std::getline(in, line);)
        if (line.starts_with("VmRSS:")) size.residentMb = std::stod(line.substr(6)) / 1024;
    size.descriptors = entries("/proc/self/fd");
    size.threads = entries("/proc/self/task");
    return size;
}

/// The n-th person.
void visit(Person& person, Office& office, int n) {
    constexpr std::array procedures = {"2.000815", "1.004873", "1.010041"};
    const bool online = n % 5 != 3;
    if (!online) office.stop();
    person.waitFor<screen::Welcome>("welcome");
    for (int i = 0; i < n % 4; ++i) person.tap("header.text_size");
    for (int i = 0; i < n % 3; ++i) person.tap("header.contrast");
    identify(person, n % 2 == 1);
    chooseTile(person, procedures.at(static_cast<std::size_t>(n) % procedures.size()));
    fillForm(person);
    send(person, online);
    if (!online) office.start();
    person.tap("slip.finish");
}

void tell(int visits, Clock::duration time, const Size& size) {
    std::printf("%5d visits, %5.1f min: %6.1f MB, %d descriptors, %d threads\n", visits,
                std::chrono::duration<double>(time).count() / 60, size.residentMb, size.descriptors,
                size.threads);
    std::fflush(stdout);
}

/// True: it has not grown.
bool soak(const std::string& folder, std::chrono::minutes time) {
    House house({KIOSK_INTAKE, KIOSK_SPECIMEN}, folder);
    house.office().start();
    const auto app = house.openKiosk(1080, 1920);
    Person person(*app, {});
    const auto began = Clock::now();
    int visits = 0;
    for (; visits < warmUp; ++visits) visit(person, house.office(), visits);
    const auto first = sizeOf(*app);
    tell(visits, Clock::now() - began, first);
    auto told = Clock::now();
    while (Clock::now() - began < time) {
        visit(person, house.office(), visits++);
        if (Clock::now() - told < std::chrono::minutes(1)) continue;
        told = Clock::now();
        tell(visits, told - began, sizeOf(*app));
    }
    const auto last = sizeOf(*app);
    tell(visits, Clock::now() - began, last);
    const double growth = last.residentMb / first.residentMb;
    std::printf(
        "memory %.3f times what it was after %d visits (target <= %.1f); descriptors %+d, threads %+d "
        "(target 0)\n",
        growth, warmUp, mostGrowth, last.descriptors - first.descriptors, last.threads - first.threads);
    return growth <= mostGrowth && last.descriptors <= first.descriptors && last.threads <= first.threads;
}

} // namespace

int main(int argc, char** argv) {
    std::string folder = std::filesystem::absolute(argc > 1 ? argv[1] : ".") / "soak-bench-XXXXXX";
    if (mkdtemp(folder.data()) == nullptr) return 1;
    bool same = false;
    try {
        same = soak(folder, std::chrono::minutes(argc > 2 ? std::atoi(argv[2]) : 10));
    } catch (const std::exception& e) {
        std::fprintf(stderr, "soak_bench: %s\n", e.what());
    }
    std::filesystem::remove_all(folder);
    return same ? 0 : 1;
}
