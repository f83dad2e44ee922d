// Inside of the form's page: drawing one question by its type, and the
// sub-screens' own keyboards.
#pragma once

#include "app/screens/draw.hpp"

namespace kiosk::screens {

/// One question of the page, with its note, hint and problem.
void formField(const View&, const screen::FormPage&, const Field& field);

/// The field's words, with "(not required)" where that is so: everything else is asked for.
std::string fieldLabel(const View&, const Field& field);
/// Under the box being typed into: names of places that it may become, a tap each.
void placeSuggestions(const View&, const std::string& target, const std::string& typed);
std::string problemOf(const View&, const std::map<std::string, Problem>& problems, const std::string& key);

/// What the keys write into: draft or answer as raw text (dates as ddmmyyyy
/// digits).
std::string rawText(const Field& field, const std::string& value);
/// The raw text as a person reads it; `active`: is being typed.
std::string shownText(const View&, const Field& field, const std::string& raw, bool active);
bool isTyped(FieldType type);
/// The keyboard for a field of this type.
Typing typingInto(const Field& field, std::string target, std::string text);
/// Choices below each other (yes and no side by side); `value`: the one chosen.
void choiceRows(const View&, const Field& field, const std::string& value);

/// The present form's field with this key; nullptr: none.
const Field* formFieldOf(const View&, const std::string& key);

void pickerBody(const View&, const screen::FormPage&, const screen::UnitPicker&);
void pickerBody(const View&, const screen::FormPage&, const screen::ChoicePicker&);
void rowBody(const View&, const screen::FormPage&, const screen::RowEditor&);
Typing rowTyping(const View&, const screen::FormPage&, const screen::RowEditor&);

} // namespace kiosk::screens
