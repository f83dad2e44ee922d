// Everything a journey needs around the kiosk: fresh data folder, office process, specimen pictures; and the
// real App on it.
#pragma once

#include "app/base/json/json.hpp"
#include "tests/journey/office.hpp"
#include "tests/journey/person.hpp"

#include <filesystem>
#include <memory>
#include <string>

namespace kiosk::journey {

struct Programs {
    std::string intake, specimen;
};

class House {
public:
    /// Makes the office, enrols the kiosk, writes kiosk.toml and the specimen pictures. Throws
    /// std::runtime_error with words.
    House(const Programs& programs, const std::filesystem::path& folder, int seed = 7);

    /// Adds lines to kiosk.toml.
    void configure(const std::string& toml);

    /// The real App with the real drivers on an off-screen display. `camera`: as openCamera; empty: the
    /// specimen pictures. Without a width: fullscreen.
    std::unique_ptr<App> openKiosk(int width, int height, const std::string& camera = {});

    Office& office() { return office_; }
    std::filesystem::path data() const { return folder_ / "kiosk"; }
    std::filesystem::path pictures() const { return folder_ / "specimen"; }
    /// What is on the specimen card: specimen's truth.json.
    const nlohmann::json& truth() const { return truth_; }

private:
    std::filesystem::path folder_;
    Office office_;
    nlohmann::json truth_;
};

/// The same on a folder that a House has made before, in this process or another one.
std::unique_ptr<App> openKioskIn(const std::filesystem::path& folder, int width, int height,
                                 const std::string& camera = {});

} // namespace kiosk::journey
