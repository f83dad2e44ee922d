// What Units holds in memory; shared by its loading and its matching of addresses.
#pragma once

#include "app/procedures/places/address_parts.hpp"
#include "app/procedures/units.hpp"

#include <functional>
#include <map>
#include <unordered_map>

namespace kiosk {

/// A ward of 2019 to 2025 and the units it became.
struct OldWard {
    address::UnitName ward, district;
    std::string province; // code of the 63
    std::vector<const Unit*> today;
    bool exact = false; // a ward of early 2025 under its own name
};

/// A province's name: an old one (oldCode and where it went), one in force, or both.
struct ProvinceName {
    std::string oldCode;
    const Unit* today = nullptr;
};

struct UnitsData {
    struct InForce {
        const Unit* unit;
        address::UnitName name;
    };

    std::vector<Unit> units;
    std::map<std::string, const Unit*, std::less<>> byCode;
    std::vector<const Unit*> provinces;
    std::map<std::string, std::vector<const Unit*>, std::less<>> wardsOf;
    std::unordered_map<const Unit*, std::string> folded;
    std::unordered_map<std::string, std::vector<InForce>> inForce; // by folded name
    std::vector<OldWard> oldWards;
    std::unordered_map<std::string, std::vector<std::size_t>> byWard, byDistrict; // by folded name
    std::unordered_map<std::string, ProvinceName> provinceNames;                  // by address::provinceKey
    std::map<std::string, std::vector<std::string>, std::less<>>
        oldCodesOf; // today's province -> the old ones

    const Unit* find(std::string_view code) const;
    void addProvince(const std::string& names, const std::string& oldCode, const Unit* today);
    void addOld(OldWard old);
    void index();
};

struct Units::Data : UnitsData {};

} // namespace kiosk
