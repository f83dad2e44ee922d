// Staff mode; accounts and references are specimens too.
#include "tests/screens/scenes.hpp"

namespace kiosk::test {
namespace {

namespace action = staff::action;
namespace answer = staff::answer;

void act(Mind& m, staff::Action what) { m.send(event::Staff{std::move(what)}); }
void say(Mind& m, staff::Answer what) { m.send(event::StaffAnswer{std::move(what)}); }

const std::vector<staff::Account>& colleagues() {
    static const std::vector<staff::Account> all = {
        {1, "Quản trị MẪU", staff::Role::Administrator, false},
        {2, "Quầy 1 (MẪU)", staff::Role::Attendant, true},
        {3, "Trưởng bộ phận MẪU", staff::Role::Supervisor, false}};
    return all;
}

void atTheDoor(Mind& m) { act(m, action::Enter{}), say(m, answer::Accounts{colleagues()}); }

void signedIn(Mind& m) {
    atTheDoor(m);
    act(m, action::ChooseAccount{1});
    m.send(event::Edited{"pin", "481957"});
    act(m, action::SignIn{});
    say(m, answer::SignIn{colleagues().front(), {}, false, 5});
}

void staffQueue(Mind& m) {
    signedIn(m);
    act(m, action::Open{staff::Task::Queue});
    const auto at = m.flow.now;
    staff::QueueState state{2, 1, 840, {}};
    m.send(event::PrinterChanged{{}, "MẪU"});
    state.recent = {{"k1", "K7-9Q2M-4XTR", "1.001193", Code::OfficeUnreachable, false, "",
                     Instant{at.ms - 5'000'000}, Instant{at.ms + 60'000}, 4},
                    {"k2", "K1-R3DM-A8FD", "2.000815", Code::OfficeRefused, true, "",
                     Instant{at.ms - 500'000'000}, std::nullopt, 1},
                    {"k3", "KQ-W7NQ-194M", "2.000815", std::nullopt, false, "H29.999.01-261128-0001",
                     Instant{at.ms - 9'000'000}, std::nullopt, 1}};
    say(m, answer::Queue{state});
    act(m, action::LookForSticks{});
    say(m, answer::Sticks{{"/media/MAU"}});
    say(m, answer::Exported{3});
}

void staffBoard(Mind& m) {
    m.office.printsPapers = true;
    signedIn(m);
    act(m, action::Open{staff::Task::Board});
    const auto day = [&m](int ago) { return Instant{m.flow.now.ms - ago * 86'400'000LL}.dateInVietnam(); };
    say(m,
        answer::Board{{{"K1-MAU1", "H29.999.01-261101-0001", "2.000815", day(24), 4, {}, day(4), day(4)},
                       {"K1-MAU2", "H29.999.01-261105-0002", "1.004873", day(20), 4, {}, day(6), day(-3)},
                       {"K1-MAU3", "H29.999.01-261120-0003", "1.001193", day(8), 2, {}, day(-2), day(-2)},
                       {"K1-MAU4", "H29.999.01-261121-0004", "1.004222", day(7), 10, day(2), day(1), day(1)},
                       {"K1-MAU5", "H29.999.01-261122-0005", "1.000894", day(6), 7, {}, {}, {}, true}}});
    say(m, answer::Opinions{{23, 20, 4, 6, 31, 9}});
    act(m, action::LookForSticks{});
    say(m, answer::Sticks{{"/media/MAU"}});
}

void staffJournal(Mind& m) {
    signedIn(m);
    act(m, action::Open{staff::Task::Journal});
    const auto at = m.flow.now;
    staff::JournalState state{{}, 4, 2, at, std::nullopt, 0};
    state.entries = {{4, at, 1, 60, "screen.language vi en"},
                     {3, at, 1, 53, ""},
                     {2, at, 0, 10, "K7-9Q2M-4XTR 1.001193"},
                     {1, at, 0, 1, ""}};
    say(m, answer::Journal{state});
}

void staffSettings(Mind& m) {
    using Kind = staff::Setting::Kind;
    signedIn(m);
    act(m, action::Open{staff::Task::Settings});
    say(m, answer::Settings{{{"office.name", "Bộ phận Một cửa phường Mẫu", "", Kind::Text, {}},
                             {"screen.language", "vi", "vi", Kind::Choice, {"vi", "en"}},
                             {"screen.idle_warning_seconds", "120", "120", Kind::Whole, {}},
                             {"staff.phone_for",
                              "nobody",
                              "nobody",
                              Kind::Choice,
                              {"nobody", "administrators", "supervisors", "everyone"}}},
                            true});
}

staff::Account withPhone() { return {1, "Quản trị MẪU", staff::Role::Administrator, false, true}; }

answer::PhoneKey phoneKey() {
    return {Secret<std::string>(std::string("MAUMAUMAUMAUMAUMAUMAUMAUMAUMAUMA")),
            Secret<std::string>(std::string("otpauth://totp/MAU"))};
}

void phone(Mind& m) {
    signedIn(m);
    act(m, action::Open{staff::Task::Phone});
    say(m, phoneKey());
}

void staffBundles(Mind& m) {
    signedIn(m);
    act(m, action::Open{staff::Task::Bundles});
    const auto day = [&m](int days) { return Instant{m.flow.now.ms + days * 86'400'000LL}; };
    say(m, answer::Bundles{{{{7, day(-20), day(300), false, true},
                             {6, day(-90), day(200), true, false},
                             {5, day(-190), day(200), false, false}},
                            {{"/var/lib/kiosk/fetched.kbundle", true}, {"/media/MAU/8.kbundle", false}}},
                           true});
}

staff::BundlePreview bundlePreview(const Mind& m) {
    const Instant until{m.flow.now.ms + 300 * 86'400'000LL};
    return {"/media/MAU/8.kbundle",
            8,
            m.flow.now,
            until,
            {{"lang/vi.json", false, {{"welcome.title", "Nộp hồ sơ tại đây", "Nộp hồ sơ tại phường (MẪU)"}}},
             {"procedures/1.001193.json",
              false,
              {{"fee", "", ""}, {"time", "1 ngày làm việc", "Trong ngày"}, {"left_out", "", "MẪU"}}},
             {"procedures/9.999999.json", true, {}},
             {"units/units.csv", false, {}}}};
}

} // namespace

std::vector<Scene> staffScenes() {
    using staff::Task;
    return {
        {"staff_first", false, [](Mind& m) { act(m, action::Enter{}), say(m, answer::Accounts{}); }},
        {"staff_code", false,
         [](Mind& m) {
             act(m, action::Enter{}), say(m, answer::Accounts{});
             say(m, answer::FirstCreated{colleagues().front(), "7K2M-P9QX-4TRV-MAU2-6HJN"});
         }},
        {"staff_who", false, atTheDoor},
        {"staff_pin", false,
         [](Mind& m) {
             atTheDoor(m), act(m, action::ChooseAccount{1}), m.send(event::Edited{"pin", "48195"});
             act(m, action::SignIn{}), say(m, answer::SignIn{{}, {}, false, 3});
         }},
        {"staff_recover", false,
         [](Mind& m) { atTheDoor(m), act(m, action::ChooseAccount{1}), act(m, action::ForgotPin{}); }},
        {"staff_menu", false, signedIn},
        {"staff_devices", false,
         [](Mind& m) {
             signedIn(m), act(m, action::Open{Task::Devices});
             m.send(event::HeadphonesChanged{.plugged = true, .always = true});
             m.send(event::SoundOutputs{{"USB Audio MẪU", "HDA Intel PCH, ALC887 MẪU"}});
             m.send(event::CameraMeasured{29.6, 118, 420});
         }},
        {"staff_devices_printers", false,
         [](Mind& m) {
             m.office.printsPapers = true;
             signedIn(m), m.send(event::PrinterChanged{{}, "MẪU"});
             m.send(event::CameraChanged{Code::CameraLost}), act(m, action::Open{Task::Devices});
             act(m, action::TestSlip{}), m.send(event::SlipPrinted{"MAU-IN-THU", {}});
             act(m, action::TestPaper{}), m.send(event::PaperPrinted{Code::PrinterNoPaper});
         }},
        {"staff_queue", false, staffQueue},
        {"staff_board", false, staffBoard},
        {"staff_board_offline", false,
         [](Mind& m) {
             signedIn(m), act(m, action::Open{staff::Task::Board});
             say(m, answer::Failed{Code::OfficeUnreachable});
         }},
        {"staff_journal", false, staffJournal},
        {"staff_accounts", false,
         [](Mind& m) {
             signedIn(m), act(m, action::Open{Task::Accounts}), say(m, answer::Accounts{colleagues()});
         }},
        {"staff_add", false,
         [](Mind& m) {
             signedIn(m), act(m, action::Open{Task::Accounts}), act(m, action::AddAccount{});
             act(m, action::SaveAccount{});
         }},
        {"staff_settings", false, staffSettings},
        {"staff_setting", false,
         [](Mind& m) { staffSettings(m), act(m, action::OpenSetting{"screen.language"}); }},
        {"staff_setting_choices", false,
         [](Mind& m) { staffSettings(m), act(m, action::OpenSetting{"staff.phone_for"}); }},
        {"staff_setting_text", false,
         [](Mind& m) {
             staffSettings(m), act(m, action::OpenSetting{"office.name"});
             say(m, answer::SettingRefused{"office.name: a text"});
         }},
        {"staff_set_up", false, [](Mind& m) { signedIn(m), act(m, action::Open{Task::SetUp}); }},
        {"staff_rehearsed", false,
         [](Mind& m) {
             signedIn(m), act(m, action::Open{Task::SetUp});
             say(m,
                 answer::Rehearsal{staff::QueueEntry{
                     "", "MAU-2411-0042", "rehearsal", {}, false, "THU-MAU-2411-0042", m.flow.now, {}, 0}});
         }},
        {"staff_measure", false,
         [](Mind& m) {
             using Kind = staff::Setting::Kind;
             signedIn(m), act(m, action::OpenMeasure{});
             say(m, answer::Settings{{{"screen.diagonal_inches", "21.5", "21.5", Kind::Text, {}}}, false});
             act(m, action::Widen{3});
         }},
        {"staff_connection", false,
         [](Mind& m) {
             signedIn(m), act(m, action::OpenConnection{});
             say(m, answer::Keys{{"kiosk-01", "https://192.0.2.7:8443", "lusab-babad-gutih-tugad",
                                  "gutih-tugad-lusab-babad", "babad-lusab-tugad-gutih"}});
         }},
        {"staff_pin_phone", false,
         [](Mind& m) {
             act(m, action::Enter{}), say(m, answer::Accounts{{withPhone()}});
             m.send(event::Edited{"pin", "481957"}), act(m, action::SignIn{});
             m.send(event::Edited{"phone_code", "050"});
         }},
        {"staff_phone", false, phone},
        {"staff_phone_wrong", false,
         [](Mind& m) {
             phone(m), m.send(event::Edited{"phone_code", "050471"});
             act(m, action::AddPhone{}), say(m, answer::Failed{Code::StaffCodeWrong});
         }},
        {"staff_phone_demanded", false,
         [](Mind& m) {
             auto account = withPhone();
             account.phoneCode = false;
             account.phoneDemanded = true;
             act(m, action::Enter{}), say(m, answer::SignIn{account}), say(m, phoneKey());
         }},
        {"staff_phone_on", false,
         [](Mind& m) {
             phone(m), say(m, answer::SecondFactorChanged{1, true, false});
         }},
        {"staff_card_shown", false, [](Mind& m) { phone(m), act(m, action::UseCard{}); }},
        {"staff_card_on", false,
         [](Mind& m) {
             phone(m), say(m, answer::SecondFactorChanged{1, false, true});
         }},
        {"staff_card_asked", false,
         [](Mind& m) {
             auto account = withPhone();
             account.phoneCode = false;
             account.card = true;
             act(m, action::Enter{}), say(m, answer::Accounts{{account}});
             m.send(event::Edited{"pin", "481957"}), act(m, action::SignIn{});
         }},
        {"staff_bundles", false, staffBundles},
        {"staff_bundles_none", false,
         [](Mind& m) {
             signedIn(m), act(m, action::Open{Task::Bundles}), say(m, answer::Bundles{});
             say(m, answer::Failed{Code::BundleInvalid, "lang/vi.json: no words for welcome.title"});
         }},
        {"staff_bundle", false,
         [](Mind& m) {
             staffBundles(m), act(m, action::PreviewBundle{"/media/MAU/8.kbundle"});
             say(m, answer::BundlePreview{bundlePreview(m)});
         }},
        {"staff_care", false, [](Mind& m) { signedIn(m), act(m, action::Open{Task::Care}); }},
        {"staff_cleaning", false,
         [](Mind& m) { signedIn(m), act(m, action::Open{Task::Care}), act(m, action::Clean{}); }},
    };
}

} // namespace kiosk::test
