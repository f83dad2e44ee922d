// The filled declaration (tờ khai) as the paper form would look: for "check your answers", the office printer
// and the office's file. Holds personal data. Always in Vietnamese, like the paper form.
#pragma once

#include "app/papers/sheet.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kiosk::papers {

struct Declaration {
    struct Part {
        std::string title;
        std::vector<SheetItem> items;
    };
    std::string name, legal;   // of the paper form, and what prescribes it
    std::string office, place; // to whom; where it is signed ("Phường Sài Gòn")
    std::string procedureName, procedureCode;
    std::string reference; // may still be empty
    std::string promise;   // above the signatures
    Date date;
    std::vector<Part> parts;
    std::vector<std::string> signatures; // words over the places to sign; at least one
    std::string signer;                  // the name under the first of them
    bool verified = false;               // the identity was checked against the chip
    bool rehearsal = false;              // staff tried the kiosk: says that it is worth nothing
};

/// From a dossier (schema 1, app/intake/README.md). Errors: PaperFailed when it is none.
Result<Declaration> declarationOf(std::string_view dossierJson);

/// A4 portrait, fonts embedded. Errors: PaperFailed.
Result<std::string> declarationPdf(const Declaration& declaration);

/// The same sheets for the screen, `pixelsPerMm` of them. Errors: PaperFailed.
Result<std::vector<RgbPicture>> declarationPictures(const Declaration& declaration, double pixelsPerMm);

} // namespace kiosk::papers
