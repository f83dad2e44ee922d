// How much work a frame may cost: in time on a running kiosk, in nominal work where results must not depend
// on the machine.
#pragma once

#include <chrono>

namespace kiosk::reading {

/// Counts from its making. Nominal costs are microseconds on one core of about 2.5 GHz.
class Budget {
public:
    /// By the clock.
    static Budget time(std::chrono::microseconds limit) {
        return Budget(static_cast<double>(limit.count()), true);
    }
    /// By what the steps are said to cost: the same on every machine.
    static Budget work(double microseconds) { return Budget(microseconds, false); }

    /// Whether a step of this nominal cost may begin.
    bool allows(double microseconds) const { return used() + microseconds <= limit_; }
    void spend(double microseconds) { spent_ += microseconds; }

private:
    using Clock = std::chrono::steady_clock;
    Budget(double limit, bool byClock) : limit_(limit), byClock_(byClock) {}
    double used() const {
        if (!byClock_) return spent_;
        return std::chrono::duration<double, std::micro>(Clock::now() - start_).count();
    }

    double limit_, spent_ = 0;
    bool byClock_;
    Clock::time_point start_ = Clock::now();
};

} // namespace kiosk::reading
