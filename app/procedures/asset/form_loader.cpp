// Forms out of procedure files: kinds, shared lists, conditions and the rules the schema cannot say.
#include "app/procedures/asset/form_loader.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace kiosk::asset {
namespace {

using Kind = Value::Kind;

constexpr std::array<std::pair<std::string_view, FieldType>, 15> types{
    {{"text", FieldType::Text},
     {"long_text", FieldType::LongText},
     {"name", FieldType::Name},
     {"date", FieldType::Date},
     {"number", FieldType::Number},
     {"money", FieldType::Money},
     {"phone", FieldType::Phone},
     {"email", FieldType::Email},
     {"choice", FieldType::Choice},
     {"yes_no", FieldType::YesNo},
     {"personal_number", FieldType::PersonalNumber},
     {"tax_code", FieldType::TaxCode},
     {"address", FieldType::Address},
     {"table", FieldType::Table},
     {"signature", FieldType::Signature}}};

constexpr std::array<std::string_view, 13> cardData{
    "",          "name",      "birth_date",  "birth_year",  "sex",         "personal_number", "residence",
    "issued_on", "issued_by", "id_document", "father_name", "mother_name", "nationality"};
constexpr std::array<std::string_view, 5> prefills{"", "office.name", "office.ward", "office.province",
                                                   "today"};

template <typename List>
bool contains(const List& list, std::string_view value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

/// snake_case ASCII, beginning with a letter.
bool isKey(std::string_view key) {
    if (key.empty() || key.size() > 64 || key.front() < 'a' || key.front() > 'z') return false;
    return std::all_of(key.begin(), key.end(),
                       [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

std::vector<Choice> readChoices(Reader& r, const Value& list) {
    std::vector<Choice> out;
    std::set<std::string> seen;
    for (const Value& item : list.items) {
        if (item.kind != Kind::Object) {
            r.fail(item, "a choice must be an object");
            continue;
        }
        r.allowOnly(item, {"value", "label"});
        Choice c{r.text(item, "value"), r.words(item, "label")};
        if (!seen.insert(c.value).second) r.fail(item, "the choice \"" + c.value + "\" stands here twice");
        out.push_back(std::move(c));
    }
    if (out.empty()) r.fail(list, "\"choices\" is empty");
    return out;
}

/// Days that have been, by what the field is called; "past_only" in the file decides otherwise.
bool soundsPast(const Field& f) {
    if (f.card == "birth_date" || f.card == "issued_on") return true;
    const auto has = [&](std::string_view word) { return f.key.find(word) != std::string::npos; };
    return has("birth") || has("issued") || has("death") || has("died");
}

/// One form's reading: what has been seen so far, for unique keys and backward conditions.
class FormReader {
public:
    FormReader(Reader& reader, const ChoiceLists& lists) : r_(reader), lists_(lists) {}

    Form read(const Value& in) {
        r_.allowOnly(in, {"name", "legal", "verified", "source", "declaration", "sections", "left_out",
                          "template", "note"});
        Form form;
        form.name = r_.words(in, "name");
        form.legal = r_.optionalText(in, "legal");
        form.verified = r_.optionalText(in, "verified");
        form.source = r_.optionalText(in, "source");
        form.declaration = r_.optionalWords(in, "declaration");
        if (const Value* sections = r_.required(in, "sections", Kind::List)) {
            for (const Value& item : sections->items) form.sections.push_back(section(item));
            if (form.sections.empty()) r_.fail(*sections, "\"sections\" is empty");
        }
        return form;
    }

private:
    Section section(const Value& in) {
        Section s;
        if (in.kind != Kind::Object) {
            r_.fail(in, "a section must be an object");
            return s;
        }
        r_.allowOnly(in, {"key", "title", "person", "may_be_customer", "may_be_organisation", "customer_when",
                          "when", "fields"});
        s.key = key(in, sectionKeys_, "section");
        s.title = r_.words(in, "title");
        s.person = r_.optionalText(in, "person");
        if (!s.person.empty() && !isKey(s.person)) r_.fail(in, "\"person\" must be a snake_case word");
        s.mayBeCustomer = r_.flag(in, "may_be_customer", false);
        s.mayBeOrganisation = r_.flag(in, "may_be_organisation", false);
        s.customerWhen = conditions(in, "customer_when");
        s.when = conditions(in);
        if (s.mayBeOrganisation) addOrganisation(in, s);
        const Value* fields = r_.required(in, "fields", Kind::List);
        if (fields == nullptr) return s;
        for (const Value& item : fields->items) s.fields.push_back(field(item, true));
        if (s.fields.empty()) r_.fail(*fields, "\"fields\" is empty");
        return s;
    }

    void addOrganisation(const Value& in, Section& s) {
        s.fields = organisationFields(s.key);
        for (const Field& f : s.fields) {
            if (!fieldKeys_.insert(f.key).second)
                r_.fail(in, "the field key \"" + f.key + "\" is taken twice");
            known_[f.key] = valuesOf(f);
        }
    }

    Field field(const Value& in, bool topLevel) {
        Field f;
        if (in.kind != Kind::Object) {
            r_.fail(in, "a field must be an object");
            return f;
        }
        r_.allowOnly(in, {"key", "label", "hint", "type", "required", "unverified", "source", "card",
                          "prefill", "profile", "initial", "when", "choices", "max_length", "columns",
                          "max_rows", "past_only", "place", "implied"});
        std::set<std::string> columnKeys;
        f.key = key(in, topLevel ? fieldKeys_ : columnKeys, "field");
        f.label = r_.words(in, "label");
        f.hint = r_.optionalWords(in, "hint");
        f.type = type(in);
        f.required = r_.flag(in, "required", false);
        f.unverified = r_.flag(in, "unverified", false);
        f.source = r_.optionalText(in, "source");
        if (topLevel && f.source.empty()) r_.fail(in, "\"source\" is missing");
        f.card = oneOf(in, "card", cardData);
        f.prefill = oneOf(in, "prefill", prefills);
        f.profile = r_.optionalText(in, "profile");
        if (!f.profile.empty() && !isKey(f.profile)) r_.fail(in, "\"profile\" must be a snake_case word");
        f.initial = r_.optionalText(in, "initial");
        f.when = conditions(in);
        f.maxLength = r_.whole(in, "max_length", f.type == FieldType::LongText ? 2000 : 200, 1, 10000);
        f.maxRows = r_.whole(in, "max_rows", 20, 1, 200);
        f.pastOnly = r_.flag(in, "past_only", f.type == FieldType::Date && soundsPast(f));
        f.isPlace = r_.flag(in, "place", false);
        if (f.isPlace && f.type != FieldType::Text) r_.fail(in, "\"place\" belongs to the type text");
        choices(in, f);
        columns(in, f, topLevel);
        implied(in, f);
        if (topLevel) known_[f.key] = valuesOf(f);
        return f;
    }

    std::string key(const Value& in, std::set<std::string>& taken, const std::string& what) {
        auto k = r_.text(in, "key");
        if (!k.empty() && !isKey(k)) r_.fail(in, "the key \"" + k + "\" must be snake_case ASCII");
        if (!taken.insert(k).second) r_.fail(in, "the " + what + " key \"" + k + "\" is taken twice");
        return k;
    }

    FieldType type(const Value& in) {
        const auto word = r_.text(in, "type");
        for (const auto& [name, t] : types)
            if (name == word) return t;
        r_.fail(in, "\"" + word + "\" is not a type of field");
        return FieldType::Text;
    }

    template <typename List>
    std::string oneOf(const Value& in, std::string_view key, const List& allowed) {
        auto word = r_.optionalText(in, key);
        if (!contains(allowed, word))
            r_.fail(*in.member(key), "\"" + word + "\" is not a value of \"" + std::string(key) + "\"");
        return word;
    }

    void choices(const Value& in, Field& f) {
        const Value* v = in.member("choices");
        if (v == nullptr) {
            if (f.type == FieldType::Choice) r_.fail(in, "\"choices\" is missing");
            return;
        }
        if (f.type != FieldType::Choice) r_.fail(*v, "\"choices\" belongs to the type choice");
        if (v->kind == Kind::Text) {
            const auto it = lists_.find(v->text);
            if (it == lists_.end())
                r_.fail(*v, "choices.json has no list \"" + v->text + "\"");
            else
                f.choices = it->second;
        } else if (v->kind == Kind::List) {
            f.choices = readChoices(r_, *v);
        } else {
            r_.fail(*v, "\"choices\" must be a list or the name of a shared one");
        }
        const auto values = valuesOf(f);
        if (!f.initial.empty() && !contains(values, f.initial))
            r_.fail(in, "\"initial\" is not one of the choices");
    }

    void columns(const Value& in, Field& f, bool topLevel) {
        const Value* v = r_.optional(in, "columns", Kind::List);
        if (f.type != FieldType::Table) {
            if (v != nullptr) r_.fail(*v, "\"columns\" belongs to the type table");
            return;
        }
        if (!topLevel) return r_.fail(in, "a table within a table");
        if (v == nullptr || v->items.empty()) return r_.fail(in, "a table needs columns");
        std::set<std::string> taken;
        for (const Value& item : v->items) {
            f.columns.push_back(field(item, false));
            const Field& c = f.columns.back();
            if (!taken.insert(c.key).second) r_.fail(item, "the column \"" + c.key + "\" stands here twice");
            if (c.type == FieldType::Table || c.type == FieldType::Address ||
                c.type == FieldType::Signature || !c.when.empty())
                r_.fail(item, "a column is a plain field without conditions");
        }
    }

    void implied(const Value& in, Field& f) {
        const Value* v = r_.optional(in, "implied", Kind::Object);
        if (v == nullptr) return;
        r_.allowOnly(*v, {"value", "when", "customer"});
        f.implied = {r_.text(*v, "value"), conditions(*v), r_.flag(*v, "customer", false)};
        const auto values = valuesOf(f);
        if (!values.empty() && !contains(values, f.implied.value))
            r_.fail(*v, "\"value\" is not one of the choices");
        if (f.implied.when.empty() && !f.implied.ofCustomer)
            r_.fail(*v, "\"implied\" needs \"when\" or \"customer\"");
    }

    std::vector<Condition> conditions(const Value& in, const char* member = "when") {
        std::vector<Condition> out;
        const Value* list = r_.optional(in, member, Kind::List);
        if (list == nullptr) return out;
        for (const Value& item : list->items) {
            r_.allowOnly(item, {"field", "is"});
            Condition c{r_.text(item, "field"), r_.texts(item, "is")};
            if (c.is.empty()) r_.fail(item, "\"is\" is empty");
            const auto it = known_.find(c.field);
            if (it == known_.end()) {
                r_.fail(item, "a condition must refer to an earlier field, not \"" + c.field + "\"");
            } else {
                for (const auto& value : c.is)
                    if (!it->second.empty() && !contains(it->second, value))
                        r_.fail(item, "\"" + c.field + "\" is never \"" + value + "\"");
            }
            out.push_back(std::move(c));
        }
        return out;
    }

    /// The values a condition may name; empty: any.
    static std::vector<std::string> valuesOf(const Field& f) {
        if (f.type == FieldType::YesNo) return {"yes", "no"};
        std::vector<std::string> out;
        for (const Choice& c : f.choices) out.push_back(c.value);
        return out;
    }

    Reader& r_;
    const ChoiceLists& lists_;
    std::set<std::string> sectionKeys_, fieldKeys_;
    std::map<std::string, std::vector<std::string>> known_; // earlier fields and their possible values
};

} // namespace

Result<ChoiceLists> loadChoices(const std::string& path) {
    const auto content = readFile(path);
    if (!content) return kiosk::fail(content.error());
    const auto root = parseJson(*content, path);
    if (!root) return kiosk::fail(root.error());
    Reader r(path);
    ChoiceLists lists;
    if (root->kind != Kind::Object) r.fail(*root, "the file must be an object of lists");
    for (const auto& [name, value] : root->members) {
        if (value.kind == Kind::Text || name.starts_with('_')) continue; // remarks
        if (value.kind != Kind::Object) {
            r.fail(value, "\"" + name + "\" must be an object");
            continue;
        }
        r.allowOnly(value, {"source", "note", "choices"});
        if (const Value* list = r.required(value, "choices", Kind::List)) lists[name] = readChoices(r, *list);
    }
    if (r.problem()) return kiosk::fail(*r.problem());
    return lists;
}

Form readForm(Reader& reader, const Value& in, const ChoiceLists& lists) {
    return FormReader(reader, lists).read(in);
}

std::vector<Field> organisationFields(const std::string& section) {
    const auto make = [&](const char* suffix, FieldType type, Words label, const char* profile) {
        Field f;
        f.key = section + suffix;
        f.label = std::move(label);
        f.type = type;
        f.required = true;
        f.source = "added: an organisation may apply";
        f.profile = profile;
        return f;
    };
    auto kind = make("_kind", FieldType::Choice, {"Người nộp hồ sơ là", "The applicant is"}, "");
    kind.choices = {{"person", {"Cá nhân", "A person"}},
                    {"organisation", {"Cơ quan, tổ chức, doanh nghiệp", "An organisation or business"}}};
    kind.initial = "person";
    std::vector<Field> fields{std::move(kind)};
    fields.push_back(make("_organisation", FieldType::Text,
                          {"Tên cơ quan, tổ chức", "Name of the organisation"}, "organisation_name"));
    fields.push_back(
        make("_tax_code", FieldType::TaxCode, {"Mã số thuế", "Tax code"}, "organisation_tax_code"));
    fields.push_back(
        make("_role", FieldType::Text, {"Chức vụ của người nộp", "Your role there"}, "organisation_role"));
    fields[2].required = false; // state bodies and associations may have none
    for (std::size_t i = 1; i < fields.size(); ++i) fields[i].when = {{section + "_kind", {"organisation"}}};
    return fields;
}

} // namespace kiosk::asset
