// A long list of choices over the whole page, narrowed by typing.
#include "app/screens/form/form_parts.hpp"

#include "app/base/text.hpp"

namespace kiosk::screens {

void pickerBody(const View& v, const screen::FormPage& s, const screen::ChoicePicker& picker) {
    auto& ui = v.ui;
    const auto* field = formFieldOf(v, picker.field);
    if (field == nullptr) return;
    if (!isTight(v, s.focus == "picker")) ui.title("picker.title", field->label.in(languageOf(v)));
    const auto label = ui.w("picker.query"), hint = ui.w("picker.choice.hint");
    typedField(v, "picker",
               {.label = label, .value = picker.query, .hint = hint, .active = s.focus == "picker"});
    const auto now = v.flow.session.answers.find(picker.field);
    const auto value = now == v.flow.session.answers.end() ? std::string() : now->second.value;
    const auto wanted = text::fold(picker.query);
    bool any = false;
    ui.beginColumns(ui.theme().panel.portrait() ? 2 : 3);
    for (const auto& choice : field->choices) {
        const auto& words = choice.label.in(languageOf(v));
        if (text::fold(words).find(wanted) == std::string::npos &&
            text::fold(choice.label.vi).find(wanted) == std::string::npos)
            continue;
        any = true;
        if (ui.choice("choice." + field->key + "." + choice.value, words, choice.value == value))
            v.emit(event::Pick{field->key, choice.value});
    }
    ui.endColumns();
    if (!any) ui.iconText("picker.none", ui::Icon::Info, ui.w("picker.none"));
    if (ui.button("picker.close", ui.w("picker.close"), {.tone = ui::Tone::Quiet, .icon = ui::Icon::Close}))
        v.emit(event::ClosePicker{});
}

} // namespace kiosk::screens
