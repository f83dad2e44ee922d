// The follow-up board on paper, for whoever reports to the city: figures, and each dossier on its way from
// received to due. Codes and dates only. Vietnamese, like the office's other papers.
#pragma once

#include "app/papers/sheet.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kiosk::papers {

struct BoardSheet {
    std::string office;
    Date day;           // of today
    Date first, last;   // of the chart, both within it
    std::string period; // the figures': "30 ngày qua"
    std::vector<SheetItem> figures;
    struct Dossier {
        std::string code, procedure;
        int status = 1; // 1..10
        std::optional<Date> promised, due;
        bool late = false;
        SheetSpan span;
    };
    std::vector<Dossier> dossiers; // in the order they are shown
    double today = 1;              // on the chart: 0 its first day .. 1 its end
};

/// A4 portrait, as PDF. Errors: PaperFailed.
Result<std::string> boardPdf(const BoardSheet& board);

} // namespace kiosk::papers
