#include "tests/ui/syllables.hpp"

#include <array>
#include <string_view>

namespace kiosk::ui::test {
namespace {

std::vector<std::string> split(std::string_view words) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < words.size();) {
        const auto end = std::min(words.find(' ', at), words.size());
        out.emplace_back(words.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

struct Letter {
    const char *letter, *telex, *vni;
    std::array<const char*, 6> tones; // level, huyền, hỏi, ngã, sắc, nặng
};
const std::vector<Letter>& vowels() {
    static const std::vector<Letter> all{
        {"a", "a", "a", {"a", "à", "ả", "ã", "á", "ạ"}},   {"ă", "aw", "a8", {"ă", "ằ", "ẳ", "ẵ", "ắ", "ặ"}},
        {"â", "aa", "a6", {"â", "ầ", "ẩ", "ẫ", "ấ", "ậ"}}, {"e", "e", "e", {"e", "è", "ẻ", "ẽ", "é", "ẹ"}},
        {"ê", "ee", "e6", {"ê", "ề", "ể", "ễ", "ế", "ệ"}}, {"i", "i", "i", {"i", "ì", "ỉ", "ĩ", "í", "ị"}},
        {"o", "o", "o", {"o", "ò", "ỏ", "õ", "ó", "ọ"}},   {"ô", "oo", "o6", {"ô", "ồ", "ổ", "ỗ", "ố", "ộ"}},
        {"ơ", "ow", "o7", {"ơ", "ờ", "ở", "ỡ", "ớ", "ợ"}}, {"u", "u", "u", {"u", "ù", "ủ", "ũ", "ú", "ụ"}},
        {"ư", "uw", "u7", {"ư", "ừ", "ử", "ữ", "ứ", "ự"}}, {"y", "y", "y", {"y", "ỳ", "ỷ", "ỹ", "ý", "ỵ"}}};
    return all;
}
// ' follows the vowel that carries the tone: written by hand, not computed by the rule under test.
const char* const rhymes =
    "a' a'c a'ch a'i a'm a'n a'ng a'nh a'o a'p a't a'u a'y ă'c ă'm ă'n ă'ng ă'p ă't â'c â'm â'n â'ng â'p â't "
    "â'u â'y "
    "e' e'c e'm e'n e'ng e'o e'p e't ê' ê'ch ê'm ê'n ê'nh ê'p ê't ê'u i' i'a i'ch i'm i'n i'nh i'p i't i'u "
    "iê'c iê'm "
    "iê'n iê'ng iê'p iê't iê'u yê'm yê'n yê't yê'u o' o'c o'i o'm o'n o'ng o'p o't ô' ô'c ô'i ô'm ô'n ô'ng "
    "ô'p ô't ơ' ơ'i ơ'm "
    "ơ'n ơ'p ơ't o'a oa'c oa'ch oa'i oa'm oa'n oa'ng oa'nh oa'o oa't oa'y oă'c oă'm oă'n oă'ng oă't o'e oe'n "
    "oe'o oe't u' u'a "
    "u'c u'i u'm u'n u'ng u'p u't uâ'n uâ'ng uâ't uâ'y uê' uê'ch uê'nh uô'c uô'i uô'm uô'n uô'ng uô't uơ' ư' "
    "ư'a ư'c ư'i ư'm ư'n "
    "ư'ng ư't ư'u ươ'c ươ'i ươ'm ươ'n ươ'ng ươ'p ươ't ươ'u u'y uy'ch uy'n uy'nh uy't uy'u uyê'n uyê't y'";
const char* const onsets = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x";

void addSyllables(const std::string& onset, const std::string& rhyme, std::vector<Syllable>& all) {
    for (int tone = 0; tone < 6; ++tone) {
        Syllable s;
        s.tone = tone;
        const bool stroke = onset == "đ";
        s.text = onset;
        s.telexMarks = stroke ? "dd" : onset;
        s.vniMarks = stroke ? "d9" : onset;
        if (stroke)
            s.direct = {"đ"};
        else
            for (const char c : onset) s.direct.emplace_back(1, c);
        for (std::size_t i = 0; i < rhyme.size();) {
            const Letter* vowel = nullptr;
            for (const auto& v : vowels())
                if (rhyme.compare(i, std::string(v.letter).size(), v.letter) == 0) vowel = &v;
            const std::string letter = vowel ? vowel->letter : rhyme.substr(i, 1);
            i += letter.size();
            const bool toned = i < rhyme.size() && rhyme[i] == '\'';
            if (toned) ++i;
            s.text += toned ? vowel->tones[static_cast<std::size_t>(tone)] : letter;
            s.telexMarks += vowel ? vowel->telex : letter;
            s.vniMarks += vowel ? vowel->vni : letter;
            s.direct.push_back(letter);
        }
        all.push_back(std::move(s));
    }
}

bool possible(const std::string& onset, const std::string& rhyme) {
    const char first = rhyme[0];
    const bool rounded = rhyme.starts_with("o'a") || rhyme.starts_with("oa") || rhyme.starts_with("oă") ||
                         rhyme.starts_with("o'e") || rhyme.starts_with("oe") || first == 'u' ||
                         rhyme.starts_with("ư") || rhyme.starts_with("ươ");
    if (onset == "qu")
        return !rounded && !rhyme.starts_with("o") && !rhyme.starts_with("ô") && !rhyme.starts_with("i'a") &&
               !rhyme.starts_with("iê") && !rhyme.starts_with("ơ'i") && !rhyme.starts_with("i'u");
    if (onset == "gi")
        return first != 'i' && first != 'y' && !rhyme.starts_with("o'a") && !rhyme.starts_with("oa");
    if (onset == "g")
        return first != 'i' && first != 'y' && first != 'e' && !rhyme.starts_with("ê"); // gh, gi
    return true;
}

} // namespace

const std::vector<Syllable>& syllables() {
    static const std::vector<Syllable> all = [] {
        std::vector<Syllable> list;
        for (const auto& rhyme : split(rhymes)) {
            addSyllables("", rhyme, list);
            for (const auto& onset : split(onsets))
                if (possible(onset, rhyme)) addSyllables(onset, rhyme, list);
        }
        return list;
    }();
    return all;
}

} // namespace kiosk::ui::test
