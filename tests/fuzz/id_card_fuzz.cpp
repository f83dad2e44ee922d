// links: kiosk_identity
// Any bytes: parse() answers or refuses; what it accepts survives printing; typed names too.
#include "app/base/text.hpp"
#include "app/identity/id_card.hpp"
#include "app/identity/personal_number.hpp"

#include <cstdlib>
#include <string>

namespace {

using namespace kiosk;

void must(bool condition) {
    if (!condition) std::abort();
}

void tryCard(std::string_view bytes, const id_card::Clock& clock) {
    const auto read = id_card::parse(bytes, clock);
    if (!read) {
        must(!name(read.error().code).empty());
        must(read.error().detail.size() < 64); // names a field, never what is in it
        return;
    }
    must(bytes.size() <= id_card::maxPayloadBytes);
    must(personal_number::isWellFormed(read->personalNumber));
    must(text::isUtf8(read->name) && text::nfc(read->name) == read->name);
    must(read->assurance == Assurance::Read);
    must(*read->issuedOn >= read->birthDate);
    const auto again = id_card::parse(id_card::print(*read), clock);
    must(again.has_value() && *again == *read);
}

void tryTyped(std::string_view bytes) {
    const auto bar = bytes.find('|');
    if (bar == std::string_view::npos) return;
    const auto typed = id_card::typed(bytes.substr(0, bar), bytes.substr(bar + 1), {1999, 2, 1}, Sex::Female,
                                      {{2026, 11, 24}, true});
    if (typed) must(typed->assurance == Assurance::Typed && text::isUtf8(typed->name));
    must(id_card::maskedNumber(bytes.substr(0, bar)).size() >= bar);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    tryCard(bytes, {{2026, 11, 24}, true});
    tryCard(bytes, {{2020, 1, 1}, false});
    tryTyped(bytes);
    return 0;
}
