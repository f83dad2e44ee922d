#!/bin/sh
# The units as systemd reads them, and how much of the machine they leave open (systemd-analyze security, 0 closed to
# 10 open): the kiosk at most 2.0, the receiving end at most 1.5. Usage: check.sh UNITS PROGRAMS OUT, each a folder.
set -eu
units=$1
programs=$2
out=$3
mkdir -p "$out"
for unit in kiosk kiosk-intake; do
    sed "s#@CMAKE_INSTALL_FULL_BINDIR@#$programs#" "$units/$unit.service.in" >"$out/$unit.service"
done
systemd-analyze verify "$out/kiosk.service" "$out/kiosk-intake.service"
limit() {
    systemd-analyze security --no-pager --offline=true --threshold="$2" "$out/$1" >"$out/$1.txt" 2>&1 || {
        cat "$out/$1.txt"
        exit 1
    }
    grep 'exposure level' "$out/$1.txt"
}
limit kiosk.service 20
limit kiosk-intake.service 15
