#include "app/knowledge.hpp"

#include "app/base/log.hpp"

namespace kiosk {
namespace {

Result<OfficeProfile> officeOf(const Config& config, const Units& units,
                               const std::map<std::string, Procedure>& procedures) {
    OfficeProfile office;
    office.code = config.officeCode;
    office.name = config.officeName;
    office.phone = config.officePhone;
    office.acceptsOtherProcedures = config.acceptsOtherProcedures;
    office.hours = config.hours;
    office.message = {config.message, config.messageEnglish.empty() ? config.message : config.messageEnglish};
    office.darkWhenClosed = config.darkWhenClosed;
    office.offersTickets = config.tickets.offered;
    office.printsPapers = !config.paperPrinter.empty();
    office.profileKeepDays = config.profileKeepDays;
    office.idleWarningSeconds = config.idleWarningSeconds;
    office.idleCountdownSeconds = config.idleCountdownSeconds;
    office.language = config.language == "en" ? Language::En : Language::Vi;
    const auto* ward = units.find(config.wardCode);
    if (ward == nullptr || ward->parentCode.empty())
        return fail(Code::ConfigInvalid,
                    "office.ward: the code of a ward in force, as in assets/units/units.csv");
    office.wardCode = ward->code;
    office.wardName = ward->fullName();
    if (const auto* province = units.find(ward->parentCode)) office.provinceName = province->fullName();
    for (const auto& code : config.tiles) {
        if (procedures.contains(code))
            office.tiles.push_back(code);
        else
            log::warn("procedures.tiles: no usable procedure file for " + code + ": its tile is left out");
    }
    return office;
}

} // namespace

Result<std::unique_ptr<KnowledgeBase>> KnowledgeBase::load(const std::string& assetsFolder,
                                                           const Config& config) {
    auto catalogue = Catalogue::load(assetsFolder);
    if (!catalogue) return fail(catalogue.error());
    auto units = Units::load(assetsFolder);
    if (!units) return fail(units.error());
    auto loaded = procedure::loadAll(assetsFolder);
    for (const auto& error : loaded.errors) log::warn("procedure left out", error);
    auto office = officeOf(config, *units, loaded.byCode);
    if (!office) return fail(office.error());
    return std::unique_ptr<KnowledgeBase>(new KnowledgeBase{std::move(*catalogue), std::move(loaded.byCode),
                                                            std::move(*units), std::move(*office)});
}

} // namespace kiosk
