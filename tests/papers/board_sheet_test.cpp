#include "app/papers/board_sheet.hpp"

#include "app/base/json/json.hpp"
#include "tests/papers/poppler.hpp"

#include <fstream>
#include <gmock/gmock.h>

namespace kiosk::papers {
namespace {

using ::testing::HasSubstr;

std::string textOf(const BoardSheet& board) {
    const auto pdf = boardPdf(board);
    if (!pdf) return pdf.error().detail;
    const PaperFolder folder;
    std::ofstream(folder.path("board.pdf"), std::ios::binary) << *pdf;
    return flat(outputOf("pdftotext -layout '" + folder.path("board.pdf") + "' -"));
}

TEST(BoardPaper, HoldsFiguresAndEveryDossierOnAsManySheetsAsItTakes) {
    BoardSheet board;
    board.office = "Bộ phận Một cửa phường Mẫu";
    board.day = {2026, 11, 29};
    board.first = {2026, 11, 1};
    board.last = {2026, 12, 5};
    board.period = "Hồ sơ tiếp nhận trong 30 ngày qua";
    board.figures = {{"Đã tiếp nhận", "40", {}, {}}, {"Trễ hạn", "1 (0 % số trễ hạn)", {}, {}}};
    board.today = 0.8;
    for (int i = 0; i < 40; ++i)
        board.dossiers.push_back({"MAU-" + std::to_string(100 + i),
                                  "1.001193",
                                  1 + i % 10,
                                  Date{2026, 11, 20},
                                  Date{2026, 11, 30},
                                  i == 0,
                                  {0.1, 0.8, 0.5, i == 0}});
    const auto text = textOf(board);
    EXPECT_THAT(text, HasSubstr("Đã tiếp nhận: 40"));
    EXPECT_THAT(text, HasSubstr("Biểu đồ từ 01/11/2026 đến 05/12/2026"));
    EXPECT_THAT(text, HasSubstr("MAU-100 · 1.001193 · TRỄ HẠN"));
    EXPECT_THAT(text, HasSubstr("hẹn trả 20/11/2026 · hẹn lại 30/11/2026"));
    EXPECT_THAT(text, HasSubstr("MAU-139"));
    EXPECT_THAT(text, HasSubstr("Trang 2/"));
    std::ifstream in(std::string(KIOSK_TESTS_DIR) + "/../assets/lang/vi.json");
    const auto words = nlohmann::json::parse(in);
    for (int status = 1; status <= 10; ++status)
        EXPECT_THAT(text, HasSubstr(words.at("progress." + std::to_string(status)).get<std::string>()))
            << "as on the screen";
}

TEST(BoardPaper, SaysSoWhenThereIsNothingAndNeverLosesWords) {
    BoardSheet board;
    board.office = "Bộ phận Một cửa phường Mẫu";
    board.day = {2026, 11, 29};
    EXPECT_THAT(textOf(board), HasSubstr("Chưa có hồ sơ nào"));
    board.office = "\xC3";
    EXPECT_EQ(boardPdf(board).error().code, Code::PaperFailed);
}

} // namespace
} // namespace kiosk::papers
