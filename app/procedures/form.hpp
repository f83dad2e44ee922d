// A procedure's form: its questions, what fills them before the person does, and what is wrong with an
// answer.
#pragma once

#include "app/base/result.hpp"
#include "app/base/time.hpp"
#include "app/identity/identity.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk {

class Units;

/// The two languages of the interface.
enum class Language { Vi, En };

/// Words in both languages; both are always there (checked when loaded).
struct Words {
    std::string vi, en;
    const std::string& in(Language l) const { return l == Language::Vi ? vi : en; }
};

enum class FieldType {
    Text,
    LongText,
    Name,
    Date,
    Number,
    Money,
    Phone,
    Email,
    Choice,
    YesNo,
    PersonalNumber, // 12 digits
    TaxCode,  // 10 digits, or 10-3, with check digit; or a person's 12 digits (Thông tư 86/2024/TT-BTC)
    Address,  // street line + ward + province of today's two levels
    Table,    // rows of columns
    Signature // on paper at the counter: never asked on the screen, printed as a line
};

/// Shown and validated only when another answer is one of `is` (an OR; several conditions are an AND).
struct Condition {
    std::string field;
    std::vector<std::string> is; // choice values; "yes"/"no" for YesNo
};

struct Choice {
    std::string value;
    Words label;
};

/// An answer that follows from others: where all of `when` hold and, if asked for, the section is about the
/// customer.
struct Implied {
    std::string value; // empty: nothing follows
    std::vector<Condition> when;
    bool ofCustomer = false;
};

struct Field {
    std::string key;   // unique in the form
    Words label, hint; // hint may be empty
    FieldType type = FieldType::Text;
    bool required = false;
    bool unverified = false; // added or typed beyond the source
    std::string
        source; // label of the source's field it stands for (as in the source), or where we took it from
    std::string
        card; // datum of the section's person that fills it: name, birth_date, birth_year, sex,
              // personal_number, residence, issued_on, issued_by, id_document, father_name, mother_name
    std::string prefill; // office.name, office.ward, office.province, today
    std::string profile; // key under which a returning person's answer is kept; empty: never kept
    std::string
        initial; // a first value the person sees and can change (e.g. nationality "VN"); origin Suggested
    bool isPlace = false; // Text: names of wards and provinces are suggested while it is typed
    Implied implied;
    std::vector<Condition> when;
    std::vector<Choice> choices; // Choice: own list or a shared one, resolved when loaded
    int maxLength = 200;         // code points
    bool pastOnly = false;       // Date: a day that has been (birth, issue of a paper, death)
    std::vector<Field> columns;  // Table
    int maxRows = 20;            // Table
};

/// About whom a section asks.
struct Section {
    std::string key;
    Words title;
    /// "customer": the person whose card was read; another word ("child", "mother", "groom"): somebody else,
    /// whose card may be shown too; empty: nobody in particular.
    std::string person;
    bool mayBeCustomer = false; // offer "this is me" for another person
    bool mayBeOrganisation = false;
    std::vector<Condition> when;
    std::vector<Field> fields;
    std::vector<Condition> customerWhen; // this person is the customer where all hold; empty: nothing says so
};

struct Form {
    Words name;           // of the paper form ("Tờ khai đăng ký khai sinh")
    std::string legal;    // legal basis as in the source
    std::string verified; // how well it is sourced
    std::string source;
    bool general = false; // a short general declaration, where the source has no fields
    Words declaration;    // the promise above the signature
    std::vector<Section> sections;
};

/// Where an answer came from; travels with it and is shown beside it.
enum class Origin { Customer, Card, SecondCard, Profile, Office, Suggested, Implied };

struct Answer {
    std::string value; // canonical: date yyyy-mm-dd, choice value, "yes"/"no", Address and Table as JSON text
    Origin origin = Origin::Customer;
    std::string note; // Profile: the date it was given (yyyy-mm-dd); Office: which office record
    bool operator==(const Answer&) const = default;
};

/// Answers by field key, ordered.
using Answers = std::map<std::string, Answer>;

/// Everything that can fill a form before the person does.
struct Prefill {
    const Identity* customer = nullptr;
    std::map<std::string, const Identity*> people; // section person -> the card shown for it
    Answers profile;                               // by Field::profile key; note = date
    Answers records;                               // office's existing records by Field::profile key
    std::string officeName, officeWard, officeProvince;
    Date today;
    const Units* units =
        nullptr; // today's units: turns the card's address into an Address; absent: the person chooses
};

/// What is wrong with one answer; words under "problem.<name>".
enum class Problem {
    Required,
    TooLong,
    NotADate,
    DateInFuture,
    DateTooOld,
    NotANumber,
    OutOfRange,
    PhoneDigits,
    EmailShape,
    PersonalNumberDigits,
    TaxCodeDigits,
    TaxCodeCheck,
    NotAChoice,
    NameCharacters,
    AddressIncomplete,
    TooManyRows,
    RowIncomplete
};

struct FieldProblem {
    std::string field;
    Problem problem;
};

namespace form {

/// Visible given the answers so far (the answers of fields that are hidden themselves must not be among them:
/// see withoutHidden).
bool isVisible(const std::vector<Condition>& when, const Answers& answers);

/// The note of an answer that was typed in place of a card (Identity with Assurance::Typed): origin Customer,
/// yet not asked again.
inline constexpr std::string_view typedNote = "identity";

/// Fills what is known without overwriting what the customer gave: card, then profile, then office's records,
/// then prefill and initial. May be called again whenever more is known; an answer from a card that is no
/// longer given is taken back. Profile and records fill only what is asked about the customer. A typed
/// identity fills as Customer with typedNote. The card's address fills an Address field as Card only if it
/// names units in force; an old one is Suggested (note: the address as on the card) and asked.
void prefill(const Form& form, const Prefill& with, Answers& answers);

/// First problem of one field, if any. `today` bounds dates.
std::optional<Problem> check(const Field& field, const std::string& value, Date today);

/// Problems of all visible fields, in form order.
std::vector<FieldProblem> problems(const Form& form, const Answers& answers, Date today);

/// One screen of questions: the keys of at most `perPage` fields that still need the person (an Address
/// stands alone, a Table is a page's last), of one section or of several short ones after each other, one of
/// them at most about somebody else. Fields already answered from card, profile or office are not asked
/// again; Review shows them all.
struct Page {
    std::size_t section = 0; // of its first field
    std::vector<std::string> fields;
};
std::vector<Page> pages(const Form& form, const Answers& answers, std::size_t perPage);

/// Drops answers of fields that are not visible (they must not travel).
Answers withoutHidden(const Form& form, const Answers& answers);

/// Human form of a canonical value ("1999-02-01" -> "01/02/1999", choice -> its label, address -> one line).
std::string display(const Field& field, const std::string& value, Language language);

const Field* find(const Form& form, std::string_view key);
/// The section that has this field; nullptr: none.
const Section* sectionOf(const Form& form, std::string_view key);

/// Rows of a Table's canonical value (JSON: a list of objects of texts by column key); nullopt: not that.
using Row = std::map<std::string, std::string>;
std::optional<std::vector<Row>> rowsFromJson(std::string_view json);
std::string toJson(const std::vector<Row>& rows);

/// Canonical address value: JSON {"line","ward","ward_name","province","province_name"}.
struct Address {
    std::string line, wardCode, wardName, provinceCode, provinceName;
    std::string toJson() const;
    /// nullopt: not such an object.
    static std::optional<Address> fromJson(std::string_view json);
    std::string oneLine() const;
};

} // namespace form
} // namespace kiosk
