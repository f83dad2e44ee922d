// ZXing-cpp with a picture prepared for it, behind our own decoder: the general reader for whatever is no
// card.
#pragma once

#include "app/reading/reader.hpp"
#include "app/reading/zxing_process.hpp"

#include <memory>

namespace kiosk::reading {

enum class Part {
    Frame,     // all of it
    LastPlace, // where a code was in the frames before
    Densest,   // where the texture is densest
};

enum class Filter { None, Unsharp, Invert };

/// How the picture is prepared.
struct Preparation {
    Part part;
    Filter filter;
    int scale; // enlargement
    zxing::Threshold threshold;
    bool downscale;    // also look for large codes
    double nsPerPixel; // of the enlarged part: nominal cost
};

/// One thread's. Owns the process ZXing runs in.
class GeneralReader {
public:
    GeneralReader();
    ~GeneralReader();
    GeneralReader(GeneralReader&&) noexcept;
    GeneralReader& operator=(GeneralReader&&) noexcept;

    void begin(const GreyView& frame);
    /// Microseconds of nominal work; 0: nothing to do.
    double cost(const Preparation& preparation);
    Result<std::vector<CodeFound>> run(const Preparation& preparation, bool all,
                                       std::chrono::milliseconds deadline);
    /// What a frame gave, by whichever reader: the next is looked at there first.
    void end(const std::vector<CodeFound>& codes);
    void forget();

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

/// The same symbol found twice, by different attempts.
bool isSameSymbol(const CodeFound& a, const CodeFound& b);

} // namespace kiosk::reading
