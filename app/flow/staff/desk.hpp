// Inside of staff mode's half of step(): the open page, and asking the kiosk for something.
#pragma once

#include "app/flow/step.hpp"

#include <utility>

namespace kiosk::staff {

/// The open page when it is a P; nullptr elsewhere and outside staff mode.
template <typename P>
P* pageOf(Step& s) {
    auto* desk = s.at<screen::Staff>();
    return desk == nullptr ? nullptr : std::get_if<P>(&desk->page);
}

/// Who is signed in and may do this: the account's number; 0: nobody.
inline int whoMay(Step& s, Task task) {
    const auto* desk = s.at<screen::Staff>();
    if (desk == nullptr || !desk->account || !may(*desk->account, task)) return 0;
    return desk->account->id;
}

inline void ask(Step& s, Request request) { s.effect(effect::Staff{std::move(request)}); }

} // namespace kiosk::staff
