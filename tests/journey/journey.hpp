// What every test here begins with: an office and a kiosk of its own, in a folder of its own, and a person
// before it.
#pragma once

#include "app/base/json/json.hpp"
#include "tests/journey/kiosk_house.hpp"
#include "tests/journey/schema.hpp"
#include "tests/journey/steps.hpp"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <memory>
#include <stdexcept>
#include <string>

namespace kiosk::journey {

class Journey : public testing::Test {
protected:
    Journey() {
        const auto* test = testing::UnitTest::GetInstance()->current_test_info();
        folder = std::filesystem::path(KIOSK_BUILD_DIR) / "journeys" / test->name();
        std::filesystem::remove_all(folder);
        house = std::make_unique<House>(Programs{KIOSK_INTAKE, KIOSK_SPECIMEN}, folder);
    }
    /// Closes the kiosk that is open, if one is.
    void open(int width = 1080, int height = 1920, const std::string& camera = {}) {
        person.reset();
        app.reset();
        app = house->openKiosk(width, height, camera);
        person = std::make_unique<Person>(*app, folder / "pictures");
    }
    /// From the first screen to the form, filled and sent.
    void submit(bool english, const std::string& code, bool online) {
        identify(*person, english);
        chooseTile(*person, code);
        fillForm(*person);
        send(*person, online);
    }
    /// A whole visit; the office's dossier equals the card.
    void visit(bool english, const std::string& code) {
        submit(english, code, true);
        EXPECT_EQ(differences(onlyDossier(), house->truth(), code), std::vector<std::string>{});
        EXPECT_EQ(schemaProblems(house->office().dossiers().front()), "");
    }
    nlohmann::json onlyDossier() {
        const auto files = house->office().dossiers();
        if (files.size() != 1)
            throw std::runtime_error("dossiers at the office: " + std::to_string(files.size()));
        std::ifstream in(files.front());
        return nlohmann::json::parse(in);
    }
    template <typename S>
    const S& screen() const {
        return std::get<S>(person->flow().screen);
    }

    std::filesystem::path folder;
    std::unique_ptr<House> house;
    std::unique_ptr<App> app;
    std::unique_ptr<Person> person;
};

} // namespace kiosk::journey
