// The reader's end of its decoder program: started, spoken to, killed.
#pragma once

#include "app/base/files.hpp"
#include "app/reading/child/wire.hpp"

#include <chrono>
#include <filesystem>
#include <sys/types.h>

namespace kiosk::reading::child {

using Clock = std::chrono::steady_clock;

/// Memory for one picture, which the program sees and cannot change.
class SharedPicture {
public:
    static Result<SharedPicture> make();
    SharedPicture(SharedPicture&& other) noexcept;
    SharedPicture& operator=(SharedPicture&&) = delete;
    ~SharedPicture();

    int fd() const { return fd_.get(); }
    /// Copies the picture in, without gaps between rows. False: it is larger than the memory.
    bool put(const GreyView& picture);

private:
    SharedPicture(files::Descriptor fd, std::uint8_t* memory) : fd_(std::move(fd)), memory_(memory) {}
    files::Descriptor fd_;
    std::uint8_t* memory_;
};

/// A running program; killed and waited for with its owner. Used by one thread, which must live as long: the
/// kernel kills the program when the thread that started it ends.
class Handle {
public:
    /// Nothing of this process reaches the program but the picture and the socket. Errors:
    /// DecoderUnavailable.
    static Result<Handle> start(const std::filesystem::path& program, const SharedPicture& picture);
    Handle(Handle&& other) noexcept;
    Handle& operator=(Handle&& other) noexcept;
    ~Handle();

    bool send(const Request& request) const;
    enum class Heard {
        Answer,
        Nothing, ///< until the time was over
        End,     ///< the program is gone
        Garbage, ///< no answer of the expected shape
    };
    /// The next message, whose length is checked; its content is not.
    Heard listen(Answer& answer, Clock::time_point until) const;
    /// Kills it unless it ends by itself within `patience`. Says how it ended: "killed", "signal 31", "exit
    /// code 1".
    std::string end(std::chrono::milliseconds patience);

private:
    Handle(pid_t pid, files::Descriptor channel) : pid_(pid), channel_(std::move(channel)) {}
    pid_t pid_; // -1: none
    files::Descriptor channel_;
};

} // namespace kiosk::reading::child
