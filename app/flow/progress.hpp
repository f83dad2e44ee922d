// How a dossier stands at the office, as the person who asked sees it.
#pragma once

#include "app/base/time.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kiosk {

/// One of the ten statuses of one-stop software: Mới đăng ký 1, Được tiếp nhận 2, Không được tiếp nhận 3,
/// Đang xử lý 4, Yêu cầu bổ sung giấy tờ 5, Yêu cầu thực hiện nghĩa vụ tài chính 6, Công dân yêu cầu rút hồ
/// sơ 7, Dừng xử lý 8, Đã xử lý xong 9, Đã trả kết quả 10.
struct ProgressStep {
    int status = 1;
    Instant at;
    std::string note; ///< the office's words
};

struct Progress {
    std::string reference, dossierCode, procedure;
    std::optional<Date> due;
    std::vector<ProgressStep> steps; ///< oldest first, at least one

    int status() const { return steps.back().status; }
    /// Past the date promised, and the office still has work to do.
    bool isLate(Date today) const;
};

} // namespace kiosk
