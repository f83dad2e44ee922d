// Declarations are made from a dossier as the kiosk writes it, and read back with poppler.
#include "app/base/json/json.hpp"
#include "app/papers/declaration.hpp"

#include "tests/papers/poppler.hpp"

#include <algorithm>
#include <fstream>
#include <gmock/gmock.h>

namespace kiosk::papers {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

json answer(const char* section, const char* label, const char* display) {
    return {{"section", section}, {"label", label}, {"display", display}, {"field", "f"}, {"value", display}};
}

json dossier() {
    json d;
    d["schema"] = 1;
    d["reference"] = "MAU2-0000";
    d["procedure"] = {{"code", "1.004222"}, {"name_vi", "Đăng ký thường trú"}};
    d["form"] = {{"name_vi", "Tờ khai thay đổi thông tin cư trú"},
                 {"legal", "Mẫu CT01, Thông tư 53/2025/TT-BCA"},
                 {"declaration_vi", "Tôi cam đoan những nội dung khai trên đây là đúng sự thật."},
                 {"signatures",
                  {"Ý kiến và chữ ký của chủ hộ", "Họ và tên", "Số định danh cá nhân",
                   "Người kê khai (ký, ghi rõ họ tên)"}}};
    d["office"] = {{"name", "Bộ phận Một cửa phường Mẫu"}, {"ward_name", "Phường Mẫu"}};
    d["created_at"] = "2026-11-24T20:04:05Z"; // already the 25th in Viet Nam
    d["customer"] = {{"name", "NGUYỄN VĂN MẪU"}, {"assurance", "read"}};
    d["answers"] = {
        answer("Người kê khai", "Kính gửi", "Công an phường Mẫu"),
        answer("Người kê khai", "Họ, chữ đệm và tên", "NGUYỄN VĂN MẪU"),
        answer("Người kê khai", "Ngày sinh", "01/02/1999"), answer("Người kê khai", "Giới tính", "Nam"),
        answer("Đề nghị", "Nội dung", "Đăng ký thường trú cho cả hộ vào chỗ ở hợp pháp mới thuê dài hạn")};
    auto members = answer("Thành viên", "Những thành viên cùng thay đổi", "1. …");
    members["table"] = {{"columns", {"Họ và tên", "Ngày sinh", "Quan hệ với chủ hộ"}},
                        {"rows", json::array()}};
    for (int i = 0; i < 3; ++i) members["table"]["rows"].push_back({"TRẦN THỊ MẪU", "03/04/2015", "Con"});
    d["answers"].push_back(members);
    return d;
}

class DeclarationPaper : public testing::Test {
protected:
    PaperFolder folder;
    std::string textOf(const json& d) {
        const auto read = declarationOf(d.dump());
        EXPECT_TRUE(read) << read.error().detail;
        const auto pdf = declarationPdf(*read);
        EXPECT_TRUE(pdf) << pdf.error().detail;
        std::ofstream(folder.path("d.pdf"), std::ios::binary) << *pdf;
        return flat(outputOf("pdftotext -layout '" + folder.path("d.pdf") + "' -"));
    }
};

TEST_F(DeclarationPaper, SaysWhatWasDeclaredToWhomAndWhoSigns) {
    const auto words = textOf(dossier());
    for (const auto* part :
         {"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
          "Mẫu CT01, Thông tư 53/2025/TT-BCA", "TỜ KHAI THAY ĐỔI THÔNG TIN CƯ TRÚ",
          "Kính gửi: Công an phường Mẫu", "Họ, chữ đệm và tên: NGUYỄN VĂN MẪU", "Ngày sinh: 01/02/1999",
          "Giới tính: Nam", "TT Họ và tên", "3 TRẦN THỊ MẪU", "Tôi cam đoan",
          "Phường Mẫu, ngày 25 tháng 11 năm 2026", "Người kê khai", "(Ký, ghi rõ họ tên)",
          "Số định danh cá nhân:", "chưa xác thực", "Mã tra cứu: MAU2-0000", "Trang 1/1"})
        EXPECT_THAT(words, HasSubstr(part));
    EXPECT_THAT(words, Not(HasSubstr("Bộ phận Một cửa phường Mẫu"))) << "addressed to whom the form names";
}

TEST_F(DeclarationPaper, OneOfARehearsalSaysThatItIsWorthNothing) {
    auto d = dossier();
    EXPECT_THAT(textOf(d), Not(HasSubstr("LÀM THỬ")));
    d["rehearsal"] = true;
    EXPECT_THAT(textOf(d), HasSubstr("BẢN LÀM THỬ (MẪU) — KHÔNG CÓ GIÁ TRỊ"));
}

TEST_F(DeclarationPaper, LongOnesGoOnToFurtherSheetsAndLoseNothing) {
    auto d = dossier();
    for (int i = 0; i < 120; ++i)
        d["answers"].push_back(answer("Tài sản", ("Tài sản số " + std::to_string(i)).c_str(),
                                      "Một câu trả lời dài hơn nửa dòng để đứng một mình trên dòng của nó"));
    auto& rows = d["answers"][5]["table"]["rows"];
    for (int i = 0; i < 40; ++i) rows.push_back({"LÊ MẪU " + std::to_string(i), "", "Cháu"});
    const auto words = textOf(d);
    for (int i = 0; i < 120; ++i) EXPECT_THAT(words, HasSubstr("Tài sản số " + std::to_string(i) + ":"));
    for (int i = 0; i < 40; ++i) EXPECT_THAT(words, HasSubstr("LÊ MẪU " + std::to_string(i)));
    const auto sheets = declarationPictures(*declarationOf(d.dump()), 3);
    ASSERT_TRUE(sheets);
    EXPECT_GE(sheets->size(), 3U);
    const auto last = std::to_string(sheets->size());
    EXPECT_THAT(words, HasSubstr("Trang " + last + "/" + last));
}

TEST_F(DeclarationPaper, ThePicturesForTheScreenAreTheSameSheets) {
    auto bare = *declarationOf(dossier().dump());
    const auto one = declarationPictures(bare, 3);
    ASSERT_TRUE(one);
    ASSERT_EQ(one->size(), 1U);
    EXPECT_EQ(one->front().width, 630);
    EXPECT_EQ(one->front().height, 891);
    ASSERT_EQ(one->front().rgb.reveal().size(), 630U * 891U * 3U);
    EXPECT_EQ(one->front().rgb.reveal()[0], 255) << "white paper";
    const auto dark = std::count_if(one->front().rgb.reveal().begin(), one->front().rgb.reveal().end(),
                                    [](auto v) { return v < 100; });
    EXPECT_GT(dark, 3000) << "letters";
    bare.parts.clear();
    const auto less = declarationPictures(bare, 3);
    ASSERT_TRUE(less);
    EXPECT_NE(less->front().rgb.reveal(), one->front().rgb.reveal());
}

TEST_F(DeclarationPaper, WhatIsNoDossierIsRefused) {
    for (const auto* text :
         {"", "[]", "{}", R"({"form":{"name_vi":"x"}})", R"({"form":[],"created_at":5,"answers":{}})"})
        EXPECT_EQ(declarationOf(text).error().code, Code::PaperFailed) << text;
    auto d = dossier();
    d["created_at"] = "2026-02-31T00:00:00Z";
    EXPECT_FALSE(declarationOf(d.dump())) << "a day that does not exist";
    auto declaration = *declarationOf(dossier().dump());
    declaration.parts.front().items.front().value = "\xC3";
    EXPECT_EQ(declarationPdf(declaration).error().code, Code::PaperFailed);
    EXPECT_EQ(declarationPictures(declaration, 3).error().code, Code::PaperFailed);
}

TEST_F(DeclarationPaper, AnythingInADossierIsSurvived) {
    auto d = dossier();
    d["answers"].push_back(5);
    d["answers"].push_back({{"table", {{"columns", {"a", 3}}, {"rows", {{"x"}, 5, {"x", "y", "z"}}}}}});
    d["form"]["signatures"] = {3, "Chữ ký"};
    d["customer"] = "nobody";
    textOf(d);
}

} // namespace
} // namespace kiosk::papers
