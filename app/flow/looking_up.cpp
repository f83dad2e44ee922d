#include "app/flow/step.hpp"

#include "app/base/crypto.hpp"
#include "app/base/text.hpp"

#include <algorithm>
#include <cctype>

namespace kiosk {
namespace {

/// Dossier codes have up to this many characters; what is longer is some other code.
constexpr std::size_t maxCode = 40;

/// A code as it is written on slip and receipt: capitals, without spaces.
std::string written(std::string_view typed) {
    std::string out;
    for (const char c : typed)
        if (c != ' ') out += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return out;
}

/// "k0123-4567" and the like as on the slip: "K0-1234-567X".
std::string asOnTheSlip(const std::string& code) {
    std::string bare;
    for (const char c : code)
        if (c != '-') bare += c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
    return bare.substr(0, 2) + "-" + bare.substr(2, 4) + "-" + bare.substr(6);
}

std::string canonicalCode(std::string_view typed) {
    const auto code = written(typed);
    return crypto::isReference(code) ? asOnTheSlip(code) : code;
}

/// Could this be a dossier's code? Letters, digits and a few signs, with a digit among them.
bool isCode(std::string_view code) {
    const auto allowed = [](unsigned char c) { return std::isalnum(c) || c == '.' || c == '-' || c == '_'; };
    return code.size() >= 6 && code.size() <= maxCode && std::all_of(code.begin(), code.end(), allowed) &&
           std::any_of(code.begin(), code.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

std::string digitsOf(Date date) {
    auto text = date.vietnamese();
    std::erase(text, '/');
    return text;
}

} // namespace

bool Progress::isLate(Date today) const {
    const bool ended = status() == 3 || status() >= 7; // refused, withdrawn, stopped, done
    return due && *due < today && !ended;
}

bool startsLookUp(Step& s, std::string_view code) {
    auto slip = SlipCode::read(code);
    if (!slip) return false;
    s.begin();
    s.go(screen::LookUp{.code = canonicalCode(slip->reference), .secret = std::move(slip->secret)});
    s.flow.lastTouch = s.flow.now;
    s.play(effect::SoundKind::Read);
    return true;
}

void shownWhileLookingUp(Step& s, screen::LookUp& look, std::string_view code,
                         const Result<Identity>& identity) {
    if (look.asking) return;
    const auto before = std::pair(look.code, look.birth);
    if (identity) {
        look.birth = digitsOf(identity->birthDate); // nothing else of the card is kept
    } else if (auto slip = SlipCode::read(code)) {
        look.code = canonicalCode(slip->reference);
        look.secret = std::move(slip->secret);
    } else if (isCode(canonicalCode(code))) {
        look.code = canonicalCode(code);
        look.secret.clear();
    } else {
        return;
    }
    s.flow.lastTouch = s.flow.now;
    if (before == std::pair(look.code, look.birth)) return;
    // Whoever types the other of the two goes on typing.
    if (look.focus == (identity ? "birth" : "code")) look.focus.clear();
    look.problems.clear();
    look.trouble.reset();
    s.play(effect::SoundKind::Read);
}

void edited(Step&, screen::LookUp& look, const event::Edited& e) {
    if (e.target == "code") {
        look.code = written(e.text);
        look.secret.clear();
    } else {
        look.birth = e.text;
    }
    look.problems.erase(e.target);
    look.trouble.reset();
}

void on(Step& s, const event::LookUp&) {
    s.begin();
    s.go(screen::LookUp{});
}

void on(Step& s, const event::AskOffice&) {
    auto* look = s.at<screen::LookUp>();
    if (look == nullptr || look->asking) return;
    look->focus.clear();
    look->problems.clear();
    look->trouble.reset();
    look->code = canonicalCode(look->code);
    const auto birth = Date::fromCard(look->birth);
    if (look->code.empty())
        look->problems["code"] = "problem.Required";
    else if (!isCode(look->code))
        look->problems["code"] = "lookup.code.problem";
    if (!birth) look->problems["birth"] = "problem.NotADate";
    if (!look->problems.empty()) return;
    look->asking = true;
    effect::AskOffice question{look->code, *birth, std::nullopt};
    if (!look->secret.reveal().empty()) question.slip = SlipCode{look->code, look->secret};
    s.effect(std::move(question));
}

void on(Step& s, const event::ProgressFound& e) {
    auto* look = s.at<screen::LookUp>();
    if (look == nullptr || !look->asking) return;
    look->asking = false;
    look->birth.clear(); // Back does not open it once more
    s.go(screen::Progress{e.progress, e.keptAt});
    s.flow.lastTouch = s.flow.now;
    s.play(effect::SoundKind::Done);
}

void on(Step& s, const event::ProgressTrouble& e) {
    auto* look = s.at<screen::LookUp>();
    if (look == nullptr || !look->asking) return;
    look->asking = false;
    look->trouble = e.code;
    s.flow.lastTouch = s.flow.now;
    s.play(effect::SoundKind::Wrong);
}

} // namespace kiosk
