#!/usr/bin/env bash
# Installs what is missing, builds with AddressSanitizer and UndefinedBehaviorSanitizer, runs every test.
# Arguments go to ctest, e.g. packaging/test.sh -R Slip. The last thing printed is ctest's summary.
# shellcheck source-path=SCRIPTDIR source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

folder=$root/build/asan
mkdir -p "$folder"
install_packages build run test
# A build type of its own adds no -O3 and no -DNDEBUG to what KIOSK_SANITIZE sets.
configure "$folder" -DCMAKE_BUILD_TYPE=Sanitized -DKIOSK_SANITIZE=address,undefined
build "$folder" all

# Libraries that keep what they allocated once (fontconfig, Mesa, GLib) are no leaks of ours.
export LSAN_OPTIONS=suppressions=$root/packaging/leaks.txt:print_suppressions=0
export ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1:suppressions=$root/packaging/asan.txt
export UBSAN_OPTIONS=print_stacktrace=1
say "testing"
cd "$folder"
exec ctest -j2 --output-on-failure --no-tests=error "$@"
