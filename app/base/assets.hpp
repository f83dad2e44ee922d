// Where the program's assets are.
#pragma once

#include <string>

namespace kiosk {

/// The folder named by KIOSK_ASSETS, else the installed one beside the program (../share/kiosk/assets), else
/// the source tree's.
std::string assetsFolder();

} // namespace kiosk
