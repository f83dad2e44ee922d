#include "tests/bench/reading/runs.hpp"

#include "drivers/camera.hpp"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <future>
#include <iostream>
#include <opencv2/core.hpp>

namespace kiosk::bench {
namespace {

Bytes bytesOf(const std::string& text) { return {text.begin(), text.end()}; }

Picture pictureOf(specimen::Sample sample, std::string name) {
    Picture out;
    out.name = std::move(name);
    out.width = sample.frame.width;
    out.height = sample.frame.height;
    out.grey = std::move(sample.frame.grey);
    if (!sample.payload.empty()) out.truths.push_back(bytesOf(sample.payload));
    if (!sample.otherPayload.empty()) out.alsoRight.push_back(bytesOf(sample.otherPayload));
    return out;
}

template <typename Make>
void fill(Tally& tally, const Wishes& wishes, const std::string& group, Make make) {
    tally.begin(group);
    for (int i = 0; i < wishes.count; ++i) {
        const auto seed = wishes.firstSeed + static_cast<std::uint64_t>(i);
        tally.add(pictureOf(make(seed), fmt::format("{}, seed {}", group, seed)));
    }
}

/// Of the long run: a bit of everything, the hard levels most, because there misreading tempts.
specimen::Sample anySample(std::uint64_t number, specimen::Size size) {
    const auto seed = 1000000 + number;
    switch (number % 10) {
    case 0:
        return specimen::negativeSample(seed, size);
    case 1:
    case 2:
        return specimen::baitSample(seed, size);
    case 3:
        return specimen::sample(2, seed, size);
    case 4:
    case 5:
        return specimen::sample(3, seed, size);
    case 6:
    case 7:
        return specimen::sample(4, seed, size);
    case 8:
        return specimen::secondSample(3, seed, size);
    default:
        return specimen::secondSample(4, seed, size);
    }
}

bool isHex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

bool fromHex(const std::string& hex, Bytes& out) {
    if (hex.size() % 2 != 0 || !std::ranges::all_of(hex, isHex)) return false;
    for (std::size_t i = 0; i < hex.size(); i += 2)
        out.push_back(static_cast<std::uint8_t>(std::stoi(hex.substr(i, 2), nullptr, 16)));
    return true;
}

struct Truth {
    std::string file;
    Bytes bytes;
};

bool loadTruths(const std::string& path, std::vector<Truth>& out) {
    std::ifstream file(path);
    if (!file) return std::cerr << "cannot read " << path << '\n', false;
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
        const auto tab = line.find('\t');
        Truth truth;
        if (line.empty()) continue;
        if (tab == std::string::npos || !fromHex(line.substr(tab + 1), truth.bytes))
            return std::cerr << path << ':' << number << ": not a name, a tab and hex digits\n", false;
        truth.file = line.substr(0, tab);
        out.push_back(std::move(truth));
    }
    return true;
}

} // namespace

void measureLevels(const Wishes& wishes, bool second) {
    Tally tally(contestants(wishes.budgets));
    for (int level = 1; level <= 4; ++level)
        fill(tally, wishes, fmt::format("level {}", level), [&](std::uint64_t seed) {
            return second ? specimen::secondSample(level, seed, wishes.size)
                          : specimen::sample(level, seed, wishes.size);
        });
    tally.print(std::cout, second ? "Second model" : "Levels");
}

void measureSeries(const Wishes& wishes, const std::string& only) {
    for (const auto& series : specimen::series()) {
        if (!only.empty() && only != series.name) continue;
        Tally tally(contestants(wishes.budgets));
        for (const double strength : series.strengths)
            fill(tally, wishes, fmt::format("{} {}", series.name, strength),
                 [&](std::uint64_t seed) { return specimen::sample(series, strength, seed, wishes.size); });
        tally.printRows(std::cout, fmt::format("{}, {}", series.name, series.unit));
    }
}

void measureNegatives(const Wishes& wishes) {
    auto all = contestants(wishes.budgets);
    all.push_back(ours("kiosk, 33 ms, as frames of a stream", wishes.budgets.live, Pictures::OfAStream));
    Tally tally(std::move(all));
    fill(tally, wishes, "no code",
         [&](std::uint64_t seed) { return specimen::negativeSample(seed, wishes.size); });
    tally.print(std::cout, "Frames without a code (anything read is a misread)");
}

void measureBait(const Wishes& wishes) {
    Tally tally(contestants(wishes.budgets));
    fill(tally, wishes, "bait", [&](std::uint64_t seed) { return specimen::baitSample(seed, wishes.size); });
    tally.print(std::cout, "Bait (codes of two cards, or damaged beyond correction)");
}

void measureCalibration(const Wishes& wishes) {
    for (const bool second : {false, true}) {
        Tally tally({calibration()});
        for (int level = 1; level <= 4; ++level)
            fill(tally, wishes, fmt::format("level {}", level), [&](std::uint64_t seed) {
                return second ? specimen::secondSample(level, seed, wishes.size)
                              : specimen::sample(level, seed, wishes.size);
            });
        tally.print(std::cout, second ? "Calibration of the second model" : "Calibration");
    }
}

bool measureFolder(const Wishes& wishes, const std::string& folder, const std::string& truthsPath) {
    std::vector<Truth> truths;
    if (!loadTruths(truthsPath, truths)) return false;
    Tally tally(contestants(wishes.budgets));
    tally.begin(std::filesystem::path(folder).filename().string());
    for (auto& truth : truths) {
        auto frame = loadPicture((std::filesystem::path(folder) / truth.file).string());
        if (!frame) {
            std::cerr << truth.file << ": " << frame.error().detail << '\n';
            continue;
        }
        Picture picture;
        picture.name = truth.file;
        picture.width = frame->width;
        picture.height = frame->height;
        picture.grey = std::move(frame->grey);
        picture.truths.push_back(std::move(truth.bytes));
        picture.all = picture.photograph = true;
        tally.add(picture);
    }
    tally.print(std::cout, "Pictures of a folder (+: the right text in another character set)");
    return true;
}

bool huntMisreads(const Wishes& wishes, std::uint64_t pictures) {
    std::atomic<std::uint64_t> next{wishes.firstSeed};
    const auto end = wishes.firstSeed + pictures;
    const auto work = [&] {
        cv::setNumThreads(1);
        Tally tally({ours("kiosk", wishes.budgets.patient)});
        tally.begin("all");
        for (auto number = next++; number < end; number = next++) {
            tally.add(pictureOf(anySample(number, wishes.size), fmt::format("picture {}", number)));
            if (number % 1000 == 999) std::cerr << fmt::format("{} pictures\n", number + 1);
        }
        return tally.groups().front().counts.front();
    };
    std::vector<std::future<Counts>> jobs;
    for (int i = 0; i < wishes.jobs; ++i) jobs.push_back(std::async(std::launch::async, work));
    Counts all;
    for (auto& job : jobs) {
        const auto part = job.get();
        all.pictures += part.pictures;
        all.read += part.read;
        all.misread += part.misread;
        all.milliseconds.insert(all.milliseconds.end(), part.milliseconds.begin(), part.milliseconds.end());
        all.misreads.insert(all.misreads.end(), part.misreads.begin(), part.misreads.end());
    }
    for (const auto& name : all.misreads) std::cout << "misread: " << name << "\n";
    std::cout << fmt::format("{} pictures, {} read, {} misread, {:.1f} ms median, {:.1f} ms p95\n",
                             all.pictures, all.read, all.misread, all.quantile(0.5), all.quantile(0.95));
    return all.misread == 0;
}

} // namespace kiosk::bench
