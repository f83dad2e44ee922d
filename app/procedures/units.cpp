// Administrative units: loading, lists in Vietnamese order, search.
#include "app/procedures/units.hpp"

#include "app/base/text.hpp"
#include "app/procedures/asset/asset_file.hpp"
#include "app/procedures/places/units_data.hpp"

#include <algorithm>
#include <unicode/coll.h>

namespace kiosk {
namespace {

/// 1 = the whole name, 2 = its beginning, 3 = the beginning of one of its words, 4 = within; 0 = not at all.
int closeness(const std::string& name, const std::string& wanted) {
    const auto at = name.find(wanted);
    if (at == std::string::npos) return 0;
    if (name == wanted) return 1;
    if (at == 0) return 2;
    return name.find(" " + wanted) != std::string::npos ? 3 : 4;
}

Result<void> readUnits(const std::string& folder, UnitsData& d) {
    const auto path = folder + "/units.csv";
    const auto content = asset::readFile(path);
    if (!content) return fail(content.error());
    const auto rows = asset::parseCsv(*content, path, "code,name,parent_code,type");
    if (!rows) return fail(rows.error());
    d.units.reserve(rows->size());
    for (const auto& row : *rows) {
        const bool province = row.cells[2].empty();
        if (row.cells[0].size() != (province ? 2U : 5U) || row.cells[1].empty())
            return fail(
                asset::invalid(path, row.line, "a province has two digits, a ward five, both a name"));
        d.units.push_back({row.cells[0], row.cells[1], row.cells[3], row.cells[2]});
    }
    for (std::size_t i = 0; i < d.units.size(); ++i)
        if (!d.byCode.emplace(d.units[i].code, &d.units[i]).second)
            return fail(
                asset::invalid(path, (*rows)[i].line, "the code " + d.units[i].code + " stands here twice"));
    return {};
}

/// Codes met on papers and in other systems for a unit that is listed under another one.
Result<void> readAliases(const std::string& folder, UnitsData& d) {
    const auto path = folder + "/aliases.csv";
    const auto content = asset::readFile(path);
    if (!content) return fail(content.error());
    const auto rows = asset::parseCsv(*content, path, "code,unit_code");
    if (!rows) return fail(rows.error());
    for (const auto& row : *rows) {
        const Unit* unit = d.find(row.cells[1]);
        if (unit == nullptr) return fail(asset::invalid(path, row.line, "no such unit: " + row.cells[1]));
        if (row.cells[0].size() != 5 || !d.byCode.emplace(row.cells[0], unit).second)
            return fail(asset::invalid(path, row.line, "not a new code of five digits: " + row.cells[0]));
    }
    return {};
}

Result<void> readProvinces(const std::string& folder, UnitsData& d) {
    const auto path = folder + "/provinces.csv";
    const auto content = asset::readFile(path);
    if (!content) return fail(content.error());
    const auto rows = asset::parseCsv(*content, path, "old_code,old_name,new_code,also");
    if (!rows) return fail(rows.error());
    for (const auto& row : *rows) {
        const Unit* today = d.find(row.cells[2]);
        if (today == nullptr)
            return fail(asset::invalid(path, row.line, "no such province: " + row.cells[2]));
        d.addProvince(row.cells[1] + ";" + row.cells[3], row.cells[0], today);
    }
    for (const Unit& u : d.units)
        if (u.parentCode.empty()) d.provinceNames[address::provinceKey(u.name)].today = &u;
    return {};
}

Result<void> readOldWards(const std::string& folder, UnitsData& d) {
    const auto path = folder + "/ward_old_to_new.csv";
    const auto content = asset::readFile(path);
    if (!content) return fail(content.error());
    const auto rows = asset::parseCsv(*content, path, "ward,district,province_code,new_codes,kind");
    if (!rows) return fail(rows.error());
    for (const auto& row : *rows) {
        OldWard old{address::parseUnit(row.cells[0]),
                    address::parseUnit(row.cells[1]),
                    row.cells[2],
                    {},
                    row.cells[4] == "exact"};
        for (std::size_t from = 0; from < row.cells[3].size(); from += 6) {
            const auto code = row.cells[3].substr(from, 5);
            const Unit* unit = d.find(code);
            if (unit == nullptr) return fail(asset::invalid(path, row.line, "no such unit: " + code));
            old.today.push_back(unit);
        }
        d.addOld(std::move(old));
    }
    return {};
}

void sortInVietnameseOrder(UnitsData& d) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::Collator> collator(icu::Collator::createInstance(icu::Locale("vi"), status));
    if (U_FAILURE(status)) return; // ICU without collation data: the order of the file stays
    collator->setAttribute(UCOL_NUMERIC_COLLATION, UCOL_ON, status);
    const auto before = [&](const Unit* a, const Unit* b) {
        UErrorCode e = U_ZERO_ERROR;
        const auto order = collator->compareUTF8(a->name, b->name, e);
        return order != UCOL_EQUAL ? order == UCOL_LESS : a->code < b->code;
    };
    std::sort(d.provinces.begin(), d.provinces.end(), before);
    for (auto& [province, wards] : d.wardsOf) std::sort(wards.begin(), wards.end(), before);
}

} // namespace

std::string Unit::fullName() const { return type + " " + name; }

const Unit* UnitsData::find(std::string_view code) const {
    const auto it = byCode.find(code);
    return it == byCode.end() ? nullptr : it->second;
}

void UnitsData::addProvince(const std::string& names, const std::string& oldCode, const Unit* today) {
    for (std::size_t from = 0; from < names.size();) {
        const auto to = std::min(names.find(';', from), names.size());
        const auto key = address::provinceKey(names.substr(from, to - from));
        if (!key.empty()) provinceNames[key] = {oldCode, today};
        from = to + 1;
    }
    oldCodesOf[today->code].push_back(oldCode);
}

void UnitsData::addOld(OldWard old) {
    const auto index = oldWards.size();
    byWard[old.ward.fold].push_back(index);
    byDistrict[old.district.fold].push_back(index);
    oldWards.push_back(std::move(old));
}

void UnitsData::index() {
    for (const Unit& u : units) {
        folded[&u] = text::fold(u.name);
        if (u.parentCode.empty()) {
            provinces.push_back(&u);
            continue;
        }
        wardsOf[u.parentCode].push_back(&u);
        const auto name = address::parseUnit(u.fullName());
        inForce[name.fold].push_back({&u, name});
    }
}

Units::Units(std::unique_ptr<Data> data) : data_(std::move(data)) {}
Units::Units(Units&&) noexcept = default;
Units& Units::operator=(Units&&) noexcept = default;
Units::~Units() = default;

Result<Units> Units::load(const std::string& assetsFolder) {
    const auto folder = assetsFolder + "/units";
    auto data = std::make_unique<Data>();
    if (auto r = readUnits(folder, *data); !r) return fail(r.error());
    if (auto r = readAliases(folder, *data); !r) return fail(r.error());
    if (auto r = readProvinces(folder, *data); !r) return fail(r.error());
    if (auto r = readOldWards(folder, *data); !r) return fail(r.error());
    data->index();
    sortInVietnameseOrder(*data);
    return Units(std::move(data));
}

const std::vector<const Unit*>& Units::provinces() const { return data_->provinces; }

std::vector<const Unit*> Units::wards(std::string_view provinceCode) const {
    const auto it = data_->wardsOf.find(provinceCode);
    return it == data_->wardsOf.end() ? std::vector<const Unit*>() : it->second;
}

const Unit* Units::find(std::string_view code) const { return data_->find(code); }

std::vector<const Unit*> Units::search(std::string_view text, std::string_view provinceCode,
                                       std::size_t limit) const {
    if (!text::isUtf8(text) || text::fold(text).empty()) return {};
    std::vector<std::pair<int, const Unit*>> found;
    const auto wanted = address::parseUnit(text).fold;
    const auto whole = text::fold(text);
    const auto look = [&](const Unit* u, int level) {
        const auto& name = data_->folded.at(u);
        int rank = closeness(name, wanted);
        if (rank == 0) rank = closeness(name, whole);
        if (rank != 0) found.emplace_back(rank + level, u);
    };
    for (const auto& [province, wards] : data_->wardsOf)
        if (provinceCode.empty() || province == provinceCode)
            for (const Unit* u : wards) look(u, 0);
    if (provinceCode.empty())
        for (const Unit* u : data_->provinces) look(u, 10);
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<const Unit*> out;
    for (std::size_t i = 0; i < std::min(limit, found.size()); ++i) out.push_back(found[i].second);
    return out;
}

} // namespace kiosk
