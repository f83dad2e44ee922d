// The kiosk: inbox -> step -> effects -> draw. Owns workers, window and flow; one call a frame.
#pragma once

#include "app/base/config/config.hpp"
#include "app/base/worker.hpp"
#include "app/delivery/office_link.hpp"
#include "app/flow/flow.hpp"
#include "app/ui/ui.hpp"
#include "app/ui/window.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kiosk {

struct AppOptions {
    Config config;
    std::string assetsFolder;
    std::string dataFolder;
    std::string cameraSource; // as openCamera()
    ui::WindowOptions window;
    std::optional<Instant>
        assetsUntil; // then other assets are in force: the program begins anew once nobody is there
};

/// UI thread only.
class App {
public:
    /// Loads the assets (a procedure with a mistake is left out and named in the log), opens the disk, the
    /// window and the devices.
    static Result<std::unique_ptr<App>> open(AppOptions options, OfficeLink link);
    ~App();

    /// Waits at most as long as nothing needs drawing, then one frame. False when the window was closed or
    /// staff asked for an end.
    bool frame();
    /// Staff closed it so that it begins anew.
    bool wantsRestart() const;
    /// Staff switched the whole machine off.
    bool wantsShutDown() const;

    /// What the last frame showed.
    const std::vector<ui::Node>& nodes() const;
    const Flow& flow() const;
    ui::Window& window();

private:
    struct Inside;
    explicit App(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

} // namespace kiosk
