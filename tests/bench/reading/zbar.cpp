// A file of its own, because ZXing's headers define a macro with the name of one of ZBar's classes.
#include "tests/bench/reading/decoders.hpp"

#ifdef KIOSK_BENCH_ZBAR
#include <zbar.h>

namespace kiosk::bench {
namespace {

using namespace ::zbar; // where its C interface is for C++

/// Without its guess of a character set, which corrupts Vietnamese.
class ZBar : public Decoder {
public:
    ZBar() : scanner_(zbar_image_scanner_create(), &zbar_image_scanner_destroy) {
        zbar_image_scanner_set_config(scanner_.get(), ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
        zbar_image_scanner_set_config(scanner_.get(), ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
        zbar_image_scanner_set_config(scanner_.get(), ZBAR_QRCODE, ZBAR_CFG_BINARY, 1);
    }

    std::vector<Bytes> read(const reading::GreyView& picture, bool) override {
        if (picture.stride != picture.width) return {}; // ZBar knows no row step
        const auto width = static_cast<unsigned>(picture.width),
                   height = static_cast<unsigned>(picture.height);
        const std::unique_ptr<zbar_image_t, decltype(&zbar_image_destroy)> image(zbar_image_create(),
                                                                                 &zbar_image_destroy);
        zbar_image_set_format(image.get(), zbar_fourcc('Y', '8', '0', '0'));
        zbar_image_set_size(image.get(), width, height);
        zbar_image_set_data(image.get(), picture.pixels, static_cast<unsigned long>(width) * height, nullptr);
        std::vector<Bytes> out;
        zbar_scan_image(scanner_.get(), image.get());
        for (const auto* symbol = zbar_image_first_symbol(image.get()); symbol != nullptr;
             symbol = zbar_symbol_next(symbol)) {
            const auto* data = zbar_symbol_get_data(symbol);
            out.emplace_back(data, data + zbar_symbol_get_data_length(symbol));
        }
        return out;
    }

private:
    std::unique_ptr<zbar_image_scanner_t, decltype(&zbar_image_scanner_destroy)> scanner_;
};

} // namespace

std::optional<Contestant> zbarContestant() {
    unsigned major = 0, minor = 0, patch = 0;
    zbar_version(&major, &minor, &patch);
    return Contestant{"ZBar " + std::to_string(major) + "." + std::to_string(minor),
                      [] { return std::make_unique<ZBar>(); }};
}

} // namespace kiosk::bench
#else
std::optional<kiosk::bench::Contestant> kiosk::bench::zbarContestant() { return std::nullopt; }
#endif
