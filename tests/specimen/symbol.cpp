#include "tests/specimen/symbol.hpp"

#include <ZXing/BitMatrix.h>
#include <ZXing/CharacterSet.h>
#include <ZXing/MultiFormatWriter.h>

namespace kiosk::specimen {

cv::Mat darkModules(const ZXing::BitMatrix& code) {
    cv::Mat modules(code.height(), code.width(), CV_8UC1, cv::Scalar(255));
    for (int y = 0; y < modules.rows; ++y)
        for (int x = 0; x < modules.cols; ++x)
            if (code.get(x, y)) modules.at<std::uint8_t>(y, x) = 0;
    return modules;
}

cv::Mat qrModules(const std::string& bytes, Ecc ecc, bool eci) {
    ZXing::MultiFormatWriter writer(ZXing::BarcodeFormat::QRCode);
    writer.setEccLevel(2 * (static_cast<int>(ecc) + 1)).setMargin(0);
    if (eci) return darkModules(writer.setEncoding(ZXing::CharacterSet::UTF8).encode(bytes, 0, 0));
    // One character for each byte, so that the bytes stand in the code as they are; without an encoding
    // named, the writer takes Latin-1 and leaves out the designator.
    std::wstring characters;
    for (const char c : bytes) characters += static_cast<wchar_t>(static_cast<unsigned char>(c));
    return darkModules(writer.encode(characters, 0, 0));
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
