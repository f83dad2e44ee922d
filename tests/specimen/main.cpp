// Writes the pictures of a specimen card being brought to the camera, or frames of a corpus, and what a
// reader must find in them.
#include "app/base/json/json.hpp"
#include "app/identity/id_card.hpp"
#include "tests/specimen/corpus.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>

namespace {

using namespace kiosk;

struct Options {
    std::string out, layout = "2024", size = "1280x720", corpus;
    std::uint64_t seed = 1;
    int frames = 40, width = 0, height = 0;
    bool child = false;
};

nlohmann::ordered_json truthOf(const specimen::Specimen& s) {
    const auto& p = s.truth;
    return {
        {"payload", s.payload},
        {"personal_number", p.personalNumber},
        {"old_number", p.oldNumber},
        {"name", p.name},
        {"birth_date", p.birthDate.iso()},
        {"sex", p.sex == Sex::Male ? "male" : "female"},
        {"address", p.address},
        {"issued_on", p.issuedOn->iso()},
        {"expires_on", p.expiresOn ? nlohmann::ordered_json(p.expiresOn->iso()) : nlohmann::ordered_json()},
        {"father_name", p.fatherName},
        {"mother_name", p.motherName}};
}

/// Frame `number` of the corpus of that name; nothing when there is none.
std::optional<specimen::Sample> corpusSample(const std::string& corpus, std::uint64_t number,
                                             specimen::Size size) {
    using Kind = specimen::Video::Kind;
    const auto level = [&](const char* name) {
        for (int i = 1; i <= 4; ++i)
            if (corpus == name + std::to_string(i)) return i;
        return 0;
    };
    if (const int i = level("level")) return specimen::sample(i, number, size);
    if (const int i = level("second")) return specimen::secondSample(i, number, size);
    if (corpus == "negatives") return specimen::negativeSample(number, size);
    if (corpus == "bait") return specimen::baitSample(number, size);
    if (corpus == "cues") return specimen::cueSample(static_cast<specimen::Cue>(number % 9), number, size);
    for (const auto& [name, kind] :
         {std::pair{"video3", Kind::Level3}, {"video4", Kind::Level4}, {"video-hard", Kind::HardMix}})
        if (corpus == name)
            return specimen::Video(kind, number / 90, size).frame(static_cast<int>(number % 90));
    for (const auto& series : specimen::series())
        if (corpus == series.name)
            return specimen::sample(series, series.strengths[number % series.strengths.size()], number, size);
    return std::nullopt;
}

nlohmann::ordered_json labelsOf(const specimen::Sample& s) {
    static constexpr const char* cues[] = {"none", "too far", "too close", "moving",    "glare",
                                           "dark", "bright",  "cut off",   "wrong side"};
    nlohmann::ordered_json corners = nlohmann::ordered_json::array();
    for (const auto& c : s.place.corners) corners.push_back({c.x, c.y});
    const auto& p = s.params;
    return {{"payload", s.payload},
            {"other_payload", s.otherPayload},
            {"corners_px", corners},
            {"module_px", s.place.modulePx},
            {"cut_off", s.place.cut},
            {"cue", cues[static_cast<std::size_t>(s.cue)]},
            {"turn", p.turn},
            {"tilt", {p.tiltX, p.tiltY}},
            {"bend_mm", p.bend},
            {"distortion", p.distortion},
            {"blur_px", p.blur},
            {"defocus_px", p.defocus},
            {"motion_px", p.motion},
            {"glare", p.glare + p.glareBand},
            {"scratches", p.scratches},
            {"worn", p.worn},
            {"fade", p.fade},
            {"fingers", p.fingers},
            {"light", p.light},
            {"gain", p.gain},
            {"noise", p.noise},
            {"shot", p.shot},
            {"sharpen", p.sharpen},
            {"gamma", p.gamma},
            {"jpeg", p.jpeg}};
}

std::string hexOf(const std::string& bytes) {
    std::string out;
    for (const char c : bytes) {
        char pair[3];
        std::snprintf(pair, sizeof pair, "%02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
        out += pair;
    }
    return out;
}

/// level1-000000.png …, truths.tsv as reading_bench takes it, labels.jsonl with all that is true of each
/// frame.
int writeCorpus(const Options& o) {
    const std::filesystem::path folder(o.out);
    std::filesystem::create_directories(folder);
    std::ofstream truths(folder / "truths.tsv"), labels(folder / "labels.jsonl");
    for (int i = 0; i < o.frames; ++i) {
        const auto number = o.seed + static_cast<std::uint64_t>(i);
        const auto sample = corpusSample(o.corpus, number, {o.width, o.height});
        if (!sample) {
            std::cerr << "no corpus is called " << o.corpus << '\n';
            return 1;
        }
        char digits[24];
        std::snprintf(digits, sizeof digits, "-%06llu.png", static_cast<unsigned long long>(number));
        const auto name = o.corpus + digits;
        if (!specimen::savePng((folder / name).string(), sample->frame)) {
            std::cerr << "cannot write " << name << '\n';
            return 1;
        }
        if (!sample->payload.empty()) truths << name << '\t' << hexOf(sample->payload) << '\n';
        auto line = labelsOf(*sample);
        line["file"] = name;
        labels << line.dump() << '\n';
    }
    truths.close();
    labels.close();
    return truths && labels ? 0 : 1;
}

int writeAll(const Options& o) {
    const auto layout = o.layout == "2021" ? specimen::Layout::Card2021
                        : o.child          ? specimen::Layout::Child2024
                                           : specimen::Layout::Card2024;
    const auto s = specimen::specimen(o.seed, layout);
    const auto card = specimen::drawCard(s);
    std::filesystem::create_directories(o.out);
    for (int i = 0; i < o.frames; ++i) {
        char name[16];
        std::snprintf(name, sizeof name, "%04d.png", i + 1);
        const auto path = (std::filesystem::path(o.out) / name).string();
        if (!specimen::savePng(
                path, render(card, specimen::sequenceParams(i, o.frames, o.seed, o.width, o.height)))) {
            std::cerr << "cannot write " << path << '\n';
            return 1;
        }
    }
    std::ofstream truth(std::filesystem::path(o.out) / "truth.json");
    truth << truthOf(s).dump(2) << '\n';
    truth.close();
    return truth ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    Options o;
    CLI::App app("Pictures of a synthetic ID card (MẪU / SPECIMEN) held to a camera");
    app.add_option("--out", o.out, "folder to write 0001.png … and truth.json to")->required();
    app.add_option("--seed", o.seed, "which person and which noise");
    app.add_option("--frames", o.frames, "number of pictures")->check(CLI::Range(1, 9999));
    app.add_option("--layout", o.layout, "of 2021 or 2024")->check(CLI::IsMember({"2021", "2024"}));
    app.add_flag("--child", o.child, "a child's card of 2024, with the parents' names");
    app.add_option(
        "--corpus", o.corpus,
        "instead: frames of level1 … level4, second1 … second4, negatives, bait, cues, video3, video4, "
        "video-hard, or a series as \"blur\"; the seed is the first one's number");
    app.add_option("--size", o.size, "of the pictures, e.g. 1920x1080");
    CLI11_PARSE(app, argc, argv);
    char rest = 0;
    if (std::sscanf(o.size.c_str(), "%dx%d%c", &o.width, &o.height, &rest) != 2 || o.width < 320 ||
        o.height < 240 || o.width > 4096 || o.height > 4096) {
        std::cerr << "--size: from 320x240 to 4096x4096\n";
        return 1;
    }
    try {
        return o.corpus.empty() ? writeAll(o) : writeCorpus(o);
    } catch (const std::exception& e) {
        std::cerr << e.what() << '\n';
        return 1;
    }
}
