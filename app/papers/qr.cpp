// QR codes for papers, written by the same library that reads them.
#include "app/papers/slip/slip.hpp"

#include <ZXing/BarcodeFormat.h>
#include <ZXing/BitMatrix.h>
#include <ZXing/CharacterSet.h>
#include <ZXing/MultiFormatWriter.h>
#include <exception>

namespace kiosk::papers {

Result<QrModules> qrModules(const std::string& text) {
    constexpr int correctionM = 3; // ZXing's scale 0..8: L below 3, M below 5
    try {
        const auto matrix = ZXing::MultiFormatWriter(ZXing::BarcodeFormat::QRCode)
                                .setEncoding(ZXing::CharacterSet::UTF8)
                                .setEccLevel(correctionM)
                                .setMargin(0)
                                .encode(text, 0, 0);
        QrModules code;
        code.side = matrix.width();
        code.dark.reserve(static_cast<std::size_t>(code.side) * static_cast<std::size_t>(code.side));
        for (int y = 0; y < code.side; ++y)
            for (int x = 0; x < code.side; ++x) code.dark.push_back(matrix.get(x, y));
        return code;
    } catch (const std::exception& error) {
        return fail(Code::PaperFailed, std::string("QR: ") + error.what());
    }
}

} // namespace kiosk::papers
