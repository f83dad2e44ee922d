#include "tests/screens/scenes.hpp"

#include "app/papers/declaration.hpp"

#include <array>
#include <functional>

namespace kiosk::test {
namespace {

constexpr const char* birth = "1.001193";

void present(Mind& m) { m.send(event::Start{}); }
void read(Mind& m) {
    m.send(event::Start{});
    m.showCard(adultCard);
}
void confirm(Mind& m) {
    read(m);
    m.pass(1000);
}
KeptProfile keptProfile() {
    KeptProfile kept;
    kept.answers["phone"] = {"0900000000", Origin::Profile, "2026-03-12"};
    kept.records["email"] = {"mau@vidu.vn", Origin::Office, "records"};
    kept.cardName = "Nguyễn Văn Mẫu";
    kept.cardAddress = "Số 9, Tổ 1, Phúc Xá, Ba Đình, Hà Nội";
    kept.keptSince = Date{2026, 3, 12};
    kept.endsOn = Date{2027, 3, 12};
    return kept;
}
void myData(Mind& m) {
    confirm(m);
    m.send(event::ProfileOpened{keptProfile()});
    m.send(event::ShowMyData{});
}
void lookUp(Mind& m) {
    m.send(event::LookUp{});
    m.send(event::Edited{"code", "H29.5-261127-0001"});
    m.send(event::Edited{"birth", "01021999"});
}
/// What the office answers: received, in work, then `status` with its words.
void progress(Mind& m, int status, int dueInDays, const std::string& note) {
    lookUp(m);
    m.send(event::AskOffice{});
    constexpr std::int64_t day = 86'400'000;
    const auto ago = [&](int days) { return Instant{m.flow.now.ms - days * day}; };
    m.send(
        event::ProgressFound{{"K7-9Q2M-4XTR",
                              "H29.5-261127-0001",
                              birth,
                              ago(-dueInDays).dateInVietnam(),
                              {{1, ago(9), ""}, {2, ago(8), ""}, {4, ago(5), ""}, {status, ago(1), note}}}});
}
void search(Mind& m) {
    m.identify();
    m.send(event::Focus{"query"});
    m.send(event::Edited{"query", "khai sinh"});
}
void info(Mind& m) {
    m.identify();
    m.send(event::Choose{birth});
    m.send(event::NothingRecent{birth});
}
void form(Mind& m) {
    info(m);
    m.send(event::BeginForm{});
}
/// The page of the form with the first field that is so; fails the test when there is none.
const Field& fieldWhere(Mind& m, const std::function<bool(const Field&)>& isSo) {
    const auto& f = m.procedures.at(m.flow.session.procedure).form;
    auto* page = m.at<screen::FormPage>();
    for (std::size_t s = 0; s < f.sections.size(); ++s)
        for (const auto& field : f.sections[s].fields)
            if (isSo(field)) {
                page->pages = {{s, {field.key}}};
                page->index = 0;
                return field;
            }
    throw std::runtime_error("no such field");
}
const Field& fieldOfType(Mind& m, FieldType type) {
    return fieldWhere(m, [type](const Field& field) { return field.type == type; });
}
void residenceForm(Mind& m, FieldType type) {
    m.identify();
    m.send(event::Choose{"1.004222"});
    m.send(event::BeginForm{});
    fieldOfType(m, type);
}
void typing(Mind& m, FieldType type) {
    form(m);
    const auto key = fieldOfType(m, type).key;
    m.send(event::Focus{key});
}
void place(Mind& m) {
    form(m);
    const auto key = fieldWhere(m, [](const Field& field) { return field.isPlace; }).key;
    m.send(event::Focus{key});
    m.send(event::Edited{key, "Bệnh viện MẪU, phường bến"});
}
void wardPicker(Mind& m) {
    form(m);
    m.send(event::OpenPicker{fieldOfType(m, FieldType::Address).key});
}
void rowEditor(Mind& m) {
    residenceForm(m, FieldType::Table);
    m.send(event::EditRow{fieldOfType(m, FieldType::Table).key, -1});
}
void review(Mind& m) {
    form(m);
    m.flow.screen = screen::Review{};
}
/// Two sheets, as the kiosk draws them.
void paper(Mind& m) {
    review(m);
    m.send(event::ShowPaper{});
    auto declaration = papers::declarationOf(m.did<effect::DrawPaper>()->dossier.reveal()).value();
    for (int i = 0; i < 40; ++i)
        declaration.parts.back().items.push_back(
            {"Mục MẪU " + std::to_string(i + 1), "Nội dung MẪU", {}, {}});
    m.send(event::PaperDrawn{m.flow.now, papers::declarationPictures(declaration, 5).value(), {}});
}
void slip(Mind& m) {
    review(m);
    m.flow.screen = screen::Sending{m.flow.now};
    m.send(event::Committed{{"MAU-2411-0042", {}}, m.flow.now});
}
void otherCard(Mind& m) {
    form(m);
    m.showCard(childCard);
}

/// The card is there and does not read, for each reason there is.
std::vector<Scene> hinted() {
    constexpr std::array names = {"closer",   "farther", "still", "tilt",
                                  "brighter", "darker",  "whole", "turn"};
    std::vector<Scene> scenes;
    for (std::size_t i = 0; i < names.size(); ++i)
        scenes.push_back({std::string("present_card_hint_") + names[i], false,
                          [i](Mind& m) { present(m), m.send(event::Hint{static_cast<CardHint>(i)}); }});
    scenes.push_back({"present_card_hint_ways", false, [](Mind& m) {
                          present(m), m.send(event::Hint{CardHint::TiltFromLight}), m.pass(11000);
                      }});
    return scenes;
}

std::vector<Scene> early() {
    return {{"welcome", false, [](Mind&) {}},
            {"welcome_offline", false, [](Mind& m) { m.send(event::LinkChanged{false}); }},
            {"welcome_clock", false, [](Mind& m) { m.send(event::Tick{Instant{1'600'000'000'000}}); }},
            {"welcome_pictures", false,
             [](Mind& m) {
                 m.send(event::CameraChanged{std::nullopt, true});
             }},
            {"welcome_invites", false, [](Mind& m) { m.pass(inviteAfterMs); }},
            {"welcome_closed", false,
             [](Mind& m) {
                 m.office.hours = *OpeningHours::parse("T2 07:30-07:31");
                 m.office.message = {"Thứ Sáu này bộ phận nghỉ buổi chiều (MẪU).",
                                     "Closed this Friday afternoon (SPECIMEN)."};
             }},
            {"welcome_tickets", false, [](Mind& m) { m.office.offersTickets = true; }},
            {"ticket", false,
             [](Mind& m) {
                 m.office.offersTickets = true;
                 m.send(event::TakeTicket{}), m.send(event::TicketTaken{"A012", 25, m.flow.now});
             }},
            {"ticket_trouble", false,
             [](Mind& m) {
                 m.office.offersTickets = true;
                 m.send(event::TakeTicket{}), m.send(event::TicketTrouble{Code::StoreFull});
             }},
            {"present_card", false, present},
            {"present_card_help", false, [](Mind& m) { present(m), m.pass(11000); }},
            {"present_card_trouble", false,
             [](Mind& m) { present(m), m.send(event::CameraChanged{Code::CameraLost}); }},
            {"present_card_wrong", false, [](Mind& m) { present(m), m.showCard("https://vidu.vn/MAU"); }},
            {"present_card_scanner", false,
             [](Mind& m) { present(m), m.send(event::ScannerChanged{true}), m.pass(11000); }},
            {"present_card_garbled", false,
             [](Mind& m) {
                 present(m), m.send(event::ScannerChanged{true});
                 m.showCard("001099000001|012345678|Nguy?n V?n M?u|01021999|Nam|H? N?i|05062021",
                            ReadBy::Scanner);
             }},
            {"present_card_read", false, read},
            {"type_identity", true,
             [](Mind& m) {
                 present(m), m.send(event::TypeInstead{}), m.send(event::Edited{"number", "001099000001"});
             }},
            {"type_identity_problems", true,
             [](Mind& m) { present(m), m.send(event::TypeInstead{}), m.send(event::ConfirmTyped{}); }},
            {"confirm_identity", false, confirm},
            {"confirm_identity_scanned", false,
             [](Mind& m) { present(m), m.showCard(adultCardWithoutMarks, ReadBy::Scanner), m.pass(1000); }},
            {"confirm_identity_kept", false,
             [](Mind& m) { confirm(m), m.send(event::ProfileOpened{keptProfile()}); }},
            {"confirm_identity_must", false, [](Mind& m) { confirm(m), m.send(event::ConfirmIdentity{}); }},
            {"refused", false, [](Mind& m) { confirm(m), m.send(event::RefuseAgreement{}); }},
            {"my_data", false, myData},
            {"my_data_sure", false, [](Mind& m) { myData(m), m.send(event::EraseMyData{}); }},
            {"choose_typing_offline", false,
             [](Mind& m) {
                 m.send(event::LinkChanged{false}), m.send(event::CameraChanged{Code::CameraLost}), search(m);
             }},
            {"choose", false, [](Mind& m) { m.identify(); }},
            {"choose_browse", false, [](Mind& m) { m.send(event::Browse{}); }},
            {"choose_search", false, search}};
}

std::vector<Scene> late() {
    return {{"procedure_info", false, info},
            {"procedure_info_details", false, [](Mind& m) { info(m), m.send(event::ShowDetails{}); }},
            {"procedure_info_recent", false,
             [](Mind& m) {
                 info(m), m.send(event::RecentFound{birth, "MAU-2411-0041", "", m.flow.now});
             }},
            {"form_first", true, form},
            {"form_problems", true, [](Mind& m) { form(m), m.send(event::Next{}); }},
            {"form_text", true, [](Mind& m) { typing(m, FieldType::Text); }},
            {"form_place", true, place},
            {"form_name", true, [](Mind& m) { typing(m, FieldType::Name); }},
            {"form_date", true, [](Mind& m) { typing(m, FieldType::Date); }},
            {"form_number", true,
             [](Mind& m) {
                 typing(m, FieldType::Number);
                 m.send(event::Edited{fieldOfType(m, FieldType::Number).key, "120,5"});
             }},
            {"form_phone", true,
             [](Mind& m) {
                 residenceForm(m, FieldType::Phone);
                 m.send(event::Focus{fieldOfType(m, FieldType::Phone).key});
             }},
            {"form_choice", true, [](Mind& m) { form(m), fieldOfType(m, FieldType::Choice); }},
            {"form_address", true, [](Mind& m) { form(m), fieldOfType(m, FieldType::Address); }},
            {"form_table", true, [](Mind& m) { residenceForm(m, FieldType::Table); }},
            {"ward_picker", true, wardPicker},
            {"ward_picker_search", true,
             [](Mind& m) {
                 wardPicker(m), m.send(event::Focus{"picker"}), m.send(event::Edited{"picker", "ba"});
             }},
            {"row_editor", true, rowEditor},
            {"review", true, review},
            {"review_missing", true, [](Mind& m) { review(m), m.send(event::Submit{}); }},
            {"paper_drawing", false, [](Mind& m) { review(m), m.send(event::ShowPaper{}); }},
            {"paper", false, paper},
            {"paper_printed", false,
             [](Mind& m) {
                 m.office.printsPapers = true, paper(m), m.send(event::PrintPaper{});
                 m.send(event::PaperPrinted{});
             }},
            {"paper_no_paper", false,
             [](Mind& m) {
                 m.office.printsPapers = true, paper(m), m.send(event::PrintPaper{});
                 m.send(event::PaperPrinted{Code::PrinterNoPaper});
             }},
            {"paper_trouble", false,
             [](Mind& m) {
                 review(m), m.send(event::ShowPaper{}),
                     m.send(event::PaperDrawn{m.flow.now, {}, Code::PaperFailed});
             }},
            {"sending", false, [](Mind& m) { review(m), m.flow.screen = screen::Sending{m.flow.now}; }},
            {"slip", false, slip},
            {"slip_delayed", false,
             [](Mind& m) {
                 slip(m), m.send(event::Delayed{"MAU-2411-0042", Code::OfficeUnreachable});
             }},
            {"slip_rated_badly", false, [](Mind& m) { slip(m), m.send(event::Rate{2}); }},
            {"slip_rated", false, [](Mind& m) { slip(m), m.send(event::Rate{5}); }},
            {"slip_rehearsal", false,
             [](Mind& m) {
                 review(m), m.flow.session.rehearsal = true;
                 m.flow.screen = screen::Sending{m.flow.now};
                 m.send(event::Committed{{"MAU-2411-0042", {}}, m.flow.now});
                 m.send(event::Acknowledged{"MAU-2411-0042", "THU-MAU-2411-0042"});
             }},
            {"slip_sent", false,
             [](Mind& m) {
                 slip(m), m.send(event::Acknowledged{"MAU-2411-0042", "H26.00-261124-0001"});
             }},
            {"lookup", false, [](Mind& m) { m.send(event::LookUp{}); }},
            {"lookup_code", false, [](Mind& m) { lookUp(m), m.send(event::Focus{"code"}); }},
            {"lookup_birth", false, [](Mind& m) { lookUp(m), m.send(event::Focus{"birth"}); }},
            {"lookup_asking", false, [](Mind& m) { lookUp(m), m.send(event::AskOffice{}); }},
            {"lookup_not_found", false,
             [](Mind& m) {
                 lookUp(m), m.send(event::AskOffice{}), m.send(event::ProgressTrouble{Code::DossierNotFound});
             }},
            {"progress_papers", false,
             [](Mind& m) { progress(m, 5, 6, "Thiếu giấy chứng sinh bản chính (MẪU)"); }},
            {"progress_late", false, [](Mind& m) { progress(m, 4, -2, "Hẹn lại ngày 05/12/2026 (MẪU)"); }},
            {"progress_ready", false, [](Mind& m) { progress(m, 9, 3, ""); }},
            {"trouble", false, [](Mind& m) { present(m), m.send(event::RoomChecked{Code::StoreFull}); }},
            {"slip_printed", false,
             [](Mind& m) {
                 m.send(event::PrinterChanged{{}, "MẪU"}), slip(m), m.pass(5000);
                 m.send(event::SlipPrinted{std::get<screen::Slip>(m.flow.screen).content.code.reference, {}});
             }},
            {"slip_no_paper", false,
             [](Mind& m) {
                 m.send(event::PrinterChanged{{}, "MẪU"}), slip(m), m.pass(5000);
                 m.send(event::SlipPrinted{std::get<screen::Slip>(m.flow.screen).content.code.reference,
                                           Code::PrinterNoPaper});
             }},
            {"overlay_idle", true, [](Mind& m) { form(m), m.pass(121000); }},
            {"overlay_other_card", true, otherCard},
            {"overlay_help", true, [](Mind& m) { form(m), m.send(event::Help{}); }},
            {"overlay_help_called", true,
             [](Mind& m) {
                 form(m), m.send(event::Help{}), m.send(event::CallStaff{}), m.send(event::StaffCalled{});
             }},
            {"overlay_help_not_called", true,
             [](Mind& m) {
                 form(m), m.send(event::Help{}), m.send(event::CallStaff{});
                 m.send(event::StaffCalled{Code::OfficeUnreachable});
             }},
            {"voice", true, [](Mind& m) { m.send(event::HeadphonesChanged{.plugged = true}), form(m); }},
            {"overlay_voice", true,
             [](Mind& m) {
                 m.send(event::HeadphonesChanged{.plugged = true}), form(m), m.send(event::ShowVoice{});
             }},
            {"overlay_confirm_end", true, [](Mind& m) { form(m), m.send(event::EndSession{}); }}};
}

} // namespace

Mind equippedMind() {
    Mind m;
    static const auto loaded = procedure::loadAll(assetsFolder());
    m.procedures = loaded.byCode;
    m.office.name = "Bộ phận Một cửa phường Mẫu, thành phố Hà Nội";
    m.office.phone = "024 0000 0000";
    m.office.tiles = {"1.001193", "1.000894", "1.000656", "1.004873", "2.000815",
                      "1.004222", "1.004194", "1.010041", "1.001612"};
    m.send(event::LinkChanged{true});
    m.send(event::Tick{now()}); // the build's day or later: a clock that may be trusted
    m.send(event::Touched{});
    return m;
}

const std::vector<Scene>& scenes() {
    static const std::vector<Scene> all = [] {
        auto list = early();
        for (auto& scene : hinted()) list.push_back(std::move(scene));
        for (auto& scene : late()) list.push_back(std::move(scene));
        for (auto& scene : staffScenes()) list.push_back(std::move(scene));
        return list;
    }();
    return all;
}

} // namespace kiosk::test
