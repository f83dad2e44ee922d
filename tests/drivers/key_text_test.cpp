// Keys as scanners press them, as recorded key codes; and which keyboards are scanners.
#include "drivers/scanner/key_text.hpp"

#include "drivers/scanner.hpp"
#include "drivers/scanner/evdev_scanner.hpp"
#include "drivers/scanner/usb_name.hpp"
#include "tests/drivers/keys_of.hpp"

#include <gmock/gmock.h>
#include <linux/input-event-codes.h>
#include <random>

namespace kiosk::scanner {
namespace {

std::string textOf(Secret<Bytes> taken) { return {taken.reveal().begin(), taken.reveal().end()}; }

/// What the keys type; ends with the first that ends a message.
std::string typed(const std::vector<KeyStroke>& strokes) {
    KeyText text;
    for (const auto& [code, value] : strokes)
        if (text.key(code, value)) break;
    return textOf(text.take());
}

TEST(KeyText, TypesEveryPrintableAsciiCharacter) {
    std::string all;
    for (char c = ' '; c <= '~'; ++c) all += c;
    EXPECT_EQ(typed(keysOf(all)), all);
}

TEST(KeyText, ReadsARecordedScan) {
    // "Ng|1" and Enter as a scanner sends it: Shift is pressed with its letter and released before the next.
    EXPECT_EQ(typed({{KEY_LEFTSHIFT, 1},
                     {KEY_N, 1},
                     {KEY_N, 0},
                     {KEY_LEFTSHIFT, 0},
                     {KEY_G, 1},
                     {KEY_G, 0},
                     {KEY_RIGHTSHIFT, 1},
                     {KEY_BACKSLASH, 1},
                     {KEY_BACKSLASH, 0},
                     {KEY_RIGHTSHIFT, 0},
                     {KEY_KP1, 1},
                     {KEY_KP1, 0},
                     {KEY_ENTER, 1},
                     {KEY_ENTER, 0}}),
              "Ng|1");
}

TEST(KeyText, EndsAtEnterOrTabAndBeginsAnew) {
    KeyText text;
    for (const auto& [code, value] : keysOf("ab")) EXPECT_FALSE(text.key(code, value));
    EXPECT_TRUE(text.key(KEY_TAB, 1));
    EXPECT_EQ(textOf(text.take()), "ab");
    EXPECT_FALSE(text.key(KEY_TAB, 0));
    EXPECT_TRUE(text.empty());
    for (const auto& [code, value] : keysOf("c")) text.key(code, value);
    EXPECT_TRUE(text.key(KEY_KPENTER, 1));
    EXPECT_EQ(textOf(text.take()), "c");
}

TEST(KeyText, CapsLockSwapsLettersOnly) {
    auto strokes = keysOf("Aa1|");
    strokes.insert(strokes.begin(), {{KEY_CAPSLOCK, 1}, {KEY_CAPSLOCK, 0}});
    EXPECT_EQ(typed(strokes), "aA1|");
}

TEST(KeyText, AltAndDecimalCodesAreLettersOrBytes) {
    EXPECT_EQ(typed(altKeys({U'N', 7877, U'n'})), "Nễn") << "letters by their number in Unicode";
    EXPECT_EQ(typed(altKeys({0xE1, 0xBB, 0x85})), "ễ") << "the bytes of UTF-8";
    EXPECT_EQ(typed(altKeys({U'B', 0xEC, U'n', U'h'})), "Bình") << "Latin letters are no UTF-8";
    EXPECT_EQ(typed(altKeys({0xEC, 273})), "ìđ") << "one letter beyond Latin decides for all";
    EXPECT_EQ(typed(altKeys({0x110000})), "\xFF") << "no letter";
    EXPECT_EQ(typed(altKeys({0xD800})), "\xFF") << "half of a letter";
    EXPECT_EQ(typed({{KEY_LEFTALT, 1}, {KEY_F4, 1}, {KEY_F4, 0}, {KEY_LEFTALT, 0}}), "");
}

TEST(KeyText, CommandsAndKeysHeldDownTypeNothing) {
    EXPECT_EQ(typed({{KEY_LEFTCTRL, 1},
                     {KEY_C, 1},
                     {KEY_C, 0},
                     {KEY_LEFTCTRL, 0},
                     {KEY_ESC, 1},
                     {KEY_ESC, 0},
                     {KEY_F1, 1},
                     {KEY_F1, 0},
                     {KEY_UP, 1},
                     {KEY_UP, 0},
                     {KEY_LEFTMETA, 1},
                     {KEY_LEFTMETA, 0},
                     {KEY_A, 1},
                     {KEY_A, 2},
                     {KEY_A, 2},
                     {KEY_A, 0}}),
              "a");
}

TEST(KeyText, KeepsOneByteMoreThanACardMayHave) {
    EXPECT_EQ(typed(keysOf(std::string(5000, 'x'))).size(), scanMost);
}

TEST(KeyText, WhatLostAPartIsNoText) {
    KeyText text;
    for (const auto& [code, value] : keysOf("001")) text.key(code, value);
    text.damage();
    for (const auto& [code, value] : keysOf("099")) text.key(code, value);
    EXPECT_EQ(textOf(text.take()), "\xFF");
    for (const auto& [code, value] : keysOf("2")) text.key(code, value);
    EXPECT_EQ(textOf(text.take()), "2") << "the next one is whole";
}

TEST(TypingPace, KnowsScannersFromPeople) {
    std::mt19937 random(3);
    for (int i = 0; i < 200; ++i) {
        TypingPace scanner(35), person(35);
        std::int64_t at = 1000;
        for (int k = 0; k < 24; ++k) scanner.press(at += std::uniform_int_distribution(1, 30)(random));
        for (int k = 0; k < 2000; ++k)
            person.press(at += k % 8 == 0 ? std::uniform_int_distribution(60, 300)(random)
                                          : std::uniform_int_distribution(10, 120)(random));
        EXPECT_TRUE(scanner.isScanner());
        EXPECT_FALSE(person.isScanner());
    }
}

TEST(ScannerName, IsKnownByItsMakersAndWords) {
    for (const char* name : {"Symbol Technologies, Inc, 2008 Symbol Bar Code Scanner", "USB Barcode Reader",
                             "Honeywell Imaging & Mobility 1900",
                             "Datalogic ADC, Inc. Handheld Barcode Scanner", "NEWLAND AUTO-ID NLS-HR22"})
        EXPECT_TRUE(isScannerName(name)) << name;
    for (const char* name : {"AT Translated Set 2 keyboard", "Logitech USB Keyboard", "Power Button", ""})
        EXPECT_FALSE(isScannerName(name)) << name;
}

TEST(UsbIdText, IsStrict) {
    EXPECT_EQ(parseUsbId("usb:05e0:1200"), (UsbId{0x05e0, 0x1200}));
    for (const char* wrong :
         {"", "usb:", "usb:05e0:120", "usb:05e0-1200", "usb:05e0:12g0", "05e0:1200", "usb:+5e0:1200"})
        EXPECT_FALSE(parseUsbId(wrong)) << wrong;
}

TEST(MakeScanners, FollowsTheSettings) {
    const auto count = [](const char* device) { return makeScanners({.device = device}).size(); };
    EXPECT_EQ(count("none"), 0U);
    EXPECT_EQ(count("auto"), 2U);
    EXPECT_EQ(count("usb:05e0:1200"), 2U);
    EXPECT_EQ(count("/dev/ttyACM0"), 1U);
    const auto missing = makeScanners({.device = "/dev/input/by-id/usb-MAU-none"});
    ASSERT_EQ(missing.size(), 1U);
    EXPECT_EQ(missing[0]->reopen().error().code, Code::ScannerNone);
    EXPECT_FALSE(missing[0]->isReady());
}

} // namespace
} // namespace kiosk::scanner
