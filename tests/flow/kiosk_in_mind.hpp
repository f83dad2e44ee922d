// The flow with real catalogue and units and one small procedure, driven by events without any device.
#pragma once

#include "app/base/assets.hpp"
#include "app/flow/flow.hpp"

#include <algorithm>
#include <gtest/gtest.h>

namespace kiosk::test {

inline const Catalogue& catalogue() {
    static const auto loaded = Catalogue::load(assetsFolder());
    if (!loaded) throw std::runtime_error(loaded.error().detail);
    return *loaded;
}

inline const Units& units() {
    static const auto loaded = Units::load(assetsFolder());
    if (!loaded) throw std::runtime_error(loaded.error().detail);
    return *loaded;
}

inline Field field(std::string key, FieldType type, bool required) {
    Field f;
    f.key = std::move(key);
    f.label = {"Ô " + f.key, "Field " + f.key};
    f.type = type;
    f.required = required;
    return f;
}

/// A customer's section (name from the card, phone kept), a child's section, a table and a condition.
inline Procedure smallProcedure() {
    Procedure p;
    p.code = "1.004873";
    p.name = p.shortName = {"Thủ tục MẪU", "SPECIMEN procedure"};
    p.version = "test";
    p.form.name = {"Tờ khai MẪU", "SPECIMEN form"};
    Section me{.key = "me", .title = {"Người yêu cầu", "Applicant"}, .person = "customer"};
    auto name = field("name", FieldType::Name, true);
    name.card = "name";
    auto residence = field("residence", FieldType::Address, true);
    residence.card = "residence";
    auto phone = field("phone", FieldType::Phone, true);
    phone.profile = "phone";
    auto why = field("why", FieldType::Choice, true);
    why.choices = {{"marriage", {"Kết hôn", "Marriage"}}, {"other", {"Khác", "Other"}}};
    auto whyText = field("why_text", FieldType::Text, true);
    whyText.when = {{"why", {"other"}}};
    me.fields = {name, residence, phone, why, whyText};
    Section child{.key = "child", .title = {"Trẻ em", "Child"}, .person = "child"};
    auto childName = field("child_name", FieldType::Name, true);
    childName.card = "name";
    auto childBirth = field("child_birth", FieldType::Date, true);
    childBirth.card = "birth_date";
    child.fields = {childName, childBirth};
    Section members{.key = "members", .title = {"Thành viên", "Members"}};
    auto table = field("rows", FieldType::Table, false);
    table.columns = {field("row_name", FieldType::Name, true), field("row_birth", FieldType::Date, false)};
    members.fields = {table};
    p.form.sections = {me, child, members};
    return p;
}

class Mind {
public:
    Mind() {
        office.code = "MAU";
        office.name = "Bộ phận Một cửa MẪU";
        office.wardCode = "00004";
        office.tiles = {"1.004873"};
        procedures.emplace("1.004873", smallProcedure());
        send(event::Tick{Instant{1'795'000'000'000}}); // 2026-11
        send(event::CodeGone{});
        effects.clear();
    }
    void send(Event e) {
        auto [next, did] =
            step({test::catalogue(), procedures, test::units(), office}, std::move(flow), std::move(e));
        flow = std::move(next);
        std::move(did.begin(), did.end(), std::back_inserter(effects));
    }
    void pass(std::int64_t ms) { send(event::Tick{Instant{flow.now.ms + ms}}); }
    void showCard(std::string payload, ReadBy by = ReadBy::Camera) {
        send(event::CodeRead{Secret<Bytes>(Bytes(payload.begin(), payload.end())), by});
    }
    template <typename S>
    S* at() {
        return std::get_if<S>(&flow.screen);
    }
    template <typename E>
    const E* did() const {
        for (const auto& e : effects)
            if (const auto* found = std::get_if<E>(&e)) return found;
        return nullptr;
    }
    /// From welcome to the list of procedures with the card of Nguyễn Văn Mẫu.
    void identify();
    /// On to the first page of the form.
    void openForm() {
        send(event::Choose{"1.004873"});
        send(event::BeginForm{});
    }
    const std::string& answer(const std::string& key) { return flow.session.answers[key].value; }

    OfficeProfile office;
    std::map<std::string, Procedure> procedures;
    Flow flow;
    Effects effects;
};

inline const std::string adultCard =
    "001099000001|012345678|Nguyễn Văn Mẫu|01021999|Nam|Số 1, Tổ 2, Phúc Xá, Ba Đình, Hà Nội|05062021";
inline const std::string childCard = "052321000003||Đặng Lê Mẫu|20112021|Nữ|Tổ 7, Hoài Hương, Hoài Nhơn, "
                                     "Bình Định|06112024||Đặng Văn Mẫu|Lê Thị Mẫu|";

/// As a hand scanner types it that knows no Vietnamese.
inline const std::string adultCardWithoutMarks =
    "001099000001|012345678|Nguyen Van Mau|01021999|Nam|So 1, To 2, Phuc Xa, Ba Dinh, Ha Noi|05062021";

inline void Mind::identify() {
    send(event::Start{});
    showCard(adultCard);
    pass(1000);
    send(event::ToggleAgreement{});
    send(event::ConfirmIdentity{});
}

} // namespace kiosk::test
