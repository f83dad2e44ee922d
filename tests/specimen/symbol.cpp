#include "tests/specimen/symbol.hpp"

#include <ZXing/BitMatrix.h>
#include <cstdlib>
#include <memory>
#include <qrencode.h>

namespace kiosk::specimen {

cv::Mat darkModules(const ZXing::BitMatrix& code) {
    cv::Mat modules(code.height(), code.width(), CV_8UC1, cv::Scalar(255));
    for (int y = 0; y < modules.rows; ++y)
        for (int x = 0; x < modules.cols; ++x)
            if (code.get(x, y)) modules.at<std::uint8_t>(y, x) = 0;
    return modules;
}

/// By libqrencode, which takes bytes as they are; ZXing's writer takes characters, and since 2.0 none that
/// stand for the bytes 80 to 9F.
cv::Mat qrModules(const std::string& bytes, Ecc ecc, bool eci) {
    constexpr unsigned utf8 = 26; // AIM ECI number
    const std::unique_ptr<QRinput, decltype(&QRinput_free)> input(
        QRinput_new2(0, static_cast<QRecLevel>(ecc)), QRinput_free);
    if (!input || (eci && QRinput_appendECIheader(input.get(), utf8) != 0) ||
        QRinput_append(input.get(), QR_MODE_8, static_cast<int>(bytes.size()),
                       reinterpret_cast<const unsigned char*>(bytes.data())) != 0)
        std::abort(); // a specimen that no code can hold is a mistake in the generator
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(QRcode_encodeInput(input.get()), QRcode_free);
    if (!code) std::abort();
    cv::Mat modules(code->width, code->width, CV_8UC1);
    for (int i = 0; i < code->width * code->width; ++i)
        modules.at<std::uint8_t>(i / code->width, i % code->width) = (code->data[i] & 1) != 0 ? 0 : 255;
    return modules;
}

cv::Mat fixedModules(int side) {
    cv::Mat fixed(side, side, CV_8UC1, cv::Scalar(0));
    const auto fix = [&](int x, int y, int width, int height) {
        fixed(cv::Rect(x, y, width, height) & cv::Rect(0, 0, side, side)).setTo(255);
    };
    fix(0, 0, 9, 9);
    fix(side - 8, 0, 8, 9);
    fix(0, side - 8, 9, 8);
    fix(6, 0, 1, side);
    fix(0, 6, side, 1);
    if (side >= 45) fix(side - 11, 0, 3, 6), fix(0, side - 11, 6, 3);
    std::vector<int> centres = {6, side - 7};
    if (side >= 45) centres.insert(centres.begin() + 1, (side - 1) / 2);
    for (const int x : centres)
        for (const int y : centres)
            if (!((x == 6 && y == 6) || (x == 6 && y == side - 7) || (x == side - 7 && y == 6)))
                fix(x - 2, y - 2, 5, 5);
    return fixed;
}

} // namespace kiosk::specimen
