// Slips are made as PDF, read back with poppler and looked at pixel by pixel with the QR reader.
#include "app/papers/slip/slip.hpp"

#include "app/base/crypto.hpp"
#include "tests/papers/poppler.hpp"

#include <ZXing/ReadBarcode.h>
#include <fstream>
#include <gmock/gmock.h>
#include <sstream>

namespace kiosk::papers {
namespace {

using testing::HasSubstr;
using testing::Not;

struct Picture {
    int width = 0, height = 0;
    std::string grey;
};

Picture readPgm(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::string magic;
    int most = 0;
    Picture p;
    file >> magic >> p.width >> p.height >> most;
    file.get();
    std::ostringstream rest;
    rest << file.rdbuf();
    p.grey = rest.str();
    EXPECT_EQ(magic, "P5");
    EXPECT_EQ(p.grey.size(), static_cast<std::size_t>(p.width) * static_cast<std::size_t>(p.height));
    return p;
}

#if __has_include(<ZXing/ReaderOptions.h>)
using Options = ZXing::ReaderOptions;
#else
using Options = ZXing::DecodeHints;
#endif

std::vector<std::string> codesIn(const Picture& p) {
    const ZXing::ImageView view(reinterpret_cast<const std::uint8_t*>(p.grey.data()), p.width, p.height,
                                ZXing::ImageFormat::Lum);
    Options options;
    options.setFormats(ZXing::BarcodeFormat::QRCode);
    std::vector<std::string> texts;
    for (const auto& code : ZXing::ReadBarcodes(view, options))
        texts.emplace_back(code.bytes().begin(), code.bytes().end());
    return texts;
}

Slip sample() {
    Slip slip;
    slip.officeName = "Bộ phận Một cửa phường Sài Gòn (MẪU)";
    slip.officePhone = "(028) 0000 0000";
    slip.reference = crypto::reference("0123456789abcdef0123456789abcdef");
    slip.code = slip.reference + ".0123456789ABCDEF01234567";
    slip.procedureCode = "1.004222";
    slip.procedureName = "Đăng ký thường trú";
    slip.at = Instant{1795489445678};
    slip.bring = {"Tờ khai thay đổi thông tin cư trú (mẫu CT01)",
                  "Giấy tờ, tài liệu chứng minh chỗ ở hợp pháp",
                  "Giấy khai sinh hoặc giấy tờ chứng minh quan hệ với chủ hộ (bản chính để đối chiếu)"};
    return slip;
}

class SlipPdf : public testing::Test {
protected:
    std::string pdf() const { return folder_.path("slip.pdf"); }
    std::string textOf(const Slip& slip) const {
        const auto written = writeSlipPdf(slip, pdf());
        EXPECT_TRUE(written) << written.error().detail;
        return flat(outputOf("pdftotext -layout '" + pdf() + "' -"));
    }
    Picture pictureOf(const Slip& slip) const {
        EXPECT_TRUE(writeSlipPdf(slip, pdf()));
        outputOf("pdftoppm -r 150 -gray -singlefile '" + pdf() + "' '" + folder_.path("page") + "'");
        return readPgm(folder_.path("page.pgm"));
    }
    PaperFolder folder_;
};

TEST_F(SlipPdf, saysWhatWasReceivedWhenAndWhatToDo) {
    const auto slip = sample();
    const auto words = textOf(slip);
    for (const auto& part :
         {slip.officeName, slip.reference, slip.procedureName, slip.procedureCode, slip.officePhone,
          std::string("10:04, 24/11/2026"), std::string("Đã nhận tại kiosk"),
          std::string("không thay thế Giấy tiếp nhận hồ sơ và hẹn trả kết quả")})
        EXPECT_THAT(words, HasSubstr(part));
    for (const auto& paper : slip.bring) EXPECT_THAT(words, HasSubstr(paper.substr(0, 30)));
    EXPECT_THAT(words, Not(HasSubstr("Đã gửi")));
}

TEST_F(SlipPdf, saysSentWithTheOfficesCodeOnlyOnceThereIsOne) {
    auto slip = sample();
    slip.dossierCode = "MAU.01-261124-0001";
    auto words = textOf(slip);
    EXPECT_THAT(words, HasSubstr("Đã gửi đến Bộ phận Một cửa"));
    EXPECT_THAT(words, HasSubstr(slip.dossierCode));
    EXPECT_THAT(words, Not(HasSubstr("Đã nhận tại kiosk")));
    EXPECT_THAT(words, Not(HasSubstr("mã chính thức")));
    slip.builtInNumbering = true;
    EXPECT_THAT(textOf(slip), HasSubstr("mã chính thức"));
}

TEST_F(SlipPdf, admitsAnUntrustedClock) {
    auto slip = sample();
    EXPECT_THAT(textOf(slip), Not(HasSubstr("chưa được đối chiếu")));
    slip.clockTrusted = false;
    EXPECT_THAT(textOf(slip), HasSubstr("chưa được đối chiếu"));
}

TEST_F(SlipPdf, aRehearsalSaysThatItIsWorthNothing) {
    auto slip = sample();
    EXPECT_THAT(textOf(slip), Not(HasSubstr("LÀM THỬ")));
    slip.rehearsal = true;
    EXPECT_THAT(textOf(slip), HasSubstr("BẢN LÀM THỬ (MẪU) — KHÔNG CÓ GIÁ TRỊ"));
    slip.language = "en";
    EXPECT_THAT(textOf(slip), HasSubstr("REHEARSAL (SPECIMEN)"));
}

TEST_F(SlipPdf, speaksEnglishWhenAsked) {
    auto slip = sample();
    slip.language = "en";
    const auto words = textOf(slip);
    EXPECT_THAT(words, HasSubstr("KIOSK SUBMISSION SLIP"));
    EXPECT_THAT(words, HasSubstr("Received at the kiosk"));
    EXPECT_THAT(words, HasSubstr("It is not the official receipt"));
    EXPECT_THAT(words, Not(HasSubstr("PHIẾU")));
}

TEST_F(SlipPdf, qrCodeReadsBackAsTheReference) {
    const auto slip = sample();
    EXPECT_THAT(codesIn(pictureOf(slip)), testing::ElementsAre(slip.code));
}

TEST_F(SlipPdf, isOneA5SheetWithItsFontsInside) {
    ASSERT_TRUE(writeSlipPdf(sample(), pdf()));
    const auto info = outputOf("pdfinfo '" + pdf() + "'");
    EXPECT_THAT(info, testing::ContainsRegex("Pages: +1"));
    EXPECT_THAT(info, testing::ContainsRegex("Page size: +419.5[0-9]* x 595.2[0-9]* pts"));
    std::istringstream fonts(outputOf("pdffonts '" + pdf() + "' | tail -n +3"));
    int count = 0;
    for (std::string line; std::getline(fonts, line); ++count) {
        EXPECT_THAT(line, HasSubstr("Inter"));
        EXPECT_THAT(line, testing::ContainsRegex("yes +yes +yes")); // embedded, subset, with Unicode map
    }
    EXPECT_GE(count, 2);
}

TEST_F(SlipPdf, nothingIsDrawnOutsideTheMargins) {
    const auto p = pictureOf(sample());
    const auto dark = [&](int x, int y) {
        return static_cast<unsigned char>(p.grey[static_cast<std::size_t>(y * p.width + x)]) < 250;
    };
    const int edge = p.width * 11 / 148;
    int outside = 0;
    int inside = 0;
    for (int y = 0; y < p.height; ++y)
        for (int x = 0; x < p.width; ++x) {
            const bool isEdge = x < edge || y < edge || x >= p.width - edge || y >= p.height - edge;
            (isEdge ? outside : inside) += dark(x, y) ? 1 : 0;
        }
    EXPECT_EQ(outside, 0);
    EXPECT_GT(inside, 5000);
}

TEST_F(SlipPdf, aLongListGoesOnOverleafAndLosesNothing) {
    auto slip = sample();
    slip.procedureName =
        "Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất trong các trường hợp "
        "chuyển đổi, chuyển nhượng, thừa kế, tặng cho quyền sử dụng đất";
    slip.bring.clear();
    for (int i = 1; i <= 40; ++i)
        slip.bring.push_back("Giấy tờ mẫu số " + std::to_string(i) + " (bản chính để đối chiếu)");
    const auto words = textOf(slip);
    for (int i = 1; i <= 40; ++i) EXPECT_THAT(words, HasSubstr("Giấy tờ mẫu số " + std::to_string(i) + " "));
    EXPECT_THAT(words, HasSubstr("xem tiếp trang sau"));
    EXPECT_THAT(words, HasSubstr("Việc tiếp theo"));
    EXPECT_THAT(outputOf("pdfinfo '" + pdf() + "'"), testing::ContainsRegex("Pages: +3"));
}

TEST_F(SlipPdf, refusesWhatCannotBePrinted) {
    auto slip = sample();
    slip.officeName = "\xFF";
    EXPECT_EQ(writeSlipPdf(slip, pdf()).error().code, Code::PaperFailed);
    slip = sample();
    slip.reference.clear();
    EXPECT_EQ(writeSlipPdf(slip, pdf()).error().code, Code::PaperFailed);
    EXPECT_EQ(writeSlipPdf(sample(), folder_.path("none/slip.pdf")).error().code, Code::PaperFailed);
    EXPECT_FALSE(std::filesystem::exists(pdf()));
}

TEST(Qr, isSquareWithThreeFindersAndReadsBack) {
    const auto code = qrModules("K7-9Q2M-4XTR");
    ASSERT_TRUE(code);
    ASSERT_EQ(code->side, 21); // version 1
    ASSERT_EQ(code->dark.size(), 21U * 21U);
    const auto dark = [&](int x, int y) { return code->dark[static_cast<std::size_t>(y * 21 + x)]; };
    for (const auto& [x, y] : {std::pair{0, 0}, {14, 0}, {0, 14}}) {
        EXPECT_TRUE(dark(x, y) && dark(x + 6, y + 6) && dark(x + 3, y + 3));
        EXPECT_FALSE(dark(x + 1, y + 1));
    }
    Picture p{.width = 29 * 4, .height = 29 * 4, .grey = std::string(29 * 4 * 29 * 4, '\xFF')};
    for (int y = 0; y < 84; ++y)
        for (int x = 0; x < 84; ++x)
            if (dark(x / 4, y / 4)) p.grey[static_cast<std::size_t>((y + 16) * p.width + x + 16)] = '\0';
    EXPECT_THAT(codesIn(p), testing::ElementsAre("K7-9Q2M-4XTR"));
}

TEST(Qr, textTooLongForACodeIsAFailureNotACrash) {
    const auto code = qrModules(std::string(5000, 'a'));
    ASSERT_FALSE(code);
    EXPECT_EQ(code.error().code, Code::PaperFailed);
    EXPECT_FALSE(qrModules(""));
}

} // namespace
} // namespace kiosk::papers
