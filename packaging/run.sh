#!/usr/bin/env bash
# Installs what is missing, builds, prepares a data folder with an office of its own, and opens the kiosk.
# Without a usable display the whole journey is performed off-screen instead.
# shellcheck source-path=SCRIPTDIR source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

usage() {
    cat <<'TEXT'
Usage: bash packaging/run.sh [option...]
  --windowed       a window instead of the whole screen
  --camera SOURCE  a device (/dev/video0), a folder or file of pictures, or an MJPEG-over-HTTP address
  --data DIR       data folder (default: ~/.local/share/kiosk); an existing one is used, never deleted
  --journey        perform the whole journey off-screen, with a fresh data folder, even where there is a display
  --out DIR        where the journey leaves its results (default: a new folder under out/)
  --help           this text
TEXT
}

windowed=()
camera=
data=
out=
journey=
while [ $# -gt 0 ]; do
    case $1 in
    --windowed) windowed=(--windowed) ;;
    --journey) journey=1 ;;
    --camera | --data | --out)
        [ $# -ge 2 ] || die "$1 needs a value"
        case $1 in
        --camera) camera=$2 ;;
        --data) data=$2 ;;
        --out) out=$2 ;;
        esac
        shift
        ;;
    --help | -h)
        usage
        exit 0
        ;;
    *)
        usage >&2
        die "unknown option: $1"
        ;;
    esac
    shift
done

release=$root/build/release
kiosk=$release/kiosk
intake=$release/kiosk-intake
specimen=$release/tests/specimen
intake_pid=
kiosk_pid=

stop_intake() {
    [ -n "$intake_pid" ] || return 0
    kill "$intake_pid" 2>/dev/null || true
    wait "$intake_pid" 2>/dev/null || true
    intake_pid=
}
stop_all() {
    if [ -n "$kiosk_pid" ]; then
        kill -- "-$kiosk_pid" 2>/dev/null || kill "$kiosk_pid" 2>/dev/null || true
        wait "$kiosk_pid" 2>/dev/null || true
    fi
    stop_intake
}
trap stop_all EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

prepare_program() {
    mkdir -p "$release"
    install_packages build run
    configure "$release" -DCMAKE_BUILD_TYPE=Release
    build "$release" kiosk kiosk-intake specimen journey
}

# A display that can be opened: X11 or Wayland by their sockets, or a graphics card with a monitor and nobody else drawing.
has_display() {
    if [ -n "${WAYLAND_DISPLAY:-}" ] && [ -S "${XDG_RUNTIME_DIR:-/nonexistent}/$WAYLAND_DISPLAY" ]; then return 0; fi
    case ${DISPLAY:-} in
    '') ;;
    :*)
        local number=${DISPLAY#:}
        [ -S "/tmp/.X11-unix/X${number%%.*}" ] && return 0
        ;;
    *) return 0 ;; # an X server elsewhere: opening the window will tell
    esac
    local card status
    for card in /dev/dri/card*; do
        if ! [ -r "$card" ] || ! [ -w "$card" ]; then continue; fi
        for status in /sys/class/drm/"${card##*/}"-*/status; do
            [ -r "$status" ] && [ "$(cat "$status")" = connected ] && return 0
        done
    done
    return 1
}

can_connect() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# A loopback port nobody listens on, below the range the kernel gives to outgoing connections.
free_port() {
    local port
    for _ in $(seq 100); do
        port=$((20000 + RANDOM % 12000))
        can_connect "$port" || {
            echo "$port"
            return
        }
    done
    die "no free loopback port found"
}

toml_value() { sed -n "s/^$1 *= *\"\\([^\"]*\\)\".*/\\1/p" "$data/kiosk.toml" | head -n 1; }

# The kiosk's settings, the office's own keys and database, and the link between both. Never touches what is there.
prepare_data() {
    mkdir -p "$data"
    chmod 700 "$data"
    [ -e "$data/kiosk.toml" ] || cp "$root/packaging/presets/ward.toml" "$data/kiosk.toml"
    if [ ! -e "$data/office/port" ]; then
        local port
        port=$(free_port)
        "$intake" init --data "$data/office" --office "$(toml_value code)" --name "$(toml_value name)" --port "$port" >&2
        echo "$port" >"$data/office/port"
    fi
    if [ ! -e "$data/keys/link.json" ]; then
        "$intake" enrol --data "$data/office" --kiosk kiosk-1 --out "$data/keys" \
            --url "https://127.0.0.1:$(cat "$data/office/port")" >&2
    fi
}

serve() {
    local port_file=$data/office/serving
    rm -f "$port_file"
    "$intake" serve --data "$data/office" --port "$1" --port-file "$port_file" >>"$data/office/intake.log" 2>&1 &
    intake_pid=$!
    for _ in $(seq 100); do
        if [ -s "$port_file" ] && can_connect "$(cat "$port_file")"; then return 0; fi
        kill -0 "$intake_pid" 2>/dev/null || break
        sleep 0.1
    done
    stop_intake
    return 1
}

# Keeps the port between runs; when somebody else took it, the office moves and the kiosk is told.
start_office() {
    local port
    port=$(cat "$data/office/port")
    if can_connect "$port" || ! serve "$port"; then
        port=$(free_port)
        serve "$port" || {
            tail -n 20 "$data/office/intake.log" >&2
            die "the office's server did not start"
        }
    fi
    echo "$port" >"$data/office/port"
    sed -i "s#https://127\\.0\\.0\\.1:[0-9]*#https://127.0.0.1:$port#" "$data/keys/link.json"
    say "the office listens on 127.0.0.1:$port"
}

# Without a camera the kiosk is shown a specimen card being brought to the camera.
choose_camera() {
    [ -z "$camera" ] || return 0
    [ -z "$(toml_value source)" ] || return 0
    local node
    for node in /dev/video*; do
        [ -r "$node" ] && return 0
    done
    camera=$data/specimen
    [ -d "$camera" ] || {
        say "no camera: making specimen pictures (MẪU/SPECIMEN)"
        "$specimen" --out "$camera.new" --seed 1 --frames 40 --size 1280x720 >/dev/null
        mv "$camera.new" "$camera"
    }
}

perform_journey() {
    out=${out:-$root/out/journey-$(date +%Y%m%d-%H%M%S)}
    mkdir -p "$out"
    local fresh status=0
    fresh=$(mktemp -d "$out/data-XXXXXX")
    say "no display: performing the whole journey off-screen"
    # A session of its own, so that its kiosk-intake ends with it however it ends.
    setsid "$release/tests/journey/journey" --data "$fresh" --out "$out" --kiosk-intake "$intake" --specimen "$specimen" &
    kiosk_pid=$!
    wait "$kiosk_pid" || status=$?
    kill -- "-$kiosk_pid" 2>/dev/null || true
    kiosk_pid=
    say "results: $out"
    say "exit code of the journey: $status"
    exit "$status"
}

prepare_program
if [ -n "$journey" ] || ! has_display; then perform_journey; fi

data=${data:-${XDG_DATA_HOME:-$HOME/.local/share}/kiosk}
prepare_data
start_office
choose_camera
arguments=(--data "$data" "${windowed[@]}")
[ -z "$camera" ] || arguments+=(--camera "$camera")
say "opening the kiosk (data: $data)"
restart_wanted=75 # staff chose "restart the program"
status=$restart_wanted
while [ "$status" -eq "$restart_wanted" ]; do
    # In the background, because bash answers a signal only when nothing runs in the foreground.
    exec 4> >(tee "$data/kiosk.stderr" >&2)
    tee_pid=$!
    "$kiosk" "${arguments[@]}" 2>&4 4>&- &
    kiosk_pid=$!
    exec 4>&-
    status=0
    wait "$kiosk_pid" || status=$?
    kiosk_pid=
    wait "$tee_pid" || true
done
if [ "$status" -ne 0 ] && grep -q WindowFailed "$data/kiosk.stderr"; then
    stop_intake
    perform_journey
fi
exit "$status"
