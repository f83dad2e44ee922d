#!/bin/sh
# Shows that check.sh catches what it is for: each line below seeds one violation into an otherwise clean small tree.
# Usage: seeded_test.sh CHECK
set -eu
check=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

fresh_tree() {
    rm -rf "$work/tree"
    mkdir -p "$work/tree/app/base" "$work/tree/app/flow" "$work/tree/app/screens/citizen" "$work/tree/app/ui" \
        "$work/tree/app/store" "$work/tree/app/identity" "$work/tree/app/workers" "$work/tree/drivers" "$work/tree/tests"
    touch "$work/tree/CMakeLists.txt" "$work/tree/.gitignore" "$work/tree/app/base/result.hpp" "$work/tree/drivers/camera.hpp"
    printf '#include "app/base/result.hpp"\nstatic constexpr int most = 3;\n' >"$work/tree/app/flow/flow.cpp"
    printf '#include "app/flow/flow.hpp"\n#include "app/ui/ui.hpp"\n' >"$work/tree/app/screens/citizen/welcome.cpp"
    printf '#include <imgui.h>\nvoid f() { ImGui::NewFrame(); }\n' >"$work/tree/app/ui/ui.cpp"
    printf '#include "drivers/camera.hpp"\n' >"$work/tree/app/workers/camera_worker.cpp"
    printf '#include "app/workers/camera_worker.hpp"\n#include "drivers/v4l2/v4l2_camera.hpp"\n' >"$work/tree/app/main.cpp"
}

# caught FILE CONTENT WORDS-OF-THE-COMPLAINT
caught() {
    fresh_tree
    mkdir -p "$(dirname "$work/tree/$1")"
    printf '%b' "$2" >>"$work/tree/$1"
    if sh "$check" "$work/tree" 2>"$work/said"; then
        echo "NOT CAUGHT: $1: $2"
        failures=$((failures + 1))
    elif ! grep -q "^$1.*$3" "$work/said" || [ "$(wc -l <"$work/said")" -ne 1 ]; then
        echo "WRONG COMPLAINT for $1: $(cat "$work/said")"
        failures=$((failures + 1))
    fi
}

fresh_tree
sh "$check" "$work/tree" || {
    echo "the clean tree is not accepted"
    exit 1
}

caught app/base/text.cpp '#include "app/store/db.hpp"\n' 'base may not know store'
caught app/screens/citizen/form.cpp '#include "app/store/db.hpp"\n' 'screens may not know store'
caught app/screens/citizen/scan.cpp '  #  include "drivers/camera.hpp"\n' 'screens may not know drivers'
caught app/ui/words.cpp '#include "app/flow/flow.hpp"\n' 'ui may not know flow'
caught app/identity/id_card.cpp '#include <SDL.h>\n' 'identity may not see SDL'
caught app/identity/id_card.cpp '#include <ZXing/ReadBarcode.h>\n' 'identity may not see ZXing'
caught app/flow/steps.cpp '#include <sqlite3.h>\n' 'flow may not see sqlite3'
caught app/store/profiles.hpp '#include <nlohmann/json.hpp>\n' 'slow library in a header'
caught app/screens/citizen/form.cpp 'void f() { ImGui::Text("x"); }\n' 'raw ImGui'
caught app/screens/citizen/form.cpp 'void f() {\n    static int opened = 0;\n}\n' 'static in screens'
caught app/flow/steps.cpp 'thread_local int n;\n' 'static in flow'
caught app/store/db.cpp 'std::mutex guard_;\n' 'a mutex outside'
caught app/store/db.cpp '#include "tests/fakes/clock.hpp"\n' 'the product includes a test'
caught app/workers/camera_worker.cpp '#include "drivers/v4l2/v4l2_camera.hpp"\n' 'concrete drivers'
caught app/workers/scanner_worker.cpp '#include "drivers/scanner/serial_scanner.hpp"\n' 'concrete drivers'
caught app/helpers/misc.cpp '\n' 'has no place in the design'
caught notes.txt 'x\n' 'the top level is closed'
caught app/store/db.cpp "$(seq -s '\n' 452)" 'more than 450 lines'

fresh_tree
for i in $(seq 19); do touch "$work/tree/app/store/file$i.cpp"; done
if sh "$check" "$work/tree" 2>"$work/said" || ! grep -q '^app/store: 19 files' "$work/said"; then
    echo "NOT CAUGHT: nineteen files in a folder"
    failures=$((failures + 1))
fi

[ "$failures" -eq 0 ] && echo "every seeded violation was caught"
exit "$failures"
