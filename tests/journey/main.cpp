// The whole visit by itself on an off-screen display: real App, real drivers, a separate kiosk-intake; leaves
// pictures, slip and dossier.
#include "tests/journey/kiosk_house.hpp"
#include "tests/journey/steps.hpp"

#include <CLI/CLI.hpp>

#include <fstream>
#include <iostream>

namespace {

using namespace kiosk::journey;

struct Options {
    std::string data, out, intake, specimen, size = "1080x1920", procedure = "1.004873",
                                             query = "giay doc than";
    bool english = false;
};

/// Copies slip and dossier to `out` and compares the dossier with the card; the number of differences.
std::size_t collect(House& house, const Options& o, const std::string& reference) {
    const std::filesystem::path out = o.out;
    const auto slip = house.data() / "slips" / (reference + ".pdf");
    std::filesystem::copy_file(slip, out / "slip.pdf", std::filesystem::copy_options::overwrite_existing);
    const auto files = house.office().dossiers();
    if (files.size() != 1)
        throw std::runtime_error("the office holds " + std::to_string(files.size()) +
                                 " dossiers instead of one");
    std::filesystem::copy_file(files.front(), out / "dossier.json",
                               std::filesystem::copy_options::overwrite_existing);
    std::ifstream in(files.front());
    const auto wrong = differences(nlohmann::json::parse(in), house.truth(), o.procedure);
    for (const auto& what : wrong) std::cerr << "journey: " << what << '\n';
    return wrong.size();
}

int perform(const Options& o) {
    int width = 0, height = 0;
    if (std::sscanf(o.size.c_str(), "%dx%d", &width, &height) != 2)
        throw std::runtime_error("--size is like 1080x1920");
    std::filesystem::create_directories(o.out);
    House house({o.intake, o.specimen}, o.data);
    house.office().start();
    auto app = house.openKiosk(width, height);
    Person person(*app, o.out);
    identify(person, o.english);
    chooseBySearch(person, o.query, o.procedure);
    const int pages = fillForm(person);
    send(person, true);
    const auto reference = std::get<kiosk::screen::Slip>(person.flow().screen).content.code.reference;
    person.tap("slip.finish");
    person.waitFor<kiosk::screen::Welcome>("welcome again");
    app.reset(); // the slip is written when its worker has finished
    const auto wrong = collect(house, o, reference);
    std::cout << "journey: " << person.pictures() << " screens, " << pages << " form pages, dossier "
              << (wrong == 0 ? "equals the card" : "differs from the card") << "; results in " << o.out
              << '\n';
    return wrong == 0 ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    CLI::App cli{"Performs the whole visit by itself and leaves pictures of every screen, the slip and the "
                 "received dossier."};
    Options o;
    cli.add_option("--data", o.data, "fresh folder for kiosk and office")->required();
    cli.add_option("--out", o.out, "folder for the results")->required();
    cli.add_option("--kiosk-intake", o.intake, "the kiosk-intake program")->required();
    cli.add_option("--specimen", o.specimen, "the specimen generator")->required();
    cli.add_option("--size", o.size, "size of the screen in px")->capture_default_str();
    cli.add_option("--procedure", o.procedure, "code of the procedure")->capture_default_str();
    cli.add_option("--query", o.query, "what is typed into the search, letters a to z")
        ->capture_default_str();
    cli.add_flag("--english", o.english, "in English");
    CLI11_PARSE(cli, argc, argv);
    try {
        return perform(o);
    } catch (const std::exception& e) {
        std::cerr << "journey: " << e.what() << '\n';
        return 1;
    }
}
