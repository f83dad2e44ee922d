// A real office for a journey: the kiosk-intake program as a process of its own, with fresh keys, on
// loopback.
#pragma once

#include <filesystem>
#include <string>
#include <sys/types.h>
#include <vector>

namespace kiosk::journey {

/// Runs a program to its end; its exit status, or -1 when it could not be started or was killed.
int run(const std::vector<std::string>& command);

class Office {
public:
    /// `folder` is made; keys and the enrolment of one kiosk ("kiosk-01") are made in it. Throws
    /// std::runtime_error with words.
    Office(std::string intakeProgram, std::filesystem::path folder);
    ~Office();
    Office(const Office&) = delete;
    Office& operator=(const Office&) = delete;

    void start(); ///< returns when it answers on its port
    void stop();  ///< SIGTERM, waits
    void kill();  ///< SIGKILL, waits

    /// What was brought on a memory stick; the answers are laid beside it. Throws std::runtime_error.
    void importFrom(const std::filesystem::path& stick);

    std::filesystem::path dataFolder() const { return folder_ / "office"; }
    /// What the kiosk is given: its keys folder.
    std::filesystem::path kioskKeys() const { return folder_ / "enrolment"; }
    /// The dossiers as exported for the office's own system, JSON files sorted by name.
    std::vector<std::filesystem::path> dossiers() const;

private:
    std::string program_;
    std::filesystem::path folder_;
    int port_ = 0;
    pid_t process_ = -1;
};

} // namespace kiosk::journey
