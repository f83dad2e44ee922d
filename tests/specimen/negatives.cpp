#include "tests/specimen/corpus_parts.hpp"

#include "tests/specimen/symbol.hpp"

#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>
#include <algorithm>
#include <opencv2/imgproc.hpp>

namespace kiosk::specimen {
namespace {

/// A barcode of another kind.
cv::Mat otherSymbol(ZXing::BarcodeFormat format, const std::string& text) {
    const bool square = format == ZXing::BarcodeFormat::DataMatrix || format == ZXing::BarcodeFormat::Aztec;
    return darkModules(ZXing::MultiFormatWriter(format).setMargin(0).encode(text, 0, square ? 0 : 1));
}

cv::Mat checkerboard(int side) {
    cv::Mat out(side, side, CV_8UC1);
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) out.at<std::uint8_t>(y, x) = (x + y) % 2 == 0 ? 0 : 255;
    return out;
}

cv::Mat chanceModules(Random& random, int side) {
    cv::Mat out(side, side, CV_8UC1);
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) out.at<std::uint8_t>(y, x) = random.chance(0.5) ? 255 : 0;
    return out;
}

/// White but for one side, which holds too little to be read even of level H.
cv::Mat halfOf(const cv::Mat& modules, Random& random) {
    cv::Mat out(modules.size(), CV_8UC1, cv::Scalar(255));
    const int side = modules.rows, kept = static_cast<int>(side * random.real(0.25, 0.38));
    const cv::Rect part = std::array{cv::Rect(0, 0, kept, side), cv::Rect(side - kept, 0, kept, side),
                                     cv::Rect(0, 0, side, kept), cv::Rect(0, side - kept, side, kept)}
                              .at(static_cast<std::size_t>(random.below(4)));
    modules(part).copyTo(out(part));
    return out;
}

/// Only a frame about a hole is left: all three finders, and too little of the rest.
cv::Mat tornOf(const cv::Mat& modules, Random& random) {
    auto out = modules.clone();
    const int side = modules.rows, rim = std::max(8, static_cast<int>(side * random.real(0.1, 0.17)));
    out(cv::Rect(rim, rim, side - 2 * rim, side - 2 * rim)).setTo(random.chance(0.5) ? 255 : 0);
    return out;
}

cv::Mat symbolOf(Negative kind, const cv::Mat& code, Random& random) {
    const auto digits =
        std::to_string(100000000000 + random.below(1000000000)); // EAN-13 adds its check digit
    switch (kind) {
    case Negative::Blank:
        return cv::Mat(code.size(), CV_8UC1, cv::Scalar(255));
    case Negative::Checkerboard:
        return checkerboard(8 + random.below(50));
    case Negative::Ean13:
        return otherSymbol(ZXing::BarcodeFormat::EAN13, digits);
    case Negative::Code128:
        return otherSymbol(ZXing::BarcodeFormat::Code128, "SPECIMEN" + digits.substr(6));
    case Negative::DataMatrix:
        return otherSymbol(ZXing::BarcodeFormat::DataMatrix, "SPECIMEN " + digits + digits + digits);
    case Negative::Aztec:
        return otherSymbol(ZXing::BarcodeFormat::Aztec, "SPECIMEN " + digits + digits + digits);
    case Negative::Noise:
        return chanceModules(random, code.rows);
    case Negative::Finders: {
        auto out = chanceModules(random, code.rows);
        code.copyTo(out, fixedModules(code.rows));
        return out;
    }
    case Negative::HalfCode:
        return halfOf(code, random);
    case Negative::TornCode:
        return tornOf(code, random);
    case Negative::Backdrop:
    case Negative::OtherSide:
        break;
    }
    return {};
}

/// Another card whose code has as many modules.
CorpusCard twinOf(const CorpusCard& card, std::uint64_t seed) {
    for (std::uint64_t other = seed + 1;; ++other) {
        auto twin = corpusCard(other * 1000003);
        if (twin.card.modules.rows == card.card.modules.rows && twin.payload != card.payload) return twin;
    }
}

/// 255 where the second code's modules are taken: one side of a line, or blocks here and there.
cv::Mat spliceMask(Random& random, int side) {
    cv::Mat mask(side, side, CV_8UC1, cv::Scalar(0));
    if (random.chance(0.5)) {
        const double share = random.real(0.1, 0.9);
        const double slope = random.pick(std::array{0.0, 0.0, 1.0, -0.5});
        for (int y = 0; y < side; ++y)
            for (int x = 0; x < side; ++x)
                if (x + slope * (y - side / 2) > share * side) mask.at<std::uint8_t>(y, x) = 255;
        return random.chance(0.5) ? mask : cv::Mat(mask.t());
    }
    const int block = 2 + random.below(6);
    const double share = random.real(0.1, 0.9);
    for (int y = 0; y < side; y += block)
        for (int x = 0; x < side; x += block)
            if (random.chance(share))
                mask(cv::Rect(x, y, block, block) & cv::Rect(0, 0, side, side)).setTo(255);
    return mask;
}

/// `share` of the data modules turned round, or covered by others in one patch.
void spoil(cv::Mat& modules, Random& random, double share) {
    const auto noise = chanceModules(random, modules.rows);
    if (random.chance(0.5)) {
        cv::Mat mask(modules.size(), CV_8UC1, cv::Scalar(0));
        for (int y = 0; y < mask.rows; ++y)
            for (int x = 0; x < mask.cols; ++x)
                if (random.chance(share)) mask.at<std::uint8_t>(y, x) = 255;
        mask.setTo(0, fixedModules(modules.rows));
        cv::bitwise_xor(modules, mask, modules);
        return;
    }
    const int height =
        std::max(1, static_cast<int>(modules.rows * std::sqrt(share) * random.real(0.8, 1.25)));
    const int width = std::clamp(static_cast<int>(modules.total() * share) / height, 1, modules.cols);
    const cv::Rect part(random.below(modules.cols - width + 1),
                        random.below(std::max(1, modules.rows - height + 1)), width,
                        std::min(height, modules.rows));
    const auto kept = modules.clone();
    noise(part).copyTo(modules(part));
    kept.copyTo(modules, fixedModules(modules.rows));
}

} // namespace

Sample negativeSample(std::uint64_t seed, Size wanted) {
    Random random(seed * 2654435761 + 11);
    const auto kind = negativeKind(seed);
    const auto size = sizeOf(seed / negativeKinds, wanted);
    auto params = degraded(1 + random.below(3), seed + 500000, size.width, size.height);
    auto [card, payload] = corpusCard(seed + 500000);
    if (kind == Negative::Backdrop || kind == Negative::OtherSide) {
        params.modulePx = 0;
        params.cardShare = random.real(0.35, 0.7);
        params.card = kind == Negative::OtherSide;
        thread_local const auto side = drawOtherSide(specimen(4242, Layout::Card2024));
        card = side;
    } else {
        const int side = card.modules.rows;
        const bool printsCode = kind == Negative::HalfCode || kind == Negative::TornCode;
        card.modules = symbolOf(kind, card.modules, random);
        params.modulePx *= double(side) / card.modules.cols; // as large as the code would be
        auto out = sampleOf(card, {}, params);
        if (printsCode) out.otherPayload = payload;
        return out;
    }
    return sampleOf(card, {}, params);
}

Sample baitSample(std::uint64_t seed, Size wanted) {
    Random random(seed * 40503 + 13);
    const auto size = sizeOf(seed, wanted);
    const auto params = degraded(1 + random.below(4), seed + 700000, size.width, size.height);
    auto first = corpusCard(seed + 700000);
    auto& modules = first.card.modules;
    std::string other;
    const int kind = random.below(4);
    if (kind < 2) {
        const auto twin = twinOf(first, seed);
        other = twin.payload;
        if (kind == 0)
            twin.card.modules.copyTo(modules, spliceMask(random, modules.rows));
        else
            cv::addWeighted(modules, random.real(0.3, 0.7), twin.card.modules, 0.5, 0,
                            modules); // one through the other
    } else if (kind == 2) {
        spoil(modules, random, random.real(0.04, 0.5));
    } else {
        const auto code = modules.clone();
        modules = chanceModules(random, modules.rows);
        code.copyTo(modules, fixedModules(modules.rows));
    }
    auto out = sampleOf(first.card, first.payload, params);
    out.otherPayload = other;
    return out;
}

} // namespace kiosk::specimen
