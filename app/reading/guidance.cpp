#include "app/reading/guidance.hpp"

#include "app/reading/measures.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace kiosk::reading {
namespace {

using namespace std::chrono_literals;

constexpr int smallestSide = 64;   // px of a frame worth looking at
constexpr float usualModules = 49; // a side of a card's code: versions 6 to 12 have 41 to 65

constexpr float nearShare = 0.6F;      // of the frame's height: no card held well has as large a code
constexpr float nearSharpness = 0.15F; // share of the greys' range: steps spread over seven px and more
constexpr float knownContrast = 4;     // grey levels: of what the decoders saw, at least

constexpr auto window = 3000ms, staysFor = 1500ms;
constexpr auto firstAfter = 600ms; // of agreeing frames: a card being brought in is not commented on
constexpr double agreeing = 0.4;   // share of the window's frames

/// The corners, no farther away than is needed to know that they are outside.
std::array<cv::Point2f, 4> cornersOf(const Sighting& sighting, cv::Size frame) {
    const auto far = 2 * static_cast<float>(std::max(frame.width, frame.height));
    const auto kept = [far](float v) { return std::isfinite(v) ? std::clamp(v, -far, far) : far; };
    std::array<cv::Point2f, 4> out;
    for (std::size_t i = 0; i < 4; ++i) out[i] = {kept(sighting.corners[i].x), kept(sighting.corners[i].y)};
    return out;
}

/// Saturated cells in `part` that lie in spots of at least five modules: a code has no white as large.
int spots(const Grid& grid, cv::Rect part, float modulePx) {
    constexpr int share = 200; // of 255
    const int least = std::max(3, static_cast<int>(std::ceil(5 * modulePx / static_cast<float>(grid.cell))));
    cv::Mat found;
    cv::compare(grid.clipped(part), share, found, cv::CMP_GE);
    cv::morphologyEx(found, found, cv::MORPH_OPEN, cv::Mat::ones(least, least, CV_8U));
    return cv::countNonZero(found);
}

} // namespace

struct Guidance::Inside {
    Grid grid;
    cv::Mat before; // the grid's grey of the frame before

    void see(Measures& m, const cv::Mat& frame, const Patch& patch) const;
    void see(Measures& m, const cv::Mat& frame, const Sighting& sighting, Patch& patch) const;
    void seeNear(Measures& m, const cv::Mat& frame, Patch& patch) const;
    void surroundings(Measures& m, const cv::Mat& frame, const Patch& patch);
};

/// What the densest patch of texture shows.
void Guidance::Inside::see(Measures& m, const cv::Mat& frame, const Patch& patch) const {
    const auto side = patch.side * static_cast<float>(grid.cell);
    m.codeLike = patch.isCodeLike();
    m.modulePx = side / usualModules;
    m.sideShare = side / static_cast<float>(frame.rows);
    m.aspect = patch.aspect;
    m.filled = patch.filled;
    m.contrast = patch.density;
    m.cut = patch.box.x <= 1 || patch.box.y <= 1 || patch.box.br().x >= grid.mean.cols - 1 ||
            patch.box.br().y >= grid.mean.rows - 1;
    const Detail detail(frame, grid.px(patch.box));
    const auto range = static_cast<float>(std::max(1, detail.grey(0.95) - detail.grey(0.05)));
    m.spread = static_cast<float>(detail.grey(0.72) - detail.grey(0.28)) / range;
    m.sharpness = static_cast<float>(detail.step(0.98)) / range;
    m.direction = detail.direction();
}

/// A code so near that it is a blur: its fine texture falls apart or is that of something else. Only where
/// nothing is in focus.
void Guidance::Inside::seeNear(Measures& m, const cv::Mat& frame, Patch& patch) const {
    if (!patch.box.empty() && m.sharpness > nearSharpness) return;
    const auto wide = nearPatch(grid);
    const float side = wide.side * static_cast<float>(grid.cell) / static_cast<float>(frame.rows);
    if (!wide.isCodeLike() || wide.aspect > 1.35F || side < nearShare || side > 1) return;
    Measures seen;
    see(seen, frame, wide);
    if (seen.sharpness > nearSharpness) return;
    m = seen;
    patch = wide;
}

/// What the decoders know is better than what the texture lets guess.
void Guidance::Inside::see(Measures& m, const cv::Mat& frame, const Sighting& sighting, Patch& patch) const {
    const auto corners = cornersOf(sighting, frame.size());
    const auto box = cv::boundingRect(std::vector(corners.begin(), corners.end()));
    const auto inside = box & cv::Rect({}, frame.size());
    const int cell = grid.cell;
    patch.box = cv::Rect(inside.x / cell, inside.y / cell, std::max(1, inside.width / cell),
                         std::max(1, inside.height / cell)) &
                grid.bounds();
    float around = 0;
    for (std::size_t i = 0; i < 4; ++i)
        around += static_cast<float>(cv::norm(corners[i] - corners[(i + 1) % 4]));
    patch.side = around / 4 / static_cast<float>(cell);
    patch.aspect = patch.filled = 1;
    patch.density = std::max(patch.density, knownContrast);
    if (patch.box.empty()) return;
    see(m, frame, patch);
    m.codeLike = true;
    m.decoded = sighting.decoded;
    m.cut = inside != box;
    if (sighting.modulePx > 0) m.modulePx = sighting.modulePx;
}

/// Light and motion where the code is, else in the middle of the frame.
void Guidance::Inside::surroundings(Measures& m, const cv::Mat& frame, const Patch& patch) {
    const auto all = grid.bounds();
    cv::Rect part(all.width / 4, all.height / 4, all.width / 2, all.height / 2);
    if (!patch.box.empty()) {
        // also when a lamp leaves only a strip of the code
        const int wide = std::max(patch.box.width, patch.box.height);
        const auto centre = (patch.box.tl() + patch.box.br()) / 2;
        part = cv::Rect(centre.x - wide, centre.y - wide, 2 * wide, 2 * wide) & all;
        // Paper beside a whole code may be saturated without harm.
        const auto& b = patch.box;
        const cv::Rect core(b.x + b.width / 5, b.y + b.height / 5, b.width - 2 * (b.width / 5),
                            b.height - 2 * (b.height / 5));
        m.glare = static_cast<float>(spots(grid, m.codeLike ? core : part, m.modulePx)) /
                  static_cast<float>(wide * wide);
    }
    m.white = static_cast<float>(Detail(frame, grid.px(part)).grey(0.97));
    m.clipped = static_cast<float>(cv::mean(grid.clipped(part))[0] / 255);
    m.motion = shift(before, grid.mean, part) / static_cast<float>(all.width);
    if (!m.codeLike) m.cardShare = cardWidth(grid) / static_cast<float>(all.width);
}

Guidance::Guidance() : inside_(std::make_unique<Inside>()) {}
Guidance::~Guidance() = default;
Guidance::Guidance(Guidance&&) noexcept = default;
Guidance& Guidance::operator=(Guidance&&) noexcept = default;

Measures Guidance::measure(const GreyView& view, const std::optional<Sighting>& sighting) {
    Measures m;
    if (view.pixels == nullptr || view.width < smallestSide || view.height < smallestSide ||
        view.stride < view.width)
        return m;
    const cv::Mat frame(view.height, view.width, CV_8UC1, const_cast<std::uint8_t*>(view.pixels),
                        static_cast<std::size_t>(view.stride)); // never written
    auto& in = *inside_;
    try {
        in.grid.fill(frame);
        auto patch = densestPatch(in.grid);
        if (sighting) {
            in.see(m, frame, *sighting, patch);
        } else {
            if (!patch.box.empty()) in.see(m, frame, patch);
            in.seeNear(m, frame, patch);
        }
        in.surroundings(m, frame, patch);
        in.grid.mean.copyTo(in.before);
        m.looked = true;
    } catch (const std::exception&) { // cv::Exception and bad_alloc: no advice then
        return {};
    }
    return m;
}

std::optional<Cue> Guidance::look(const GreyView& frame, const std::optional<Sighting>& sighting,
                                  std::chrono::milliseconds now) {
    return steadier_.add(judge(measure(frame, sighting)), now);
}

std::optional<Cue> judge(const Measures& m) {
    if (!m.looked || m.decoded) return {};
    // Light first: in the dark nothing else can be measured.
    if (m.white < 60) return Cue::Brighter;
    if (m.clipped > 0.6F) return Cue::Darker;
    if (m.codeLike && m.sideShare > nearShare && m.sharpness < nearSharpness) return Cue::Farther;
    const bool darkAndLight = m.contrast >= 4 && m.spread > 0.4F;
    if (m.cut && m.sideShare < 0.6F && darkAndLight && m.filled > 0.8F && m.aspect < 4.5F)
        return Cue::WholeCode;
    if (m.codeLike && m.sideShare > 0.5F && (m.sharpness < 0.25F || m.sideShare > 0.8F)) return Cue::Farther;
    if (m.glare > 0.03F) return Cue::TiltFromLight;
    const bool card = m.cardShare > 0;
    if ((m.codeLike && m.direction < 0.72F) || (card && m.direction < 0.5F)) return Cue::HoldStill;
    if ((m.codeLike || card) && m.motion > 0.004F) return Cue::HoldStill;
    if (m.codeLike && m.modulePx < 1.9F) return Cue::Closer;
    const bool lines =
        m.aspect > 3 && m.spread < 0.3F && m.sharpness > 0.3F && m.contrast > 10; // machine-readable
    if (!m.codeLike && (m.cardShare > 0.3F || lines)) return Cue::OtherSide;
    return {};
}

std::optional<Cue> Steadier::wanted() const {
    if (calls_.back().at - calls_.front().at < firstAfter) return {};
    std::array<std::size_t, cueCount> votes{};
    for (const auto& call : calls_)
        if (call.cue) ++votes[static_cast<std::size_t>(*call.cue)];
    const auto most = std::ranges::max_element(votes);
    if (static_cast<double>(*most) < agreeing * static_cast<double>(calls_.size())) return {};
    const auto leader = static_cast<Cue>(most - votes.begin());
    return shown_ && votes[static_cast<std::size_t>(*shown_)] == *most ? shown_ : leader;
}

std::optional<Cue> Steadier::add(std::optional<Cue> call, std::chrono::milliseconds now) {
    calls_.push_back({call, now});
    while (now - calls_.front().at > window) calls_.pop_front();
    const auto next = wanted();
    if (next == shown_ || (shown_ && now - since_ < staysFor)) return shown_;
    shown_ = next;
    since_ = now;
    return shown_;
}

} // namespace kiosk::reading
