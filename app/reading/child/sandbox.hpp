// Locks the calling process in for good: no files, no network, no other programs; what is left is computing
// and one socket.
#pragma once

#include <string>

namespace kiosk::reading::child {

/// Irrevocable. Afterwards descriptors above `channelFd` are closed, memory and open files are limited, the
/// process dies with the thread that started it, and any system call but receiving and sending on
/// `channelFd`, plain memory and ending kills it (seccomp, SIGSYS). Empty: done. Else what was missing: the
/// caller must end without having looked at any picture. `parent`: the process that started this one.
std::string lockIn(int parent);

} // namespace kiosk::reading::child
