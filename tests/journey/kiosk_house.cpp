#include "tests/journey/kiosk_house.hpp"

#include "app/base/assets.hpp"
#include "app/base/crypto.hpp"
#include "app/store/db.hpp"

#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace kiosk::journey {
namespace {

void writeSettings(const std::filesystem::path& file) {
    std::ofstream out(file);
    out << "[office]\ncode = \"MAU-01\"\nname = \"Bộ phận Một cửa phường Sài Gòn (MẪU)\"\nward = "
           "\"26740\"\nphone = \"(028) 0000 0000\"\n"
           "[procedures]\ntiles = [\"2.000815\", \"1.004873\", \"1.010041\", \"1.001193\"]\n";
    if (!out.flush()) throw std::runtime_error("cannot write " + file.string());
}

} // namespace

House::House(const Programs& programs, const std::filesystem::path& folder, int seed)
    : folder_(folder), office_(programs.intake, folder) {
    crypto::init();
    std::filesystem::create_directories(data());
    std::filesystem::permissions(data(), std::filesystem::perms::owner_all);
    std::filesystem::copy(office_.kioskKeys(), store::keysFolder(data().string()),
                          std::filesystem::copy_options::recursive);
    writeSettings(data() / "kiosk.toml");
    if (run({programs.specimen, "--out", pictures().string(), "--seed", std::to_string(seed), "--frames",
             "24", "--size", "1280x720"}) != 0)
        throw std::runtime_error("the specimen generator failed");
    std::ifstream in(pictures() / "truth.json");
    truth_ = nlohmann::json::parse(in);
}

void House::configure(const std::string& toml) {
    std::ofstream out(data() / "kiosk.toml", std::ios::app);
    out << toml;
    if (!out.flush()) throw std::runtime_error("cannot write kiosk.toml");
}

std::unique_ptr<App> House::openKiosk(int width, int height, const std::string& camera) {
    return openKioskIn(folder_, width, height, camera);
}

std::unique_ptr<App> openKioskIn(const std::filesystem::path& folder, int width, int height,
                                 const std::string& camera) {
    const auto data = folder / "kiosk";
    setenv("SDL_VIDEODRIVER", "dummy", 0); // a window without a display; one named from outside is kept
    setenv("SDL_AUDIODRIVER", "dummy", 0);
    auto config = Config::load((data / "kiosk.toml").string());
    if (!config) throw std::runtime_error("settings: " + config.error().detail);
    auto link = loadOfficeLink(store::keysFolder(data.string()));
    if (!link) throw std::runtime_error("keys: " + link.error().detail);
    AppOptions options{
        *config, assetsFolder(), data.string(), camera.empty() ? (folder / "specimen").string() : camera, {}};
    options.window.fullscreen = width == 0;
    options.window.width = width;
    options.window.height = height;
    auto app = App::open(std::move(options), std::move(*link));
    if (!app)
        throw std::runtime_error("the kiosk did not open: " + std::string(name(app.error().code)) + " " +
                                 app.error().detail);
    return std::move(*app);
}

} // namespace kiosk::journey
