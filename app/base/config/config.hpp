// The kiosk's settings: one human-readable TOML file, validated with file, line, key and what is allowed.
#pragma once

#include "app/base/config/opening_hours.hpp"
#include "app/base/result.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kiosk {

/// How a camera device is to look at cards; nullopt is the camera's own automatic, or the maker's value where
/// there is none. Numbers are in the device's unit; what it can do is printed by `kiosk selftest`.
struct CameraSettings {
    std::string format;           // "MJPEG", "YUYV", …; empty: the best for reading
    std::optional<int> focus;     // 0..4095
    std::optional<int> exposure;  // 100 µs, 1..10000
    std::optional<int> gain;      // 0..4095
    std::optional<int> backlight; // 0..255
    std::optional<int> sharpness; // 0..255
    bool slowInTheDark = false;   // exposure may take longer than a frame: brighter, but blurred and late
    int mainsHz = 50;             // lamps' flicker: 50 (Viet Nam), 60, 0 none
};

/// Where a hand scanner is and how it talks.
struct ScannerSettings {
    /// "auto": what is a scanner by its name, or types like one; "none"; a device ("/dev/ttyACM0",
    /// "/dev/input/by-id/…"); "usb:vvvv:pppp" (hexadecimal, as lsusb prints them).
    std::string device = "auto";
    int baud = 9600;   // of serial ones: 1200 … 115200
    int keyGapMs = 35; // 10..60: keys that follow each other faster are a scanner's
};

/// What is read aloud, and where it may be heard.
struct SpeechSettings {
    /// "auto": whenever headphones are plugged in; "headphones": they always are (a handset, a USB headset),
    /// speech begins with a key; "off".
    std::string output = "auto";
    /// The sound device of the headphones: its name or a part of it. While it is missing nothing is read
    /// aloud. Empty: the system's own output.
    std::string device;
    std::string vietnamese = "vi", english = "en-gb"; // voices of espeak-ng
    int speed = 150;                                  // words a minute, 80..400
};

/// Numbers for the counter.
struct TicketSettings {
    bool offered = false;
    int counters = 2;         // 1..50 that serve at once
    int minutes = 10;         // 1..240 a person takes
    std::string letter = "A"; // before the number; one capital
};

/// kiosk.toml in the data folder. Defaults are what a fresh kiosk uses.
struct Config {
    // [office]
    std::string officeCode, officeName, wardCode, officePhone;
    bool acceptsOtherProcedures = false;
    OpeningHours hours;
    std::string message, messageEnglish; // to visitors, on the first screen; empty: none
    // [procedures]
    std::vector<std::string> tiles; // codes in order, at most 12
    // [camera]
    std::string camera; // empty: the first that can capture
    CameraSettings cameraSettings;
    // [scanner]
    ScannerSettings scanner;
    // [printer]
    std::string paperPrinter; // "ipp://host/printers/name", "ipps://…"; empty: none
    std::string slipPrinter;  // "tcp://host:9100", "/dev/usb/lp0"; empty: none
    // [speech]
    SpeechSettings speech;
    // [screen]
    double diagonalInches = 21.5;  // 7..65
    std::string language = "vi";   // vi, en
    bool darkWhenClosed = false;   // nothing is shown outside the opening hours until somebody comes
    int idleWarningSeconds = 120;  // 30..600
    int idleCountdownSeconds = 30; // 20..120 (WCAG 2.2.1: never under 20)
    // [tickets]
    TicketSettings tickets;
    // [profile]
    int profileKeepDays = 365; // 1..3650
    // [staff]
    std::string sticksFolder = "/media"; // where the system shows memory sticks
    std::string phoneFor = "nobody";     // must sign in with a telephone's code: nobody, administrators,
                                         // supervisors (and administrators), everyone
    // [outbox]
    int keepAcknowledgedDays = 30; // 1..365

    /// Errors: ConfigInvalid "kiosk.toml:12: screen.diagonal_inches: a number from 7 to 65"; unknown keys are
    /// errors too.
    static Result<Config> load(const std::string& path);
};

} // namespace kiosk
