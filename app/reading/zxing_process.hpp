// ZXing-cpp at arm's length: strangers choose what it looks at, so it runs in a child process without file or
// network rights, and a decode that takes too long is abandoned with the process.
#pragma once

#include "app/reading/zxing.hpp"

#include <chrono>
#include <filesystem>
#include <memory>

namespace kiosk::reading {

/// A decode that takes longer is abandoned.
inline constexpr std::chrono::milliseconds decodeDeadline(250);

/// kiosk-decode: beside the running program, installed in ../libexec/kiosk, or where a build tree has it, in
/// one of the two folders above.
std::filesystem::path decoderProgram();

/// Starts the program at once, without waiting for it, and anew after each failure. One thread uses it: the
/// one that made it, whose end also ends the program.
class ZxingProcess {
public:
    explicit ZxingProcess(std::filesystem::path program = decoderProgram());
    ~ZxingProcess();
    ZxingProcess(const ZxingProcess&) = delete;
    ZxingProcess& operator=(const ZxingProcess&) = delete;

    /// As zxing::read, within the deadline. Nothing the program answers is believed unchecked. Errors:
    /// DecoderUnavailable (not started: tried again a second later), DecoderFailed (this picture is given
    /// up).
    Result<std::vector<CodeFound>> read(const GreyView& picture, const zxing::Options& options,
                                        std::chrono::milliseconds deadline = decodeDeadline);

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

} // namespace kiosk::reading
