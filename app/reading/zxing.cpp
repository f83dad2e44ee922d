#include "app/reading/zxing.hpp"

#include <ZXing/ReadBarcode.h>

namespace kiosk::reading::zxing {
namespace {

#if __has_include(<ZXing/ReaderOptions.h>)
using LibraryOptions = ZXing::ReaderOptions;
#else
using LibraryOptions = ZXing::DecodeHints;
#endif

LibraryOptions translate(const Options& options) {
    LibraryOptions out;
    out.setFormats(
        ZXing::BarcodeFormat::QRCode); // PDF417 of 1.4 reads out of bounds; a card has nothing else
    out.setTryHarder(true);
    out.setTryRotate(true);
    out.setTryDownscale(options.downscale);
    out.setBinarizer(options.threshold == Threshold::Global ? ZXing::Binarizer::GlobalHistogram
                                                            : ZXing::Binarizer::LocalAverage);
    out.setMaxNumberOfSymbols(options.all ? 0xFF : 1);
    return out;
}

} // namespace

std::vector<CodeFound> read(const GreyView& picture, const Options& options) {
    const ZXing::ImageView view(picture.pixels, picture.width, picture.height, ZXing::ImageFormat::Lum,
                                picture.stride);
    std::vector<CodeFound> codes;
    for (const auto& found : ZXing::ReadBarcodes(view, translate(options))) {
        if (!found.isValid()) continue;
        CodeFound code;
        code.bytes.assign(found.bytes().begin(), found.bytes().end());
        for (std::size_t i = 0; i < 4; ++i)
            code.corners[i] = {static_cast<float>(found.position()[i].x),
                               static_cast<float>(found.position()[i].y)};
        codes.push_back(std::move(code));
    }
    return codes;
}

} // namespace kiosk::reading::zxing
