// Inside of the staff screens: one function a page.
#pragma once

#include "app/screens/draw.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace kiosk::screens {

void staffPage(const View&, const staff::page::SignIn&);
void staffPage(const View&, const staff::page::AccountForm&);
void staffPage(const View&, const staff::page::RecoveryCode&);
void staffPage(const View&, const staff::page::Menu&);
void staffPage(const View&, const staff::page::Devices&);
void staffPage(const View&, const staff::page::Queue&);
void staffPage(const View&, const staff::page::Board&);
void staffPage(const View&, const staff::page::Journal&);
void staffPage(const View&, const staff::page::Accounts&);
void staffPage(const View&, const staff::page::Settings&);
void staffPage(const View&, const staff::page::Care&);
void staffPage(const View&, const staff::page::SetUp&);
void staffPage(const View&, const staff::page::Measure&);
void staffPage(const View&, const staff::page::Connection&);
void staffPage(const View&, const staff::page::Phone&);
void staffPage(const View&, const staff::page::Bundles&);
/// What went wrong and what to do; `detail` for who looks after the machine. Nothing where nothing did.
void troublePanel(const View&, const std::optional<Code>& code, const std::string& detail = {});
/// The memory sticks that are there, a button each that emits `to` of its folder; and one that looks again.
void sticks(const View&, const std::vector<std::string>& folders, bool known, const char* words,
            const std::function<staff::Action(const std::string& folder)>& to);

inline void act(const View& v, staff::Action action) { v.emit(event::Staff{std::move(action)}); }
/// The setting being changed; nullptr: the list is shown.
const staff::Setting* openSetting(const staff::page::Settings&);
/// Signed in with a role that may.
bool staffMay(const View&, staff::Task);
/// A value as people call it, e.g. "Tiếng Anh" of "en"; the value itself where there are no words for it.
std::string settingWords(const View&, const std::string& value);
std::string roleWords(const View&, staff::Role);
/// "28/11/2026 17:05"
std::string timeWords(Instant at);
/// What stands in a PIN's box.
std::string hidden(std::string_view digits);

/// What the camera sees, and that a card is waited for.
void cardPreview(const View& v, const char* words);

} // namespace kiosk::screens
