// What the hostile decoder does instead of reading; the picture's first pixel says which.
#pragma once

#include <cstdint>

namespace kiosk::reading::hostile {

enum class Act : std::uint8_t {
    None, ///< as any greater value: it reads the picture
    // hangs and ends
    Sleep,
    Spin,
    Crash,
    Leave,
    // says what no honest program says
    OldSequence,
    ShortMessage,
    LongMessage,
    LengthBeyondMessage,
    UnknownKind,
    EndlessCodes,
    CornersNotNumbers,
    CornersFarAway,
    // tries to get out
    OpenFile,
    MakeSocket,
    WriteElsewhere,
    StartProgram,
    SignalParent,
    MakeCode, ///< memory that can be run
    // tries what fails without killing
    ChangePicture,
    TakeMemory,
    Count
};

} // namespace kiosk::reading::hostile
