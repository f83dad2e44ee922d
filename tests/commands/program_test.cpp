// The program `kiosk` as the system sees it.
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <string>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

namespace kiosk {
namespace {

constexpr gid_t nogroup = 65534;

/// A program that waits for what comes over a pipe, with cores as large as the system allows. Under root its
/// group is not root's, so that its files in /proc tell whose they are.
class Waiting {
public:
    explicit Waiting(std::vector<std::string> command) {
        int in[2];
        if (::pipe2(in, O_CLOEXEC) != 0) std::abort();
        std::vector<char*> arguments;
        for (auto& word : command) arguments.push_back(word.data());
        arguments.push_back(nullptr);
        pid_ = ::fork();
        if (pid_ == 0) {
            rlimit cores{};
            ::getrlimit(RLIMIT_CORE, &cores);
            cores.rlim_cur = cores.rlim_max;
            const int nothing = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
            const bool ready = ::setrlimit(RLIMIT_CORE, &cores) == 0 && ::dup2(in[0], 0) == 0 &&
                               ::dup2(nothing, 1) == 1 && ::dup2(nothing, 2) == 2 &&
                               (::getuid() != 0 || ::setgid(nogroup) == 0);
            if (ready) ::execv(arguments[0], arguments.data());
            ::_exit(127);
        }
        ::close(in[0]);
        input_ = in[1];
    }
    Waiting(const Waiting&) = delete;
    Waiting& operator=(const Waiting&) = delete;
    ~Waiting() {
        ::close(input_);
        if (pid_ > 0) end(SIGKILL);
    }

    /// May other programs of its user look into its memory, and may the kernel write a core of it? What it
    /// has in /proc belongs to root otherwise (proc(5), PR_SET_DUMPABLE).
    bool isOpen() const {
        struct stat owner {};
        if (::stat(("/proc/" + std::to_string(pid_)).c_str(), &owner) != 0) std::abort();
        return owner.st_uid != 0 || owner.st_gid != 0;
    }
    /// Its wait status.
    int end(int signal) {
        int status = 0;
        ::kill(pid_, signal);
        ::waitpid(std::exchange(pid_, 0), &status, 0);
        return status;
    }

private:
    pid_t pid_ = 0;
    int input_ = -1;
};

/// Within ten seconds.
bool closesItself(const Waiting& program) {
    for (int i = 0; i < 1000 && program.isOpen(); ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    return !program.isOpen();
}

TEST(Program, letsNobodyLookIntoItsMemoryAndLeavesNoCore) {
    Waiting program({KIOSK_PROGRAM, "find", "--stdin"});
    EXPECT_TRUE(closesItself(program));
    const int status = program.end(SIGABRT); // ends a program with a core by default
    EXPECT_TRUE(WIFSIGNALED(status));
    EXPECT_FALSE(WCOREDUMP(status));
}

TEST(Program, thatDoesNothingAboutItIsSeenToBeOpen) {
    const Waiting program({"/bin/cat"});
    std::this_thread::sleep_for(std::chrono::milliseconds(200)); // until it is cat
    EXPECT_TRUE(program.isOpen());
}

} // namespace
} // namespace kiosk
