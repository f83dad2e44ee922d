// A dossier as a page officers can read and print; made from the dossier's own labels, knowing no procedure.
#pragma once

#include <string>
#include <string_view>

namespace kiosk::intake {

/// `documentJson` is an exported document (see README.md here). Every text in it is hostile and escaped; the
/// page loads nothing and runs nothing.
std::string dossierPage(std::string_view documentJson);

} // namespace kiosk::intake
