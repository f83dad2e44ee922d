// The decoders that are measured beside one another: the kiosk's reader and what Debian has.
#pragma once

#include "app/reading/reader.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace kiosk::bench {

class Decoder {
public:
    virtual ~Decoder() = default;
    /// The bytes of the QR codes in a picture; `all`: of every one, not only the first found.
    virtual std::vector<Bytes> read(const reading::GreyView& picture, bool all) = 0;
    /// The next picture has nothing to do with those before.
    virtual void forget() {}
};

struct Contestant {
    std::string name;
    std::function<std::unique_ptr<Decoder>()> fresh; // one that has seen nothing before
};

struct Budgets {
    std::chrono::milliseconds live{33};      // what a frame of the camera may take
    std::chrono::milliseconds patient{2000}; // a single picture
};

/// The kiosk's reader with both budgets, ZXing-cpp at its slowest and fastest, ZBar where it is installed.
/// quirc is not in Debian; OpenCV's QRCodeDetector is built there without its decoder and reads nothing.
std::vector<Contestant> contestants(const Budgets& budgets);
/// The kiosk's reader alone; of a stream it never forgets.
enum class Pictures { Single, OfAStream };
Contestant ours(std::string name, std::chrono::milliseconds budget, Pictures pictures = Pictures::Single);
/// Nothing where it was not installed when this was built.
std::optional<Contestant> zbarContestant();
/// The setting levels are calibrated with: ZXing-cpp, LocalAverage, try harder, rotate, downscale.
Contestant calibration();

} // namespace kiosk::bench
