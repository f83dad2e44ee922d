#!/bin/busybox sh
# The first program of the test machine: loads the devices, runs the tests, switches the machine off.
/bin/busybox --install -s /bin
export PATH=/bin HOME=/tmp
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
mount -t tmpfs tmp /tmp
mkdir -p /dev/pts
mount -t devpts pts /dev/pts

while read -r module; do
    case $module in
    # One camera without radio, output or overlay; its input is a webcam, with discrete sizes and rates.
    vivid) parameters="n_devs=1 node_types=0x1 num_inputs=1 input_types=0x0" ;;
    v4l2loopback) parameters="video_nr=9 card_label=MAU-MJPEG" ;;
    *) parameters= ;;
    esac
    # shellcheck disable=SC2086 # several parameters
    insmod "/modules/$module.ko" $parameters || echo "cannot load $module"
done </modules/order
ls -l /dev/video* /dev/uinput

set -- $(cat /arguments)
test_vm "$@"
status=$?

echo "== kiosk selftest"
kiosk selftest --data /tmp --seconds 2
selftest=$?
echo "kiosk selftest: exit $selftest"
[ "$status" -eq 0 ] && status=$selftest

echo "the machine ends with $status"
sync
poweroff -f
