#include "tests/journey/office.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <chrono>
#include <csignal>
#include <cstring>
#include <netinet/in.h>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

extern char** environ;

namespace kiosk::journey {
namespace {

pid_t spawn(const std::vector<std::string>& command) {
    std::vector<char*> arguments;
    for (const auto& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    const pid_t parent = getpid();
    const pid_t process = fork();
    if (process != 0) return process;
    // It ends with us, however we end: a crash must not leave an office behind that keeps our output open.
    if (prctl(PR_SET_PDEATHSIG, SIGTERM) != 0 || getppid() != parent) _exit(127);
    execve(arguments[0], arguments.data(), environ);
    _exit(127);
}

sockaddr_in loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    return address;
}

int freePort() {
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    auto address = loopback(0);
    socklen_t size = sizeof address;
    const bool ok = fd >= 0 && bind(fd, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                    getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    if (fd >= 0) close(fd);
    if (!ok) throw std::runtime_error("no free loopback port");
    return ntohs(address.sin_port);
}

bool answers(int port) {
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    const auto address = loopback(port);
    const bool ok = fd >= 0 && connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    if (fd >= 0) close(fd);
    return ok;
}

} // namespace

int run(const std::vector<std::string>& command) {
    const pid_t process = spawn(command);
    int status = 0;
    if (process < 0 || waitpid(process, &status, 0) < 0 || !WIFEXITED(status)) return -1;
    return WEXITSTATUS(status);
}

Office::Office(std::string intakeProgram, std::filesystem::path folder)
    : program_(std::move(intakeProgram)), folder_(std::move(folder)), port_(freePort()) {
    std::filesystem::create_directories(folder_);
    const auto url = "https://127.0.0.1:" + std::to_string(port_);
    if (run({program_, "init", "--data", dataFolder().string(), "--office", "MAU-01", "--name",
             "Bộ phận Một cửa MẪU (SPECIMEN)", "--unit-code", "H29.999.01"}) != 0)
        throw std::runtime_error("kiosk-intake init failed");
    if (run({program_, "enrol", "--data", dataFolder().string(), "--kiosk", "kiosk-01", "--url", url, "--out",
             kioskKeys().string()}) != 0)
        throw std::runtime_error("kiosk-intake enrol failed");
}

Office::~Office() { stop(); }

void Office::importFrom(const std::filesystem::path& stick) {
    if (run({program_, "import", stick.string(), "--data", dataFolder().string()}) != 0)
        throw std::runtime_error("the office does not take the stick");
}

void Office::start() {
    process_ = spawn({program_, "serve", "--data", dataFolder().string(), "--port", std::to_string(port_)});
    for (int i = 0; i < 400 && process_ > 0; ++i) {
        if (answers(port_)) return;
        if (waitpid(process_, nullptr, WNOHANG) == process_) break;
        std::this_thread::sleep_for(std::chrono::milliseconds(25));
    }
    throw std::runtime_error("kiosk-intake does not answer");
}

void Office::stop() {
    if (process_ <= 0) return;
    ::kill(process_, SIGTERM);
    waitpid(process_, nullptr, 0);
    process_ = -1;
}

void Office::kill() {
    if (process_ <= 0) return;
    ::kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
    process_ = -1;
}

std::vector<std::filesystem::path> Office::dossiers() const {
    std::vector<std::filesystem::path> files;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(dataFolder() / "dossiers", none))
        if (entry.path().extension() == ".json") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

} // namespace kiosk::journey
