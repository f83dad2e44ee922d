#include "app/reading/soft/equalizer.hpp"

#include "app/reading/symbol/format.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace kiosk::reading::soft {
namespace {

constexpr int mostTaps = 7 * 7 + 1 + 2; // the bias last; room to count in fours
constexpr float ridge = 0.02F;          // of a tap's energy, for each known module
constexpr float leastNoise = 0.12F;     // a small residual on few modules must not become certainty
constexpr float mostRatio = 12;
constexpr int neighbours = 7;                     // modules across
constexpr float mostMissed = 1;                   // of one output, squared: in the middle of dark and light
constexpr double leastNoisy = 0.7, mostNoisy = 4; // variance, of the symbol's

using Features = std::array<float, mostTaps>;

struct Shape {
    int reach; // half modules
    int count; // with the bias
};
Shape shapeOf(Taps taps) { return taps == Taps::FiveByFive ? Shape{2, 26} : Shape{3, 50}; }

void gather(const Samples& samples, int column, int row, Shape shape, Features& out) {
    const auto* values = samples.values().data() + samples.centre(column, row);
    std::size_t i = 0;
    for (int y = -shape.reach; y <= shape.reach; ++y) {
        const auto* line = values + static_cast<std::ptrdiff_t>(y) * samples.side();
        for (int x = -shape.reach; x <= shape.reach; ++x) out[i++] = line[x];
    }
    out[i] = 1;
}

/// Scratches, wear and shadow are noise in their places only: how much more of it than elsewhere there is
/// around each module, told by how far its outputs lie from -1 and +1.
cv::Mat localNoise(const std::vector<float>& outputs, int size) {
    cv::Mat missed(size, size, CV_32F), around;
    std::ranges::transform(outputs, missed.begin<float>(), [](float output) {
        const float by = std::abs(output) - 1;
        return std::min(by * by, mostMissed);
    });
    cv::blur(missed, around, {neighbours, neighbours});
    const double usual = std::max(1e-4, cv::mean(missed)[0]);
    around /= usual;
    cv::min(around, mostNoisy, around);
    cv::max(around, leastNoisy, around);
    return around;
}

} // namespace

Equalized equalize(const Samples& samples, std::span<const float> known, Taps taps) {
    const auto shape = shapeOf(taps);
    const auto n = static_cast<std::size_t>(shape.count);
    const int size = samples.size();
    std::vector<float> matrix(n * n), right(n);
    Features f{};
    float trained = 0;
    for (int row = 0; row < size; ++row)
        for (int column = 0; column < size; ++column) {
            const auto i = symbol::moduleAt(column, row, size);
            const float weight = std::abs(known[i]) * samples.trust()[i];
            if (weight < 0.05F) continue;
            gather(samples, column, row, shape, f);
            const float target = known[i] > 0 ? 1.0F : -1.0F;
            for (std::size_t a = 0; a < n; ++a) {
                const float scaled = f[a] * weight;
                auto* line = matrix.data() + a * n;
                for (std::size_t b = 0; b < n; ++b) line[b] += scaled * f[b];
                right[a] += scaled * target;
            }
            trained += weight;
        }
    for (std::size_t a = 0; a + 1 < n; ++a) matrix[a * n + a] += ridge * trained;
    cv::Mat solution;
    const cv::Mat system(shape.count, shape.count, CV_32F, matrix.data()),
        side(shape.count, 1, CV_32F, right.data());
    if (trained < 60 || !cv::solve(system, side, solution, cv::DECOMP_CHOLESKY)) return {samples.plain(), 1};
    const auto* w = solution.ptr<float>();

    Equalized out;
    out.ratios.resize(known.size());
    double squares = 0;
    for (int row = 0; row < size; ++row)
        for (int column = 0; column < size; ++column) {
            const auto i = symbol::moduleAt(column, row, size);
            gather(samples, column, row, shape, f);
            float sum = 0;
            for (std::size_t a = 0; a < n; ++a) sum += w[a] * f[a];
            out.ratios[i] = sum;
            const float weight = std::abs(known[i]) * samples.trust()[i];
            if (weight < 0.05F) continue;
            const double missed = static_cast<double>(sum) - (known[i] > 0 ? 1 : -1);
            squares += weight * missed * missed;
        }
    // As many known modules as taps would leave no residual at all.
    const double freedom = std::max(0.2, 1 - 0.5 * shape.count / static_cast<double>(trained));
    out.noise =
        std::max(leastNoise, static_cast<float>(std::sqrt(squares / static_cast<double>(trained)) / freedom));
    const float scale = 2 / (out.noise * out.noise);
    const auto noisy = localNoise(out.ratios, size);
    auto local = noisy.begin<float>();
    for (std::size_t i = 0; i < out.ratios.size(); ++i, ++local)
        out.ratios[i] =
            std::clamp(out.ratios[i] * scale / *local, -mostRatio, mostRatio) * samples.trust()[i];
    return out;
}

std::vector<float> knownModules(int version) {
    const auto& layout = symbol::layout(version);
    std::vector<float> out;
    for (const auto role : layout.roles())
        out.push_back(role == symbol::Role::Dark ? 1.0F : role == symbol::Role::Light ? -1.0F : 0.0F);
    if (version >= 7)
        for (int bit = 0; bit < 18; ++bit)
            for (const auto& p : symbol::versionPlaces(layout.size(), bit))
                out[symbol::moduleAt(p.column, p.row, layout.size())] =
                    (symbol::versionBits(version) >> bit & 1) != 0 ? 1.0F : -1.0F;
    return out;
}

} // namespace kiosk::reading::soft
