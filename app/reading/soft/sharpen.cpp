#include "app/reading/soft/sharpen.hpp"

#include <algorithm>

namespace kiosk::reading::soft {
namespace {

constexpr int reach = 3; // px on each side of the wide mean
constexpr int side = 2 * reach + 1;

/// Down the columns: sums of the rows of the wide mean, which move on by one row, and of the narrow one. 16
/// bits hold everything, so that compilers make SIMD of it.
KIOSK_FOR_AVX2_TOO
void addColumns(const std::uint8_t* above, const std::uint8_t* here, const std::uint8_t* below,
                const std::uint8_t* entering, const std::uint8_t* leaving, std::uint16_t* __restrict wide,
                std::uint16_t* __restrict narrow, int width) {
    for (int x = 0; x < width; ++x) {
        wide[x] = static_cast<std::uint16_t>(wide[x] + entering[x] - leaving[x]);
        narrow[x] = static_cast<std::uint16_t>(above[x] + 2 * here[x] + below[x]);
    }
}

/// Along the row; the sums begin `reach` px to the left of it.
KIOSK_FOR_AVX2_TOO
void combine(const std::uint16_t* __restrict wide, const std::uint16_t* __restrict narrow,
             std::uint8_t* __restrict out, int width) {
    for (int x = 0; x < width; ++x) {
        static_assert(side * side == 49);
        const auto sum = static_cast<std::uint16_t>(wide[x] + wide[x + 1] + wide[x + 2] + wide[x + 3] +
                                                    wide[x + 4] + wide[x + 5] + wide[x + 6] + 24);
        // Divided by 49, exactly: 21400 / 2^20 is more by 4.7e-7, which for no sum makes up a 49th.
        const int coarse = static_cast<std::uint16_t>((sum * 21400U) >> 16U) >> 4;
        const int fine = static_cast<std::uint16_t>(narrow[x + reach - 1] + 2 * narrow[x + reach] +
                                                    narrow[x + reach + 1] + 8) >>
                         4;
        const auto sharp = static_cast<std::int16_t>(3 * fine - 2 * coarse);
        out[x] = static_cast<std::uint8_t>(std::clamp<std::int16_t>(sharp, 0, 255));
    }
}

/// What lies beyond both ends of a row of `width` sums that begins at `sums + reach`.
void mirror(std::vector<std::uint16_t>& sums, int width) {
    auto* first = sums.data() + reach;
    for (int i = 1; i <= reach; ++i) {
        first[-i] = first[i];
        first[width - 1 + i] = first[width - 1 - i];
    }
}

} // namespace

void sharpen(const GreyView& picture, std::vector<std::uint8_t>& out) {
    const int width = picture.width, height = picture.height;
    const auto row = [&](int y) { return picture.row(y < 0 ? -y : y < height ? y : 2 * height - 2 - y); };
    out.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    std::vector<std::uint16_t> wide(static_cast<std::size_t>(width + 2 * reach)), narrow(wide.size());
    for (int y = -reach - 1; y < reach; ++y)
        for (int x = 0; x < width; ++x) {
            auto& sum = wide[static_cast<std::size_t>(x) + reach];
            sum = static_cast<std::uint16_t>(sum + row(y)[x]);
        }
    for (int y = 0; y < height; ++y) {
        addColumns(row(y - 1), row(y), row(y + 1), row(y + reach), row(y - reach - 1), wide.data() + reach,
                   narrow.data() + reach, width);
        mirror(wide, width);
        mirror(narrow, width);
        combine(wide.data(), narrow.data(), out.data() + static_cast<std::ptrdiff_t>(y) * width, width);
    }
}

} // namespace kiosk::reading::soft
