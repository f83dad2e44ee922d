#include "app/reading/child/serve.hpp"

#include "app/reading/child/sandbox.hpp"

#include <algorithm>
#include <memory>
#include <sys/mman.h>
#include <sys/socket.h>

namespace kiosk::reading::child {
namespace {

const std::uint8_t* mapPictures() {
    void* memory = mmap(nullptr, pictureCapacity, PROT_READ, MAP_SHARED, pictureFd, 0);
    return memory == MAP_FAILED ? nullptr : static_cast<const std::uint8_t*>(memory);
}

bool isSane(const Request& r) {
    return r.width > 0 && r.height > 0 &&
           static_cast<std::size_t>(r.width) <= pictureCapacity / static_cast<std::size_t>(r.height);
}

Answer answerOf(const CodeFound& code, std::uint32_t sequence) {
    Answer answer{.sequence = sequence, .kind = Kind::Code};
    answer.length = static_cast<std::uint32_t>(code.bytes.size());
    std::ranges::copy(code.bytes, answer.bytes.begin());
    for (std::size_t i = 0; i < 4; ++i) {
        answer.corners[2 * i] = code.corners[i].x;
        answer.corners[2 * i + 1] = code.corners[i].y;
    }
    return answer;
}

bool answer(const Request& request, const std::uint8_t* pictures, const Decode& decode) {
    const GreyView picture{pictures, request.width, request.height, request.width};
    const zxing::Options options{request.global != 0 ? zxing::Threshold::Global
                                                     : zxing::Threshold::LocalAverage,
                                 request.downscale != 0, request.all != 0};
    Answer end{.sequence = request.sequence, .kind = Kind::Done};
    try {
        unsigned sent = 0;
        for (const auto& code : decode(picture, options))
            if (code.bytes.size() <= maxCodeBytes && sent++ < maxCodes)
                if (!send(answerOf(code, request.sequence))) return false;
    } catch (const std::exception&) { // ZXing's, and memory that its limit refused
        end.kind = Kind::Faulted;
    }
    return send(end);
}

/// The library's tables, messages and locale are made before files are out of reach.
void warmUp(const Decode& decode) {
    const std::vector<std::uint8_t> blank(std::size_t{64} * 64, 255);
    static_cast<void>(decode({blank.data(), 64, 64, 64}, {}));
}

} // namespace

bool send(const Answer& answer) {
    const auto size = answerHead + answer.length;
    return ::send(channelFd, &answer, size, MSG_NOSIGNAL) == static_cast<ssize_t>(size);
}

int serve(int parent, const Decode& decode) {
    const auto* pictures = mapPictures();
    if (pictures == nullptr) return 1;
    warmUp(decode);
    Answer ready{.kind = Kind::Ready};
    if (const auto trouble = lockIn(parent); !trouble.empty()) {
        ready.kind = Kind::Refused;
        ready.length = static_cast<std::uint32_t>(std::min(trouble.size(), maxCodeBytes));
        std::copy_n(trouble.begin(), ready.length, ready.bytes.begin());
        static_cast<void>(send(ready));
        return 1;
    }
    if (!send(ready)) return 1;
    Request request;
    while (::recv(channelFd, &request, sizeof request, 0) == static_cast<ssize_t>(sizeof request) &&
           isSane(request))
        if (!answer(request, pictures, decode)) return 1;
    return 0;
}

} // namespace kiosk::reading::child
