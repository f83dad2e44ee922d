// The slip (phiếu gửi hồ sơ tại kiosk): what the customer takes away at once; no personal data.
#pragma once

#include "app/base/raster.hpp"
#include "app/base/result.hpp"
#include "app/base/time.hpp"

#include <string>
#include <vector>

namespace kiosk::papers {

/// Everything printed on a slip. Words in the customer's language come from the caller.
struct Slip {
    std::string language = "vi"; // "vi" or "en"
    std::string officeName, officePhone;
    std::string reference;
    std::string code;        // what its QR says; see SlipCode
    std::string dossierCode; // empty until the office acknowledged
    bool builtInNumbering = false;
    std::string procedureCode, procedureName;
    Instant at;
    bool clockTrusted = true;
    bool rehearsal = false;         // says so, and that it is worth nothing
    std::vector<std::string> bring; // papers to bring to the counter, plain words
};

/// A5 portrait PDF, 148 x 210 mm, fonts embedded. Errors: PaperFailed.
Result<void> writeSlipPdf(const Slip& slip, const std::string& path);

/// The same for a roll of 80 mm: 576 dots wide, as long as need be. Errors: PaperFailed.
Result<Raster> slipRaster(const Slip& slip);

/// Is there a reference, and is every text one that can be printed? PaperFailed.
Result<void> checkSlip(const Slip& slip);

/// The modules of a QR code of `text` (error correction M), row by row, true = dark, without quiet zone.
struct QrModules {
    int side = 0;
    std::vector<bool> dark;
};
Result<QrModules> qrModules(const std::string& text);

} // namespace kiosk::papers
