// How a kiosk's dossiers stand, and the office's own system entering their steps, over the network.
#include "tests/intake/served_office.hpp"

#include <curl/curl.h>

namespace kiosk::intake {
namespace {

using Json = nlohmann::json;

struct Answer {
    long status = 0;
    std::string body;
};

/// As the office's own system would: its own TLS pair, nothing of ours.
Answer post(const OfficeLink& link, const std::string& path, const std::string& body) {
    Answer answer;
    CURL* curl = curl_easy_init();
    const auto url = link.url + path;
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_CAINFO, link.officeCertificateFile.c_str());
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 0L);
    curl_easy_setopt(curl, CURLOPT_SSLCERT, link.certificateFile.c_str());
    curl_easy_setopt(curl, CURLOPT_SSLKEY, link.keyFile.c_str());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.c_str());
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer.body);
    curl_easy_setopt(
        curl, CURLOPT_WRITEFUNCTION, +[](char* data, std::size_t size, std::size_t count, std::string* to) {
            to->append(data, size * count);
            return size * count;
        });
    if (curl_easy_perform(curl) == CURLE_OK) curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer.status);
    curl_easy_cleanup(curl);
    return answer;
}

class BoardTest : public IntakeTest {
protected:
    void SetUp() override {
        IntakeTest::SetUp();
        auto ledger = openSqliteLedger(ledgerFile(office_), "H29.5").value();
        ASSERT_TRUE(enrolKiosk(office_, *ledger.ledger, "mot-cua", folder_ / "system", url(server_->port()),
                               Peer::System));
        gateway_ = httpsGateway(link(server_->port()));
        for (int i = 0; i < 3; ++i) queue(i);
        send(*gateway_, 3);
        const auto rows = outbox_->rows(10).value();
        for (const auto& row : rows) codes_.push_back(row.dossierCode);
        ASSERT_EQ(codes_.size(), 3U);
    }
    Answer enter(const Json& step, const std::string& keys = "system") {
        return post(link(server_->port(), keys), "/v1/statuses", step.dump());
    }
    std::unique_ptr<Gateway> gateway_;
    std::vector<std::string> codes_;
};

TEST_F(BoardTest, WhatTheOfficesSystemEntersIsOnTheKiosksBoard) {
    const auto first = enter({{"schema", 1}, {"what", codes_[0]}, {"status", 4}, {"due", "2026-12-01"}});
    ASSERT_EQ(first.status, 200) << first.body;
    ASSERT_EQ(
        enter({{"schema", 1}, {"what", codes_[0]}, {"status", 4}, {"due", "2026-12-09"}, {"note", "Xin lỗi"}})
            .status,
        200);
    ASSERT_EQ(enter({{"schema", 1}, {"what", codes_[0]}, {"status", 9}, {"due", nullptr}}).status, 200);
    ASSERT_EQ(enter({{"schema", 1}, {"what", codes_[0]}, {"status", 10}}).status, 200);
    const auto board = gateway_->board(Instant{0});
    ASSERT_TRUE(board) << board.error().detail;
    ASSERT_EQ(board->size(), 3U);
    for (const auto& e : *board) {
        EXPECT_EQ(e.procedure, "1.001193");
        if (e.dossierCode != codes_[0]) {
            EXPECT_EQ(e.status, 1);
            EXPECT_FALSE(e.promised);
            continue;
        }
        EXPECT_EQ(e.status, 10);
        EXPECT_EQ(e.promised, (Date{2026, 12, 1}));
        EXPECT_EQ(e.due, (Date{2026, 12, 9}));
        ASSERT_TRUE(e.solvedAt);
        EXPECT_LE(*e.solvedAt, e.statusAt) << "solved when the result was ready, not when it was handed over";
    }
    EXPECT_TRUE(gateway_->board(Instant{now().ms + 60'000})->empty());
}

TEST_F(BoardTest, OnlyASystemEntersStepsAndASystemSendsNoParcels) {
    const Json step = {{"schema", 1}, {"what", codes_[0]}, {"status", 4}};
    EXPECT_EQ(enter(step, "keys").status, 403) << "a kiosk";
    EXPECT_EQ(post(link(server_->port(), "system"), "/v1/parcels", "x").status, 403);
    for (const auto& bad : {Json{{"schema", 1}, {"what", codes_[0]}, {"status", 11}},
                            Json{{"schema", 1}, {"what", codes_[0]}, {"status", 4}, {"due", "2026-02-31"}},
                            Json{{"schema", 2}, {"what", codes_[0]}, {"status", 4}}, Json{5}, Json()})
        EXPECT_EQ(enter(bad).status, 422) << bad;
    EXPECT_EQ(enter({{"schema", 1}, {"what", "H29-none"}, {"status", 4}}).status, 404);
    EXPECT_EQ(gateway_->board(Instant{0})->front().status, 1) << "nothing of that was entered";
}

TEST_F(BoardTest, AnotherKioskSeesNothingOfIt) {
    enrol("K8", "keys8");
    const auto other = httpsGateway(link(server_->port(), "keys8"));
    EXPECT_TRUE(other->board(Instant{0})->empty());
    auto ledger = openSqliteLedger(ledgerFile(office_), "H29.5").value();
    ASSERT_TRUE(ledger.ledger->revoke("K8"));
    EXPECT_FALSE(other->board(Instant{0}));
}

TEST(BoardWords, AnswersThatAreNoneAreTold) {
    for (const auto* text : {"", "[]", "{}", R"({"schema":1})", R"({"schema":1,"dossiers":[{}]})"})
        EXPECT_EQ(board::read(text).error().code, Code::OfficeGarbled) << text;
    const board::Entry e{"K1-R",           "C", "1.1", Instant{1}, 4, Instant{2}, {}, Date{2026, 12, 1},
                         Date{2026, 12, 1}};
    auto text = board::write({e});
    EXPECT_EQ(board::read(text)->front().promised, e.promised);
    auto older = text; // an office that does not say how a parcel came
    older.erase(older.find(R"(,"carried":false)"), std::string_view(R"(,"carried":false)").size());
    EXPECT_FALSE(board::read(older)->front().carried);
    const auto with = [&](const std::string& from, const std::string& to) {
        auto changed = text;
        changed.replace(changed.find(from), from.size(), to);
        return board::read(changed).error().code;
    };
    EXPECT_EQ(with("2026-12-01", "2026-02-31"), Code::OfficeGarbled);
    EXPECT_EQ(with("\"status\":4", "\"status\":44"), Code::OfficeIncompatible);
}

} // namespace
} // namespace kiosk::intake
