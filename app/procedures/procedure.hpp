// One entry of the national catalogue, with its form where we have one.
#pragma once

#include "app/procedures/form.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk {

namespace asset {
using ChoiceLists = std::map<std::string, std::vector<Choice>>;
}

/// What may be said about the fee: Free only where the source says so outright; everything unclear is
/// AskAtCounter.
enum class FeeKind { Free, Amount, AskAtCounter };

struct Fee {
    FeeKind kind = FeeKind::AskAtCounter;
    Words text; // for Amount: the figures in words; for AskAtCounter: why, may be empty
};

/// A paper to bring; `isNote` marks explanations that are not papers.
struct Paper {
    std::string name; // the source's official wording, Vietnamese
    Words brief;      // plain words for the screen; empty for notes
    int originals = 0, copies = 0;
    bool isNote = false;
    bool mustSubmit = true; // false: only to be shown
};

struct Procedure {
    std::string code;                    // "1.001193"
    Words name;                          // vi: the official name; en: plain English
    Words shortName;                     // for tiles
    std::string sector;                  // Hộ tịch
    std::string sectorCode;              // G15-TP07
    std::string agency;                  // who carries it out
    std::string promulgatedBy, decision; // of the procedure itself: Bộ Tư pháp, 163/QĐ-BTP
    Words time;                          // "3 ngày làm việc"
    Fee fee;
    std::vector<Paper> papers;
    std::vector<std::string> legalBasis;
    std::vector<std::string> results;
    bool wardLevel = true; // done at a ward office
    std::string sourceUrl;
    std::string crawled; // yyyy-mm-dd: when the source was read
    std::map<std::string, std::string>
        leftOut; // labels of the source's fields we do not ask, with the reason
    Form form;
    std::string version; // of this asset; travels in the dossier
};

namespace procedure {

/// Reads assets/procedures/<code>.json (schema: assets/procedures/README.md). AssetInvalid with file:line:
/// what is wrong.
Result<Procedure> load(const std::string& path, const std::string& choicesPath);

/// The same from text already read; `name` stands in the messages. Shared lists: asset::loadChoices
/// (form_loader.hpp).
Result<Procedure> parse(std::string_view json, const std::string& name, const asset::ChoiceLists& lists);

/// All of a folder; those with a mistake are left out and their errors returned beside the others.
struct Loaded {
    std::map<std::string, Procedure> byCode;
    std::vector<Error> errors;
};
Loaded loadAll(const std::string& assetsFolder);

/// The short general declaration (applicant, contact, content, papers brought) for a procedure without fields
/// of its own.
Form generalForm();

} // namespace procedure
} // namespace kiosk
