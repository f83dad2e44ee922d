// What systemd is told when it started this program (sd_notify(3)); otherwise nothing happens. A program that
// falls silent is started again by it.
#pragma once

namespace kiosk::service_manager {

/// The program does what it is for. Any thread.
void ready();
/// It still does: at least twice in the unit's WatchdogSec; says so once a second however often it is called.
/// One thread.
void alive();

} // namespace kiosk::service_manager
