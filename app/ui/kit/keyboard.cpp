// The on-screen keyboard: letters with a row of Vietnamese letters and tones, digits, e-mail.
#include "app/ui/kit/impl.hpp"

#include "app/base/text.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace kiosk::ui {

namespace {

using Row = std::vector<KeyCap>;

KeyCap letter(std::string text) {
    KeyCap cap;
    cap.key = "ui.key." + text;
    cap.label = text;
    cap.press.text = std::move(text);
    return cap;
}

std::vector<std::string> split(std::string_view words) {
    std::vector<std::string> parts;
    for (std::size_t at = 0; at < words.size();) {
        const auto end = std::min(words.find(' ', at), words.size());
        parts.emplace_back(words.substr(at, end - at));
        at = end + 1;
    }
    return parts;
}

Row letters(std::string_view line) {
    Row row;
    for (auto& text : split(line)) row.push_back(letter(std::move(text)));
    return row;
}

KeyCap special(std::string key, std::string label, KeyPress::Kind kind, std::string text, unsigned glyph,
               double units) {
    KeyCap cap;
    cap.key = std::move(key);
    cap.label = std::move(label);
    cap.press = {kind, std::move(text)};
    cap.glyph = glyph;
    cap.units = units;
    return cap;
}

void append(Row& row, Row more) { std::move(more.begin(), more.end(), std::back_inserter(row)); }

using Kind = KeyPress::Kind;
using WordOf = std::function<std::string(const std::string& key)>;

KeyCap erase(const WordOf& word, double units) {
    return special("ui.key.backspace", word("ui.key.backspace"), Kind::Backspace, {}, glyph::backspace,
                   units);
}

KeyCap done(const WordOf& word, double units) {
    auto cap = special("ui.key.done", word("ui.key.done"), Kind::Done, {}, 0, units);
    cap.accent = true;
    return cap;
}

Row tones(const WordOf& word) {
    Row row;
    const char* marks[] = {"\u0301", "\u0300", "\u0309", "\u0303", "\u0323"};
    const char* shown[] = {"á", "à", "ả", "ã", "ạ"};
    const char* names[] = {"sac", "huyen", "hoi", "nga", "nang"};
    for (int i = 0; i < 5; ++i) {
        const std::string key = std::string("ui.key.") + names[i];
        auto cap = special(key, word(key), Kind::Text, marks[i], 0, 1);
        cap.shown = shown[i];
        cap.toned = true;
        row.push_back(std::move(cap));
    }
    return row;
}

/// `extra`: one more key in the last row; empty: none.
std::vector<Row> digitRows(const WordOf& word, const char* extra) {
    std::vector<Row> rows = {letters("1 2 3"), letters("4 5 6"), letters("7 8 9"), {}};
    rows[3] = {erase(word, 1), letter("0"), done(word, 1)};
    if (*extra == 0) return rows;
    rows[3].insert(rows[3].begin() + 1, letter(extra));
    rows[3].back().units = 1.5; // room for its word
    for (std::size_t i = 0; i < 3; ++i)
        for (auto& cap : rows[i]) cap.units = 1.5;
    return rows;
}

std::vector<Row> emailRows(const WordOf& word) {
    std::vector<Row> rows = {letters("1 2 3 4 5 6 7 8 9 0"), letters("q w e r t y u i o p"),
                             letters("a s d f g h j k l @"), letters("z x c v b n m"),
                             letters(". _ - .vn .com")};
    rows[3].push_back(erase(word, 3));
    for (auto& cap : rows[4]) cap.units = cap.label.size() > 2 ? 2 : 1;
    rows[4].push_back(done(word, 3));
    return rows;
}

/// How many keys there is room for side by side.
enum class Room { VeryNarrow, Narrow, Wide };

std::vector<Row> textRows(const WordOf& word, TypingMethod method, bool shift, Room room) {
    Row vowels = letters("ă â ê ô ơ ư đ"), marks = tones(word);
    auto shiftKey = special("ui.key.shift", word("ui.key.shift"), Kind::Text, {}, glyph::shift, 1.5);
    shiftKey.lit = shift;
    std::vector<Row> rows = {letters("1 2 3 4 5 6 7 8 9 0"),
                             letters("q w e r t y u i o p"),
                             letters("a s d f g h j k l"),
                             {std::move(shiftKey)},
                             letters(", . - /")};
    append(rows[3], letters("z x c v b n m"));
    rows[3].push_back(erase(word, 1.5));
    append(
        rows[4],
        {special("ui.key.method", method == TypingMethod::Telex ? "Telex" : "VNI", Kind::Method, {}, 0, 1.6),
         special("ui.key.space", word("ui.key.space"), Kind::Text, " ", 0, 2.2), done(word, 2.4)});
    if (room == Room::Wide) { // beside the letters: three more columns save a row
        rows[2].push_back(std::move(vowels[6]));
        for (std::size_t i = 0; i < 3; ++i)
            rows[0].push_back(std::move(vowels[i])), rows[1].push_back(std::move(vowels[i + 3]));
        append(rows[2], {marks[0], marks[1], marks[2]});
        append(rows[3], {marks[3], marks[4]});
        rows[3].front().units = rows[3][8].units = 2;
        rows[4][4].units = 2, rows[4][5].units = 3.6, rows[4][6].units = 3.4;
    } else if (room == Room::VeryNarrow) {
        rows.insert(rows.begin(), {std::move(vowels), std::move(marks)});
    } else {
        append(vowels, std::move(marks));
        rows.insert(rows.begin(), std::move(vowels));
    }
    return rows;
}

} // namespace

std::vector<KeyPress> Ui::keyboard(KeyboardKind kind, TypingMethod method, bool& shift) {
    auto& m = *impl_;
    if (kind == KeyboardKind::None) return {};
    m.keyboardShown = true;
    const auto word = [&m](const std::string& key) { return m.word(key); };
    const float width = static_cast<float>(m.theme.panel.width) - m.px(mm::margin),
                unit = m.px(mm::key) + static_cast<float>(std::ceil(mm::keyGap * m.theme.panel.pxPerMm()));
    const auto room = width >= 13 * unit ? Room::Wide : width < 12 * unit ? Room::VeryNarrow : Room::Narrow;
    const bool digits =
        kind == KeyboardKind::Digits || kind == KeyboardKind::Decimal || kind == KeyboardKind::Phone;
    const auto* extra = kind == KeyboardKind::Decimal ? "," : kind == KeyboardKind::Phone ? "+" : "";
    auto rows = digits                        ? digitRows(word, extra)
                : kind == KeyboardKind::Email ? emailRows(word)
                                              : textRows(word, method, shift, room);
    std::vector<KeyPress> presses = std::move(m.typedKeys);
    m.typedKeys.clear();
    for (auto& row : rows)
        for (auto& cap : row) {
            const bool letterKey =
                cap.press.kind == Kind::Text && !cap.glyph && !cap.toned && cap.press.text != " ";
            if (shift && letterKey) cap.label = cap.press.text = text::upper(cap.label);
            if (!m.wasClicked(cap.key)) continue;
            if (cap.key == "ui.key.shift")
                shift = !shift;
            else {
                presses.push_back(cap.press);
                if (letterKey) shift = false;
            }
        }
    m.addKeyboard(std::move(rows), m.px(digits ? mm::key + 3 : mm::key));
    return presses;
}

void Ui::Impl::addKeyboard(std::vector<std::vector<KeyCap>> rows, float keyHeight) {
    double units = 0;
    for (const auto& row : rows) {
        double sum = 0;
        for (const auto& cap : row) sum += cap.units;
        units = std::max(units, sum);
    }
    const float gap = static_cast<float>(std::ceil(mm::keyGap * theme.panel.pxPerMm())), pad = px(3),
                count = static_cast<float>(rows.size());
    const float height = count * (keyHeight + gap) - gap + 2 * pad;
    auto box = std::make_unique<Box>();
    box->key = "ui.keyboard";
    box->measure = [height](float) { return height; };
    box->paint = [=, this, rows = std::move(rows)](const Rect& r) {
        ground = mixed(c().outline, c().background, theme.palette == Palette::Light ? 0.22 : 0.1);
        if (theme.palette == Palette::HighContrast) ground = c().background;
        canvas.fill(r, ground);
        describe(Role::Decoration, "ui.keyboard", r, ground, ground);
        const float room = r.w - px(mm::margin);
        const float widest = px(units <= 3 ? 40 : 24); // not wider than a hand reaches
        const float unit = std::min(std::floor((room + gap) / static_cast<float>(units)), widest);
        float y = r.y + pad;
        for (const auto& row : rows) {
            double sum = 0;
            for (const auto& cap : row) sum += cap.units;
            float x = std::floor(r.x + (r.w - (unit * static_cast<float>(sum) - gap)) / 2);
            for (const auto& cap : row) {
                const float w = std::floor(unit * static_cast<float>(cap.units)) - gap;
                paintKey(cap, {x, y, w, keyHeight});
                x += w + gap;
            }
            y += keyHeight + gap;
        }
        ground = c().background;
    };
    keys = std::move(box);
}

void Ui::Impl::paintKey(const KeyCap& cap, const Rect& r) {
    const bool down = isPressed(cap.key), filled = down || cap.accent || cap.lit;
    const Colour face = down && cap.accent ? c().primaryPressed : filled ? c().primary : c().surface;
    const Colour ink = filled ? c().textOnPrimary : c().text;
    canvas.round(r, face);
    if (!filled) canvas.outline(r, mixed(c().outline, face, 0.5));
    const bool small = cap.key == "ui.key.space" || cap.key == "ui.key.method";
    if (cap.glyph)
        canvas.icon(cap.glyph, IconSize::Small, r, ink);
    else if (cap.toned)
        canvas.toneMark(cap.shown, cap.press.text == "\u0323", r, ink, mixed(ink, face, 0.4));
    else {
        const Face size = small ? Face::Body : text::length(cap.label) == 1 ? Face::Heading : Face::Strong;
        canvas.centred(size, cap.label, r, small && !filled ? c().textSecondary : ink);
    }
    auto& node = control(Role::Key, cap.key, r, ink, face, true);
    node.label = cap.label;
    node.selected = cap.lit;
    focusRing(cap.key, r);
}

} // namespace kiosk::ui
