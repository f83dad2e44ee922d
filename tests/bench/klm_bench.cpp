// How long a visit takes by the keystroke-level model (Card, Moran, Newell: The Keystroke-Level Model for
// User Performance Time with Interactive Systems, CACM 23(7), 1980), from the first screen to the slip, for
// real procedures: every tap and key is one that the journey makes on the real App. Once by somebody who has
// not been here before, once by somebody who has, and kept the answers (ux.md U9). Usage: klm_bench [folder].
#include "tests/journey/kiosk_house.hpp"
#include "tests/journey/steps.hpp"

#include <cstdio>
#include <filesystem>
#include <stdexcept>

namespace {

using namespace kiosk;
using namespace kiosk::journey;

// Seconds. Pointing and a tap; a key for who hunts for each; a decision before each tap that is no key; the
// card taken out and held up; what the kiosk takes to send.
constexpr double pointAndTap = 1.1 + 0.2, key = 1.2, decision = 1.35, card = 5, sending = 1;
constexpr double target = 120;
constexpr int mostScreens = 7; // with the profile open

struct Visit {
    int taps = 0, keys = 0, formPages = 0;
    double seconds() const {
        const int others = taps - keys;
        return card + sending + others * (decision + pointAndTap) + keys * key;
    }
    /// Is this you, what do you need, the procedure, the form, check, slip.
    int screens() const { return 3 + formPages + 2; }
};

Visit visit(Person& person, const std::string& code) {
    const int taps = person.taps(), keys = person.keyTaps();
    identify(person, false);
    chooseTile(person, code);
    Visit v;
    v.formPages = fillForm(person);
    send(person, true);
    v.taps = person.taps() - taps;
    v.keys = person.keyTaps() - keys;
    return v;
}

/// After this visit, which keeps the answers, the person leaves.
void keep(Person& person) {
    person.tap("slip.keep.yes");
    person.see("slip.keep.kept");
    person.tap("slip.finish");
}

struct Visits {
    Visit first, again; // again: the answers were kept
};

Visits visits(const std::string& folder, const std::string& code) {
    Visits v;
    for (const bool known : {false, true}) {
        House house({KIOSK_INTAKE, KIOSK_SPECIMEN}, folder + (known ? "-known" : "-new"));
        house.office().start();
        const auto app = house.openKiosk(1080, 1920);
        Person person(*app, {});
        if (known) {
            visit(person, code);
            keep(person);
        }
        (known ? v.again : v.first) = visit(person, code);
    }
    return v;
}

} // namespace

int main(int argc, char** argv) {
    std::string folder = std::filesystem::absolute(argc > 1 ? argv[1] : ".") / "klm-bench-XXXXXX";
    if (mkdtemp(folder.data()) == nullptr) return 1;
    int slow = 0;
    try {
        std::printf(
            "procedure         taps  keys  screens (target <= %d when known)  seconds (target <= %.0f)\n",
            mostScreens, target);
        const auto tell = [&](const char* code, const char* who, const Visit& v) {
            std::printf("%-10s %-5s  %4d  %4d  %33d  %7.0f\n", code, who, v.taps - v.keys, v.keys,
                        v.screens(), v.seconds());
            std::fflush(stdout);
            if (v.seconds() > target) ++slow;
        };
        for (const auto* code : {"1.004873", "2.000815", "1.010041"}) {
            const auto v = visits(folder + "/" + code, code);
            tell(code, "new", v.first);
            tell(code, "known", v.again);
            if (v.again.screens() > mostScreens) ++slow;
        }
    } catch (const std::exception& e) {
        std::fprintf(stderr, "klm_bench: %s\n", e.what());
        slow = -1;
    }
    std::filesystem::remove_all(folder);
    return slow == 0 ? 0 : 1;
}
