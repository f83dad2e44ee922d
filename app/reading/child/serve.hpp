// The decoder program's loop: a request, a picture in shared memory, the codes found.
#pragma once

#include "app/reading/child/wire.hpp"

#include <functional>

namespace kiosk::reading::child {

using Decode = std::function<std::vector<CodeFound>(const GreyView&, const zxing::Options&)>;

/// Locks the process in (see lockIn) and answers requests on `channelFd` with what `decode` finds in the
/// picture, until the other side closes. `parent`: the process that started this one. Returns the exit code.
int serve(int parent, const Decode& decode);

/// One message on `channelFd`; false when nobody listens any more.
bool send(const Answer& answer);

} // namespace kiosk::reading::child
