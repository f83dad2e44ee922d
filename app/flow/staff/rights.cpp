// Who may do what in staff mode: one table.
#include "app/flow/staff/staff.hpp"

#include <algorithm>
#include <array>

namespace kiosk::staff {
namespace {

struct Right {
    Task task;
    Role least;
};
constexpr std::array rights = {
    Right{Task::Devices, Role::Attendant},      Right{Task::Care, Role::Attendant},
    Right{Task::Board, Role::Attendant},        Right{Task::Queue, Role::Attendant},
    Right{Task::RetryQueue, Role::Supervisor},  Right{Task::CarryQueue, Role::Supervisor},
    Right{Task::Journal, Role::Supervisor},     Right{Task::Accounts, Role::Administrator},
    Right{Task::Settings, Role::Administrator}, Right{Task::SetUp, Role::Administrator},
    Right{Task::Phone, Role::Attendant},        Right{Task::Bundles, Role::Administrator},
};

} // namespace

bool may(const Account& account, Task task) {
    if (lacksPhone(account) && task != Task::Phone) return false;
    return std::any_of(rights.begin(), rights.end(),
                       [&](const Right& right) { return right.task == task && account.role >= right.least; });
}

} // namespace kiosk::staff
