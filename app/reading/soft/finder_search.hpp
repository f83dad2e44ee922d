// Ways to find a symbol's finder patterns in a frame, from cheap to dear; what one found, the next starts
// from.
#pragma once

#include "app/reading/budget.hpp"
#include "app/reading/finding/ring_filter.hpp"
#include "app/reading/finding/run_scan.hpp"

#include <opencv2/core.hpp>
#include <optional>
#include <vector>

namespace kiosk::reading::soft {

/// One thread's; keeps its buffers from frame to frame. The picture must outlive the searches.
class FinderSearch {
public:
    void begin(const GreyView& frame);

    /// Runs along some lines, and along as many again; the patterns that are crossed clearly.
    void fewRuns();
    void runs(); // after fewRuns()
    /// The same in a sharpened picture, which later searches use as well.
    void sharpRuns();
    /// The lines between, and the patterns that are not crossed clearly.
    void moreRuns(); // after fewRuns()
    /// Runs in smaller pictures, for a code seen close up.
    void largeRuns();
    /// Rings where two finders tell that the third is.
    void thirds();
    /// What looks like a finder that has been found.
    void alike();
    /// Rings where the texture is densest.
    void denseRings(Budget& budget);

    /// What finders are sought and grids fitted in: the frame, or since sharpRuns() the sharpened one.
    const GreyView& seen() const { return seen_; }
    /// Best first.
    const std::vector<finding::Finder>& finders() const { return finders_; }
    /// Those good enough to look for their neighbours, at most `most`.
    std::vector<finding::Finder> clear(std::size_t most) const;
    /// Is there one that chance hardly makes?
    bool seesSign() const;
    bool hasScanned() const { return scan_.has_value(); }

private:
    cv::Mat whole() const;
    const cv::Mat& halved();
    /// `scale`: px of the frame in one of the picture that the crossings were found in.
    void addCrossings(std::span<const finding::Crossing> crossings, float scale);
    void addScanned(std::size_t most);
    void addLargeRuns(const cv::Mat& smaller, float scale);
    /// `area` and `module` in px of the frame.
    void addRings(finding::Area area, float module, Budget& budget);
    void addAlike(const finding::Finder& like);

    GreyView frame_, seen_;
    finding::Thresholds thresholds_;
    std::optional<finding::RunScan> scan_; // of seen_ by thresholds_
    std::vector<finding::Finder> finders_;
    bool isHalved_ = false;
    cv::Mat half_;                    // made when needed
    std::vector<std::uint8_t> sharp_; // likewise
};

} // namespace kiosk::reading::soft
