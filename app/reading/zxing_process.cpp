#include "app/reading/zxing_process.hpp"

#include "app/reading/child/handle.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace kiosk::reading {
namespace {

using child::Clock;
using namespace std::chrono_literals;

constexpr auto startDeadline = 5s; // from a cold disk on a busy machine
constexpr auto retryAfter = 1s;    // after a start that failed
constexpr auto lastWords = 100ms;  // for a program that is ending, to say how

/// Corners lie in or near the picture they were found in.
bool isSane(const child::Answer& answer, const GreyView& picture) {
    const float far = 2 * static_cast<float>(std::max(picture.width, picture.height));
    return std::ranges::all_of(answer.corners,
                               [far](float c) { return std::isfinite(c) && std::abs(c) <= far; });
}

CodeFound codeOf(const child::Answer& answer) {
    CodeFound code;
    code.bytes.assign(answer.bytes.begin(), answer.bytes.begin() + answer.length);
    for (std::size_t i = 0; i < 4; ++i) code.corners[i] = {answer.corners[2 * i], answer.corners[2 * i + 1]};
    return code;
}

} // namespace

std::filesystem::path decoderProgram() {
    std::error_code error;
    const auto folder = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
    const auto above = folder.parent_path();
    const auto name = child::programName;
    for (const auto& path :
         {folder / name, above / "libexec" / "kiosk" / name, above / name, above.parent_path() / name})
        if (std::filesystem::is_regular_file(path, error)) return path;
    return folder / name; // its absence is told when it is started
}

struct ZxingProcess::Inside {
    std::filesystem::path program;
    std::optional<child::SharedPicture> picture;
    std::optional<child::Handle> running;
    bool ready = false;           // it said so
    std::uint32_t sequence = 0;   // of the last request, counted for each program
    Clock::time_point startedAt;  // or last tried
    std::optional<Error> trouble; // why it is not running
    child::Answer answer;         // kept, so that frames do not allocate

    void start();
    Error lose(Code code, const std::string& why, std::chrono::milliseconds patience = 0ms);
    Result<void> awaitReady(Clock::time_point until);
    Result<std::vector<CodeFound>> collect(const GreyView& view, Clock::time_point until);
};

void ZxingProcess::Inside::start() {
    startedAt = Clock::now();
    ready = false;
    sequence = 0;
    trouble.reset();
    if (!picture) {
        auto made = child::SharedPicture::make();
        if (!made) {
            trouble = made.error();
            return;
        }
        picture.emplace(std::move(*made));
    }
    auto started = child::Handle::start(program, *picture);
    if (started)
        running.emplace(std::move(*started));
    else
        trouble = started.error();
}

/// The program is of no use any more. One that had come up is replaced at once; one that had not would fail
/// again.
Error ZxingProcess::Inside::lose(Code code, const std::string& why, std::chrono::milliseconds patience) {
    const auto how = running->end(patience);
    running.reset();
    Error error{code, why + " (" + how + ")"};
    if (ready)
        start();
    else
        trouble = error;
    return error;
}

Result<void> ZxingProcess::Inside::awaitReady(Clock::time_point until) {
    if (!running && Clock::now() - startedAt >= retryAfter) start();
    if (!running) return fail(*trouble);
    if (ready) return {};
    switch (running->listen(answer, until)) {
    case child::Handle::Heard::Answer:
        if (answer.kind == child::Kind::Ready && answer.sequence == 0) {
            ready = true;
            return {};
        }
        if (answer.kind == child::Kind::Refused)
            return fail(lose(Code::DecoderUnavailable,
                             std::string(answer.bytes.begin(), answer.bytes.begin() + answer.length),
                             lastWords));
        break;
    case child::Handle::Heard::Nothing:
        if (Clock::now() - startedAt < startDeadline) return fail(Code::DecoderFailed, "still starting");
        return fail(lose(Code::DecoderUnavailable, "did not start in time"));
    case child::Handle::Heard::End:
        return fail(lose(Code::DecoderUnavailable, "ended while starting", lastWords));
    case child::Handle::Heard::Garbage:
        break;
    }
    return fail(lose(Code::DecoderUnavailable, "garbled its first words"));
}

Result<std::vector<CodeFound>> ZxingProcess::Inside::collect(const GreyView& view, Clock::time_point until) {
    std::vector<CodeFound> codes;
    while (true) {
        const auto heard = running->listen(answer, until);
        if (heard == child::Handle::Heard::Nothing) return fail(lose(Code::DecoderFailed, "took too long"));
        if (heard == child::Handle::Heard::End) return fail(lose(Code::DecoderFailed, "ended", lastWords));
        if (heard == child::Handle::Heard::Garbage || answer.sequence != sequence) break;
        if (answer.kind == child::Kind::Done) return codes;
        if (answer.kind == child::Kind::Faulted) return fail(Code::DecoderFailed, "the library gave up");
        if (answer.kind != child::Kind::Code || codes.size() == child::maxCodes || !isSane(answer, view))
            break;
        codes.push_back(codeOf(answer));
        wipe(answer.bytes.data(), answer.length);
    }
    return fail(lose(Code::DecoderFailed, "answered nonsense"));
}

ZxingProcess::ZxingProcess(std::filesystem::path program) : inside_(std::make_unique<Inside>()) {
    inside_->program = std::move(program);
    inside_->start();
}
ZxingProcess::~ZxingProcess() = default;

Result<std::vector<CodeFound>> ZxingProcess::read(const GreyView& picture, const zxing::Options& options,
                                                  std::chrono::milliseconds deadline) {
    auto& in = *inside_;
    const auto until = Clock::now() + deadline;
    if (const auto up = in.awaitReady(until); !up) return fail(up.error());
    if (!in.picture->put(picture)) return fail(Code::DecoderFailed, "the picture is too large");
    child::Request request{++in.sequence, picture.width, picture.height};
    request.global = options.threshold == zxing::Threshold::Global ? 1 : 0;
    request.downscale = options.downscale ? 1 : 0;
    request.all = options.all ? 1 : 0;
    if (!in.running->send(request)) return fail(in.lose(Code::DecoderFailed, "does not listen", lastWords));
    return in.collect(picture, until);
}

} // namespace kiosk::reading
