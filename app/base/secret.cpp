#include "app/base/secret.hpp"

#include <sodium.h>

namespace kiosk {

void wipe(void* data, std::size_t size) { sodium_memzero(data, size); }

} // namespace kiosk
