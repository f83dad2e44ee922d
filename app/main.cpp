// Arguments -> devices -> App -> loop; the only file that names concrete drivers.
#include "app/app.hpp"
#include "app/base/assets.hpp"
#include "app/base/crypto.hpp"
#include "app/base/files.hpp"
#include "app/base/log.hpp"
#include "app/base/process/service_manager.hpp"
#include "app/commands/bundle.hpp"
#include "app/commands/cache.hpp"
#include "app/commands/find.hpp"
#include "app/commands/journal.hpp"
#include "app/commands/keys.hpp"
#include "app/commands/queue.hpp"
#include "app/commands/read.hpp"
#include "app/commands/selftest.hpp"
#include "app/delivery/bundle/shelf.hpp"
#include "app/store/db.hpp"

#include <CLI/CLI.hpp>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <unistd.h>

namespace {

std::atomic<bool> stopRequested = false;

void onSignal(int) { stopRequested = true; }

/// Exit code after which whoever started the kiosk starts it again (EX_TEMPFAIL of sysexits.h).
constexpr int restartWanted = 75;

struct KioskArguments {
    std::string data, camera, size;
    bool windowed = false;
};

/// ~/.local/share/kiosk, or what XDG_DATA_HOME says (XDG Base Directory Specification).
std::string defaultDataFolder() {
    if (const char* xdg = std::getenv("XDG_DATA_HOME"); xdg != nullptr && *xdg != '\0')
        return std::string(xdg) + "/kiosk";
    const char* home = std::getenv("HOME");
    return std::string(home == nullptr ? "." : home) + "/.local/share/kiosk";
}

int failed(const char* what, const kiosk::Error& error) {
    std::cerr << "kiosk: " << what << ": " << kiosk::name(error.code) << (error.detail.empty() ? "" : ": ")
              << error.detail << '\n';
    return 1;
}

kiosk::ui::WindowOptions windowOf(const KioskArguments& arguments, const kiosk::Config& config) {
    kiosk::ui::WindowOptions window;
    window.fullscreen = !arguments.windowed;
    window.diagonalInches = config.diagonalInches;
    window.scannerGapMs = config.scanner.keyGapMs;
    if (const auto x = arguments.size.find('x'); x != std::string::npos) {
        window.width = std::atoi(arguments.size.c_str());
        window.height = std::atoi(arguments.size.c_str() + x + 1);
    }
    return window;
}

int runKiosk(const KioskArguments& arguments) {
    const auto folder = std::filesystem::path(arguments.data);
    auto config = kiosk::Config::load((folder / "kiosk.toml").string());
    if (!config) return failed("settings", config.error());
    auto link = kiosk::loadOfficeLink(kiosk::store::keysFolder(arguments.data));
    if (!link) return failed("keys of the office", link.error());
    const kiosk::bundle::Shelf shelf(arguments.data, link->officeSigning, link->officeCode);
    const auto assets = shelf.choose(kiosk::assetsFolder(), kiosk::now());
    kiosk::AppOptions options{*config,
                              assets.assetsFolder,
                              arguments.data,
                              arguments.camera.empty() ? config->camera : arguments.camera,
                              windowOf(arguments, *config),
                              assets.until};
    auto app = kiosk::App::open(options, *link);
    if (!app &&
        assets.version != 0) { // it was tried when it was installed; the program may be another one since
        kiosk::log::warn("bundle " + std::to_string(assets.version) + " is not used", app.error());
        options.assetsFolder = kiosk::assetsFolder();
        app = kiosk::App::open(options, *link);
    }
    if (!app) return failed("cannot start", app.error());
    std::signal(SIGTERM, onSignal);
    std::signal(SIGINT, onSignal);
    for (bool drawn = false; !stopRequested && (*app)->frame(); drawn = true) {
        if (!drawn) kiosk::service_manager::ready();
        kiosk::service_manager::alive();
    }
    const bool restart = (*app)->wantsRestart(), shutDown = (*app)->wantsShutDown();
    app->reset(); // what was asked of the disk is finished first
    if (shutDown) {
        ::execlp("systemctl", "systemctl", "poweroff", static_cast<char*>(nullptr));
        std::cerr << "kiosk: systemctl poweroff: " << std::strerror(errno) << '\n';
        return 1;
    }
    return restart ? restartWanted : 0;
}

/// Every option and subcommand, where CLI11 writes what was given.
struct CommandLine {
    CLI::App cli{"Customer-identity kiosk for one-stop offices (Bộ phận Một cửa). Without a subcommand: the "
                 "touchscreen program."};
    KioskArguments kiosk{defaultDataFolder(), {}, {}, false};
    kiosk::ReadOptions read;
    kiosk::FindOptions find;
    bool queueJson = false;
    std::string csv, stick;
    kiosk::SelftestOptions selftest;
    kiosk::BundleOptions bundle;
    int (*runBundle)(const kiosk::BundleOptions&, std::ostream&, std::ostream&) = nullptr;
    CLI::App *readCommand = nullptr, *findCommand = nullptr, *queueCommand = nullptr, *queueExport = nullptr,
             *queueSettle = nullptr, *importCommand = nullptr, *keysCheck = nullptr,
             *selftestCommand = nullptr, *journalVerify = nullptr, *journalList = nullptr;
    std::string witness;
    CLI::Option* findText = nullptr;
};

/// Empty: `size` is like 1080x1920, each from 320 to 8192; else what is allowed.
std::string checkSize(const std::string& size) {
    int w = 0, h = 0;
    char end = 0;
    const bool ok = std::sscanf(size.c_str(), "%dx%d%c", &w, &h, &end) == 2 && w >= 320 && h >= 320 &&
                    w <= 8192 && h <= 8192;
    return ok ? std::string() : "a size like 1080x1920, each from 320 to 8192";
}

void addKiosk(CommandLine& line) {
    auto& cli = line.cli;
    cli.set_version_flag("--version", KIOSK_VERSION);
    cli.require_subcommand(0, 1);
    cli.add_option("--data", line.kiosk.data, "data folder: kiosk.toml, keys/, the queue")
        ->capture_default_str();
    cli.add_option(
        "--camera", line.kiosk.camera,
        "a device (/dev/video0), a folder or file of pictures, or an address (http://host:port/stream); "
        "default: the settings' camera.source, else the first device that can capture");
    cli.add_flag("--windowed", line.kiosk.windowed, "a window instead of the whole screen");
    cli.add_option("--size", line.kiosk.size, "size of the window in px, e.g. 1080x1920")
        ->check(CLI::Validator([](std::string& s) { return checkSize(s); }, "WIDTHxHEIGHT"));
}

void addReadAndFind(CommandLine& line) {
    line.readCommand = line.cli.add_subcommand(
        "read",
        "Read the code in pictures; one JSON line a picture on standard output. Exit 0 if every picture gave "
        "a code.");
    auto& read = *line.readCommand;
    read.add_option("PATH", line.read.paths, "pictures (PNG, JPEG, PGM) or folders of them")->required();
    read.add_flag("--all", line.read.all, "list every code of a picture as \"codes\"");
    read.add_flag(
        "--sequence", line.read.sequence,
        "the pictures are consecutive frames of one camera: what several show together is read too; "
        "adds \"frame\" (from 1) and \"known_at\", the frame at which the payload was known; exit 0 if "
        "any frame gave a code");
    read.add_option("--budget-ms", line.read.budgetMs, "time for one picture, ms")
        ->capture_default_str()
        ->check(CLI::Range(1, 60000));
    line.findCommand = line.cli.add_subcommand(
        "find", "Find procedures of the national catalogue as people say them; a JSON line a hit.");
    auto& find = *line.findCommand;
    line.findText = find.add_option("TEXT", line.find.text, "what is looked for");
    find.add_flag("--stdin", line.find.fromStdin, "a query a line on standard input")
        ->excludes(line.findText);
    find.add_option("--limit", line.find.limit, "at most so many hits a query")
        ->capture_default_str()
        ->check(CLI::Range(1, 1000));
}

/// Those that look into the data folder.
void addOfficeCommands(CommandLine& line) {
    auto& cli = line.cli;
    line.queueCommand =
        cli.add_subcommand("queue", "Counts and ages of what waits to be sent; no personal data.");
    line.queueCommand->add_flag("--json", line.queueJson, "as one JSON object");
    line.queueCommand->require_subcommand(0, 1);
    line.queueExport = line.queueCommand->add_subcommand(
        "export",
        "Copy what the office has not acknowledged to a memory stick, sealed; for kiosk-intake import.");
    line.queueSettle =
        line.queueCommand->add_subcommand("settle", "Take the office's signed answers back from the stick.");
    for (auto* sub : {line.queueExport, line.queueSettle})
        sub->add_option("FOLDER", line.stick, "folder on the stick")->required();
    auto* cache = cli.add_subcommand("cache", "The office's existing records about its customers.")
                      ->require_subcommand(1);
    line.importCommand =
        cache->add_subcommand("import", "Import records from a CSV file (UTF-8; columns: see the README).");
    line.importCommand->add_option("FILE", line.csv, "the CSV file")->required();
    auto* keys = cli.add_subcommand("keys", "The kiosk's and the office's keys.")->require_subcommand(1);
    line.keysCheck = keys->add_subcommand("check", "Check that the keys are there, whole and private.");
    auto* journal =
        cli.add_subcommand("journal", "What staff and system did; no personal data.")->require_subcommand(1);
    line.journalVerify = journal->add_subcommand(
        "verify", "Is it still what it was, and how far has the office witnessed it? Exit 1 if it is not.");
    line.journalVerify->add_option("--witness", line.witness,
                                   "file with the office's own word (kiosk-intake journal --kiosk ID)");
    line.journalList = journal->add_subcommand("list", "A line an entry, oldest first.");
    for (auto* sub : {line.queueCommand, line.queueExport, line.queueSettle, line.importCommand,
                      line.keysCheck, line.journalVerify, line.journalList})
        sub->add_option("--data", line.kiosk.data, "data folder")->capture_default_str();
}

void addBundle(CommandLine& line) {
    auto& o = line.bundle;
    auto* bundle =
        line.cli
            .add_subcommand("bundle", "Procedures, words and units that change without a new program: one "
                                      "file, signed by the office.")
            ->require_subcommand(1);
    const auto add = [&](const char* name, const char* words, auto run) {
        auto* command = bundle->add_subcommand(name, words);
        command->callback([&line, run] { line.runBundle = run; });
        return command;
    };
    const auto withFile = [&](CLI::App* command) {
        command->add_option("FILE", o.file, "the bundle (.kbundle)")->required();
        return command;
    };
    const auto withData = [&](CLI::App* command) {
        command->add_option("--data", line.kiosk.data, "data folder")->capture_default_str();
    };
    auto* build = add("build", "Make one of the files in a folder, laid out as in assets/; sign it next.",
                      kiosk::runBundleBuild);
    build->add_option("FOLDER", o.folder, "procedures/, lang/, units/, catalogue/, choices.json")->required();
    build->add_option("--out", o.file, "the bundle to write (.kbundle)")->required();
    build->add_option("--office", o.office, "office code")->required();
    build->add_option("--version", o.version, "higher than any before")->required();
    build->add_option("--from", o.from, "first day in force, 2026-12-01")->required();
    build->add_option("--until", o.until, "last day in force, 2027-11-30")->required();
    withFile(add("sign", "Sign it with the office's key, where that is kept.", kiosk::runBundleSign))
        ->add_option("--key", o.key, "keys/signing.key of the office")
        ->required();
    withData(withFile(
        add("verify", "Would this kiosk take it, and what would it change?", kiosk::runBundleVerify)));
    withData(
        withFile(add("install", "Check it, try it, and use it from its time on.", kiosk::runBundleInstall)));
    withData(add("take-back", "Stop using the one in force; the one before counts again.",
                 kiosk::runBundleTakeBack));
    withData(add("list", "What was installed, and which is in use.", kiosk::runBundleList));
}

void addSelftest(CommandLine& line) {
    line.selftestCommand = line.cli.add_subcommand(
        "selftest",
        "Open cameras and hand scanners as the kiosk would (stop it first) and tell what they really do: "
        "format, every control's wanted and real value, frames a second, mean grey, sharpness. Exit 0 if the "
        "kiosk's camera delivers and a scanner that the settings name is there.");
    auto& test = *line.selftestCommand;
    test.add_option("--data", line.kiosk.data, "data folder, for kiosk.toml")->capture_default_str();
    test.add_option("--camera", line.selftest.camera,
                    "only this one; default: the settings', else every camera");
    test.add_option("--seconds", line.selftest.seconds, "how long each camera is watched")
        ->capture_default_str()
        ->check(CLI::Range(1, 600));
    test.add_flag("--json", line.selftest.json, "a JSON line a device");
}

int dispatch(CommandLine& line) {
    const auto& data = line.kiosk.data;
    if (*line.readCommand) return kiosk::runRead(line.read, std::cout, std::cerr);
    if (*line.findCommand && !line.find.fromStdin && line.findText->count() == 0) {
        std::cerr << "kiosk find: TEXT or --stdin is needed\n";
        return 2;
    }
    if (*line.findCommand) return kiosk::runFind(line.find, std::cin, std::cout, std::cerr);
    if (*line.queueExport) return kiosk::runQueueExport(data, line.stick, std::cout, std::cerr);
    if (*line.queueSettle) return kiosk::runQueueSettle(data, line.stick, std::cout, std::cerr);
    if (*line.queueCommand) return kiosk::runQueue(data, line.queueJson, std::cout, std::cerr);
    if (*line.importCommand) return kiosk::runCacheImport(data, line.csv, std::cout, std::cerr);
    if (*line.keysCheck) return kiosk::runKeysCheck(data, std::cout, std::cerr);
    if (*line.journalVerify) return kiosk::runJournalVerify(data, line.witness, std::cout, std::cerr);
    if (*line.journalList) return kiosk::runJournalList(data, std::cout, std::cerr);
    if (line.runBundle != nullptr) {
        line.bundle.dataFolder = data;
        return line.runBundle(line.bundle, std::cout, std::cerr);
    }
    if (*line.selftestCommand) {
        line.selftest.dataFolder = data;
        return kiosk::runSelftest(line.selftest, std::cout, std::cerr);
    }
    return runKiosk(line.kiosk);
}

} // namespace

int main(int argc, char** argv) {
    kiosk::crypto::wipeFreedMemory(argv);
    kiosk::crypto::forbidMemoryDumps(); // every subcommand may meet personal data, pictures of cards too
    kiosk::crypto::init();
    std::signal(SIGPIPE, SIG_IGN); // who hangs up makes a write fail, not the program
    CommandLine line;
    addKiosk(line);
    addReadAndFind(line);
    addOfficeCommands(line);
    addBundle(line);
    addSelftest(line);
    CLI11_PARSE(line.cli, argc, argv);
    return dispatch(line);
}
