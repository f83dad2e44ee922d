#include "app/delivery/progress/look_up.hpp"

#include "app/base/json/json.hpp"
#include "app/delivery/parcel.hpp"

namespace kiosk::look_up {
namespace {

using Json = nlohmann::ordered_json;

constexpr int schema = 1;
constexpr std::size_t maxSteps = 1000;

std::string text(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

/// Throws Json::exception.
Step stepOf(const Json& json) {
    return {json.at("status").get<int>(), Instant{json.at("at_ms").get<std::int64_t>()},
            json.at("note").get<std::string>()};
}

} // namespace

std::string write(const Question& question) {
    return text({{"schema", schema}, {"what", question.what}, {"birth_date", question.birth.iso()}});
}

Result<Question> readQuestion(std::string_view json) {
    try {
        const auto j = Json::parse(json);
        const auto birth = Date::fromIso(j.at("birth_date").get<std::string>());
        Question question{j.at("what").get<std::string>(), birth.value_or(Date{})};
        if (j.at("schema").get<int>() != schema || !birth || !parcel::isIdentifier(question.what))
            return fail(Code::ParcelInvalid, "a question that is not understood");
        return question;
    } catch (const Json::exception&) {
        return fail(Code::ParcelInvalid, "not a question");
    }
}

std::string write(const Answer& answer) {
    Json json = {{"schema", schema},
                 {"reference", answer.reference},
                 {"dossier_code", answer.dossierCode},
                 {"procedure", answer.procedure},
                 {"due", answer.due ? Json(answer.due->iso()) : Json()},
                 {"steps", Json::array()}};
    for (const auto& step : answer.steps)
        json["steps"].push_back({{"status", step.status}, {"at_ms", step.at.ms}, {"note", step.note}});
    return text(json);
}

Result<Answer> readAnswer(std::string_view json) {
    try {
        const auto j = Json::parse(json);
        Answer answer{j.at("reference").get<std::string>(),
                      j.at("dossier_code").get<std::string>(),
                      j.at("procedure").get<std::string>(),
                      std::nullopt,
                      {}};
        if (!j.at("due").is_null()) answer.due = Date::fromIso(j.at("due").get<std::string>());
        if (j.at("schema").get<int>() != schema || answer.due.has_value() == j.at("due").is_null())
            return fail(Code::OfficeIncompatible, "an answer that is not understood");
        for (const auto& step : j.at("steps")) {
            answer.steps.push_back(stepOf(step));
            const int status = answer.steps.back().status;
            if (status < firstStatus || status > lastStatus || answer.steps.size() > maxSteps)
                return fail(Code::OfficeIncompatible, "a status that is not known");
        }
        if (answer.steps.empty()) return fail(Code::OfficeGarbled, "an answer without a status");
        return answer;
    } catch (const Json::exception&) {
        return fail(Code::OfficeGarbled, "not an answer");
    }
}

} // namespace kiosk::look_up
