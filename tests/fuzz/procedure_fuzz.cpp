// links: kiosk_procedures
// Any bytes as a procedure file: an error with its line, or a procedure whose form can be filled, checked and
// shown.
#include "app/base/assets.hpp"
#include "app/procedures/asset/form_loader.hpp"
#include "app/procedures/procedure.hpp"

#include <cstdint>
#include <cstdlib>

using namespace kiosk;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto lists = asset::loadChoices(assetsFolder() + "/choices.json");
    if (!lists) std::abort();
    const auto p = procedure::parse({reinterpret_cast<const char*>(data), size}, "fuzz.json", *lists);
    if (!p) {
        if (p.error().code != Code::AssetInvalid || !p.error().detail.starts_with("fuzz.json:")) std::abort();
        return 0;
    }
    if (p->code.empty() || p->form.sections.empty()) std::abort();
    Answers answers;
    Prefill with;
    with.today = {2026, 11, 24};
    form::prefill(p->form, with, answers);
    form::problems(p->form, answers, with.today);
    form::pages(p->form, answers, 3);
    for (const auto& [key, answer] : form::withoutHidden(p->form, answers))
        form::display(*form::find(p->form, key), answer.value, Language::Vi);
    return 0;
}
