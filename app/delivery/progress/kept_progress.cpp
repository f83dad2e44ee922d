#include "app/delivery/progress/kept_progress.hpp"

#include "app/base/json/json.hpp"
#include "app/delivery/parcel.hpp"

namespace kiosk::kept_progress {
namespace {

using Json = nlohmann::json;

constexpr int schema = 1;
constexpr std::size_t step = 512;

std::string context(const std::string& reference) { return "kiosk-progress-1\n" + reference; }

} // namespace

Secret<Bytes> keyOf(const SlipCode& slip, Date birth, const Secret<Bytes>& deviceKey) {
    const Secret<std::string> text("kiosk-slip-key-1\n" + slip.reference + "\n" + slip.secret.reveal() +
                                   "\n" + birth.iso());
    const auto key = crypto::hash(text.reveal(), deviceKey.reveal());
    return Secret<Bytes>(Bytes(key.begin(), key.end()));
}

Bytes seal(const look_up::Answer& answer, const Secret<Bytes>& key) {
    auto text = look_up::write(answer);
    text.resize((text.size() + step - 1) / step * step, ' ');
    return crypto::seal(text, key, context(answer.reference));
}

Result<look_up::Answer> open(const Bytes& sealed, const SlipCode& slip, const Secret<Bytes>& key) {
    const auto text = crypto::unseal(sealed, key, context(slip.reference));
    if (!text) return fail(Code::DossierNotFound, "the slip and the birth date do not open it");
    return look_up::readAnswer(text->reveal());
}

std::string writeQuestion(std::int64_t after) { return Json{{"schema", schema}, {"after", after}}.dump(); }

Result<std::int64_t> readQuestion(std::string_view json) {
    const auto j = Json::parse(json, nullptr, false);
    if (!j.is_object() || j.value("schema", Json()) != schema ||
        !j.value("after", Json()).is_number_integer())
        return fail(Code::ParcelInvalid, "not a question");
    return j["after"].get<std::int64_t>();
}

std::string write(const Batch& batch) {
    Json json = {{"schema", schema}, {"next", batch.next}, {"more", batch.more}, {"progress", Json::array()}};
    for (const auto& one : batch.news)
        json["progress"].push_back({{"reference", one.reference}, {"sealed", crypto::hex(one.bytes)}});
    return json.dump();
}

Result<Batch> readBatch(std::string_view json) {
    try {
        const auto j = Json::parse(json);
        if (j.at("schema").get<int>() != schema)
            return fail(Code::OfficeIncompatible, "progress that is not understood");
        Batch batch{j.at("next").get<std::int64_t>(), {}, j.at("more").get<bool>()};
        for (const auto& one : j.at("progress")) {
            auto sealed = crypto::fromHex(one.at("sealed").get<std::string>());
            auto reference = one.at("reference").get<std::string>();
            if (!sealed || !parcel::isIdentifier(reference))
                return fail(Code::OfficeGarbled, "progress without reference or seal");
            batch.news.push_back({std::move(reference), std::move(*sealed)});
        }
        return batch;
    } catch (const Json::exception&) {
        return fail(Code::OfficeGarbled, "not a list of progress");
    }
}

} // namespace kiosk::kept_progress
