#include "tests/specimen/specimen.hpp"

#include <ZXing/BitMatrix.h>
#include <ZXing/CharacterSet.h>
#include <ZXing/MultiFormatWriter.h>

namespace kiosk::specimen {

cv::Mat qrModules(const std::string& bytes, Ecc ecc, bool eci) {
    ZXing::MultiFormatWriter writer(ZXing::BarcodeFormat::QRCode);
    writer.setEccLevel(2 * (static_cast<int>(ecc) + 1)).setMargin(0);
    writer.setEncoding(eci ? ZXing::CharacterSet::UTF8 : ZXing::CharacterSet::ISO8859_1);
    ZXing::BitMatrix code;
    if (eci) {
        code = writer.encode(bytes, 0, 0);
    } else { // a character per byte, so that the bytes stand in the code as they are
        std::wstring characters;
        for (const char c : bytes) characters += static_cast<wchar_t>(static_cast<unsigned char>(c));
        code = writer.encode(characters, 0, 0);
    }
    cv::Mat modules(code.height(), code.width(), CV_8UC1, cv::Scalar(255));
    for (int y = 0; y < modules.rows; ++y)
        for (int x = 0; x < modules.cols; ++x)
            if (code.get(x, y)) modules.at<std::uint8_t>(y, x) = 0;
    return modules;
}

} // namespace kiosk::specimen
