// From an address on a card to today's units: which names stand where, and what they became.
#include "app/base/text.hpp"
#include "app/procedures/places/units_data.hpp"

#include <algorithm>

namespace kiosk {
namespace {

using address::Part;
using address::UnitName;
using Wards = std::vector<const Unit*>;

/// How well a name written on a card agrees with one of the table: 0 not at all, more is better.
int agreement(const UnitName& written, const UnitName& table) {
    if (written.fold != table.fold) return 0;
    int points = 1;
    if (written.tone == table.tone) points += 4;
    if (written.type == table.type)
        points += 2;
    else if (written.type.empty())
        points += 1;
    return points;
}

/// The provinces an address may mean.
struct Where {
    const Unit* today = nullptr;
    std::string oldCode; // the old province of that name
    std::size_t end = 0; // parts before the province
    bool known() const { return today != nullptr; }
};

class Matcher {
public:
    Matcher(const UnitsData& data, std::vector<Part> parts) : d_(data), parts_(std::move(parts)) {}

    AddressMatch run() {
        where_ = province();
        AddressMatch out;
        out.province = where_.today;
        const std::size_t n = where_.end;
        if (n == 0) return out;
        find(n, out);
        if (out.wards.empty() && n >= 2) find(n - 1, out); // something unknown stands last
        if (out.wards.empty()) lineTo(n, out);
        if (out.province == nullptr && !out.wards.empty()) out.province = commonProvince(out.wards);
        return out;
    }

private:
    /// The last part that names a province (a country may follow it).
    Where province() const {
        const std::size_t n = parts_.size();
        for (std::size_t back = 1; back <= 2 && back <= n; ++back)
            for (const std::string& key :
                 {address::provinceKey(parts_[n - back].text), bare(parts_[n - back].text)})
                if (const auto it = d_.provinceNames.find(key); it != d_.provinceNames.end())
                    return {it->second.today, it->second.oldCode, n - back};
        return {nullptr, {}, n};
    }

    static std::string bare(const std::string& text) {
        auto key = text::fold(text);
        key.erase(std::remove(key.begin(), key.end(), ' '), key.end());
        return key;
    }

    /// Old wards of the old province count fully; those of the others merged into today's province are the
    /// second choice.
    int provincePoints(const std::string& oldCode) const {
        if (!where_.known()) return 1;
        if (oldCode == where_.oldCode) return 2;
        const auto it = d_.oldCodesOf.find(where_.today->code);
        const bool merged = it != d_.oldCodesOf.end() &&
                            std::find(it->second.begin(), it->second.end(), oldCode) != it->second.end();
        return merged ? 1 : 0;
    }

    /// Looks at the `n` parts before the province: ward and district, ward alone, district alone.
    void find(std::size_t n, AddressMatch& out) const {
        const Part& last = parts_[n - 1];
        const bool lastIsWard = !last.readings.empty() && address::isWardWord(last.readings.front().type);
        const bool lastIsDistrict =
            !last.readings.empty() && address::isDistrictWord(last.readings.front().type);
        if (n >= 2 && !lastIsWard)
            if (auto w = oldWards(parts_[n - 2], &last); !w.empty())
                return settle(std::move(w), n - 2, false, out);
        if (!lastIsDistrict)
            if (auto w = unitsInForce(last); !w.empty()) return settle(std::move(w), n - 1, true, out);
        if (!lastIsDistrict && where_.known())
            if (auto w = oldWards(last, nullptr); !w.empty()) return settle(std::move(w), n - 1, false, out);
        if (auto w = districtUnits(last); !w.empty() && !lastIsWard)
            return districtOnly(std::move(w), n, out);
        if (n >= 2 && where_.known() && !lastIsWard)
            if (auto w = oldWards(parts_[n - 2], nullptr); !w.empty())
                return settle(std::move(w), n - 2, false, out);
    }

    void districtOnly(Wards units, std::size_t n, AddressMatch& out) const {
        if (n >= 2) // the two levels in force, with the old district still written
            if (auto w = unitsInForce(parts_[n - 2]); !w.empty())
                if (std::any_of(w.begin(), w.end(), [&](const Unit* u) { return contains(units, u); })) {
                    std::erase_if(w, [&](const Unit* u) { return !contains(units, u); });
                    return settle(std::move(w), n - 2, false, out);
                }
        settle(std::move(units), n - 1, false, out);
    }

    void settle(Wards wards, std::size_t lineEnd, bool twoLevel, AddressMatch& out) const {
        out.wards = std::move(wards);
        out.wasTwoLevel = twoLevel && out.wards.size() == 1;
        lineTo(lineEnd, out);
    }

    void lineTo(std::size_t end, AddressMatch& out) const {
        out.line.clear();
        for (std::size_t i = 0; i < end; ++i) out.line += (i == 0 ? "" : ", ") + parts_[i].text;
    }

    /// What the best agreeing old wards became; `district` absent: in any district.
    Wards oldWards(const Part& ward, const Part* district) const {
        int best = 0;
        std::vector<const OldWard*> chosen;
        for (const UnitName& reading : ward.readings) {
            const auto it = d_.byWard.find(reading.fold);
            if (it == d_.byWard.end()) continue;
            for (const std::size_t i : it->second) {
                const OldWard& old = d_.oldWards[i];
                const int points = score(reading, district, old);
                if (points == 0 || points < best) continue;
                if (points > best) chosen.clear();
                best = points;
                chosen.push_back(&old);
            }
        }
        return became(chosen);
    }

    int score(const UnitName& reading, const Part* district, const OldWard& old) const {
        const int province = provincePoints(old.province);
        const int ward = agreement(reading, old.ward);
        if (province == 0 || ward == 0) return 0;
        const int points = province * 64 + ward;
        if (district == nullptr) return points;
        int bestDistrict = 0;
        for (const UnitName& d : district->readings)
            bestDistrict = std::max(bestDistrict, agreement(d, old.district));
        return bestDistrict == 0 ? 0 : points + bestDistrict * 8;
    }

    /// Union of what became of them, exact rows first.
    static Wards became(std::vector<const OldWard*> rows) {
        std::stable_sort(rows.begin(), rows.end(),
                         [](const OldWard* a, const OldWard* b) { return a->exact && !b->exact; });
        Wards out;
        for (const OldWard* row : rows)
            for (const Unit* u : row->today)
                if (!contains(out, u)) out.push_back(u);
        return out;
    }

    Wards unitsInForce(const Part& part) const {
        int best = 0;
        Wards chosen;
        for (const UnitName& reading : part.readings) {
            const auto it = d_.inForce.find(reading.fold);
            if (it == d_.inForce.end()) continue;
            for (const auto& [unit, name] : it->second) {
                const int points = agreement(reading, name);
                if ((where_.known() && unit->parentCode != where_.today->code) || points < best) continue;
                if (points > best) chosen.clear();
                best = points;
                chosen.push_back(unit);
            }
        }
        return chosen;
    }

    Wards districtUnits(const Part& part) const {
        int best = 0;
        std::vector<const OldWard*> chosen;
        for (const UnitName& reading : part.readings) {
            const auto it = d_.byDistrict.find(reading.fold);
            if (it == d_.byDistrict.end()) continue;
            for (const std::size_t i : it->second) {
                const OldWard& old = d_.oldWards[i];
                const int province = provincePoints(old.province);
                const int points = province == 0 ? 0 : province * 64 + agreement(reading, old.district);
                if (points == 0 || points < best) continue;
                if (points > best) chosen.clear();
                best = points;
                chosen.push_back(&old);
            }
        }
        return became(chosen);
    }

    const Unit* commonProvince(const Wards& wards) const {
        const auto& code = wards.front()->parentCode;
        const bool same =
            std::all_of(wards.begin(), wards.end(), [&](const Unit* u) { return u->parentCode == code; });
        return same ? d_.find(code) : nullptr;
    }

    static bool contains(const Wards& wards, const Unit* u) {
        return std::find(wards.begin(), wards.end(), u) != wards.end();
    }

    const UnitsData& d_;
    std::vector<Part> parts_;
    Where where_;
};

} // namespace

AddressMatch Units::match(std::string_view address) const {
    if (!text::isUtf8(address)) return {};
    return Matcher(*data_, address::split(address)).run();
}

} // namespace kiosk
