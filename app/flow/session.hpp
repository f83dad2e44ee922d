// Everything known about the customer now present; ending the session is destroying it.
#pragma once

#include "app/identity/identity.hpp"
#include "app/procedures/procedure.hpp"
#include "app/procedures/units.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kiosk {

/// Agreement to use the data for this purpose (Luật 91/2025/QH15 Điều 9; never pre-ticked, Nghị định 356/2025
/// Điều 6).
struct Consent {
    bool given = false;
    std::string wording; // version of the words shown
    Language language = Language::Vi;
    Instant at;
};

/// The address on a card and the unit of today the person chose for it; both are sent.
struct Residence {
    std::string onCard;
    std::string line;                   // house number, street, hamlet
    std::vector<std::string> proposals; // unit codes, best first
    std::string proposedProvince;       // unit code, may be empty
    bool alreadyTwoLevel = false;
    std::optional<std::string> chosen; // ward's unit code
};

/// Kept answers as opened by the card.
struct KeptProfile {
    Answers answers;                   // by Field::profile key; origin Profile, note = date given
    Answers records;                   // imported by the office; origin Office
    std::string cardName, cardAddress; // as on the card when it was kept
    std::optional<Date> keptSince, endsOn;
    bool disputed = false;
};

struct Session {
    std::optional<Identity> customer;
    Residence residence;
    Consent consent;
    std::optional<KeptProfile> profile;
    bool profileAsked = false;              // the disk has answered
    std::map<std::string, Identity> people; // Section::person -> whose card was shown or "this is me"
    std::string procedure;                  // code; empty: none chosen yet
    std::optional<Procedure> other; // made from the catalogue entry when the code has no asset of ours
    Answers answers;
    Instant startedAt;
    bool sent = false;      // something came of the visit
    bool rehearsal = false; // staff try the whole way: marked everywhere, counted and kept nowhere

    Session();
    Session(const Session&);
    Session(Session&&) noexcept;
    Session& operator=(const Session&);
    Session& operator=(Session&&) noexcept;
    ~Session();
};

} // namespace kiosk
