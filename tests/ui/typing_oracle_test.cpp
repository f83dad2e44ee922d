// Typing held against another program's: the m17n library's vi-telex and vi-vni, on every syllable.
#include "app/ui/ui.hpp"
#include "tests/ui/syllables.hpp"

#include <gtest/gtest.h>
#include <m17n.h>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace kiosk::ui {
namespace {

/// m17n's method of this name, fed key by key as a keyboard would.
class Oracle {
public:
    explicit Oracle(const char* name) {
        M17N_INIT();
        method_ = minput_open_im(msymbol("vi"), msymbol(name), nullptr);
        if (method_ == nullptr) throw std::runtime_error("no such method in m17n-db");
    }
    Oracle(const Oracle&) = delete;
    Oracle& operator=(const Oracle&) = delete;
    ~Oracle() { minput_close_im(method_); }

    std::string typed(std::string_view keys) const {
        auto* context = minput_create_ic(method_, nullptr);
        auto* text = mtext();
        for (const char c : keys) take(context, msymbol(std::string(1, c).c_str()), text, c);
        take(context, Mnil, text, 0); // ends what is being composed
        minput_destroy_ic(context);
        unsigned char bytes[256];
        auto* converter = mconv_buffer_converter(msymbol("utf-8"), bytes, sizeof bytes);
        mconv_encode(converter, text);
        std::string out(bytes, bytes + converter->nbytes);
        mconv_free_converter(converter);
        m17n_object_unref(text);
        return out;
    }

private:
    static void take(MInputContext* context, MSymbol key, MText* text, char plain) {
        if (minput_filter(context, key, nullptr) != 0) return;
        if (minput_lookup(context, key, nullptr, text) != 0 && plain != 0) mtext_cat_char(text, plain);
    }
    MInputMethod* method_;
};

std::string ours(std::string_view keys, TypingMethod method) {
    std::string text;
    for (const char key : keys) text = typed(text, std::string(1, key), method);
    return text;
}

/// Where m17n takes the i of "gi" for the rhyme's ("giụôc" for giuộc), and "ngi" for n and "gi" (it is
/// written "ngh").
bool isMistakenThere(const test::Syllable& s) {
    for (const auto* start :
         {"gioen", "gioet", "gioaw", "giuaa", "giuoo", "giuych", "giuyn", "giuyt", "ngia", "ngiu"})
        if (s.tone != 0 && s.telexMarks.starts_with(start)) return true;
    return false;
}

void compare(const Oracle& oracle, TypingMethod method, std::string test::Syllable::*marks,
             const char* const (&tones)[6]) {
    int compared = 0;
    for (const auto& s : test::syllables()) {
        if (isMistakenThere(s)) continue;
        const auto keys = s.*marks + tones[s.tone];
        EXPECT_EQ(ours(keys, method), oracle.typed(keys)) << keys;
        ++compared;
    }
    EXPECT_GT(compared, 24'700) << "nearly all";
}

TEST(TypingOracle, TelexGivesWhatM17nsGives) {
    compare(Oracle("telex"), TypingMethod::Telex, &test::Syllable::telexMarks, test::telexTones);
}

TEST(TypingOracle, VniGivesWhatM17nsGives) {
    compare(Oracle("vni"), TypingMethod::Vni, &test::Syllable::vniMarks, test::vniTones);
}

} // namespace
} // namespace kiosk::ui
