// links: kiosk_reading
// runs: 200000
// What a stranger's code says once it is decoded, whole and correct as any printer makes it: whatever its
// codewords, parsing them ends and gives no more than they can hold. An input is a byte of version, then the
// codewords.
#include "app/reading/symbol/layout.hpp"
#include "app/reading/symbol/segments.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kiosk::reading;
    if (size < 1) return 0;
    const std::span codewords(data + 1, size - 1);
    const auto parsed = symbol::parseSegments(codewords, 1 + data[0] % symbol::lastVersion);
    // The densest mode, numeric, has ten bits for three characters.
    if (parsed && parsed->size() > codewords.size() * 8 * 3 / 10 + 1) std::abort();
    return 0;
}
