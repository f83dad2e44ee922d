// Counts what decoders read and what time it takes them, and prints it as Markdown.
#pragma once

#include "tests/bench/reading/decoders.hpp"

#include <iosfwd>

namespace kiosk::bench {

/// A picture and what may be read in it; nothing else may.
struct Picture {
    std::string name;
    int width = 0, height = 0; // px
    std::vector<std::uint8_t> grey;
    std::vector<Bytes> truths;    // reading one of these is reading the picture
    std::vector<Bytes> alsoRight; // no misreads, but not asked for either
    bool all = false;             // look for every code
    bool photograph = false;      // there may be codes whose bytes are not known, and truths are texts
};

struct Counts {
    std::size_t pictures = 0, read = 0, misread = 0;
    std::size_t otherwise = 0;         // photographs: the same text in another character set
    std::vector<double> milliseconds;  // of the thread's processor time, so that other programs do not count
    std::vector<std::string> misreads; // names of the pictures
    double percent() const;
    double quantile(double share) const; // ms
    double total() const;                // ms
};

/// One group of pictures, every decoder on each.
struct Group {
    std::string name;
    std::vector<Counts> counts; // one a contestant
};

/// Milliseconds of this thread's processor time.
double threadMilliseconds();

/// Reads each picture, as one of its own, with every contestant's decoder.
class Tally {
public:
    explicit Tally(std::vector<Contestant> contestants);
    void begin(std::string group);
    void add(const Picture& picture);
    /// Groups as columns: share read, misreads, then times.
    void print(std::ostream& out, const std::string& title) const;
    /// Groups as rows: share read only.
    void printRows(std::ostream& out, const std::string& title) const;
    const std::vector<Group>& groups() const { return groups_; }

private:
    std::vector<Contestant> contestants_;
    std::vector<std::unique_ptr<Decoder>> decoders_;
    std::vector<Group> groups_;
};

} // namespace kiosk::bench
