// How sharp and how bright a frame is, in numbers for people.
#include "drivers/camera.hpp"

namespace kiosk {

double sharpness(const Frame& f) {
    double sum = 0, squares = 0;
    long count = 0;
    const auto width = static_cast<std::size_t>(f.width);
    for (int y = f.height / 4 + 1; y < f.height * 3 / 4; ++y)
        for (int x = f.width / 4 + 1; x < f.width * 3 / 4; ++x, ++count) {
            const auto* at =
                f.grey.data() + static_cast<std::size_t>(y) * width + static_cast<std::size_t>(x);
            const int v = 4 * at[0] - at[-1] - at[1] - *(at - width) - at[width];
            sum += v;
            squares += double(v) * v;
        }
    if (count == 0) return 0;
    const double mean = sum / double(count);
    return squares / double(count) - mean * mean;
}

double meanGrey(const Frame& f) {
    double sum = 0;
    for (const auto v : f.grey) sum += v;
    return f.grey.empty() ? 0 : sum / double(f.grey.size());
}

} // namespace kiosk
