// The office's document against its published schema, judged by a validator that is not ours.
#pragma once

#include <filesystem>
#include <string>

namespace kiosk::journey {

/// What python3-jsonschema finds wrong with the file; empty: nothing.
std::string schemaProblems(const std::filesystem::path& document);

} // namespace kiosk::journey
