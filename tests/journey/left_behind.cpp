// What of a person is still in the kiosk's memory when they have gone (reliability.md R13): a whole visit in
// a process of its own, which only sees the card through its camera; afterwards every byte of that process is
// searched for the name and the number on the card, in every spelling. Once as the program runs, and once,
// for comparison, without overwriting what is given back. As root, since nobody else may look. Exit code 1:
// something was found.
#include "tests/journey/canary.hpp"
#include "tests/journey/kiosk_house.hpp"
#include "tests/journey/steps.hpp"

#include "app/base/crypto.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <iostream>
#include <spawn.h>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace {

using namespace kiosk::journey;

constexpr int idleFrames = 10; // after the person has gone; about five seconds

/// The visit; then says so on standard output and stays until its input ends.
int visit(const std::filesystem::path& folder, const std::string& procedure) {
    auto app = openKioskIn(folder, 1080, 1920);
    {
        Person person(*app, {});
        identify(person, false);
        chooseTile(person, procedure);
        fillForm(person);
        send(person, true);
        person.tap("slip.finish");
        person.waitFor<kiosk::screen::Welcome>("welcome again");
        for (int i = 0; i < idleFrames; ++i) app->frame();
    }
    std::cout << "done" << std::endl;
    char end = 0;
    while (::read(STDIN_FILENO, &end, 1) > 0) {
    }
    ::_exit(0); // as if it had been switched off
}

struct Region {
    unsigned long from = 0, to = 0;
    std::string name;
};

std::vector<Region> regionsOf(pid_t process) {
    std::ifstream maps("/proc/" + std::to_string(process) + "/maps");
    std::vector<Region> regions;
    for (std::string line; std::getline(maps, line);) {
        Region region;
        char rights[8] = {}, name[256] = {};
        if (std::sscanf(line.c_str(), "%lx-%lx %7s %*s %*s %*s %255[^\n]", &region.from, &region.to, rights,
                        name) < 3)
            continue;
        region.name = name;
        const bool devices = region.name.starts_with("/dev/") || region.name.starts_with("[v");
        if (rights[0] == 'r' && rights[1] == 'w' && !devices) regions.push_back(region);
    }
    return regions;
}

/// "heap: the name at 0x…" for every place; and how many bytes were looked at.
struct Found {
    std::vector<std::string> places;
    std::size_t bytes = 0;
};

Found search(pid_t process, const std::vector<std::string>& texts) {
    const int memory = ::open(("/proc/" + std::to_string(process) + "/mem").c_str(), O_RDONLY | O_CLOEXEC);
    if (memory < 0) throw std::runtime_error("the process's memory cannot be read: run this as root");
    Found found;
    for (const auto& region : regionsOf(process)) {
        std::string content(region.to - region.from, '\0');
        const auto n = ::pread(memory, content.data(), content.size(), static_cast<off_t>(region.from));
        if (n <= 0) continue; // a guard page
        content.resize(static_cast<std::size_t>(n));
        found.bytes += content.size();
        for (std::size_t i = 0; i < texts.size(); ++i)
            for (const auto& spelling : spellings(texts[i]))
                for (auto at = content.find(spelling); at != std::string::npos;
                     at = content.find(spelling, at + 1)) {
                    std::ostringstream place;
                    place << (region.name.empty() ? "memory" : region.name) << ": text " << i << " at 0x"
                          << std::hex << region.from + at << ", before it:";
                    for (auto b = at < 24 ? 0 : at - 24; b < at; ++b)
                        place << ' ' << (static_cast<unsigned>(content[b]) & 0xFFU);
                    found.places.push_back(place.str());
                }
    }
    ::close(memory);
    return found;
}

/// A child that visits the kiosk in `folder`; what its memory holds afterwards.
Found visitAndSearch(const std::filesystem::path& folder, const std::vector<std::string>& texts, bool wiped) {
    int in[2], out[2];
    if (::pipe2(in, O_CLOEXEC) != 0 || ::pipe2(out, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    std::vector<std::string> words = {"left_behind", "--visit", folder.string(), "--procedure",
                                      wiped ? "2.000815" : "1.004873"}; // the same once more is asked about
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    // As the program has it; empty: its own choice to do without.
    ::setenv("GLIBC_TUNABLES", wiped ? kiosk::crypto::wipingTunables : "", 1);
    pid_t child = 0;
    const int failed = ::posix_spawn(&child, "/proc/self/exe", &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(in[0]);
    ::close(out[1]);
    if (failed != 0) throw std::runtime_error(std::strerror(failed));
    char word[8] = {};
    const bool done = ::read(out[0], word, sizeof word) > 0 && std::string_view(word).starts_with("done");
    Found found;
    if (done) found = search(child, texts);
    ::close(in[1]);
    ::close(out[0]);
    ::waitpid(child, nullptr, 0);
    if (!done) throw std::runtime_error("the visit did not end well");
    return found;
}

void tell(const char* how, const Found& found) {
    std::printf("%s: %zu places in %.1f MB\n", how, found.places.size(),
                static_cast<double>(found.bytes) / 1e6);
    for (std::size_t i = 0; i < std::min<std::size_t>(found.places.size(), 40); ++i)
        std::printf("  %s\n", found.places[i].c_str());
}

} // namespace

int main(int argc, char** argv) {
    CLI::App cli{"What of a person is left in the kiosk's memory when they have gone."};
    std::string data, intake, specimen, folder, procedure;
    cli.add_option("--data", data, "fresh folder");
    cli.add_option("--kiosk-intake", intake, "the kiosk-intake program");
    cli.add_option("--specimen", specimen, "the specimen generator");
    cli.add_option("--visit", folder)->group(""); // the child
    cli.add_option("--procedure", procedure)->group("");
    CLI11_PARSE(cli, argc, argv);
    try {
        kiosk::crypto::init();
        if (!folder.empty()) return visit(folder, procedure);
        House house({intake, specimen}, data);
        house.office().start();
        const std::vector<std::string> texts = {house.truth().at("name").get<std::string>(),
                                                house.truth().at("personal_number").get<std::string>()};
        const auto wiped = visitAndSearch(data, texts, true), control = visitAndSearch(data, texts, false);
        tell("as the program runs", wiped);
        tell("without overwriting what is given back", control);
        return wiped.places.empty() && !control.places.empty() ? 0 : 1;
    } catch (const std::exception& e) {
        std::cerr << "left_behind: " << e.what() << '\n';
        return 2;
    }
}
