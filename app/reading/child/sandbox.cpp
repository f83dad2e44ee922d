#include "app/reading/child/sandbox.hpp"

#include "app/reading/child/wire.hpp"

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <memory>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace kiosk::reading::child {
namespace {

constexpr rlim_t memory = rlim_t{512} << 20U; // bytes of addresses: a picture and several copies of it

std::string missing(const char* what, int error = errno) {
    return std::string(what) + ": " + std::strerror(error);
}

std::string limit() {
    const auto set = [](__rlimit_resource_t what, rlim_t most) {
        const rlimit both{most, most};
        return setrlimit(what, &both) == 0;
    };
    const bool done = set(RLIMIT_CORE, 0) && set(RLIMIT_FSIZE, 0) && set(RLIMIT_NPROC, 0) &&
                      set(RLIMIT_NOFILE, 0) && (sanitized || set(RLIMIT_AS, memory));
    return done ? std::string() : missing("limits");
}

/// The calls that decoding makes. Everything else kills.
int addRules(scmp_filter_ctx filter) {
    int failed = 0;
    const auto allow = [&](std::initializer_list<int> calls) {
        for (const int call : calls) failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0);
    };
    const auto allowIf = [&](int call, scmp_arg_cmp condition) {
        failed |= seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, call, 1, &condition);
    };
    for (const int call : {SCMP_SYS(recvfrom), SCMP_SYS(recvmsg), SCMP_SYS(sendto), SCMP_SYS(sendmsg)})
        allowIf(call, {0, SCMP_CMP_EQ, static_cast<std::uint32_t>(channelFd), 0});
    // memory, but never any that could be run
    for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)})
        allowIf(call, {2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0});
    allow({SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(brk), SCMP_SYS(madvise), SCMP_SYS(futex),
           SCMP_SYS(clock_gettime), SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask), SCMP_SYS(exit),
           SCMP_SYS(exit_group)});
    if (!sanitized) return failed;
    allowIf(SCMP_SYS(write), {0, SCMP_CMP_EQ, STDERR_FILENO, 0});
    allow({SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(sigaltstack), SCMP_SYS(rt_sigaction),
           SCMP_SYS(sched_yield), SCMP_SYS(tgkill), SCMP_SYS(prctl), SCMP_SYS(getrandom)});
    return failed;
}

std::string filterCalls() {
    const std::unique_ptr<void, void (*)(scmp_filter_ctx)> filter(seccomp_init(SCMP_ACT_KILL_PROCESS),
                                                                  seccomp_release);
    if (!filter) return missing("seccomp", ENOMEM);
    if (const int error = addRules(filter.get()); error != 0) return "seccomp: a rule is not supported";
    if (const int error = seccomp_load(filter.get()); error != 0) return missing("seccomp", -error);
    return {};
}

} // namespace

std::string lockIn(int parent) {
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return missing("signal of the parent's end");
    if (getppid() != parent) return "the parent is gone";
    if (prctl(PR_SET_DUMPABLE, 0) != 0) return missing("dumpable");
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return missing("no new privileges");
    if (close_range(channelFd + 1, ~0U, 0) != 0) return missing("closing descriptors");
    if (auto trouble = limit(); !trouble.empty()) return trouble;
    return filterCalls();
}

} // namespace kiosk::reading::child
