// The program `kiosk` as the system sees it.
#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <gtest/gtest.h>
#include <spawn.h>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace kiosk {
namespace {

std::string coreLimitOf(pid_t pid) {
    std::ifstream limits("/proc/" + std::to_string(pid) + "/limits");
    for (std::string line; std::getline(limits, line);)
        if (line.starts_with("Max core file size")) return line;
    return {};
}

TEST(Program, leavesNoCoreOfWhatItHeldEvenWhereTheSystemAllowsThem) {
    rlimit before{};
    ASSERT_EQ(0, ::getrlimit(RLIMIT_CORE, &before));
    if (before.rlim_max == 0) GTEST_SKIP() << "no cores here anyway";
    const rlimit all{before.rlim_max, before.rlim_max};
    ASSERT_EQ(0, ::setrlimit(RLIMIT_CORE, &all));
    int in[2];
    ASSERT_EQ(0, ::pipe2(in, O_CLOEXEC));
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, in[0], 0);
    posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0);
    std::string program = KIOSK_PROGRAM, find = "find", lines = "--stdin"; // waits for queries
    char* arguments[] = {program.data(), find.data(), lines.data(), nullptr};
    pid_t pid = 0;
    ASSERT_EQ(0, ::posix_spawn(&pid, KIOSK_PROGRAM, &files, nullptr, arguments, environ));
    posix_spawn_file_actions_destroy(&files);
    ::setrlimit(RLIMIT_CORE, &before);
    const auto forbidden = [&] { return coreLimitOf(pid).find(" 0 ") != std::string::npos; };
    for (int i = 0; i < 1000 && !forbidden(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    EXPECT_TRUE(forbidden()) << coreLimitOf(pid);
    ::kill(pid, SIGABRT); // ends a program with a core by default
    int status = 0;
    ASSERT_EQ(pid, ::waitpid(pid, &status, 0));
    EXPECT_TRUE(WIFSIGNALED(status));
    EXPECT_FALSE(WCOREDUMP(status));
    ::close(in[0]);
    ::close(in[1]);
}

} // namespace
} // namespace kiosk
