// Asking how a dossier stands: the kiosk's question and the office's answer.
#pragma once

#include "app/base/result.hpp"
#include "app/base/time.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::look_up {

/// A code alone opens nothing: the applicant's birth date must fit too.
struct Question {
    std::string what; // local reference or dossier code, up to 64 characters as parcel::isIdentifier
    Date birth;
};

/// The ten statuses of one-stop software, 1 to 10 (assets/lang: "progress.<n>").
inline constexpr int firstStatus = 1, lastStatus = 10;

/// What the office's staff entered. `note` is shown to the applicant.
struct Step {
    int status = firstStatus;
    Instant at;
    std::string note;
};

struct Answer {
    std::string reference, dossierCode, procedure;
    std::optional<Date> due; // the newest date promised
    std::vector<Step> steps; // oldest first, at least one
};

/// JSON of schema 1, and back. Errors: OfficeGarbled for an answer, ParcelInvalid for a question.
std::string write(const Question& question);
Result<Question> readQuestion(std::string_view json);
std::string write(const Answer& answer);
Result<Answer> readAnswer(std::string_view json);

} // namespace kiosk::look_up
