#include "app/delivery/carry.hpp"

#include "app/base/files.hpp"

#include <algorithm>
#include <filesystem>

namespace kiosk::carry {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view parcelEnding = ".parcel", answerEnding = ".answer.json";
constexpr std::size_t maxAnswer = 64U << 10;

bool isKey(std::string_view text) {
    return text.size() == 32 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

Result<std::vector<File>> filesIn(const std::string& folder, std::string_view ending) {
    std::vector<File> found;
    std::error_code error;
    for (auto it = fs::directory_iterator(folder, error); !error && it != fs::directory_iterator();
         it.increment(error)) {
        std::error_code unreadable;
        const auto name = it->path().filename().string();
        if (!name.ends_with(ending) || !fs::is_regular_file(it->symlink_status(unreadable))) continue;
        auto key = name.substr(0, name.size() - ending.size());
        if (isKey(key)) found.push_back({it->path().string(), std::move(key)});
    }
    if (error) return fail(Code::StoreUnavailable, folder + ": " + error.message());
    std::sort(found.begin(), found.end(), [](const File& a, const File& b) { return a.key < b.key; });
    return found;
}

/// True: the parcel is acknowledged by this answer; false: it was before.
Result<bool> settleOne(store::Outbox& outbox, const File& file, const crypto::VerifyKeys& office,
                       Instant at) {
    const auto text = files::read(file.path, maxAnswer);
    if (!text) return fail(text.error());
    const auto answer = parcel::readAcknowledgement(files::asText(*text), office);
    if (!answer) return fail(answer.error());
    const auto parcel = outbox.find(file.key);
    if (!parcel) return fail(parcel.error());
    if (!*parcel) return fail(Code::ParcelInvalid, "no parcel of this kiosk");
    if (answer->key != file.key || answer->contentHash != parcel::contentHash((*parcel)->bytes))
        return fail(Code::OfficeGarbled, "the answer is for another parcel");
    if (answer->dossierCode.empty()) return fail(Code::OfficeGarbled, "the answer has no dossier code");
    return outbox.acknowledged(file.key, answer->dossierCode, answer->text, at);
}

} // namespace

std::string parcelFile(const std::string& folder, const std::string& key) {
    return folder + "/" + key + std::string(parcelEnding);
}
std::string answerFile(const std::string& folder, const std::string& key) {
    return folder + "/" + key + std::string(answerEnding);
}
Result<std::vector<File>> parcelsIn(const std::string& folder) { return filesIn(folder, parcelEnding); }
Result<std::vector<File>> answersIn(const std::string& folder) { return filesIn(folder, answerEnding); }

Result<int> exportParcels(const store::Outbox& outbox, const std::string& folder) {
    if (auto made = files::makeFolder(folder); !made) return fail(made.error());
    int count = 0;
    const auto done = outbox.eachUnacknowledged([&](const store::QueuedParcel& parcel) -> Result<void> {
        const auto path = parcelFile(folder, parcel.key);
        ++count;
        if (const auto there = files::read(path, parcel::maxBytes); there && *there == parcel.bytes)
            return {};
        return files::writeDurably(path, files::asText(parcel.bytes));
    });
    if (!done) return fail(done.error());
    return count;
}

Result<Settled> settle(store::Outbox& outbox, const std::string& folder, const crypto::VerifyKeys& office,
                       Instant at) {
    const auto answers = answersIn(folder);
    if (!answers) return fail(answers.error());
    Settled out;
    for (const auto& file : *answers) {
        const auto done = settleOne(outbox, file, office, at);
        if (done)
            ++(*done ? out.settled : out.known);
        else
            out.problems.push_back(fs::path(file.path).filename().string() + ": " +
                                   std::string(name(done.error().code)) + ": " + done.error().detail);
    }
    return out;
}

} // namespace kiosk::carry
