// Telex and VNI: the last syllable is taken apart into letters, marks and one tone, changed by the key, and
// put together again.
#include "app/ui/ui.hpp"

#include "app/base/text.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace kiosk::ui {

namespace {

enum class Mark { None, Circumflex, Breve, Horn, Stroke };
constexpr int level = 0, huyen = 1, hoi = 2, nga = 3, sac = 4, nang = 5;

/// One vowel in all tones; consonants other than đ have no entry.
struct Vowel {
    char base;
    Mark mark;
    std::u32string_view lower, upper;
};
constexpr std::array<Vowel, 12> vowels{{{'a', Mark::None, U"aàảãáạ", U"AÀẢÃÁẠ"},
                                        {'a', Mark::Breve, U"ăằẳẵắặ", U"ĂẰẲẴẮẶ"},
                                        {'a', Mark::Circumflex, U"âầẩẫấậ", U"ÂẦẨẪẤẬ"},
                                        {'e', Mark::None, U"eèẻẽéẹ", U"EÈẺẼÉẸ"},
                                        {'e', Mark::Circumflex, U"êềểễếệ", U"ÊỀỂỄẾỆ"},
                                        {'i', Mark::None, U"iìỉĩíị", U"IÌỈĨÍỊ"},
                                        {'o', Mark::None, U"oòỏõóọ", U"OÒỎÕÓỌ"},
                                        {'o', Mark::Circumflex, U"ôồổỗốộ", U"ÔỒỔỖỐỘ"},
                                        {'o', Mark::Horn, U"ơờởỡớợ", U"ƠỜỞỠỚỢ"},
                                        {'u', Mark::None, U"uùủũúụ", U"UÙỦŨÚỤ"},
                                        {'u', Mark::Horn, U"ưừửữứự", U"ƯỪỬỮỨỰ"},
                                        {'y', Mark::None, U"yỳỷỹýỵ", U"YỲỶỸÝỴ"}}};

struct Letter {
    char base = 0; // a..z
    Mark mark = Mark::None;
    bool upper = false;
    bool vowel() const { return std::string_view("aeiouy").find(base) != std::string_view::npos; }
};

std::u32string decode(std::string_view s) {
    std::u32string out;
    for (std::size_t i = 0; i < s.size();) {
        const auto lead = static_cast<unsigned char>(s[i++]);
        const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
        char32_t code = more == 0 ? lead : lead & (0x3Fu >> more);
        for (int k = 0; k < more && i < s.size(); ++k)
            code = code << 6 | (static_cast<unsigned char>(s[i++]) & 0x3Fu);
        out.push_back(code);
    }
    return out;
}

std::string encode(std::u32string_view s) {
    std::string out;
    for (const char32_t c : s) {
        if (c < 0x80)
            out += static_cast<char>(c);
        else if (c < 0x800)
            (out += static_cast<char>(0xC0 | c >> 6)) += static_cast<char>(0x80 | (c & 0x3F));
        else if (c < 0x10000)
            ((out += static_cast<char>(0xE0 | c >> 12)) += static_cast<char>(0x80 | (c >> 6 & 0x3F))) +=
                static_cast<char>(0x80 | (c & 0x3F));
        else
            (((out += static_cast<char>(0xF0 | c >> 18)) += static_cast<char>(0x80 | (c >> 12 & 0x3F))) +=
             static_cast<char>(0x80 | (c >> 6 & 0x3F))) += static_cast<char>(0x80 | (c & 0x3F));
    }
    return out;
}

std::optional<Letter> letterOf(char32_t c, int& tone) {
    for (const auto& v : vowels)
        for (const bool upper : {false, true})
            if (const auto at = (upper ? v.upper : v.lower).find(c); at != std::u32string_view::npos) {
                if (at != 0) tone = static_cast<int>(at);
                return Letter{v.base, v.mark, upper};
            }
    if (c == U'đ' || c == U'Đ') return Letter{'d', Mark::Stroke, c == U'Đ'};
    if (c >= 'a' && c <= 'z') return Letter{static_cast<char>(c), Mark::None, false};
    if (c >= 'A' && c <= 'Z') return Letter{static_cast<char>(c - 'A' + 'a'), Mark::None, true};
    return std::nullopt;
}

/// The syllable at the end of a text.
class Syllable {
public:
    explicit Syllable(std::u32string_view text) {
        std::size_t start = text.size();
        while (start > 0) {
            int ignored = level;
            if (!letterOf(text[start - 1], ignored)) break;
            --start;
        }
        before = text.substr(0, start);
        original = text.substr(start);
        for (const char32_t c : original) letters.push_back(*letterOf(c, tone));
        split();
    }

    std::u32string before, original;
    std::vector<Letter> letters;
    int tone = level;
    std::size_t first = 0, last = 0; // the vowels [first, last) between onset and final

    std::string_view ascii(std::size_t from, std::size_t to) const {
        bases_.clear();
        for (std::size_t i = from; i < to; ++i) bases_ += letters[i].base;
        return bases_;
    }
    /// Could still become a Vietnamese syllable; if not (an English word, an escape), keys are just letters.
    bool plausible() const {
        for (const auto& l : letters)
            if (std::string_view("fjwz").find(l.base) != std::string_view::npos) return false;
        constexpr std::string_view finals[] = {"", "c", "ch", "k", "m", "n", "ng", "nh", "p", "t"};
        return std::find(std::begin(finals), std::end(finals), ascii(last, letters.size())) !=
               std::end(finals);
    }
    bool hasVowel() const { return last > first; }

    void split() {
        first = 0;
        while (first < letters.size() && !letters[first].vowel()) ++first;
        last = first;
        while (last < letters.size() && letters[last].vowel()) ++last;
        if (first == 0 || last - first < 2) return;
        const char onset = letters[first - 1].base, vowel = letters[first].base;
        const bool plain = letters[first].mark == Mark::None && first == 1;
        if (plain && ((onset == 'q' && vowel == 'u') || (onset == 'g' && vowel == 'i'))) ++first;
    }

    /// "ươ" has a final and "uơ" has none, however the marks came ("thuở", "thương").
    void settle() {
        split();
        if (last - first >= 2 && letters[first].base == 'u' && letters[first + 1].base == 'o') {
            auto &u = letters[first], &o = letters[first + 1];
            if (letters.size() > first + 2 && (u.mark == Mark::Horn || o.mark == Mark::Horn) &&
                o.mark != Mark::Circumflex)
                u.mark = o.mark = Mark::Horn;
        }
    }

    std::string text() const {
        std::u32string out = before;
        const std::size_t toned = tonePlace();
        for (std::size_t i = 0; i < letters.size(); ++i) {
            const auto& l = letters[i];
            if (l.vowel()) {
                const auto* v = std::find_if(vowels.begin(), vowels.end(), [&](const Vowel& k) {
                    return k.base == l.base && k.mark == l.mark;
                });
                out += (l.upper ? v->upper : v->lower)[i == toned ? static_cast<std::size_t>(tone) : 0];
            } else if (l.mark == Mark::Stroke)
                out += l.upper ? U'Đ' : U'đ';
            else
                out += static_cast<char32_t>(l.upper ? l.base - 'a' + 'A' : l.base);
        }
        return encode(out);
    }

private:
    /// Which letter carries the tone (id_card.md section 9).
    std::size_t tonePlace() const {
        const std::size_t count = last - first;
        if (count <= 1) return first;
        const auto marked = [this](std::size_t i) { return letters[i].mark != Mark::None; };
        if (count >= 3) return first + (marked(first + 2) ? 2 : 1);
        if (marked(first + 1)) return first + 1;
        const auto pair = ascii(first, last);
        const bool opening = pair == "oa" || pair == "oe" || pair == "oo" || pair == "uy";
        return first + (opening && last < letters.size() && !marked(first) ? 1 : 0);
    }

    mutable std::string bases_;
};

int toneOf(char key, TypingMethod method) {
    const std::string_view keys = method == TypingMethod::Telex ? "zfrxsj" : "023415";
    const auto at = keys.find(key);
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

std::optional<Mark> markOf(char key, TypingMethod method) {
    if (method == TypingMethod::Vni) {
        if (key == '6') return Mark::Circumflex;
        if (key == '7') return Mark::Horn;
        if (key == '8') return Mark::Breve;
        if (key == '9') return Mark::Stroke;
        return std::nullopt;
    }
    if (std::string_view("aeowd").find(key) == std::string_view::npos) return std::nullopt;
    return key == 'w' ? Mark::Horn : key == 'd' ? Mark::Stroke : Mark::Circumflex;
}

/// Which letters a mark key means; empty: none, the key is a plain letter.
std::vector<std::size_t> meant(const Syllable& s, char key, Mark mark, TypingMethod method) {
    if (mark == Mark::Stroke) {
        if (!s.letters.empty() && s.letters[0].base == 'd') return {0};
        return {};
    }
    const auto base = [&](std::size_t i) { return s.letters[i].base; };
    const std::size_t count = s.last - s.first;
    if (mark == Mark::Circumflex) {
        const auto pair = count >= 2 ? s.ascii(s.first, s.first + 2) : std::string_view();
        if (key == 'o' && (pair == "oa" || pair == "oe")) return {}; // "ngoào", "khoèo": ô never stands there
        for (std::size_t i = s.last; i-- > s.first;)
            if (method == TypingMethod::Vni ? (base(i) == 'a' || base(i) == 'e' || base(i) == 'o')
                                            : base(i) == key)
                return {i};
        return {};
    }
    const bool horn = method == TypingMethod::Telex || mark == Mark::Horn,
               breve = method == TypingMethod::Telex || mark == Mark::Breve;
    if (horn && count >= 2 && base(s.first) == 'u' && base(s.first + 1) == 'o') return {s.first, s.first + 1};
    if (horn && count >= 2 && base(s.first) == 'u' &&
        (base(s.first + 1) == 'a' || base(s.first + 1) == 'u' || base(s.first + 1) == 'i'))
        return {s.first};
    for (std::size_t i = s.last; i-- > s.first;)
        if ((breve && base(i) == 'a') || (horn && (base(i) == 'o' || base(i) == 'u'))) return {i};
    return {};
}

std::string plain(Syllable s, Letter letter) {
    const bool was = s.plausible();
    s.letters.push_back(letter);
    if (!was)
        return encode(s.before + s.original) +
               encode(std::u32string(
                   1, static_cast<char32_t>(letter.upper ? letter.base - 'a' + 'A' : letter.base)));
    s.settle();
    return s.text();
}

std::optional<std::string> marked(Syllable s, Letter letter, TypingMethod method, char key) {
    const auto mark = markOf(key, method);
    if (!mark) return std::nullopt;
    const auto places = meant(s, key, *mark, method);
    if (places.empty()) {
        if (method != TypingMethod::Telex || key != 'w' || s.hasVowel()) return std::nullopt;
        s.letters.push_back({'u', Mark::Horn, letter.upper}); // a lone w is ư
        s.settle();
        return s.text();
    }
    const auto wanted = [&](std::size_t i) {
        return *mark == Mark::Horn && s.letters[i].base == 'a' ? Mark::Breve : *mark;
    };
    if (std::all_of(places.begin(), places.end(),
                    [&](std::size_t i) { return s.letters[i].mark == wanted(i); }) ||
        (places.size() == 2 && s.letters[places[1]].mark == Mark::Horn && places[1] + 1 == s.letters.size() &&
         s.letters[places[0]].mark == Mark::None)) {
        if (method == TypingMethod::Telex && key == 'w' && places.size() == 1 &&
            s.letters.size() == places[0] + 1 && s.letters[places[0]].base == 'u' && s.letters.size() == 1)
            s.letters.clear(); // "ww" is w
        else
            for (const auto i : places)
                s.letters[i].mark = Mark::None; // typed twice: the letter itself was meant
        s.split();
        auto text = s.text();
        return method == TypingMethod::Telex
                   ? text + static_cast<char>(letter.upper ? letter.base - 'a' + 'A' : letter.base)
                   : text + key;
    }
    if (places.size() == 2 && places[1] + 1 == s.letters.size() && s.letters[places[0]].mark == Mark::None)
        s.letters[places[1]].mark = Mark::Horn; // "thuở"; a final makes it "thương"
    else
        for (const auto i : places) s.letters[i].mark = wanted(i);
    s.settle();
    return s.text();
}

std::optional<std::string> toned(Syllable s, Letter letter, TypingMethod method, char key) {
    const int tone = toneOf(key, method);
    if (tone < 0 || !s.hasVowel() || (tone == level && s.tone == level)) return std::nullopt;
    const bool twice = tone != level && s.tone == tone;
    s.tone = twice ? level : tone;
    auto text = s.text();
    if (!twice) return text;
    return text + static_cast<char>(method == TypingMethod::Vni ? key
                                    : letter.upper              ? letter.base - 'a' + 'A'
                                                                : letter.base);
}

} // namespace

std::string typed(std::string_view text, std::string_view key, TypingMethod method) {
    const auto codes = decode(key);
    if (codes.size() != 1) return text::nfc(std::string(text) + std::string(key));
    Syllable syllable(decode(text));
    constexpr std::u32string_view combining = U"\u0300\u0309\u0303\u0301\u0323"; // in the order of the tones
    if (const auto at = combining.find(codes[0]); at != std::u32string_view::npos) {
        if (!syllable.hasVowel()) return std::string(text); // a tone needs a vowel
        const int tone = static_cast<int>(at) + 1;
        syllable.tone = syllable.tone == tone ? level : tone;
        return syllable.text();
    }
    int ownTone = level;
    const auto letter = letterOf(codes[0], ownTone);
    const bool digit = codes[0] >= '0' && codes[0] <= '9';
    if (codes[0] < 0x80 && (letter || digit) && !syllable.letters.empty() && syllable.plausible() &&
        (letter.has_value() == (method == TypingMethod::Telex))) {
        const char lower = letter ? letter->base : static_cast<char>(codes[0]);
        if (auto done = toned(syllable, letter.value_or(Letter{}), method, lower)) return *done;
        if (auto done = marked(syllable, letter.value_or(Letter{}), method, lower)) return *done;
    } else if (letter && letter->base == 'w' && method == TypingMethod::Telex && syllable.letters.empty())
        return std::string(text) + (letter->upper ? "Ư" : "ư");
    if (!letter || ownTone != level || letter->mark != Mark::None) {
        if (!letter || ownTone != level || !syllable.plausible()) return std::string(text) + std::string(key);
        syllable.letters.push_back(*letter);
        syllable.settle();
        return syllable.text();
    }
    return plain(std::move(syllable), *letter);
}

std::string backspaced(std::string_view text) {
    auto codes = decode(text);
    while (!codes.empty() && codes.back() >= 0x300 && codes.back() < 0x370)
        codes.pop_back(); // marks of a decomposed letter
    if (!codes.empty()) codes.pop_back();
    return encode(codes);
}

} // namespace kiosk::ui
