// Builds a Form out of the "form" object of a procedure file.
#pragma once

#include "app/procedures/asset/reader.hpp"

#include <map>
#include <string>
#include <vector>

namespace kiosk::asset {

/// Shared lists of assets/choices.json by name.
using ChoiceLists = std::map<std::string, std::vector<Choice>>;

/// Errors: AssetMissing, AssetInvalid.
Result<ChoiceLists> loadChoices(const std::string& path);

/// Mistakes are kept in `reader`.
Form readForm(Reader& reader, const Value& in, const ChoiceLists& lists);

/// The questions "in whose name" put before a section that an organisation may fill in: kind of applicant,
/// its name, tax code and the role of the person at the kiosk. Keys are the section's key and "_kind",
/// "_organisation", "_tax_code", "_role".
std::vector<Field> organisationFields(const std::string& section);

} // namespace kiosk::asset
