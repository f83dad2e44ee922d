// links: kiosk_delivery
// Questions, answers and notices come from the network: whatever is read prints to what reads the same.
#include "app/base/crypto.hpp"
#include "app/base/files.hpp"
#include "app/delivery/kiosk_state.hpp"
#include "app/delivery/office_keys.hpp"
#include "app/delivery/progress/kept_progress.hpp"
#include "app/delivery/progress/look_up.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kiosk;
    static const bool ready = (crypto::init(), true);
    if (!ready) std::abort();
    const auto text = files::asText({data, size});
    if (const auto answer = look_up::readAnswer(text)) {
        const auto written = look_up::write(*answer);
        const auto again = look_up::readAnswer(written);
        if (!again || look_up::write(*again) != written) std::abort();
    }
    if (const auto question = look_up::readQuestion(text)) {
        const auto again = look_up::readQuestion(look_up::write(*question));
        if (!again || again->what != question->what || again->birth != question->birth) std::abort();
    }
    if (const auto batch = kept_progress::readBatch(text)) {
        const auto written = kept_progress::write(*batch);
        const auto again = kept_progress::readBatch(written);
        if (!again || kept_progress::write(*again) != written) std::abort();
    }
    if (const auto state = kiosk_state::read(text))
        if (kiosk_state::read(kiosk_state::write(*state)) != *state) std::abort();
    const OfficeKeys nobody{"H29.5", 1, {}, {}, {}}; // nothing is signed by the all-zero key
    if (followKeyNotices(text, nobody) || followKeyNotices(writeKeyNotices({std::string(text)}), nobody) ||
        readOwnKeyNotice(text))
        std::abort();
    return 0;
}
