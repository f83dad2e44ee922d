// Codes that strangers may hold before the kiosk: none of them is a card, none may do anything (R11).
#pragma once

#include <string>
#include <vector>

namespace kiosk::test {

inline std::vector<std::string> hostileCodes() {
    using namespace std::string_literals;
    const auto card = [](const std::string& name, const std::string& address = "Ha Noi") {
        return "001099000001|012345678|" + name + "|01021999|Nam|" + address + "|05062021";
    };
    return {
        // The row of dashes for which a hotel's terminal gave away key codes, and its like.
        "------"s,
        "----------------------------------------"s,
        "________________"s,
        "                "s,
        "|||||||"s,
        "||||||||||"s,
        "||||||"s,
        "////////////////"s,
        "0000000000000000"s,
        "9999999999999999999999999999999999999999"s,
        // Commands, markup, format strings.
        "'; DROP TABLE profiles; --"s,
        "\" OR \"1\"=\"1\"; DELETE FROM outbox; --"s,
        "1 UNION SELECT sql FROM sqlite_master"s,
        "%s%s%s%s%s%s%n%n%n%n"s,
        "%08x.%08x.%08x.%08x.%n"s,
        "{{7*7}}${7*7}#{7*7}"s,
        "$(reboot)`reboot`;reboot|reboot"s,
        "&& shutdown -h now #"s,
        "<script>alert(document.cookie)</script>"s,
        "<img src=x onerror=alert(1)>"s,
        "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><x>&a;</x>"s,
        "{\"__proto__\":{\"admin\":true},\"personal_number\":\"001099000001\"}"s,
        "() { :;}; /bin/bash -c 'id'"s,
        "../../../../../../etc/passwd"s,
        "..\\..\\..\\windows\\system32\\config\\sam"s,
        "file:///etc/shadow"s,
        "/dev/input/event0"s,
        "http://169.254.169.254/latest/meta-data/"s,
        "javascript:alert(1)//"s,
        "ldap://127.0.0.1/a${jndi:ldap://127.0.0.1/b}"s,
        "WIFI:T:WPA;S:MAU;P:MAU;H:false;;"s,
        "tel:*%2306%23"s,
        "BEGIN:VCARD\nVERSION:3.0\nN:MAU\nEND:VCARD"s,
        "otpauth://totp/MAU?secret=JBSWY3DPEHPK3PXP"s,
        "00020101021238540010A00000072701240006970000011000000000000208QRIBFTTA5303704"s,
        // What scanners take for their own programming, and control characters.
        "%%SpecCode88"s,
        "$P,EAN13,ENABLE$P"s,
        "\x16M\rPAPHHF."s,
        "\x1b[2J\x1b[31mMAU\x1b]0;MAU\x07"s,
        "\x1bOP\x1bOQ\x1b[24~"s,
        "\x04\x1a\x03\x1c\x11\x13"s,
        "a\tb\tc\td\te\tf\tg\th"s,
        "\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n"s,
        "\b\b\b\b\b\b\b\b\b\b\b\b"s,
        "\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f"s,
        "00109900\0000001|012345678|MAU"s,
        // Cards with hostile fields.
        card("'; DROP TABLE profiles; --"),
        card("<b>MAU</b>"),
        card("%s%n"),
        card("Robert\"); --"),
        card("MAU\x1b[2J"),
        card("MAU\r\nX-Header: 1"),
        card("12345"),
        card(""),
        card("M4U", "a\x07"
                    "b"),
        card("MAU", "a\tb"),
        card("MAU", "a|b"),
        card("M\xC3"),
        card("\xED\xA0\x80MAU"),
        card("\xF4\x90\x80\x80"),
        card("\xC0\xAFMAU"),
        card("MAU\xE2\x80\xAEUAM"),                               // right to left
        card("M\xE2\x80\x8B\x41U"),                               // zero width
        card("\xEF\xBC\xA1\xEF\xBC\xA2"),                         // full width
        card("MAU", "\xF3\xA0\x81\x81"),                          // a tag
        card("MAU", "\xEF\xBF\xBD"),                              // replaced
        "001099000001|012345678|MAU MAU|31021999|Nam||05062021"s, // no such day
        "00109900000A|012345678|MAU MAU|01021999|Nam||05062021"s,
        "001099000001|DROP TABLE|MAU MAU|01021999|Nam||05062021"s,
        "001099000001|012345678|MAU MAU|01021999|MAU||05062021"s,
        "001099000001|012345678|MAU MAU|01021999|Nam||99999999"s,
        std::string(513, 'A'),
        std::string(512, '-'),
        std::string(4096, '%'),
        "001099000001|012345678|"s + std::string(600, 'M') + "|01021999|Nam||05062021",
        std::string(256, '|'),
    };
}

} // namespace kiosk::test
