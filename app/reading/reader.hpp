// Frame -> bytes of a QR code: the small interface behind which the decoders work.
#pragma once

#include "app/base/result.hpp"
#include "app/base/secret.hpp"
#include "app/reading/budget.hpp"
#include "app/reading/grey_view.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace kiosk::reading {

/// A code found in a frame: its raw bytes (never text guessed by the decoder) and where it is.
struct CodeFound {
    Bytes bytes;
    struct Corner {
        float x = 0, y = 0;
    } corners[4]; // px in the frame; clockwise from the symbol's top left
};

/// Where a code, or enough of one to know its place, was seen; read or not.
struct Sighting {
    CodeFound::Corner corners[4]; // px in the frame, clockwise from the symbol's top left; may lie outside
    float modulePx = 0;           // mean side of a module; 0: not known
    bool decoded = false;
};

/// What a frame gave. `elapsed` excludes loading the picture.
struct Reading {
    std::vector<CodeFound> codes;
    std::optional<Sighting> sighting;
    std::chrono::microseconds elapsed{0};
    unsigned faults = 0;          // attempts that ended in a failure or a library's exception
    std::optional<Error> trouble; // the last failure of the general reader: for the log
};

/// QR format only; pass the row step; cheap attempts first, dearer ones while the budget lasts. Of the frames
/// of a stream in which nothing looks like a code, only every sixth gets the dear ones: a card that is there
/// for a fifth of a second has all its chances, and a camera that looks at a desk leaves the processor alone.
/// Not thread-safe: one reader a thread (the camera thread's), so it may keep buffers and a region of
/// interest. Owns the process of the general reader, whose start takes milliseconds: keep a reader.
class Reader {
public:
    Reader();
    ~Reader();
    Reader(Reader&&) noexcept;
    Reader& operator=(Reader&&) noexcept;

    /// Stops starting attempts once `budget` is used up; `all` also looks for further codes after the first.
    /// The general reader is given up when one decode takes longer than `decodeDeadline` or, if that is more,
    /// the budget.
    Reading read(const GreyView& frame, std::chrono::milliseconds budget, bool all = false);

    /// The same with any budget; the general reader is given up after `deadline`.
    Reading read(const GreyView& frame, Budget budget, bool all, std::chrono::milliseconds deadline);

    /// The next frame is a picture of its own, not the next of one camera.
    void forget();

private:
    struct Inside; // keeps OpenCV and ZXing out of this header
    std::unique_ptr<Inside> inside_;
};

} // namespace kiosk::reading
