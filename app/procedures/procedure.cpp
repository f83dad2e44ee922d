// Procedures out of assets/procedures.
#include "app/procedures/procedure.hpp"

#include "app/procedures/asset/form_loader.hpp"
#include "app/procedures/asset/reader.hpp"

#include <algorithm>
#include <filesystem>

namespace kiosk::procedure {
namespace {

using asset::Reader;
using asset::Value;
using Kind = Value::Kind;

Fee readFee(Reader& r, const Value& in) {
    Fee fee;
    const Value* v = r.required(in, "fee", Kind::Object);
    if (v == nullptr) return fee;
    r.allowOnly(*v, {"kind", "text"});
    const auto kind = r.text(*v, "kind");
    fee.text = r.optionalWords(*v, "text");
    if (kind == "free")
        fee.kind = FeeKind::Free;
    else if (kind == "amount")
        fee.kind = FeeKind::Amount;
    else if (kind != "ask")
        r.fail(*v, "\"kind\" of a fee is free, amount or ask");
    if (fee.kind == FeeKind::Amount && fee.text.vi.empty())
        r.fail(*v, "an amount needs its figures in \"text\"");
    return fee;
}

std::vector<Paper> readPapers(Reader& r, const Value& in) {
    std::vector<Paper> out;
    const Value* list = r.optional(in, "papers", Kind::List);
    if (list == nullptr) return out;
    for (const Value& item : list->items) {
        r.allowOnly(item, {"name", "brief", "originals", "copies", "is_note", "submit"});
        Paper p;
        p.name = r.text(item, "name");
        p.brief = r.optionalWords(item, "brief");
        p.originals = r.whole(item, "originals", 0, 0, 99);
        p.copies = r.whole(item, "copies", 0, 0, 99);
        p.isNote = r.flag(item, "is_note", false);
        p.mustSubmit = r.flag(item, "submit", true);
        if (!p.isNote && p.brief.vi.empty()) r.fail(item, "a paper needs \"brief\" words");
        out.push_back(std::move(p));
    }
    return out;
}

/// {"label of the source": "reason"} or [{"source": …, "reason": …}].
void readLeftOut(Reader& r, const Value* v, std::map<std::string, std::string>& out) {
    if (v == nullptr) return;
    for (const auto& [label, reason] : v->members) {
        if (reason.kind != Kind::Text || reason.text.empty()) r.fail(reason, "\"left_out\" needs a reason");
        out[label] = reason.text;
    }
    for (const Value& item : v->items) {
        r.allowOnly(item, {"source", "reason"});
        out[r.text(item, "source")] = r.text(item, "reason");
    }
    if (v->kind != Kind::Object && v->kind != Kind::List) r.fail(*v, "\"left_out\" must be a list");
}

void readOrigin(Reader& r, const Value& in, Procedure& p) {
    if (const Value* sector = r.required(in, "sector", Kind::Object)) {
        r.allowOnly(*sector, {"code", "name"});
        p.sectorCode = r.optionalText(*sector, "code");
        p.sector = r.text(*sector, "name");
    }
    if (const Value* source = r.required(in, "source", Kind::Object)) {
        r.allowOnly(*source, {"url", "crawled", "note"});
        p.sourceUrl = r.text(*source, "url");
        p.crawled = r.optionalText(*source, "crawled");
    }
    p.agency = r.optionalText(in, "agency");
    p.promulgatedBy = r.optionalText(in, "promulgated_by");
    p.decision = r.optionalText(in, "decision");
}

Procedure read(Reader& r, const Value& in, const asset::ChoiceLists& lists) {
    Procedure p;
    if (in.kind != Kind::Object) {
        r.fail(in, "the file must be an object");
        return p;
    }
    r.allowOnly(in, {"code", "version", "name", "short_name", "sector", "agency", "promulgated_by",
                     "decision", "ward_level", "time", "fee", "papers", "legal_basis", "results", "source",
                     "form", "left_out", "note"});
    p.code = r.text(in, "code");
    p.version = r.text(in, "version");
    p.name = r.words(in, "name");
    p.shortName = r.words(in, "short_name");
    p.time = r.words(in, "time");
    p.fee = readFee(r, in);
    p.papers = readPapers(r, in);
    p.legalBasis = r.texts(in, "legal_basis");
    p.results = r.texts(in, "results");
    p.wardLevel = r.flag(in, "ward_level", true);
    readOrigin(r, in, p);
    readLeftOut(r, in.member("left_out"), p.leftOut);
    if (const Value* form = r.optional(in, "form", Kind::Object)) {
        p.form = asset::readForm(r, *form, lists);
        readLeftOut(r, form->member("left_out"), p.leftOut);
    } else {
        p.form = generalForm();
    }
    return p;
}

Result<Procedure> loadWith(const std::string& path, const asset::ChoiceLists& lists) {
    const auto content = asset::readFile(path);
    if (!content) return fail(content.error());
    return parse(*content, path, lists);
}

} // namespace

Result<Procedure> parse(std::string_view json, const std::string& name, const asset::ChoiceLists& lists) {
    const auto root = asset::parseJson(json, name);
    if (!root) return fail(root.error());
    Reader reader(name);
    auto p = read(reader, *root, lists);
    if (reader.problem()) return fail(*reader.problem());
    return p;
}

Result<Procedure> load(const std::string& path, const std::string& choicesPath) {
    const auto lists = asset::loadChoices(choicesPath);
    if (!lists) return fail(lists.error());
    return loadWith(path, *lists);
}

Loaded loadAll(const std::string& assetsFolder) {
    namespace fs = std::filesystem;
    Loaded out;
    const auto lists = asset::loadChoices(assetsFolder + "/choices.json");
    if (!lists) out.errors.push_back(lists.error());
    std::error_code problem;
    std::vector<std::string> paths;
    for (fs::directory_iterator it(assetsFolder + "/procedures", problem), end; !problem && it != end;
         it.increment(problem))
        if (it->path().extension() == ".json") paths.push_back(it->path().string());
    if (problem)
        out.errors.push_back({Code::AssetMissing, assetsFolder + "/procedures: " + problem.message()});
    std::sort(paths.begin(), paths.end());
    for (const auto& path : paths) {
        const auto stem = fs::path(path).stem().string();
        if (stem.find('.') == std::string::npos)
            continue; // a code has a point; anything else is not a procedure
        auto p = loadWith(path, lists ? *lists : asset::ChoiceLists{});
        if (p && p->code != stem) p = fail(asset::invalid(path, 1, "\"code\" differs from the file's name"));
        if (p)
            out.byCode.emplace(p->code, std::move(*p));
        else
            out.errors.push_back(p.error());
    }
    return out;
}

} // namespace kiosk::procedure
