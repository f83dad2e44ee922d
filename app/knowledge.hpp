// Loads what the flow must know: catalogue, procedures, units, and the office as configured.
#pragma once

#include "app/base/config/config.hpp"
#include "app/flow/flow.hpp"

#include <memory>
#include <string>

namespace kiosk {

/// Owns what Knowledge refers to.
struct KnowledgeBase {
    Catalogue catalogue;
    std::map<std::string, Procedure> procedures;
    Units units;
    OfficeProfile office;

    Knowledge view() const { return {catalogue, procedures, units, office}; }
    /// Procedures with mistakes are left out and logged with file and line. Errors: AssetMissing,
    /// AssetInvalid; ConfigInvalid when the settings name a unit or a procedure that does not exist.
    static Result<std::unique_ptr<KnowledgeBase>> load(const std::string& assetsFolder, const Config& config);
};

} // namespace kiosk
