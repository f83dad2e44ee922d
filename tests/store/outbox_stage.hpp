// An outbox on a folder of its own: what the tests of the queue and of its slots share.
#pragma once

#include "app/base/crypto.hpp"
#include "app/base/files.hpp"
#include "app/store/queue/outbox.hpp"
#include "tests/store/folder.hpp"
#include "tests/store/specimen_parcel.hpp"

#include <filesystem>
#include <gtest/gtest.h>
#include <map>
#include <string>

namespace kiosk::store {

namespace fs = std::filesystem;

class OutboxTest : public ::testing::Test {
protected:
    void SetUp() override { crypto::init(); }

    /// Early, and of a person.
    static QueuedParcel specimen(int n, std::size_t size = 3000) {
        auto parcel = store::specimen(n, size);
        parcel.subject = "subject-" + std::to_string(n);
        parcel.createdAt = Instant{1'000'000 + n};
        return parcel;
    }

    /// Everything queued, by key, read through next(): what the office would be sent.
    static std::map<std::string, Bytes> drain(Outbox& outbox) {
        std::map<std::string, Bytes> out;
        while (auto parcel = outbox.next(Instant{1LL << 60}).value()) {
            out[parcel->key] = parcel->bytes;
            EXPECT_TRUE(outbox.acknowledged(parcel->key, "H29.1-261124-0001", "{}", Instant{5}));
        }
        return out;
    }

    static std::string contentOfFolder(const std::string& folder) {
        std::string all;
        for (const auto& entry : fs::directory_iterator(folder)) {
            const auto bytes = files::read(entry.path()).value();
            all.append(bytes.begin(), bytes.end());
        }
        return all;
    }

    testing::Folder folder_;
    std::string path_ = folder_ / "kiosk.db";
    std::string files_ = folder_ / "outbox";
};

} // namespace kiosk::store
