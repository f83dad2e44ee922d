// Our decoder for card codes: finds symbols in several ways and decodes them softly, alone or over several
// frames.
#pragma once

#include "app/reading/budget.hpp"
#include "app/reading/finding/grid.hpp"
#include "app/reading/reader.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace kiosk::reading::soft {

/// Ways to find a symbol, from cheap to dear.
enum class Search {
    LastPlace,  // where one was in the frame before
    FewRuns,    // dark and light runs along some lines, the patterns that are crossed clearly
    Runs,       // along as many again
    SharpRuns,  // the same in a sharpened picture, which later searches use as well
    MoreRuns,   // along the lines between, and the patterns that are not clear
    LargeRuns,  // the same in a smaller picture
    Thirds,     // rings where two finders tell that the third is
    Alike,      // what looks like a finder that has been found
    DenseRings, // rings where the texture is densest
    Pairs,      // two finders, the third inferred
    Together,   // this frame and those before
};

/// One thread's. `begin` a frame, then search in any order; the picture must outlive the searches.
class SoftReader {
public:
    SoftReader();
    ~SoftReader();
    SoftReader(SoftReader&&) noexcept;
    SoftReader& operator=(SoftReader&&) noexcept;

    void begin(const GreyView& frame);
    /// What it will cost, in microseconds of nominal work; 0: nothing to do.
    double cost(Search search) const;
    /// Codes that this search found and those before did not; the first only, unless `all`.
    std::vector<CodeFound> run(Search search, Budget& budget, bool all);
    /// The frame is over: what was found guides the next.
    void end();
    /// The next frame is a picture of its own.
    void forget();

    /// Has anything in this frame looked like a part of a code?
    bool seesSign() const;
    /// The symbol most clearly seen in this frame, read or not.
    std::optional<Sighting> sighting() const;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

} // namespace kiosk::reading::soft
