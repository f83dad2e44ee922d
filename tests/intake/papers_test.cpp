// The office's papers about a dossier that came over the network, read back with poppler.
#include "app/intake/papers/papers.hpp"

#include "tests/intake/served_office.hpp"
#include "tests/papers/poppler.hpp"

namespace kiosk::intake {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using Json = nlohmann::json;

class PapersTest : public IntakeTest {
protected:
    void SetUp() override {
        IntakeTest::SetUp();
        const Json dossier = {
            {"schema", 1},
            {"created_at", "2026-11-24T03:00:00Z"},
            {"procedure", {{"code", "1.001193"}, {"name_vi", "Đăng ký khai sinh"}}},
            {"form", {{"name_vi", "Tờ khai đăng ký khai sinh"}}},
            {"office", {{"name", "Bộ phận Một cửa phường Mẫu"}, {"ward_name", "Phường Mẫu"}}},
            {"customer",
             {{"name", "NGUYỄN VĂN MẪU"},
              {"personal_number", "001099000000"},
              {"address_on_card", "Số 1, MẪU"}}},
            {"papers", {{{"name", "Giấy chứng sinh"}, {"originals", 1}, {"copies", 0}}}},
            {"answers",
             {{{"field", "requester_phone"},
               {"label", "Số điện thoại"},
               {"display", "0900 000 000"},
               {"section", "A"}}}},
            {"addresses",
             {{{"line", "Số 2"}, {"chosen", {{"ward_name", "Phường Mẫu"}, {"province_name", "Tỉnh Mẫu"}}}}}}};
        key_ = queue(0, "keys", dossier.dump());
        const auto gateway = httpsGateway(link(server_->port()));
        send(*gateway, 1);
        ledger_ = openSqliteLedger(ledgerFile(office_), "H29.5").value();
    }
    Result<std::string> paper(PaperKind kind) {
        const auto entry = ledger_->ledger->find(key_).value();
        return paperOf(*ledger_->ledger, *entry, kind, Instant{1'795'489'445'000});
    }
    std::string wordsOf(PaperKind kind) {
        const auto pdf = paper(kind);
        EXPECT_TRUE(pdf) << pdf.error().detail;
        if (!pdf) return {};
        EXPECT_TRUE(files::writeDurably(papers_.path("p.pdf"), *pdf));
        return papers::flat(papers::outputOf("pdftotext -layout '" + papers_.path("p.pdf") + "' -"));
    }
    void promise(Date due, const std::string& note = {}) {
        ASSERT_TRUE(ledger_->ledger->addStatus(key_, {4, Instant{1'795'000'000'000}, due, note}));
    }
    std::string key_;
    std::optional<SqliteLedger> ledger_;
    papers::PaperFolder papers_;
};

TEST_F(PapersTest, TheDeclarationIsWhatTheKioskSent) {
    const auto words = wordsOf(PaperKind::Declaration);
    EXPECT_THAT(words, HasSubstr("TỜ KHAI ĐĂNG KÝ KHAI SINH"));
    EXPECT_THAT(words, HasSubstr("Số điện thoại: 0900 000 000"));
    EXPECT_THAT(words, HasSubstr("Phường Mẫu, ngày 24 tháng 11 năm 2026"));
}

TEST_F(PapersTest, AReceiptPromisesADateAndNamesThePapers) {
    EXPECT_EQ(paper(PaperKind::Receipt).error().code, Code::PaperFailed) << "nothing is promised yet";
    promise({2026, 12, 1});
    const auto words = wordsOf(PaperKind::Receipt);
    const auto code = ledger_->ledger->find(key_).value()->dossierCode;
    for (const auto& part :
         {std::string("GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"), std::string("NGUYỄN VĂN MẪU"),
          std::string("Số 2, Phường Mẫu, Tỉnh Mẫu"), std::string("0900 000 000"), std::string("001099000000"),
          std::string("Đăng ký khai sinh (1.001193)"), std::string("Giấy chứng sinh"),
          std::string("ngày 01 tháng 12 năm 2026"), code})
        EXPECT_THAT(words, HasSubstr(part));
}

TEST_F(PapersTest, AnApologyNamesBothDatesAndTheReason) {
    EXPECT_FALSE(paper(PaperKind::Apology));
    promise({2026, 12, 1});
    EXPECT_FALSE(paper(PaperKind::Apology)) << "not late: no other date";
    promise({2026, 12, 9}, "Phải xác minh thêm tại nơi sinh");
    const auto words = wordsOf(PaperKind::Apology);
    for (const auto* part : {"VĂN BẢN XIN LỖI", "Kính gửi: Ông (bà) NGUYỄN VĂN MẪU",
                             "ngày 01 tháng 12 năm 2026", "Phải xác minh thêm", "ngày 09 tháng 12 năm 2026"})
        EXPECT_THAT(words, HasSubstr(part));
    promise({2026, 11, 30});
    EXPECT_FALSE(paper(PaperKind::Apology)) << "an earlier date is no delay";
}

} // namespace
} // namespace kiosk::intake
