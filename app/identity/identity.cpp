#include "app/identity/identity.hpp"

namespace kiosk {

std::string_view name(Warning warning) {
    switch (warning) {
    case Warning::LayoutDateMismatch:
        return "LayoutDateMismatch";
    case Warning::OldNumberUnusual:
        return "OldNumberUnusual";
    case Warning::ProvinceUnknown:
        return "ProvinceUnknown";
    case Warning::BirthYearMismatch:
        return "BirthYearMismatch";
    case Warning::SexMismatch:
        return "SexMismatch";
    case Warning::CenturyMismatch:
        return "CenturyMismatch";
    case Warning::NameWithoutDiacritics:
        return "NameWithoutDiacritics";
    case Warning::LostDiacritics:
        return "LostDiacritics";
    case Warning::CardExpired:
        return "CardExpired";
    case Warning::DateInFuture:
        return "DateInFuture";
    case Warning::PartialBirthDate:
        return "PartialBirthDate";
    }
    return "Unknown";
}

} // namespace kiosk
