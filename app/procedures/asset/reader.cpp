// Asking an asset file's values by name and kind.
#include "app/procedures/asset/reader.hpp"

#include "app/base/text.hpp"

#include <algorithm>
#include <cmath>

namespace kiosk::asset {
namespace {

std::string_view nameOf(Value::Kind kind) {
    switch (kind) {
    case Value::Kind::Null:
        return "null";
    case Value::Kind::Boolean:
        return "true or false";
    case Value::Kind::Number:
        return "a number";
    case Value::Kind::Text:
        return "a text";
    case Value::Kind::List:
        return "a list";
    case Value::Kind::Object:
        return "an object";
    }
    return {};
}

std::string inQuotes(std::string_view key) { return '"' + std::string(key) + '"'; }

} // namespace

void Reader::fail(const Value& at, const std::string& what) {
    if (!problem_) problem_ = invalid(file_, at.line, what);
}

void Reader::allowOnly(const Value& in, std::initializer_list<std::string_view> keys) {
    for (const auto& [key, value] : in.members)
        if (std::find(keys.begin(), keys.end(), key) == keys.end())
            fail(value, inQuotes(key) + " is not a key of the schema");
}

const Value* Reader::optional(const Value& in, std::string_view key, Value::Kind kind) {
    const Value* v = in.member(key);
    if (v == nullptr || v->kind == Value::Kind::Null) return nullptr;
    if (v->kind == kind) return v;
    fail(*v, inQuotes(key) + " must be " + std::string(nameOf(kind)));
    return nullptr;
}

const Value* Reader::required(const Value& in, std::string_view key, Value::Kind kind) {
    const Value* v = optional(in, key, kind);
    if (v == nullptr) fail(in, inQuotes(key) + " is missing");
    return v;
}

std::string Reader::text(const Value& in, std::string_view key) {
    const Value* v = required(in, key, Value::Kind::Text);
    if (v != nullptr && text::trim(v->text).empty()) fail(*v, inQuotes(key) + " is empty");
    return v == nullptr ? std::string() : v->text;
}

std::string Reader::optionalText(const Value& in, std::string_view key) {
    const Value* v = optional(in, key, Value::Kind::Text);
    return v == nullptr ? std::string() : v->text;
}

bool Reader::flag(const Value& in, std::string_view key, bool otherwise) {
    const Value* v = optional(in, key, Value::Kind::Boolean);
    return v == nullptr ? otherwise : v->boolean;
}

int Reader::whole(const Value& in, std::string_view key, int otherwise, int low, int high) {
    const Value* v = optional(in, key, Value::Kind::Number);
    if (v == nullptr) return otherwise;
    if (v->number >= low && v->number <= high && std::floor(v->number) == v->number)
        return static_cast<int>(v->number);
    fail(*v, inQuotes(key) + " must be a whole number from " + std::to_string(low) + " to " +
                 std::to_string(high));
    return otherwise;
}

Words Reader::words(const Value& in, std::string_view key) {
    const Value* v = required(in, key, Value::Kind::Object);
    if (v == nullptr) return {};
    allowOnly(*v, {"vi", "en"});
    return {text(*v, "vi"), text(*v, "en")};
}

Words Reader::optionalWords(const Value& in, std::string_view key) {
    const Value* v = optional(in, key, Value::Kind::Object);
    if (v == nullptr) return {};
    allowOnly(*v, {"vi", "en"});
    Words w{optionalText(*v, "vi"), optionalText(*v, "en")};
    if (w.vi.empty() != w.en.empty()) fail(*v, inQuotes(key) + " needs both languages or none");
    return w;
}

std::vector<std::string> Reader::texts(const Value& in, std::string_view key) {
    std::vector<std::string> out;
    const Value* v = optional(in, key, Value::Kind::List);
    if (v == nullptr) return out;
    for (const Value& item : v->items) {
        if (item.kind != Value::Kind::Text || item.text.empty())
            fail(item, inQuotes(key) + " must hold texts");
        out.push_back(item.text);
    }
    return out;
}

} // namespace kiosk::asset
