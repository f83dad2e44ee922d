// What the whole kiosk costs on this machine: start, idling, scanning, a full queue. The real App on an
// off-screen display, with a live camera on loopback in a process of its own. Usage: app_bench [folder] [idle
// seconds].
#include "app/base/crypto.hpp"
#include "app/delivery/office_link.hpp"
#include "app/store/queue/outbox.hpp"
#include "tests/journey/kiosk_house.hpp"
#include "tests/journey/stage_camera.hpp"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <stdexcept>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using namespace kiosk;
using namespace kiosk::journey;
using Clock = std::chrono::steady_clock; // the same for all processes since the machine started

constexpr int width = 1080, height = 1920;
constexpr int starts = 7, weekOffline = 840;
constexpr auto settling = std::chrono::seconds(5); // until the camera's worker takes the desk for still
constexpr auto scanning = std::chrono::seconds(8);

double ms(Clock::duration d) { return std::chrono::duration<double, std::milli>(d).count(); }

double share(std::vector<double>& values, double part) {
    std::sort(values.begin(), values.end());
    return values.at(static_cast<std::size_t>(part * static_cast<double>(values.size() - 1)));
}

/// Of the whole process, s.
double cpuSeconds() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto of = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
    };
    return of(used.ru_utime) + of(used.ru_stime);
}

/// Of the calling thread, ms: what a frame costs without its wait for something to draw.
double threadMs() {
    timespec t{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_nsec) / 1e6;
}

/// The value behind "name" in a file of /proc.
std::string lineOf(const char* path, const std::string& name) {
    std::ifstream in(path);
    for (std::string line; std::getline(in, line);)
        if (line.starts_with(name)) return line.substr(line.find(':') + 1);
    throw std::runtime_error(std::string("no ") + name + " in " + path);
}
double residentMb(const char* name) { return std::stod(lineOf("/proc/self/status", name)) / 1024; }

/// A camera that shows the empty desk, apart so that its work is not counted as the kiosk's.
class Desk {
public:
    Desk() {
        int ends[2];
        if (pipe(ends) != 0) throw std::runtime_error("no pipe");
        process_ = fork();
        if (process_ == 0) show(ends[1]);
        close(ends[1]);
        char address[64] = {};
        if (process_ < 0 || read(ends[0], address, sizeof address - 1) <= 0)
            throw std::runtime_error("the camera did not start");
        close(ends[0]);
        address_ = address;
    }
    ~Desk() {
        ::kill(process_, SIGKILL);
        waitpid(process_, nullptr, 0);
    }
    Desk(const Desk&) = delete;
    Desk& operator=(const Desk&) = delete;
    const std::string& address() const { return address_; }

private:
    [[noreturn]] static void show(int end) {
        const StageCamera camera;
        const auto address = camera.address();
        if (write(end, address.data(), address.size()) < 0) _exit(1);
        for (;;) pause();
    }
    pid_t process_ = -1;
    std::string address_;
};

/// In a process of its own: prints how long after `began` its first frame was there.
int firstFrame(const std::string& folder, const std::string& began) {
    const auto app = openKioskIn(folder, width, height);
    app->frame();
    const Clock::time_point start{Clock::duration{std::stoll(began)}};
    std::printf("%.1f\n", ms(Clock::now() - start));
    return 0;
}

double startOnce(const std::string& program, const std::string& folder) {
    const auto command = program + " --first-frame '" + folder + "' " +
                         std::to_string(Clock::now().time_since_epoch().count());
    FILE* out = popen((command + " 2>/dev/null").c_str(), "r");
    double value = 0;
    const bool read = out != nullptr && std::fscanf(out, "%lf", &value) == 1;
    if (out == nullptr || pclose(out) != 0 || !read) throw std::runtime_error("the kiosk did not start");
    return value;
}

void measureStart(const std::string& program, const std::string& folder) {
    std::vector<double> times;
    const double first = startOnce(program, folder);
    for (int i = 0; i < starts; ++i) times.push_back(startOnce(program, folder));
    std::printf("start to first frame, a process of its own: first %.0f ms; then median %.0f ms, worst of %d "
                "%.0f ms (target <= 1000)\n",
                first, share(times, 0.5), starts, share(times, 1));
}

void measureIdle(App& app, const char* camera, std::chrono::seconds time) {
    Person person(app, {});
    person.waitFor<screen::Welcome>("welcome");
    for (const auto still = Clock::now() + settling; Clock::now() < still;) app.frame();
    const auto began = Clock::now();
    const double cpu = cpuSeconds();
    const double own = threadMs();
    int frames = 0;
    for (; Clock::now() - began < time; ++frames) app.frame();
    const double wall = ms(Clock::now() - began) / 1000;
    std::printf("idle on the welcome screen, %s: %.2f %% of a core over %.0f s (target <= 2), %.2f %% of it "
                "drawing %.1f frames a second\n",
                camera, (cpuSeconds() - cpu) / wall * 100, wall, (threadMs() - own) / wall / 10,
                frames / wall);
}

void measureScanning(App& app) {
    Person person(app, {});
    person.tap("welcome.start");
    person.waitFor<screen::PresentCard>("present card");
    person.wait("a picture from the camera", [&] { return person.sees("card.preview"); });
    std::vector<double> work, interval;
    const double cpu = cpuSeconds();
    const auto began = Clock::now();
    while (Clock::now() - began < scanning) {
        const auto frame = Clock::now();
        const double own = threadMs();
        app.frame();
        work.push_back(threadMs() - own);
        interval.push_back(ms(Clock::now() - frame));
    }
    if (!std::holds_alternative<screen::PresentCard>(app.flow().screen))
        throw std::runtime_error("scanning ended early");
    const double wall = ms(Clock::now() - began) / 1000;
    std::printf("scanning: memory %.0f MB now, %.0f MB at most (target <= 200), %.0f %% of a core\n",
                residentMb("VmRSS"), residentMb("VmHWM"), (cpuSeconds() - cpu) / wall * 100);
    std::printf("scanning: work a frame p50 %.2f ms, p99 %.2f ms; between frames p50 %.1f ms, p99 %.1f ms; "
                "%zu frames\n",
                share(work, 0.5), share(work, 0.99), share(interval, 0.5), share(interval, 0.99),
                work.size());
}

/// A week offline: as many dossiers as the kiosk may have queued by then.
void queueDossiers(const std::string& dataFolder, int count) {
    const auto link = loadOfficeLink(store::keysFolder(dataFolder)).value();
    auto db = store::Db::open(store::databaseFile(dataFolder)).value();
    store::Outbox outbox(db, store::outboxFolder(dataFolder));
    for (int n = 0; n < count; ++n) {
        parcel::Header header;
        header.kiosk = link.kioskId;
        header.office = link.officeCode;
        header.key = crypto::newIdempotencyKey();
        header.reference = crypto::reference(header.key);
        header.procedure = "1.001193";
        header.createdAt = now();
        const std::string dossier = R"({"schema":1,"specimen":true,"pad":")" + std::string(6000, 'm') + "\"}";
        const auto sealed = parcel::seal(header, dossier, link.kioskSigning, link.officeSealing).value();
        if (!outbox.put({header.key, header.reference, header.procedure, sealed, "", header.createdAt, 0}))
            throw std::runtime_error("a dossier was not queued");
    }
}

/// The queue empties while somebody is being read a card and taps now and then (ux.md U15).
void measureDraining(House& house, const std::string& camera) {
    queueDossiers(house.data().string(), weekOffline);
    const auto app = house.openKiosk(width, height, camera);
    Person person(*app, {});
    person.tap("welcome.start");
    person.waitFor<screen::PresentCard>("present card");
    auto db = store::Db::open(store::databaseFile(house.data().string()), store::Db::Mode::ReadOnly).value();
    const store::Outbox outbox(db, store::outboxFolder(house.data().string()));
    const auto waiting = [&] { return outbox.counts()->queued; };
    std::vector<double> interval, taps;
    const int atFirst = waiting();
    const auto began = Clock::now();
    auto look = began, press = began;
    for (bool more = true; more;) {
        const auto frame = Clock::now();
        app->frame();
        interval.push_back(ms(Clock::now() - frame));
        if (Clock::now() - press > std::chrono::milliseconds(700)) {
            press = Clock::now();
            const auto before = app->flow().preferences.language;
            person.tap("header.language");
            if (app->flow().preferences.language == before) throw std::runtime_error("a tap was lost");
            taps.push_back(ms(Clock::now() - press));
        }
        if (Clock::now() - look > std::chrono::milliseconds(500)) {
            look = Clock::now();
            more = waiting() > 0;
        }
    }
    std::printf(
        "draining %d dossiers of a week offline while scanning: %.1f s; between frames p50 %.1f ms, p99 "
        "%.1f ms (target <= 33); a finger's tap until it is drawn p50 %.0f ms, worst of %zu %.0f ms "
        "(target <= 100)\n",
        atFirst, ms(Clock::now() - began) / 1000, share(interval, 0.5), share(interval, 0.99),
        share(taps, 0.5), taps.size(), share(taps, 1));
}

void perform(const std::string& program, const std::string& parent, std::chrono::seconds idle) {
    const Desk desk; // before any thread of this process
    std::string folder = std::filesystem::absolute(parent) / "app-bench-XXXXXX";
    if (mkdtemp(folder.data()) == nullptr) throw std::runtime_error("cannot make " + folder);
    {
        House house({KIOSK_INTAKE, KIOSK_SPECIMEN}, folder);
        house.office().start();
        std::printf("app_bench on%s\n", lineOf("/proc/cpuinfo", "model name").c_str());
        std::fflush(stdout);
        measureStart(program, folder);
        measureIdle(*house.openKiosk(width, height), "specimen pictures", idle);
        auto app = house.openKiosk(width, height, desk.address());
        measureIdle(*app, "live camera", idle);
        measureScanning(*app);
        app.reset(); // one kiosk at a time has the queue
        measureDraining(house, desk.address());
    }
    std::filesystem::remove_all(folder);
}

} // namespace

int main(int argc, char** argv) {
    try {
        if (argc == 4 && std::string(argv[1]) == "--first-frame") return firstFrame(argv[2], argv[3]);
        perform(std::filesystem::read_symlink("/proc/self/exe"), argc > 1 ? argv[1] : ".",
                std::chrono::seconds(argc > 2 ? std::atoi(argv[2]) : 15));
    } catch (const std::exception& e) {
        std::fprintf(stderr, "app_bench: %s\n", e.what());
        return 1;
    }
}
