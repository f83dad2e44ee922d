#include "app/base/result.hpp"

namespace kiosk {

std::string_view name(Code code) {
    switch (code) {
#define KIOSK_CODE(name)                                                                                     \
    case Code::name:                                                                                         \
        return #name;
        KIOSK_CODES(KIOSK_CODE)
#undef KIOSK_CODE
    }
    return "Unknown";
}

} // namespace kiosk
