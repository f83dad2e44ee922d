// `kiosk read`: reads the code in pictures and prints one JSON line a picture.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace kiosk {

struct ReadOptions {
    std::vector<std::string> paths; // pictures, or folders of them (in name order)
    bool all = false;               // list every code of a picture
    bool sequence = false;          // consecutive frames of one camera, not pictures of their own
    int budgetMs = 33;              // per picture, without loading it
};

/// A line a picture to `out`, in order, also when nothing was read:
/// {"file","text","bytes_hex","identity","error","ms"}; "codes" with `all`; with `sequence` also "frame",
/// from 1, and "known_at", the frame at which a payload was first known (null until then). Returns 0 when
/// every picture gave a code, or with `sequence` any did, and every line could be written, else 1.
int runRead(const ReadOptions& options, std::ostream& out, std::ostream& err);

} // namespace kiosk
