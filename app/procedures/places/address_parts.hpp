// Takes an address as written on a card apart into names with their kind of unit.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kiosk::address {

/// A unit's name in the forms it is compared by. `type` is folded ("phuong", "thi tran"); empty: the word was
/// left out.
struct UnitName {
    std::string type;
    std::string tone; // text::toneKey of the name, numbers without leading zeros
    std::string fold; // text::fold of it
};

/// "Phường Phúc Xá", "P. 05", "TX Sơn Tây". `text` must be UTF-8.
UnitName parseUnit(std::string_view text);

/// One part of an address and what it may mean: with its word taken as the kind of unit, and as a bare name.
struct Part {
    std::string text;
    std::vector<UnitName> readings;
};

/// Parts between commas, empty ones dropped. Without commas the words Phường, Quận … begin a part.
std::vector<Part> split(std::string_view address);

/// True for words a ward-level unit has (Phường, Xã, Thị trấn, Đặc khu); isDistrictWord for Quận, Huyện, Thị
/// xã, Thành phố.
bool isWardWord(std::string_view type);
bool isDistrictWord(std::string_view type);

/// Province's comparison key: folded without spaces and without its kind.
std::string provinceKey(std::string_view text);

} // namespace kiosk::address
