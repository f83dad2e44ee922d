#include "tests/bench/reading/decoders.hpp"

#include <ZXing/ReadBarcode.h>
#include <ZXing/ZXVersion.h>

namespace kiosk::bench {
namespace {

#if __has_include(<ZXing/ReaderOptions.h>)
using ZXingOptions = ZXing::ReaderOptions;
#else
using ZXingOptions = ZXing::DecodeHints;
#endif
using ZXing::Binarizer;

const std::string zxingName =
    "ZXing-cpp " + std::to_string(ZXING_VERSION_MAJOR) + "." + std::to_string(ZXING_VERSION_MINOR);

class ZXingCpp : public Decoder {
public:
    ZXingCpp(bool thorough, std::vector<Binarizer> binarizers) : binarizers_(std::move(binarizers)) {
        options_.setFormats(ZXing::BarcodeFormat::QRCode);
        options_.setTryHarder(thorough);
        options_.setTryRotate(thorough);
        options_.setTryDownscale(thorough);
    }

    std::vector<Bytes> read(const reading::GreyView& picture, bool all) override {
        const ZXing::ImageView view(picture.pixels, picture.width, picture.height, ZXing::ImageFormat::Lum,
                                    picture.stride);
        std::vector<Bytes> out;
        options_.setMaxNumberOfSymbols(all ? 0xFF : 1);
        for (const auto binarizer : binarizers_) {
            options_.setBinarizer(binarizer);
            for (const auto& found : ZXing::ReadBarcodes(view, options_))
                if (found.isValid()) out.emplace_back(found.bytes().begin(), found.bytes().end());
            if (!out.empty() && !all) break;
        }
        return out;
    }

private:
    ZXingOptions options_;
    std::vector<Binarizer> binarizers_;
};

Contestant zxing(const std::string& how, bool thorough, std::vector<Binarizer> binarizers) {
    return {zxingName + ", " + how,
            [thorough, binarizers] { return std::make_unique<ZXingCpp>(thorough, binarizers); }};
}

class Ours : public Decoder {
public:
    Ours(std::chrono::milliseconds budget, Pictures pictures) : budget_(budget), pictures_(pictures) {}
    std::vector<Bytes> read(const reading::GreyView& picture, bool all) override {
        std::vector<Bytes> out;
        for (auto& code : reader_.read(picture, budget_, all).codes) out.push_back(std::move(code.bytes));
        return out;
    }
    void forget() override {
        if (pictures_ == Pictures::Single) reader_.forget();
    }

private:
    std::chrono::milliseconds budget_;
    Pictures pictures_;
    reading::Reader reader_;
};

} // namespace

Contestant ours(std::string name, std::chrono::milliseconds budget, Pictures pictures) {
    return {std::move(name), [=] { return std::make_unique<Ours>(budget, pictures); }};
}

Contestant calibration() { return zxing("LocalAverage", true, {Binarizer::LocalAverage}); }

std::vector<Contestant> contestants(const Budgets& budgets) {
    std::vector<Contestant> all;
    all.push_back(ours("kiosk, " + std::to_string(budgets.live.count()) + " ms", budgets.live));
    all.push_back(ours("kiosk, patient", budgets.patient));
    all.push_back(zxing("slowest", true, {Binarizer::LocalAverage, Binarizer::GlobalHistogram}));
    all.push_back(zxing("fastest", false, {Binarizer::LocalAverage}));
    if (auto one = zbarContestant()) all.push_back(std::move(*one));
    return all;
}

} // namespace kiosk::bench
