// Inside of the screens: one function a screen, and what several of them share.
#pragma once

#include "app/screens/screens.hpp"

#include <initializer_list>
#include <string>
#include <string_view>

namespace kiosk::screens {

// One file each in citizen/ (the form in form/).
void body(const View&, const screen::Welcome&);
void body(const View&, const screen::PresentCard&);
void body(const View&, const screen::TypeIdentity&);
void body(const View&, const screen::ConfirmIdentity&);
void body(const View&, const screen::Refused&);
void body(const View&, const screen::MyData&);
void body(const View&, const screen::Choose&);
void body(const View&, const screen::ProcedureInfo&);
void body(const View&, const screen::FormPage&);
void body(const View&, const screen::Review&);
void body(const View&, const screen::Paper&);
void body(const View&, const screen::Sending&);
void body(const View&, const screen::Slip&);
void body(const View&, const screen::LookUp&);
void body(const View&, const screen::Ticket&);
void body(const View&, const screen::Progress&);
void body(const View&, const screen::Trouble&);
void body(const View&, const screen::Staff&); // staff/

// Form's sub-screens: true when one took over the page.
bool formSub(const View&, const screen::FormPage&);

/// The button that goes on, at the footer's right; none when `key` is empty.
struct Forward {
    std::string key, label;
    ui::Icon icon = ui::Icon::Next;
    Event event = event::Next{};
    bool enabled = true;
};
/// The keyboard the screen needs, and what its keys write into.
struct Typing {
    ui::KeyboardKind kind = ui::KeyboardKind::None;
    std::string target, text;
    bool nextOnDone = false; ///< Done acts like the forward button
    std::size_t maxLength = 500;
    bool digitsOnly = false;
    char alsoAllowed = 0; ///< besides digits: a decimal comma, a phone number's '+'
};

Forward forward(const View&, const screen::Welcome&);
Forward forward(const View&, const screen::PresentCard&);
Forward forward(const View&, const screen::TypeIdentity&);
Forward forward(const View&, const screen::ConfirmIdentity&);
Forward forward(const View&, const screen::Refused&);
Forward forward(const View&, const screen::MyData&);
Forward forward(const View&, const screen::Choose&);
Forward forward(const View&, const screen::ProcedureInfo&);
Forward forward(const View&, const screen::FormPage&);
Forward forward(const View&, const screen::Review&);
Forward forward(const View&, const screen::Paper&);
Forward forward(const View&, const screen::Sending&);
Forward forward(const View&, const screen::Slip&);
Forward forward(const View&, const screen::LookUp&);
Forward forward(const View&, const screen::Ticket&);
Forward forward(const View&, const screen::Progress&);
Forward forward(const View&, const screen::Trouble&);
Forward forward(const View&, const screen::Staff&);

Typing typing(const View&, const screen::TypeIdentity&);
Typing typing(const View&, const screen::Choose&);
Typing typing(const View&, const screen::LookUp&);
Typing typing(const View&, const screen::FormPage&);
Typing typing(const View&, const screen::Staff&);
template <typename S>
Typing typing(const View&, const S&) {
    return {};
}

/// Typing on a wide screen leaves little height: only what is typed and what was found is shown.
bool isTight(const View&, bool typing);

/// A question typed into a box: its words, and focus on a tap.
void typedField(const View&, std::string_view target, const ui::FieldLook& look);

/// ddmmyyyy digits as "01/02/1999", with what is missing as "_".
std::string dateShown(std::string_view digits);
/// The words for a datum's origin ("From your ID card"); empty for what the person typed.
std::string originNote(const View&, const Answer& answer);
std::string errorTitle(const View&, Code code);
std::string errorHelp(const View&, Code code);
std::string warningWords(const View&, Warning warning);
std::string problemWords(const View&, Problem problem);
/// "the child", "the mother" ...: the words of a form's person.
std::string personWords(const View&, std::string_view person);
/// "Card of Nguyễn Văn Mẫu, read and not verified" and the like.
std::string assuranceWords(const View&, const Identity& identity);
std::string unitWords(const View&, std::string_view unitCode);
Language languageOf(const View&);

} // namespace kiosk::screens
