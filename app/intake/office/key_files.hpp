// Where an office's secrets lie: always under the same name while in use, so that people and scripts find
// them.
#pragma once

#include <string>

namespace kiosk::intake::key_files {

inline std::string folder(const std::string& dataFolder) { return dataFolder + "/keys"; }

inline std::string signing(const std::string& dataFolder) { return folder(dataFolder) + "/signing.key"; }
inline std::string sealing(const std::string& dataFolder) { return folder(dataFolder) + "/sealing.key"; }
inline std::string tls(const std::string& dataFolder) { return folder(dataFolder) + "/office.key"; }
inline std::string certificate(const std::string& dataFolder) { return folder(dataFolder) + "/office.crt"; }

/// One that is made and waits until its notice is written.
inline std::string next(const std::string& file) { return file + ".next"; }

/// Earlier sealing keys and written notices, from 1 on.
std::string earlierSealing(const std::string& dataFolder, int number);
std::string notice(const std::string& dataFolder, int number);

} // namespace kiosk::intake::key_files
