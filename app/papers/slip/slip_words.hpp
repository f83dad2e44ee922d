// The fixed words of the slip in both languages; the procedure's own words come with the slip.
#pragma once

#include <string_view>

namespace kiosk::papers {

struct SlipWords {
    std::string_view title, reference, receivedAtKiosk, sentToOffice, dossierCode, provisionalCode,
        waitingToSend;
    std::string_view at, clockNotTrusted, procedure, bring, bringNothing, nextSteps, keep, visit, receipt,
        call;
    std::string_view notAReceipt, continued, rehearsal;
};

/// English for "en", else Vietnamese.
const SlipWords& slipWords(std::string_view language);

} // namespace kiosk::papers
