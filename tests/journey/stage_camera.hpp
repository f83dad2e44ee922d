// A network camera on loopback whose picture the test chooses: the kiosk reads it through its real HTTP
// driver.
#pragma once

#include "tests/specimen/specimen.hpp"

#include <atomic>
#include <mutex>
#include <string>
#include <thread>

namespace kiosk::journey {

class StageCamera {
public:
    StageCamera();
    ~StageCamera();
    StageCamera(const StageCamera&) = delete;
    StageCamera& operator=(const StageCamera&) = delete;

    std::string address() const { return "http://127.0.0.1:" + std::to_string(port_) + "/stream"; }
    void show(const specimen::Specimen& card); ///< held before the camera
    void showNothing();                        ///< the empty desk
    void unplug();                             ///< connections end, new ones are closed at once
    void plug();

private:
    void serve(const std::stop_token& stop);
    void stream(int connection, const std::stop_token& stop);
    void put(const Frame& frame);

    int listener_ = -1, port_ = 0;
    std::atomic<bool> plugged_ = true;
    std::mutex mutex_;
    std::string jpeg_;
    std::jthread thread_;
};

} // namespace kiosk::journey
