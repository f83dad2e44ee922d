#!/usr/bin/env bash
# Draws every screen in both languages, both ways up, the four sizes of text and the three palettes, checks each, and lays the
# pictures out as contact sheets, one a look, in build/release/sheets. Argument: which looks (default: all), as a part of their
# names, e.g. tests/screens/contact_sheet.sh vi_portrait_dark
# shellcheck source-path=SCRIPTDIR/../../packaging source=../../packaging/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/../../packaging/lib.sh"

folder=$root/build/release
mkdir -p "$folder"
install_packages build run pictures
configure "$folder" -DCMAKE_BUILD_TYPE=Release
build "$folder" test_screens
rm -rf "$folder/screens" "$folder/sheets"
mkdir -p "$folder/sheets"
KIOSK_PICTURES="${1:-_}" KIOSK_EVERY_LOOK=1 "$folder/tests/test_screens" --gtest_brief=1 --gtest_filter='*Walker.EveryScreen*'

cd "$folder/screens"
for language in vi en; do
    for way in portrait landscape; do
        for colours in "" _dark _contrast; do
            for letters in "" _large _larger _largest; do
                look=${language}_$way$colours$letters
                case $look in *"${1:-}"*) ;; *) continue ;; esac
                size=$([ "$way" = portrait ] && echo 270x480 || echo 480x270)
                # Made small as they are read: all of them in full are more than ImageMagick may hold.
                montage -label '%t' "*_$look.png[$size]" -tile 8x -geometry +6+6 -quality 85 "../sheets/$look.jpg"
            done
        done
    done
done
say "contact sheets: $folder/sheets"
