// Names of wards and provinces below the box that is being typed into.
#include "app/screens/form/form_parts.hpp"

namespace kiosk::screens {

void placeSuggestions(const View& v, const std::string& target, const std::string& typed) {
    constexpr std::size_t most = 3;
    const auto& units = v.knowledge.units;
    const auto* own = units.find(v.knowledge.office.wardCode);
    const auto names = units.complete(typed, own == nullptr ? "" : own->parentCode, most);
    for (std::size_t i = 0; i < names.size(); ++i)
        if (v.ui.button("place." + std::to_string(i), names[i],
                        {.tone = ui::Tone::Quiet, .icon = ui::Icon::Place}))
            v.emit(event::Edited{target, names[i]});
}

} // namespace kiosk::screens
