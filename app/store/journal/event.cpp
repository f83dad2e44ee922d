#include "app/store/journal/event.hpp"

#include "app/base/crypto.hpp"
#include "app/base/files.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace kiosk::store::journal {
namespace {

std::optional<std::uint32_t> number(std::string_view text, std::size_t mostDigits) {
    std::uint32_t n = 0;
    if (text.empty() || text.size() > mostDigits) return std::nullopt;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return n;
}

std::optional<Code> codeFromText(std::string_view text) {
#define KIOSK_CODE(known) Code::known,
    constexpr std::array all{KIOSK_CODES(KIOSK_CODE)};
#undef KIOSK_CODE
    const auto* const found = std::ranges::find_if(all, [&](Code code) { return name(code) == text; });
    return found == all.end() ? std::nullopt : std::optional(*found);
}

std::string textOf(Code code) { return std::string(name(code)); }
template <typename F>
std::string textOf(const F& field) {
    return field.text();
}

template <typename F>
std::optional<F> read(std::string_view text) {
    if constexpr (std::same_as<F, Code>)
        return codeFromText(text);
    else
        return F::fromText(text);
}

/// The part up to the next space; `rest` loses it.
std::string_view take(std::string_view& rest) {
    const auto part = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(rest.size(), part.size() + 1));
    return part;
}

template <Kind K, Field... F>
std::optional<Event> readFact(std::string_view body, const Fact<K, F...>*) {
    [[maybe_unused]] std::string_view rest = body;
    std::tuple<std::optional<F>...> parts{read<F>(take(rest))...}; // braces: from left to right
    const bool whole = std::apply([](const auto&... part) { return (part.has_value() && ...); }, parts);
    if (!whole) return std::nullopt;
    Event event = std::apply([](const auto&... part) { return Fact<K, F...>{{*part...}}; }, parts);
    if (bodyOf(event) != body) return std::nullopt; // one spelling only
    return event;
}

template <std::size_t I = 0>
std::optional<Event> readAs(int kind, std::string_view body) {
    if constexpr (I == std::variant_size_v<Event>) {
        return std::nullopt;
    } else {
        using Known = std::variant_alternative_t<I, Event>;
        if (static_cast<int>(Known::kind) == kind) return readFact(body, static_cast<const Known*>(nullptr));
        return readAs<I + 1>(kind, body);
    }
}

} // namespace

Reference Reference::of(std::string_view idempotencyKey) {
    const auto text = crypto::reference(idempotencyKey);
    Reference reference;
    std::copy_n(text.begin(), reference.text_.size(), reference.text_.begin());
    return reference;
}

std::optional<Reference> Reference::fromText(std::string_view text) {
    Reference reference;
    if (text.size() != reference.text_.size() || text[0] != 'K' || text[2] != '-' || text[7] != '-' ||
        !crypto::isReference(text))
        return std::nullopt;
    std::copy_n(text.begin(), reference.text_.size(), reference.text_.begin());
    return reference;
}

ProcedureCode ProcedureCode::of(std::string_view code) {
    const ProcedureCode other;
    if (code.size() < 8 || code.size() > 9 || code[1] != '.' || code[0] < '0' || code[0] > '9') return other;
    const auto n = number(code.substr(2), 7);
    if (!n) return other;
    ProcedureCode known;
    known.list_ = static_cast<std::uint8_t>(code[0] - '0');
    known.digits_ = static_cast<std::uint8_t>(code.size() - 2);
    known.number_ = *n;
    return known;
}

std::optional<ProcedureCode> ProcedureCode::fromText(std::string_view text) {
    const auto code = of(text);
    if (code.digits_ == 0 && text != "other") return std::nullopt;
    return code;
}

std::string ProcedureCode::text() const {
    if (digits_ == 0) return "other";
    const auto digits = std::to_string(number_);
    return std::to_string(list_) + "." + std::string(digits_ - digits.size(), '0') + digits;
}

std::optional<Count> Count::fromText(std::string_view text) {
    const auto n = number(text, 7);
    return n ? std::optional(Count(*n)) : std::nullopt;
}

KeyId KeyId::of(const std::array<std::uint8_t, 32>& publicKey) {
    const auto digest = crypto::hash(files::asText(publicKey));
    KeyId id;
    std::copy_n(digest.begin(), id.id_.size(), id.id_.begin());
    return id;
}

KeyId KeyId::ofText(std::string_view text) { return of(crypto::hash(text)); }

std::optional<SettingKey> SettingKey::fromText(std::string_view text) {
    const auto all = settings::keys();
    const auto it = std::find(all.begin(), all.end(), text);
    if (it == all.end()) return std::nullopt;
    SettingKey key;
    key.index_ = static_cast<std::uint8_t>(it - all.begin());
    return key;
}

std::string SettingKey::text() const { return std::string(settings::keys()[index_]); }

SettingValue SettingValue::of(const settings::Setting& setting) {
    const auto clear = setting.kind == settings::Setting::Kind::Text ? std::nullopt : inClear(setting.value);
    return clear ? *clear : SettingValue(KeyId::ofText(setting.value));
}

std::optional<SettingValue> SettingValue::inClear(std::string_view text) {
    if (const auto whole = Count::fromText(text)) return SettingValue(*whole);
    const auto word = settings::choice(text);
    return word.empty() ? std::nullopt : std::optional(SettingValue(word));
}

std::optional<SettingValue> SettingValue::fromText(std::string_view text) {
    if (const auto clear = inClear(text)) return clear;
    const auto hash = KeyId::fromText(text);
    return hash ? std::optional(SettingValue(*hash)) : std::nullopt;
}

std::string SettingValue::text() const {
    const auto* word = std::get_if<std::string_view>(&value_);
    if (word != nullptr) return std::string(*word);
    const auto* whole = std::get_if<Count>(&value_);
    return whole != nullptr ? whole->text() : std::get<KeyId>(value_).text();
}

std::optional<KeyId> KeyId::fromText(std::string_view text) {
    const auto bytes = crypto::fromHex(text);
    KeyId id;
    if (!bytes || bytes->size() != id.id_.size()) return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), id.id_.begin());
    return id;
}

std::string KeyId::text() const { return crypto::hex(id_); }

Kind kindOf(const Event& event) {
    return std::visit([](const auto& fact) { return fact.kind; }, event);
}

std::string bodyOf(const Event& event) {
    std::string body;
    const auto add = [&body](const auto& field) {
        if (!body.empty()) body += ' ';
        body += textOf(field);
    };
    std::visit([&](const auto& fact) { std::apply([&](const auto&... f) { (add(f), ...); }, fact.fields); },
               event);
    return body;
}

std::optional<Event> readEvent(int kind, std::string_view body) { return readAs(kind, body); }

} // namespace kiosk::store::journal
