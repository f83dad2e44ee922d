#!/bin/sh
# Fuzzes one target with clang's libFuzzer under address and undefined-behaviour sanitizers, then prints which regions and
# branches of a folder were covered.
# Usage: [RUNS=N] tests/fuzz/run.sh NAME FOLDER [SECONDS] [BUILD], e.g. tests/fuzz/run.sh id_card app/identity 60
# Ends after so many seconds, or RUNS inputs if that is earlier.
set -eu
name=$1
folder=$2
seconds=${3:-60}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
build=${4:-$root/build-fuzz}
tool() { command -v "$1" || command -v "$1-14"; } # Debian 12 has only the names with a version
flags="-g -O2 -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fprofile-instr-generate -fcoverage-mapping"
cmake -S "$root" -B "$build" -G Ninja -DCMAKE_C_COMPILER="$(tool clang)" -DCMAKE_CXX_COMPILER="$(tool clang++)" \
    -DCMAKE_BUILD_TYPE=None -DCMAKE_CXX_FLAGS="$flags -U_FORTIFY_SOURCE -Wno-error" -DKIOSK_LIBFUZZER=ON >/dev/null
cmake --build "$build" --target "fuzz_$name"
program=$(find "$build" -name "fuzz_$name" -type f | head -n 1)
corpus=$build/corpus/$name
mkdir -p "$corpus"
dictionary=
if [ -f "$here/$name.dict" ]; then dictionary="-dict=$here/$name.dict"; fi
cd "$build"
# shellcheck disable=SC2086 # no dictionary: no argument
LLVM_PROFILE_FILE=$build/$name.profraw "$program" -max_total_time="$seconds" -runs="${RUNS:--1}" -max_len=640 -print_final_stats=1 $dictionary \
    "$corpus" "$here/seeds/$name"
"$(tool llvm-profdata)" merge -sparse "$build/$name.profraw" -o "$build/$name.profdata"
"$(tool llvm-cov)" report "$program" -instr-profile="$build/$name.profdata" "$root/$folder"
