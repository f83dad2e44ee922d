// Administrative units in force since 2025-07-01 (two levels), and where the old three-level ones went.
#pragma once

#include "app/base/result.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk {

struct Unit {
    std::string code;             // "00004"; provinces have two digits
    std::string name;             // "Ba Đình"
    std::string type;             // Phường, Xã, Đặc khu, Tỉnh, Thành phố
    std::string parentCode;       // province of a ward; empty for a province
    std::string fullName() const; // "Phường Ba Đình"
};

/// Today's units proposed for an address as written on a card. A hint, never a fact: the person chooses.
struct AddressMatch {
    std::string line;               // what is left of the address for house number, street, hamlet
    std::vector<const Unit*> wards; // candidates, best first; empty: not recognised
    const Unit* province = nullptr; // recognised province of today, if any
    bool wasTwoLevel = false;       // the address already names a unit in force
};

/// Immutable after loading; may be used from any thread.
class Units {
public:
    /// Reads assets/units (units.csv, aliases.csv, ward_old_to_new.csv, provinces.csv). Errors: AssetMissing,
    /// AssetInvalid.
    static Result<Units> load(const std::string& assetsFolder);
    Units(Units&&) noexcept;
    Units& operator=(Units&&) noexcept;
    ~Units();

    /// Provinces in Vietnamese collation order.
    const std::vector<const Unit*>& provinces() const;
    /// Wards, communes and special zones of a province in collation order.
    std::vector<const Unit*> wards(std::string_view provinceCode) const;
    /// By its code or an alias of it.
    const Unit* find(std::string_view code) const;
    /// Units whose name contains the words (folded), wards before provinces; `provinceCode` empty: all.
    std::vector<const Unit*> search(std::string_view text, std::string_view provinceCode,
                                    std::size_t limit) const;
    /// What the last part of a text with commas may become: names of units that begin with it (folded, with
    /// or without "phường", "tỉnh" …), those of `province` first; wards with their province, each as the
    /// whole text then. Nothing for less than two letters.
    std::vector<std::string> complete(std::string_view text, std::string_view province,
                                      std::size_t limit) const;
    /// Matches an address by ward, district and province, former names, words left out.
    AddressMatch match(std::string_view address) const;

private:
    struct Data;
    explicit Units(std::unique_ptr<Data> data);
    std::unique_ptr<Data> data_;
};

} // namespace kiosk
