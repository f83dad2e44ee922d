// Writes the pictures of a specimen card being brought to the camera, and what a reader must find in them.
#include "app/identity/id_card.hpp"
#include "tests/specimen/specimen.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

namespace {

using namespace kiosk;

struct Options {
    std::string out, layout = "2024", size = "1280x720";
    std::uint64_t seed = 1;
    int frames = 40, width = 0, height = 0;
    bool child = false;
};

nlohmann::ordered_json truthOf(const specimen::Specimen& s) {
    const auto& p = s.truth;
    return {
        {"payload", s.payload},
        {"personal_number", p.personalNumber},
        {"old_number", p.oldNumber},
        {"name", p.name},
        {"birth_date", p.birthDate.iso()},
        {"sex", p.sex == Sex::Male ? "male" : "female"},
        {"address", p.address},
        {"issued_on", p.issuedOn->iso()},
        {"expires_on", p.expiresOn ? nlohmann::ordered_json(p.expiresOn->iso()) : nlohmann::ordered_json()},
        {"father_name", p.fatherName},
        {"mother_name", p.motherName}};
}

int writeAll(const Options& o) {
    const auto layout = o.layout == "2021" ? specimen::Layout::Card2021
                        : o.child          ? specimen::Layout::Child2024
                                           : specimen::Layout::Card2024;
    const auto s = specimen::specimen(o.seed, layout);
    const auto card = specimen::drawCard(s);
    std::filesystem::create_directories(o.out);
    for (int i = 0; i < o.frames; ++i) {
        char name[16];
        std::snprintf(name, sizeof name, "%04d.png", i + 1);
        const auto path = (std::filesystem::path(o.out) / name).string();
        if (!specimen::savePng(
                path, render(card, specimen::sequenceParams(i, o.frames, o.seed, o.width, o.height)))) {
            std::cerr << "cannot write " << path << '\n';
            return 1;
        }
    }
    std::ofstream truth(std::filesystem::path(o.out) / "truth.json");
    truth << truthOf(s).dump(2) << '\n';
    truth.close();
    return truth ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    Options o;
    CLI::App app("Pictures of a synthetic ID card (MẪU / SPECIMEN) held to a camera");
    app.add_option("--out", o.out, "folder to write 0001.png … and truth.json to")->required();
    app.add_option("--seed", o.seed, "which person and which noise");
    app.add_option("--frames", o.frames, "number of pictures")->check(CLI::Range(1, 9999));
    app.add_option("--layout", o.layout, "of 2021 or 2024")->check(CLI::IsMember({"2021", "2024"}));
    app.add_flag("--child", o.child, "a child's card of 2024, with the parents' names");
    app.add_option("--size", o.size, "of the pictures, e.g. 1920x1080");
    CLI11_PARSE(app, argc, argv);
    char rest = 0;
    if (std::sscanf(o.size.c_str(), "%dx%d%c", &o.width, &o.height, &rest) != 2 || o.width < 320 ||
        o.height < 240 || o.width > 4096 || o.height > 4096) {
        std::cerr << "--size: from 320x240 to 4096x4096\n";
        return 1;
    }
    try {
        return writeAll(o);
    } catch (const std::exception& e) {
        std::cerr << e.what() << '\n';
        return 1;
    }
}
