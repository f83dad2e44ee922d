#include "drivers/picture_camera.hpp"

#include "drivers/picture.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <thread>

namespace kiosk {
namespace {

using Clock = std::chrono::steady_clock;
namespace fs = std::filesystem;

constexpr auto interval = std::chrono::microseconds(1000000 / 15);

bool startsLikePicture(const fs::path& path) {
    std::error_code ignored; // what cannot be looked at is no picture
    if (!fs::is_regular_file(path, ignored)) return false;
    std::array<char, 16> head{};
    std::ifstream file(path, std::ios::binary);
    file.read(head.data(), head.size());
    return looksLikePicture(
        {reinterpret_cast<const std::uint8_t*>(head.data()), static_cast<std::size_t>(file.gcount())});
}

/// A damaged picture keeps its place in the order and is reported, not passed over.
bool isNamedLikePicture(const fs::path& path) {
    std::error_code ignored; // what cannot be looked at is no picture
    auto suffix = path.extension().string();
    for (auto& c : suffix)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    constexpr std::array<std::string_view, 4> known = {".png", ".jpg", ".jpeg", ".pgm"};
    return std::ranges::find(known, suffix) != known.end() && fs::is_regular_file(path, ignored);
}

class PictureCamera final : public Camera {
public:
    explicit PictureCamera(std::string path) : path_(std::move(path)) {}

    Result<Frame> next(std::chrono::milliseconds timeout) override {
        const auto now = Clock::now();
        if (due_ > now + timeout) {
            std::this_thread::sleep_for(timeout);
            return fail(Code::PictureUnreadable, "no picture due yet");
        }
        std::this_thread::sleep_until(due_);
        due_ = std::max(due_, now - interval) + interval; // a slow reader sees every picture, only later
        auto frame = loadPicture(pictures_[position_]);
        position_ = (position_ + 1) % pictures_.size();
        if (!frame && !fs::exists(path_)) return fail(Code::CameraLost, "the pictures are gone");
        if (frame) frame->number = ++count_;
        return frame;
    }

    Result<void> reopen() override {
        auto pictures = listPictures(path_);
        if (pictures.empty()) return fail(Code::CameraNone, "no picture there");
        pictures_ = std::move(pictures);
        position_ = 0;
        due_ = Clock::now();
        return {};
    }

    std::string description() const override {
        return std::to_string(pictures_.size()) + (pictures_.size() == 1 ? " picture" : " pictures");
    }
    bool isPictures() const override { return true; }

private:
    std::string path_;
    std::vector<std::string> pictures_;
    std::size_t position_ = 0;
    Clock::time_point due_;
    std::uint64_t count_ = 0;
};

} // namespace

std::vector<std::string> listPictures(const std::string& path) {
    const auto isPicture = [](const fs::path& p) { return startsLikePicture(p) || isNamedLikePicture(p); };
    std::error_code problem; // an unreadable folder has no pictures
    if (!fs::is_directory(path, problem))
        return isPicture(path) ? std::vector{path} : std::vector<std::string>{};
    std::vector<std::string> out;
    for (fs::directory_iterator i(path, problem), end; !problem && i != end; i.increment(problem))
        if (isPicture(i->path())) out.push_back(i->path().string());
    std::ranges::sort(out);
    return out;
}

Result<std::unique_ptr<Camera>> openPictureCamera(const std::string& path) {
    auto camera = std::make_unique<PictureCamera>(path);
    if (auto ok = camera->reopen(); !ok) return fail(ok.error());
    return camera;
}

} // namespace kiosk
