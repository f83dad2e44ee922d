// Names of places while they are typed.
#include "app/base/text.hpp"
#include "app/procedures/places/units_data.hpp"

#include <algorithm>

namespace kiosk {

std::vector<std::string> Units::complete(std::string_view text, std::string_view province,
                                         std::size_t limit) const {
    const auto comma = text.rfind(',');
    const auto lead = comma == std::string_view::npos ? std::string_view() : text.substr(0, comma + 1);
    const auto part = text::trim(text.substr(lead.size()));
    if (!text::isUtf8(text) || text::length(part) < 2) return {};
    const auto wanted = address::parseUnit(part);
    const auto whole = text::fold(part);
    std::vector<std::string> out;
    const auto offer = [&](const Unit& unit) {
        const bool named = (wanted.type.empty() || wanted.type == text::fold(unit.type)) &&
                           data_->folded.at(&unit).starts_with(wanted.fold);
        const bool begins = named || text::fold(unit.fullName()).starts_with(whole);
        if (!begins || out.size() == limit) return;
        auto name = lead.empty() ? unit.fullName() : std::string(lead) + " " + unit.fullName();
        if (const auto* above = find(unit.parentCode)) name += ", " + above->fullName();
        if (name != text && std::find(out.begin(), out.end(), name) == out.end())
            out.push_back(std::move(name));
    };
    constexpr std::size_t enough = 40; // some contain the words without beginning with them
    if (!province.empty())
        for (const Unit* unit : search(part, province, enough)) offer(*unit);
    for (const Unit* unit : search(part, "", enough)) offer(*unit);
    return out;
}

} // namespace kiosk
