#!/usr/bin/env bash
# Runs the device drivers against devices of a real kernel: boots Debian's in QEMU, without any rights or modules of this
# machine, with vivid (a camera that can be unplugged and wedged), v4l2loopback (one that sends MJPEG) and uinput (keyboards and
# scanners). What is downloaded and made lies in build/vm and is used again. Exit code: that of the tests inside.
# Arguments go to the test program, e.g. tests/vm/run.sh --gtest_filter='Vivid*'.
# shellcheck source-path=SCRIPTDIR/../../packaging source=../../packaging/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/../../packaging/lib.sh"

release=$root/build/release
vm=$root/build/vm
packages=$vm/packages
image=$vm/image
limit=900 # s; a machine that hangs is a failed test

# The versioned package behind a metapackage such as linux-image-amd64.
behind() { apt-cache depends --important "$1" | sed -n "s/^ *Depends: \\($2.*\\)/\\1/p" | head -n 1; }

# Kernel and what is needed to build one module for it, unpacked side by side; nothing is installed.
fetch_kernel() {
    local headers kernel names
    kernel=$(behind linux-image-amd64 linux-image-)
    headers=$(behind linux-headers-amd64 linux-headers-)
    [ -n "$kernel" ] && [ -n "$headers" ] || die "no Debian kernel in the package lists: run apt-get update"
    names="$kernel $headers $(behind "$headers" linux-headers-) $(behind "$headers" linux-kbuild-) v4l2loopback-dkms"
    if [ "$(cat "$vm/names" 2>/dev/null || true)" = "$names" ]; then return; fi
    say "fetching $names"
    rm -rf "$packages" "$vm/kernel"
    mkdir -p "$packages" "$vm/kernel"
    # shellcheck disable=SC2086 # names of packages, one by one
    (cd "$packages" && apt-get -qq download $names)
    local package
    for package in "$packages"/*.deb; do dpkg-deb --extract "$package" "$vm/kernel"; done
    printf '%s' "$names" >"$vm/names"
}

version() { basename "$(echo "$vm"/kernel/boot/vmlinuz-*)" | sed 's/^vmlinuz-//'; }

# v4l2loopback is no part of Debian's kernel; the headers are used where they lie.
build_loopback() {
    local source modules
    source=$(echo "$vm"/kernel/usr/src/v4l2loopback-*)
    modules=$vm/kernel/lib/modules/$(version)
    if [ ! -e "$modules/kernel/v4l2loopback.ko" ]; then
        say "building v4l2loopback"
        sed -i "s#\\([ =]\\)/usr/src#\\1$vm/kernel/usr/src#" "$vm/kernel/usr/src/linux-headers-$(version)/Makefile"
        make -s -C "$vm/kernel/usr/src/linux-headers-$(version)" M="$source" modules >"$vm/loopback.log" 2>&1 || {
            cat "$vm/loopback.log" >&2
            die "v4l2loopback does not build"
        }
        cp "$source/v4l2loopback.ko" "$modules/kernel/"
    fi
    depmod -b "$vm/kernel" "$(version)"
}

# Every module that the named ones need, in the order of loading.
modules() {
    local name
    for name in "$@"; do
        modprobe --show-depends --dirname "$vm/kernel" --set-version "$(version)" "$name" | sed -n 's/^insmod \([^ ]*\).*/\1/p'
    done | awk '!seen[$0]++'
}

# A program with the libraries that it needs, at the places where its loader looks for them.
add_program() {
    local library
    cp "$1" "$image/bin/"
    while read -r library; do
        mkdir -p "$image$(dirname "$library")"
        cp -Lu "$library" "$image$library"
    done < <(ldd "$1" | grep -o '/[^ ]*')
}

build_image() {
    local module
    rm -rf "$image"
    mkdir -p "$image"/{bin,dev,proc,sys,tmp,modules}
    cp /bin/busybox "$image/bin/"
    cp "$root/tests/vm/init.sh" "$image/init"
    chmod 755 "$image/init"
    add_program "$release/tests/test_vm"
    add_program "$release/kiosk"
    for module in $(modules evdev uinput vivid v4l2loopback); do
        cp "$module" "$image/modules/"
        basename "$module" .ko >>"$image/modules/order"
    done
    xz --decompress "$image"/modules/*.xz 2>/dev/null || true # later kernels' modules are compressed
    sed -i 's/\.ko\.xz$//' "$image/modules/order"
    printf '%s\n' "$@" >"$image/arguments"
    (cd "$image" && find . | cpio --quiet -o -H newc | gzip -1) >"$vm/image.gz"
}

boot() {
    say "booting $(version)"
    # No KVM: where it is missing or does not work, that is not the kiosk's fault.
    timeout "$limit" qemu-system-x86_64 -accel tcg,thread=multi -cpu max -smp 2 -m 1536 -nic none -no-reboot -display none \
        -monitor none -serial stdio -kernel "$vm/kernel/boot/vmlinuz-$(version)" -initrd "$vm/image.gz" \
        -append "console=ttyS0 quiet loglevel=3 panic=-1" </dev/null | tr -d '\r' | tee "$vm/console.log"
}

mkdir -p "$vm" "$release"
install_packages build run vm
configure "$release" -DCMAKE_BUILD_TYPE=Release
build "$release" test_vm kiosk
fetch_kernel
build_loopback
build_image "$@"
start=$SECONDS
boot || true
say "$((SECONDS - start)) s in the machine; its words are in $vm/console.log"
status=$(sed -n 's/^the machine ends with \([0-9]*\)$/\1/p' "$vm/console.log")
exit "${status:-1}"
