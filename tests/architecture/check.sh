#!/bin/sh
# Checks the tree against its design from the #include lines and a few words: who may know whom, the closed top level,
# sizes, no raw ImGui outside app/ui, no state outside the session. Usage: check.sh ROOT. Prints each violation; exit 1 if any.
set -eu
cd "$1"

violations=$(
    # The top level is closed; what .gitignore names may lie beside it.
    for entry in * .[!.]*; do
        case $entry in
        CMakeLists.txt | app | drivers | assets | tests | packaging | README.md) ;;
        .ci | .clang-format | .clang-tidy | .gitignore | .git | .cache) ;;
        build* | out* | compile_commands.json | *.swp | '*' | '.[!.]*') ;;
        *) echo "$entry: the top level is closed" ;;
        esac
    done

    for folder in app/* app/*/* drivers drivers/*; do
        [ -d "$folder" ] || continue
        count=$(find "$folder" -maxdepth 1 \( -name '*.cpp' -o -name '*.hpp' \) | wc -l)
        [ "$count" -le 18 ] || echo "$folder: $count files; more than 18 means that a concept is missing or two are mixed"
    done

    find app drivers \( -name '*.cpp' -o -name '*.hpp' \) | sort | xargs awk '
    function allow(folder, list) { allowed[folder] = " " folder " " list " " }
    function complain(what) { print FILENAME ":" FNR ": " what }
    BEGIN {
        allow("base", "")
        allow("identity", "base")
        allow("reading", "base")
        allow("store", "base")
        allow("ui", "base")
        allow("papers", "base")
        allow("drivers", "base")
        allow("procedures", "identity base")
        allow("delivery", "store base")
        allow("flow", "procedures identity base")
        allow("screens", "flow procedures identity ui base")
        allow("intake", "delivery store papers base")
        allow("workers", "flow procedures identity delivery store reading papers drivers base")
        allow("commands", "procedures identity delivery store reading papers drivers base")
        allow("app", "base identity reading store ui papers drivers procedures delivery flow screens workers commands")

        # Libraries and the only folders that see them.
        sees["SDL"] = "ui"
        sees["imgui"] = "ui"
        sees["sqlite3"] = "store"
        sees["liboath/"] = "store"
        sees["opencv2/"] = "reading"
        sees["seccomp"] = "reading"
        sees["ZXing/"] = "reading papers"
        sees["httplib"] = "intake"
        sees["curl/"] = "delivery drivers"
        sees["cups/"] = "drivers"
        sees["CLI/"] = "app intake"
        # Seconds of compile time each: never in a header.
        slow = "nlohmann/|toml\\+\\+/|CLI/|spdlog/|fmt/|httplib"
    }
    FNR == 1 {
        lines[FILENAME] = 0
        n = split(FILENAME, part, "/")
        folder = part[1] == "drivers" ? "drivers" : n == 2 ? "app" : part[2]
        if (!(folder in allowed)) complain("folder " folder " has no place in the design")
    }
    { if (FNR == 451) complain("a file of more than 450 lines") }
    /^[ \t]*#[ \t]*include[ \t]*["<]/ {
        target = $0
        sub(/^[^"<]*["<]/, "", target)
        sub(/[">].*/, "", target)
        count = split(target, bit, "/")
        other = ""
        if (bit[1] == "app") other = count == 2 ? "app" : bit[2]
        if (bit[1] == "drivers") other = "drivers"
        if (bit[1] == "tests") complain("the product includes a test: " target)
        if (other != "" && index(allowed[folder], " " other " ") == 0) complain(folder " may not know " other ": " target)
        if (other == "drivers" && folder == "workers" && target !~ /^drivers\/(camera|picture|printer|scanner|speech)\.hpp$/)
            complain("only main.cpp and commands name concrete drivers: " target)
        for (library in sees)
            if (index(target, library) == 1 && index(" " sees[library] " ", " " folder " ") == 0)
                complain(folder " may not see " library ": " target)
        if (FILENAME ~ /\.hpp$/ && FILENAME != "app/base/json/json.hpp" && target ~ ("^(" slow "|app/base/json/)"))
            complain("slow library in a header: " target)
    }
    /ImGui::/ && folder != "ui" { complain("raw ImGui outside app/ui") }
    (folder == "screens" || folder == "flow") && /(^|[ \t(])(static|thread_local)[ \t]/ \
        && !/static[ \t]+(inline[ \t]+)?constexpr[ \t]/ && !/^[ \t]*\/\// {
        complain("static in " folder ": the next customer would inherit it")
    }
    /(std::|[^a-zA-Z_:])(mutex|recursive_mutex|shared_mutex)[ \t>]/ && !/^[ \t]*\/\// && FILENAME != "app/base/worker.hpp" {
        complain("a mutex outside app/base/worker.hpp")
    }
    '
)

[ -z "$violations" ] && exit 0
printf '%s\n' "$violations" >&2
exit 1
