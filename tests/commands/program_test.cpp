// The program `kiosk` as the system sees it.
#include "tests/store/folder.hpp"

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <string>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace kiosk {
namespace {

constexpr gid_t nogroup = 65534;

/// A program that answers a line with a line, with cores as large as the system allows. Under root its group
/// is not root's, so that its files in /proc tell whose they are.
class Answering {
public:
    /// Returns when it has answered: it is past its start then.
    explicit Answering(std::vector<std::string> command) {
        int in[2], out[2];
        if (::pipe2(in, O_CLOEXEC) != 0 || ::pipe2(out, O_CLOEXEC) != 0) std::abort();
        std::vector<char*> arguments;
        for (auto& word : command) arguments.push_back(word.data());
        arguments.push_back(nullptr);
        pid_ = ::fork();
        if (pid_ == 0) {
            rlimit cores{};
            ::getrlimit(RLIMIT_CORE, &cores);
            cores.rlim_cur = cores.rlim_max;
            const bool ready = ::chdir(folder_.path().c_str()) == 0 &&
                               ::setrlimit(RLIMIT_CORE, &cores) == 0 && ::dup2(in[0], 0) == 0 &&
                               ::dup2(out[1], 1) == 1 && (::getuid() != 0 || ::setgid(nogroup) == 0);
            if (ready) ::execv(arguments[0], arguments.data());
            ::_exit(127);
        }
        ::close(in[0]);
        ::close(out[1]);
        input_ = in[1];
        output_ = out[0];
        char letter = 0;
        if (::write(input_, "sao y\n", 6) != 6) std::abort();
        while (letter != '\n' && ::read(output_, &letter, 1) == 1) {
        }
        answered_ = letter == '\n';
    }
    Answering(const Answering&) = delete;
    Answering& operator=(const Answering&) = delete;
    ~Answering() {
        ::close(input_);
        ::close(output_);
        if (pid_ > 0) end(SIGKILL);
    }

    bool hasAnswered() const { return answered_; }
    /// May other programs of its user look into its memory, and may the kernel write a core of it? What it
    /// has in /proc belongs to root otherwise (proc(5), PR_SET_DUMPABLE).
    bool isOpen() const {
        struct stat owner {};
        if (::stat(("/proc/" + std::to_string(pid_) + "/mem").c_str(), &owner) != 0) std::abort();
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
    const testing::Folder folder_; // where a core of a program that fails the test goes, and ends
    pid_t pid_ = 0;
    int input_ = -1, output_ = -1;
    bool answered_ = false;
};

TEST(Program, letsNobodyLookIntoItsMemoryAndLeavesNoCore) {
    Answering program({KIOSK_PROGRAM, "find", "--stdin"});
    ASSERT_TRUE(program.hasAnswered());
    EXPECT_FALSE(program.isOpen());
    const int status = program.end(SIGABRT); // ends a program with a core by default
    EXPECT_TRUE(WIFSIGNALED(status));
    EXPECT_FALSE(WCOREDUMP(status));
}

TEST(Program, thatDoesNothingAboutItIsSeenToBeOpen) {
    const Answering program({"/bin/cat"});
    ASSERT_TRUE(program.hasAnswered());
    EXPECT_TRUE(program.isOpen());
}

} // namespace
} // namespace kiosk
