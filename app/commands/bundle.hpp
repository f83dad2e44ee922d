// `kiosk bundle …`: make, sign, check and install what changes procedures, words and units without a new
// program.
#pragma once

#include <iosfwd>
#include <string>

namespace kiosk {

struct BundleOptions {
    std::string folder, file, key;   // build's folder; the bundle; the office's signing key
    std::string office, from, until; // dates as 2026-12-31; `until`: the last day
    int version = 0;
    std::string dataFolder;
};

// Each: 0, or 1 with what is wrong and what to do on `err`.
int runBundleBuild(const BundleOptions& options, std::ostream& out, std::ostream& err);
int runBundleSign(const BundleOptions& options, std::ostream& out, std::ostream& err);
/// Whether this kiosk would take it, and what it would change.
int runBundleVerify(const BundleOptions& options, std::ostream& out, std::ostream& err);
int runBundleInstall(const BundleOptions& options, std::ostream& out, std::ostream& err);
int runBundleTakeBack(const BundleOptions& options, std::ostream& out, std::ostream& err);
int runBundleList(const BundleOptions& options, std::ostream& out, std::ostream& err);

} // namespace kiosk
