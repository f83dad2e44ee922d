#include "tests/journey/schema.hpp"

#include <array>
#include <cstdio>
#include <stdexcept>

namespace kiosk::journey {

std::string schemaProblems(const std::filesystem::path& document) {
    const auto schema =
        std::filesystem::path(KIOSK_TESTS_DIR).parent_path() / "app/intake/dossier.schema.json";
    const auto command = "/usr/bin/python3 -W ignore -m jsonschema -i '" + document.string() + "' '" +
                         schema.string() + "' 2>&1";
    FILE* pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error("no validator");
    std::string out;
    std::array<char, 4096> block{};
    for (std::size_t n = 0; (n = std::fread(block.data(), 1, block.size(), pipe)) > 0;)
        out.append(block.data(), n);
    const int status = ::pclose(pipe);
    return status == 0 ? std::string() : "exit " + std::to_string(status) + ": " + out;
}

} // namespace kiosk::journey
