// Copying, moving and destroying the flow's larger values, compiled once: inlined into every file that meets
// them they were half of the build.
#include "app/flow/flow.hpp"

namespace kiosk {

staff::Page::Page() = default;
staff::Page::Page(const Page&) = default;
staff::Page::Page(Page&&) noexcept = default;
staff::Page& staff::Page::operator=(const Page&) = default;
staff::Page& staff::Page::operator=(Page&&) noexcept = default;
staff::Page::~Page() = default;

staff::Action::Action() = default;
staff::Action::Action(const Action&) = default;
staff::Action::Action(Action&&) noexcept = default;
staff::Action& staff::Action::operator=(const Action&) = default;
staff::Action& staff::Action::operator=(Action&&) noexcept = default;
staff::Action::~Action() = default;

staff::Request::Request() = default;
staff::Request::Request(const Request&) = default;
staff::Request::Request(Request&&) noexcept = default;
staff::Request& staff::Request::operator=(const Request&) = default;
staff::Request& staff::Request::operator=(Request&&) noexcept = default;
staff::Request::~Request() = default;

staff::Answer::Answer() = default;
staff::Answer::Answer(const Answer&) = default;
staff::Answer::Answer(Answer&&) noexcept = default;
staff::Answer& staff::Answer::operator=(const Answer&) = default;
staff::Answer& staff::Answer::operator=(Answer&&) noexcept = default;
staff::Answer::~Answer() = default;

Event::Event() = default;
Event::Event(Event&&) noexcept = default;
Event& Event::operator=(Event&&) noexcept = default;
Event::~Event() = default;

Effect::Effect() = default;
Effect::Effect(const Effect&) = default;
Effect::Effect(Effect&&) noexcept = default;
Effect& Effect::operator=(const Effect&) = default;
Effect& Effect::operator=(Effect&&) noexcept = default;
Effect::~Effect() = default;

Screen::Screen() = default;
Screen::Screen(const Screen&) = default;
Screen::Screen(Screen&&) noexcept = default;
Screen& Screen::operator=(const Screen&) = default;
Screen& Screen::operator=(Screen&&) noexcept = default;
Screen::~Screen() = default;

Session::Session() = default;
Session::Session(const Session&) = default;
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(const Session&) = default;
Session& Session::operator=(Session&&) noexcept = default;
Session::~Session() = default;

Flow::Flow() = default;
Flow::Flow(const Flow&) = default;
Flow::Flow(Flow&&) noexcept = default;
Flow& Flow::operator=(const Flow&) = default;
Flow& Flow::operator=(Flow&&) noexcept = default;
Flow::~Flow() = default;

} // namespace kiosk
