// Expected failures are values: Result<T> holds a T or an Error whose Code has words in every language.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace kiosk {

/// Every expected failure, named subject-cause. The list is an X-macro so that tests can walk it:
/// each code has words in every language under "error.<Code>.title" and "error.<Code>.help".
#define KIOSK_CODES(X)                                                                                       \
    /* the card */                                                                                           \
    X(CardNotText)           /* bytes are not strict UTF-8, or the decoder guessed a charset */              \
    X(CardTooLong)           /* over 512 bytes */                                                            \
    X(CardNotIdCard)         /* some other code: not 7 or 11 fields */                                       \
    X(CardIsCovidQr)         /* COVID personal QR (6 fields) */                                              \
    X(CardIsHealthInsurance) /* health-insurance card */                                                     \
    X(CardIsVneid)           /* VNeID dynamic code */                                                        \
    X(CardFieldInvalid)      /* a field breaks its rule; detail names the field */                           \
    X(CardPartialBirthDate)                                                                                  \
    X(CardUnreadable)                                                                                        \
    X(DecoderUnavailable) /* the decoder program is missing or cannot lock itself in */                      \
    X(DecoderFailed)      /* a decode took too long, crashed or answered nonsense */                         \
    X(ScanGarbled)        /* a hand scanner lost or replaced letters */                                      \
    /* the camera and pictures */                                                                            \
    X(CameraNone)                                                                                            \
    X(CameraLost)                                                                                            \
    X(CameraBusy)                                                                                            \
    X(CameraDenied)                                                                                          \
    X(CameraUnsupported)                                                                                     \
    X(PictureUnreadable)                                                                                     \
    /* hand scanners */                                                                                      \
    X(ScannerNone)                                                                                           \
    X(ScannerLost)                                                                                           \
    X(ScannerDenied)                                                                                         \
    X(ScannerUnsupported)                                                                                    \
    /* procedures, forms, words, configuration */                                                            \
    X(AssetMissing)                                                                                          \
    X(AssetInvalid)  /* detail: file:line: what is wrong */                                                  \
    X(ConfigInvalid) /* detail: file:line: key: allowed values */                                            \
    X(ProcedureUnknown)                                                                                      \
    X(ProcedureNotOffered)                                                                                   \
    /* disk */                                                                                               \
    X(StoreUnavailable)                                                                                      \
    X(StoreFull)                                                                                             \
    X(StoreDamaged)                                                                                          \
    X(StoreTooNew) /* written by a newer version */                                                          \
    X(StoreBusy)                                                                                             \
    X(KeyMissing)                                                                                            \
    X(KeyInvalid)                                                                                            \
    X(ProfileWrongCard)                                                                                      \
    X(ImportInvalid)                                                                                         \
    /* the journal */                                                                                        \
    X(JournalBroken)     /* an entry was changed, dropped or put in; detail: the first one */                \
    X(JournalUnsigned)   /* a signed word about it is not signed by whom it should be */                     \
    X(JournalRolledBack) /* it ends before what the office has witnessed */                                  \
    X(JournalForked)     /* another entry stands where the office has witnessed one */                       \
    /* staff */                                                                                              \
    X(StaffPinWeak)    /* not 6 to 12 digits, all the same, or counted up or down */                         \
    X(StaffNameTaken)  /* an account of this name is there, or the name is empty or too long */              \
    X(StaffNotAllowed) /* the role does not allow it, or there is no such account */                         \
    X(StaffLastAdministrator)                                                                                \
    X(StaffCodeWrong) /* not the code the telephone shows now, or one taken before */                        \
    /* bundles of procedures and words */                                                                    \
    X(BundleUntrusted) /* not signed by this kiosk's office, or changed since */                             \
    X(BundleInvalid)   /* not a bundle, cut off, or a mistake in what it brings; detail: where */            \
    X(BundleNotNewer)  /* its version is no higher than one that was here */                                 \
    X(BundleEnded)     /* it may not be used any more */                                                     \
    X(BundleNone)      /* there is none to take back, or none newer at the office */                         \
    /* delivery */                                                                                           \
    X(OfficeUnreachable)                                                                                     \
    X(OfficeUntrusted)    /* certificate or signature does not match the pinned keys */                      \
    X(OfficeBusy)         /* 429/503 with Retry-After */                                                     \
    X(OfficeRefused)      /* the office refused the parcel for good; detail: reason */                       \
    X(OfficeIncompatible) /* protocol version not understood */                                              \
    X(OfficeGarbled)      /* an answer that is not an acknowledgement */                                     \
    X(DossierNotFound)    /* the office knows none of this code and birth date */                            \
    X(LookUpTooOften)     /* too many tries that did not fit */                                              \
    X(ParcelInvalid)                                                                                         \
    X(ParcelUnknownVersion)                                                                                  \
    X(ParcelUnsigned)                                                                                        \
    X(ParcelNotForUs)                                                                                        \
    /* papers, system */                                                                                     \
    X(PrinterOffline) /* not reached, switched off, or it says nothing */                                    \
    X(PrinterNoPaper)                                                                                        \
    X(PrinterCoverOpen)                                                                                      \
    X(PrinterJammed)                                                                                         \
    X(VoiceFailed) /* the speech program is missing or says nothing */                                       \
    X(PaperFailed)                                                                                           \
    X(WindowFailed)                                                                                          \
    X(SystemFailed)

enum class Code {
#define KIOSK_CODE(name) name,
    KIOSK_CODES(KIOSK_CODE)
#undef KIOSK_CODE
};

/// The enumerator's name, e.g. "CameraLost": the key of its words and the staff's short code.
std::string_view name(Code code);

/// An expected failure. `detail` is for staff and logs: English, never personal data.
struct Error {
    Code code;
    std::string detail;
};

template <typename T>
using Result = tl::expected<T, Error>;

/// Shorthand for returning a failure: `return fail(Code::CameraLost, "poll timed out");`
inline tl::unexpected<Error> fail(Code code, std::string detail = {}) {
    return tl::unexpected<Error>(Error{code, std::move(detail)});
}

/// Passes a failure on: `if (!x) return fail(x.error());`
inline tl::unexpected<Error> fail(Error error) { return tl::unexpected<Error>(std::move(error)); }

} // namespace kiosk
