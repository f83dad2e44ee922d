# shellcheck shell=bash
# Shared by run.sh, test.sh and .ci/run: messages, packages, building. Sourced, never run.

set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export DEBIAN_FRONTEND=noninteractive

say() { printf '%s\n' "== $*" >&2; }
die() {
    printf '%s\n' "error: $*" >&2
    exit 1
}

# Runs a command as root: directly, or with sudo that must not ask anything when nobody can answer.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        if [ -t 0 ]; then sudo --preserve-env=DEBIAN_FRONTEND "$@"; else sudo -n --preserve-env=DEBIAN_FRONTEND "$@"; fi
    else
        die "'$*' needs root: run this as root, or install sudo"
    fi
}

is_installed() {
    [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null || true)" = installed ]
}

# Installs what is missing from the named lists in packaging/packages; without anything missing, needs neither network nor root.
install_packages() {
    command -v apt-get >/dev/null || die "this needs apt-get (Debian 12 or 13)"
    local list package missing=()
    for list in "$@"; do
        while read -r package; do
            is_installed "$package" || missing+=("$package")
        done < <(grep -v '^ *\(#\|$\)' "$root/packaging/packages/$list.txt")
    done
    [ "${#missing[@]}" -eq 0 ] && return
    say "installing: ${missing[*]}"
    as_root apt-get -qq update
    as_root apt-get -qq -y --no-install-recommends install "${missing[@]}"
}

# configure FOLDER CMAKE-OPTION...
configure() {
    local folder=$1
    shift
    say "configuring $folder"
    cmake -S "$root" -B "$folder" -G Ninja "$@" >"$folder.log" 2>&1 || {
        cat "$folder.log" >&2
        die "cmake failed in $folder"
    }
}

# build FOLDER TARGET...
build() {
    local folder=$1
    shift
    say "building $folder: $*"
    cmake --build "$folder" --target "$@" >&2
}
