// The short general declaration for procedures whose own fields are not known.
#include "app/procedures/asset/form_loader.hpp"
#include "app/procedures/procedure.hpp"

namespace kiosk::procedure {
namespace {

constexpr const char* added = "added: general declaration";

Field make(std::string key, FieldType type, Words label, bool required) {
    Field f;
    f.key = std::move(key);
    f.label = std::move(label);
    f.type = type;
    f.required = required;
    f.unverified = true;
    f.source = added;
    return f;
}

Field fromCard(std::string key, FieldType type, Words label, std::string card) {
    auto f = make(std::move(key), type, std::move(label), true);
    f.card = std::move(card);
    return f;
}

Field kept(std::string key, FieldType type, Words label, bool required, std::string profile) {
    auto f = make(std::move(key), type, std::move(label), required);
    f.profile = std::move(profile);
    return f;
}

Section applicant() {
    Section s;
    s.key = "applicant";
    s.title = {"Người nộp hồ sơ", "The applicant"};
    s.person = "customer";
    s.mayBeOrganisation = true;
    s.fields = asset::organisationFields(s.key);
    s.fields.push_back(
        fromCard("applicant_name", FieldType::Name, {"Họ, chữ đệm, tên", "Full name"}, "name"));
    s.fields.push_back(fromCard("applicant_birth_date", FieldType::Date,
                                {"Ngày, tháng, năm sinh", "Date of birth"}, "birth_date"));
    s.fields.back().pastOnly = true;
    s.fields.push_back(fromCard("applicant_number", FieldType::PersonalNumber,
                                {"Số định danh cá nhân", "Personal number"}, "personal_number"));
    s.fields.push_back(fromCard("applicant_residence", FieldType::Address,
                                {"Nơi cư trú", "Place of residence"}, "residence"));
    return s;
}

Section contact() {
    Section s;
    s.key = "contact";
    s.title = {"Liên hệ", "How to reach you"};
    s.person = "customer";
    s.fields.push_back(
        kept("contact_phone", FieldType::Phone, {"Số điện thoại", "Phone number"}, true, "phone"));
    s.fields.push_back(kept("contact_email", FieldType::Email, {"Thư điện tử", "E-mail"}, false, "email"));
    return s;
}

Section content() {
    Section s;
    s.key = "content";
    s.title = {"Nội dung đề nghị", "Your request"};
    s.fields.push_back(make("office", FieldType::Text, {"Kính gửi", "To"}, true));
    s.fields.back().prefill = "office.name";
    s.fields.push_back(make("request", FieldType::LongText,
                            {"Nội dung đề nghị giải quyết", "What you ask the office to do"}, true));
    s.fields.back().maxLength = 1000; // TrichYeuHoSo of the National Portal's interface
    s.fields.push_back(
        make("papers_brought", FieldType::Table, {"Giấy tờ nộp kèm", "Papers you have brought"}, false));
    s.fields.back().columns = {make("paper", FieldType::Text, {"Tên giấy tờ", "Paper"}, true),
                               make("copies", FieldType::Number, {"Số bản", "Copies"}, false)};
    s.fields.push_back(make("place", FieldType::Text, {"Làm tại", "Place"}, false));
    s.fields.back().prefill = "office.ward";
    s.fields.push_back(make("date", FieldType::Date, {"Ngày", "Date"}, false));
    s.fields.back().prefill = "today";
    s.fields.push_back(
        make("signature", FieldType::Signature, {"Chữ ký người nộp", "Signature of the applicant"}, false));
    return s;
}

} // namespace

Form generalForm() {
    Form form;
    form.general = true;
    form.name = {"Giấy đề nghị", "General request"};
    form.verified = "own: not an official form; the office may ask for one";
    form.source = added;
    form.declaration = {"Tôi cam đoan những nội dung khai trên là đúng sự thật và chịu trách nhiệm trước "
                        "pháp luật về lời khai của mình.",
                        "I declare that what I have stated is true and answer for it before the law."};
    form.sections = {applicant(), contact(), content()};
    return form;
}

} // namespace kiosk::procedure
