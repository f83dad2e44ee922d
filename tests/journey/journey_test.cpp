// Whole visits by pressing pixels on the real App, with the real drivers and a kiosk-intake process of its
// own.
#include "app/base/files.hpp"
#include "app/reading/reader.hpp"
#include "tests/drivers/thermal_printer.hpp"
#include "tests/identity/hostile_codes.hpp"
#include "tests/journey/canary.hpp"
#include "tests/journey/journey.hpp"
#include "tests/journey/stage_camera.hpp"

#include <fstream>
#include <gmock/gmock.h>

namespace kiosk::journey {
namespace {

using namespace std::chrono_literals;

TEST_F(Journey, VietnamesePortraitWithTheGeneralDeclaration) {
    house->office().start();
    open();
    visit(false, "2.000815");
}

TEST_F(Journey, VietnameseLandscapeWithAFormOfItsOwn) {
    house->office().start();
    open(1920, 1080);
    visit(false, "1.010041");
}

TEST_F(Journey, EnglishPortraitWithAFormOfItsOwn) {
    house->office().start();
    open();
    visit(true, "1.004873");
}

TEST_F(Journey, EnglishLandscapeWithTheGeneralDeclaration) {
    house->office().start();
    open(1920, 1080);
    visit(true, "2.000815");
}

/// A program in the way of espeak-ng that keeps what it is given to say, and then lets it be said.
std::function<std::string()> listenToTheVoice(const std::filesystem::path& folder) {
    const auto heard = folder / "heard.txt", program = folder / "bin" / "espeak-ng";
    std::filesystem::create_directories(program.parent_path());
    const std::string path = std::getenv("PATH");
    std::ofstream(program) << "#!/bin/sh\nPATH=" << path << "\nprintf '%s\\n' \"$*\" >> '"
                           << (folder / "arguments.txt").string() << "'\ntee -a '" << heard.string()
                           << "' | espeak-ng \"$@\"\n";
    std::filesystem::permissions(program, std::filesystem::perms::owner_all);
    ::setenv("PATH", (program.parent_path().string() + ":" + path).c_str(), 1);
    return [heard] {
        std::ifstream in(heard);
        return std::string(std::istreambuf_iterator<char>(in), {});
    };
}

TEST_F(Journey, ABlindPersonVisitsAloneWithFiveKeysAndHeadphones) {
    const auto heard = listenToTheVoice(folder);
    house->office().start();
    house->configure("[speech]\noutput = \"headphones\"\n");
    open();
    person->useFiveKeys();
    visit(false, "2.000815");
    person->wait("the slip to be said",
                 [&] { return heard().find("Đã gửi đến cơ quan") != std::string::npos; });
    const auto said = heard();
    const auto name = house->truth().at("name").get<std::string>();
    for (const auto& words : {std::string("Đưa thẻ"), name, std::string("nút bấm"), std::string("đã chọn")})
        EXPECT_THAT(said, testing::HasSubstr(words));
    const auto number = house->truth().at("personal_number").get<std::string>();
    EXPECT_THAT(said, testing::Not(testing::HasSubstr(number))) << "digit by digit, as it is masked";
    std::ifstream arguments(folder / "arguments.txt");
    const std::string seen(std::istreambuf_iterator<char>(arguments), {});
    EXPECT_THAT(seen, testing::Not(testing::HasSubstr(name))) << "every process can read arguments";
    RecordProperty("keys", person->keysPressed());
}

TEST_F(Journey, TwoSwitchesAreEnoughForAWholeVisit) {
    house->office().start();
    open();
    person->useTwoSwitches();
    visit(true, "2.000815");
    RecordProperty("keys", person->keysPressed());
}

/// What the code on a printed slip says, seen from an arm's length: three by three dots are one pixel.
std::string codeOn(const Raster& slip) {
    constexpr int dots = 3;
    const int width = slip.width / dots, height = slip.height / dots;
    Bytes grey;
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            int black = 0;
            for (int dot = 0; dot < dots * dots; ++dot)
                black += slip.isBlack(x * dots + dot % dots, y * dots + dot / dots) ? 1 : 0;
            grey.push_back(static_cast<std::uint8_t>(255 - 255 * black / (dots * dots)));
        }
    const auto read = reading::Reader().read({grey.data(), width, height, width}, 5s);
    return read.codes.empty() ? std::string()
                              : std::string(read.codes[0].bytes.begin(), read.codes[0].bytes.end());
}

TEST_F(Journey, TheSlipIsPrintedAndAnEmptyRollIsToldAndMended) {
    test::ThermalPrinter printer;
    house->office().start();
    house->configure("[printer]\nslip = \"" + printer.address() + "\"\n");
    open();
    visit(false, "2.000815");
    person->see("slip.print.done");
    const auto code = screen<screen::Slip>().content.code.text();
    ASSERT_EQ(printer.slips().size(), 1U);
    EXPECT_EQ(codeOn(printer.slips().front()), code);
    std::ofstream(folder / "slip.pbm", std::ios::binary)
        << "P4\n"
        << printer.slips().front().width << " " << printer.slips().front().height << "\n"
        << files::asText(printer.slips().front().rows);
    person->picture("printed");
    printer.be(test::ThermalPrinter::State::NoPaper);
    person->tap("slip.print.again");
    person->see("slip.print.trouble");
    person->picture("no-paper");
    EXPECT_EQ(screen<screen::Slip>().printTrouble, Code::PrinterNoPaper);
    printer.be(test::ThermalPrinter::State::Ready);
    person->tap("slip.print.again");
    person->see("slip.print.done");
    EXPECT_EQ(printer.slips().size(), 2U);
}

TEST_F(Journey, WithTheOfficeAwayItIsKeptAndDeliveredWhenItReturns) {
    open();
    submit(false, "2.000815", false);
    EXPECT_TRUE(house->office().dossiers().empty());
    person->wait("word that the office is away", [&] { return !person->flow().online; });
    house->office().start();
    person->wait(
        "the delivery nobody asked for", [&] { return person->sees("slip.code"); }, 60s);
    EXPECT_EQ(differences(onlyDossier(), house->truth(), "2.000815"), std::vector<std::string>{});
}

TEST_F(Journey, AfterARestartTheSameCardIsToldThatItWasSent) {
    open();
    submit(false, "2.000815", false);
    const auto reference = screen<screen::Slip>().content.code.reference;
    app.reset();
    house->office().start();
    open();
    identify(*person, false);
    person->tap("tile.2.000815");
    person->see("procedure.recent");
    EXPECT_EQ(screen<screen::ProcedureInfo>().recent->reference, reference);
    person->wait(
        "its delivery", [&] { return house->office().dossiers().size() == 1; }, 60s);
}

TEST_F(Journey, AKioskFollowsTheOfficesNewKeysByItself) {
    open();
    submit(false, "2.000815", false); // sealed to the key of before
    for (const auto* which : {"sealing", "signing", "tls"})
        ASSERT_EQ(0, run({KIOSK_INTAKE, "keys", "--rotate", which, "--data",
                          house->office().dataFolder().string()}));
    house->office().start();
    person->wait(
        "its delivery", [&] { return house->office().dossiers().size() == 1; }, 60s);
    std::ifstream in(house->data() / "keys" / "link.json");
    EXPECT_EQ(nlohmann::json::parse(in).value("office_keys_serial", 0), 4);
}

TEST_F(Journey, NothingOfThePersonIsOnTheKiosksDiskOrInItsLog) {
    const auto& truth = house->truth();
    const std::vector<std::string> canaries{truth.at("name"), truth.at("personal_number"),
                                            truth.at("address"),
                                            "0901234567"}; // the telephone number that fillForm() gives
    ::testing::internal::CaptureStderr();                  // where the log goes
    open();
    submit(false, "1.010041", false);
    EXPECT_EQ(heldBelow(house->data(), canaries), std::vector<std::string>{}) << "queued, the office away";
    house->office().start();
    person->wait(
        "its delivery", [&] { return person->sees("slip.code"); }, 60s);
    person->tap("slip.keep.yes");
    person->wait("word until when", [&] { return screen<screen::Slip>().keptUntil.has_value(); });
    EXPECT_EQ(heldBelow(house->data(), canaries), std::vector<std::string>{})
        << "answers kept, the slip shown";
    person->tap("slip.finish");
    person->waitFor<screen::Welcome>("welcome");
    app.reset();
    EXPECT_EQ(heldBelow(house->data(), canaries), std::vector<std::string>{}) << "closed";
    open(); // recovery writes too
    person->waitFor<screen::Welcome>("welcome");
    app.reset();
    EXPECT_EQ(heldBelow(house->data(), canaries), std::vector<std::string>{}) << "opened again";
    EXPECT_EQ(held(::testing::internal::GetCapturedStderr(), canaries), std::vector<std::string>{});
    // The same search finds them where they belong, and in every spelling.
    EXPECT_GE(heldBelow(house->office().dataFolder(), canaries).size(), canaries.size());
    for (const auto& spelling : spellings(canaries[0]))
        EXPECT_EQ(held("before" + spelling + "after", canaries), std::vector<std::string>{canaries[0]});
}

TEST_F(Journey, KeptAnswersComeBackWithTheCard) {
    house->office().start();
    open();
    submit(false, "1.010041", true);
    person->tap("slip.keep.yes");
    person->wait("word until when", [&] { return screen<screen::Slip>().keptUntil.has_value(); });
    person->tap("slip.finish");
    person->waitFor<screen::Welcome>("welcome");
    identify(*person, false);
    ASSERT_TRUE(person->flow().session.profile.has_value());
    EXPECT_EQ(person->flow().session.profile->answers.at("phone").value, "0901234567");
    person->tap("tile.1.010041");
    person->tap("procedure.send_again"); // the first one is told about
    person->wait("the phone number to be filled in", [&] {
        const auto it = person->flow().session.answers.find("requester_phone");
        return it != person->flow().session.answers.end() && it->second.origin == Origin::Profile;
    });
}

TEST_F(Journey, ACardHeldUpWakesItAndASecondCardIsAskedAbout) {
    StageCamera camera;
    house->office().start();
    open(1080, 1920, camera.address());
    person->waitFor<screen::Welcome>("welcome");
    const auto adult = specimen::specimen(11, specimen::Layout::Card2024);
    const auto child = specimen::specimen(12, specimen::Layout::Child2024);
    person->wait("the camera", [&] { return screen<screen::Welcome>().armed; });
    camera.show(adult);
    person->waitFor<screen::ConfirmIdentity>("the card to wake it");
    EXPECT_EQ(person->flow().session.customer->personalNumber, adult.truth.personalNumber);
    person->tap("confirm.agree");
    person->tap("confirm.next");
    chooseTile(*person, "1.001193");
    person->waitFor<screen::FormPage>("the form");
    camera.show(child);
    person->see("overlay.other.title");
    EXPECT_EQ(person->flow().session.customer->personalNumber, adult.truth.personalNumber);
    person->tap("overlay.other.is.child");
    person->wait("the child's card in the form",
                 [&] { return person->flow().session.people.contains("child"); });
    EXPECT_EQ(person->flow().session.people.at("child").name, child.truth.name);
}

TEST_F(Journey, ACameraPulledOutIsToldAndComesBackByItself) {
    StageCamera camera;
    open(1080, 1920, camera.address());
    person->waitFor<screen::Welcome>("welcome");
    person->tap("welcome.start");
    person->waitFor<screen::PresentCard>("present card");
    person->wait("a picture", [&] { return person->sees("card.preview"); });
    camera.unplug();
    person->see("card.trouble.title");
    EXPECT_TRUE(person->sees("card.type")) << "another way is offered";
    camera.plug();
    camera.show(specimen::specimen(11, specimen::Layout::Card2024));
    person->waitFor<screen::ConfirmIdentity>("the camera to be back and the card read");
}

TEST_F(Journey, WithoutACameraTheTypedIdentityIsMarkedToTheOffice) {
    house->office().start();
    open(1080, 1920, "/dev/no-such-camera");
    person->see("status.header.camera");
    person->tap("welcome.start");
    person->tap("card.type");
    person->tap("field.number");
    person->type("001099000001");
    person->tap("ui.key.done");
    person->tap("field.name");
    person->type("Nguyeenx Vawn ");
    person->tap("ui.key.method"); // the rest by VNI
    person->type("Ma6u4");
    person->tap("ui.key.done");
    person->tap("field.birth");
    person->type("01021999");
    person->tap("ui.key.done");
    person->tap("choice.sex.male");
    person->tap("type.next");
    person->waitFor<screen::ConfirmIdentity>("is this you");
    EXPECT_EQ(person->flow().session.customer->name, "Nguyễn Văn Mẫu");
    person->tap("confirm.agree");
    person->tap("confirm.next");
    chooseTile(*person, "2.000815");
    fillForm(*person);
    send(*person, true);
    EXPECT_EQ(onlyDossier()["dossier"]["customer"]["assurance"], "typed");
}

/// As a hand scanner in keyboard mode types it that knows no Vietnamese.
constexpr std::string_view scannedCard =
    "001099000001|012345678|Nguyen Van Mau|01021999|Nam|So 1, To 2, Phuc Xa, Ba Dinh, Ha Noi|05062021";
constexpr std::string_view scannedOtherCard =
    "001199000002||Huynh Thi Mau|15081999|Nu|Thon 3, Tan Phu, Vinh Tuong, Vinh Phuc|01082024||||";

TEST_F(Journey, AHandScannerInKeyboardModeIdentifiesAndLeavesNoCharacterAnywhere) {
    house->office().start();
    open(1080, 1920, "/dev/no-such-camera");
    person->see("status.header.camera");
    person->scan(scannedCard);
    person->waitFor<screen::ConfirmIdentity>("is this you");
    const auto& customer = *person->flow().session.customer;
    EXPECT_EQ(customer.name, "Nguyen Van Mau");
    EXPECT_EQ(customer.readBy, ReadBy::Scanner);
    EXPECT_EQ(person->see("confirm.warning.LostDiacritics").role, ui::Role::Text);
    person->tap("confirm.agree");
    person->tap("confirm.next");
    person->waitFor<screen::Choose>("the procedures");
    person->scan(scannedCard); // the same person again: nothing to ask
    EXPECT_EQ(screen<screen::Choose>().query, "");
    chooseTile(*person, "1.004873");
    const auto answers = person->flow().session.answers;
    person->scan(scannedOtherCard);
    person->wait("the question about the other card",
                 [&] { return std::holds_alternative<overlay::OtherCard>(person->flow().overlay); });
    person->tap("overlay.stay");
    EXPECT_EQ(person->flow().session.answers, answers);
    fillForm(*person);
    send(*person, true);
    const auto received = onlyDossier()["dossier"]["customer"];
    EXPECT_EQ(received["read_by"], "scanner");
    EXPECT_EQ(received["assurance"], "read");
    EXPECT_THAT(received["warnings"].dump(), testing::HasSubstr("LostDiacritics"));
}

TEST_F(Journey, AHardwareKeyboardTypesWhereAScannerCannot) {
    open(1080, 1920, "/dev/no-such-camera");
    person->see("status.header.camera");
    person->tap("welcome.start");
    person->tap("card.type");
    person->tap("field.name");
    person->typeOnKeyboard("Nguyeenx Vawn Maaux");
    const auto typed = [&] { return screen<screen::TypeIdentity>().name; };
    EXPECT_EQ(typed(), "Nguyễn Văn Mẫu");
    for (const auto& code : test::hostileCodes()) {
        person->scan(code);
        ASSERT_TRUE(std::holds_alternative<screen::TypeIdentity>(person->flow().screen)) << code;
        ASSERT_EQ(typed(), "Nguyễn Văn Mẫu") << code;
        ASSERT_TRUE(screen<screen::TypeIdentity>().problems.empty()) << code;
    }
    person->typeOnKeyboard("s");
    EXPECT_EQ(typed(), "Nguyễn Văn Mấu") << "the keyboard still works";
    person->scan(scannedCard);
    person->waitFor<screen::ConfirmIdentity>("the scan in the middle of typing");
}

} // namespace
} // namespace kiosk::journey
