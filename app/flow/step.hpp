// Inside of step(): the flow being changed, the effects gathered, and the moves every screen shares.
#pragma once

#include "app/flow/flow.hpp"
#include "app/identity/id_card.hpp"

#include <utility>

namespace kiosk {

struct Step {
    const Knowledge& knowledge;
    Flow flow;
    Effects effects;

    /// The state of screen S when it is the one shown.
    template <typename S>
    S* at() {
        return std::get_if<S>(&flow.screen);
    }
    void effect(Effect e) { effects.push_back(std::move(e)); }
    void play(effect::SoundKind sound) { effect(effect::Play{sound}); }
    void count(effect::Count::What what, int detail); ///< nothing of a rehearsal

    void go(Screen next);      ///< remembers the present screen for Back
    void replace(Screen next); ///< does not
    void back();               ///< to the remembered screen; from the first one the session ends
    void end();                ///< erases everything of the customer; Welcome in the default language
    void begin();              ///< a new session: asks for room on the disk
    void beginAgain();         ///< for somebody else, in the looks that were chosen
    bool hasSession() const;   ///< anything but Welcome
    Preferences defaultPreferences() const;
    id_card::Clock clock() const;
    Date today() const { return flow.now.dateInVietnam(); }
};

/// Numbers for counting where people need help and give up; stored, so never given to another screen.
int numberOf(const Screen& screen);

// identify.cpp: cards, typing, agreement, kept answers.
void on(Step&, const event::CodeRead&);
void on(Step&, const event::CodeGone&);
void on(Step&, const event::Hint&);
void on(Step&, const event::Start&);
void on(Step&, const event::TypeInstead&);
void on(Step&, const event::ConfirmTyped&);
void on(Step&, const event::ChooseResidence&);
void on(Step&, const event::ToggleAgreement&);
void on(Step&, const event::ConfirmIdentity&);
void on(Step&, const event::NotMe&);
void on(Step&, const event::RefuseAgreement&);
void on(Step&, const event::UseOtherCard&);
void on(Step&, const event::ProfileOpened&);
void on(Step&, const event::ProfileTrouble&);
void on(Step&, const event::ProfileErased&);
void on(Step&, const event::ProfileDisputed&);
void on(Step&, const event::ShowMyData&);
void on(Step&, const event::EraseMyData&);
void on(Step&, const event::DisputeMyData&);
void cardAccepted(Step&); ///< the tick has been shown: go on with the card found
void edited(Step&, screen::TypeIdentity&, const event::Edited&);

// choosing.cpp: catalogue and procedure.
void on(Step&, const event::Browse&);
void on(Step&, const event::Choose&);
void on(Step&, const event::BeginForm&);
void on(Step&, const event::ShowDetails&);
void on(Step&, const event::SendAgain&);
void on(Step&, const event::RecentFound&);
void on(Step&, const event::NothingRecent&);
void lookNoLonger(Step&); ///< the disk has not told in time whether the same was sent lately
void on(Step&, const event::AnotherProcedure&);
void edited(Step&, screen::Choose&, const event::Edited&);
void openProcedure(Step&, const std::string& code);

// filling.cpp and sub_editors.cpp: the form, its pickers and rows.
void on(Step&, const event::Focus&);
void on(Step&, const event::Edited&);
void on(Step&, const event::Pick&);
void on(Step&, const event::Next&);
void on(Step&, const event::ShowCardFor&);
void on(Step&, const event::ThisIsMe&);
void on(Step&, const event::OtherCardIs&);
void on(Step&, const event::Change&);
void on(Step&, const event::OpenPicker&);
void on(Step&, const event::ClosePicker&);
void on(Step&, const event::EditRow&);
void on(Step&, const event::KeepRow&);
void on(Step&, const event::DropRow&);
void startForm(Step&);
void personKnown(Step&, const std::string& person, const Identity& identity);
bool formBack(Step&); ///< true when Back was used up inside the form
void refill(Step&);   ///< prefill again and find the page anew after something became known
void pickInSub(Step&, screen::FormPage&, const event::Pick&);
bool editInSub(Step&, screen::FormPage&, const event::Edited&);
/// The canonical answer of what was typed into a field; dates and numbers from their digits.
std::string canonical(const Field& field, const std::string& typed);

// looking_up.cpp: how a dossier stands.
void on(Step&, const event::LookUp&);
void on(Step&, const event::AskOffice&);
void on(Step&, const event::ProgressFound&);
void on(Step&, const event::ProgressTrouble&);
void edited(Step&, screen::LookUp&, const event::Edited&);
bool startsLookUp(Step&, std::string_view code); ///< a slip held up on the first screen: true if it is one
void shownWhileLookingUp(Step&, screen::LookUp&, std::string_view code, const Result<Identity>& identity);

// ticket.cpp
void on(Step&, const event::TakeTicket&);
void on(Step&, const event::TicketTaken&);
void on(Step&, const event::TicketTrouble&);
void on(Step&, const event::TicketPrinted&);

// staff/: behind the hidden gesture.
void on(Step&, const event::Staff&);
void on(Step&, const event::StaffAnswer&);
void on(Step&, const staff::action::Enter&);
void on(Step&, const staff::action::ChooseAccount&);
void on(Step&, const staff::action::SignIn&);
void on(Step&, const staff::action::ForgotPin&);
void on(Step&, const staff::action::SaveAccount&);
void on(Step&, const staff::action::CodeNoted&);
void on(Step&, const staff::action::SetRole&);
void on(Step&, const staff::answer::Accounts&);
void on(Step&, const staff::answer::SignIn&);
void on(Step&, const staff::answer::FirstCreated&);
void on(Step&, const staff::action::ShowPeriod&);
void on(Step&, const staff::action::PrintApology&);
void on(Step&, const staff::action::ExportBoard&);
void on(Step&, const staff::answer::Board&);
void on(Step&, const staff::answer::Opinions&);
void on(Step&, const staff::answer::TableWritten&);
void on(Step&, const event::SoundOutputs&);
void on(Step&, const staff::action::OpenMeasure&);
void on(Step&, const staff::action::Rehearse&);
void on(Step&, const staff::action::OpenConnection&);
void on(Step&, const staff::action::Widen&);
void on(Step&, const staff::action::SaveMeasure&);
void on(Step&, const staff::answer::Keys&);
void on(Step&, const staff::answer::Rehearsal&);
void on(Step&, const staff::action::AddPhone&);
void on(Step&, const staff::action::UseCard&);
void on(Step&, const staff::action::RemoveSecondFactor&);
void on(Step&, const staff::answer::PhoneKey&);
void on(Step&, const staff::answer::SecondFactorChanged&);
void on(Step&, const staff::action::FetchBundle&);
void on(Step&, const staff::action::FindBundles&);
void on(Step&, const staff::action::PreviewBundle&);
void on(Step&, const staff::action::InstallBundle&);
void on(Step&, const staff::action::TakeBackBundle&);
void on(Step&, const staff::answer::Bundles&);
void on(Step&, const staff::answer::BundlePreview&);
void measured(Step&, const staff::answer::Settings&);
void openBoard(Step&);
void openSetUp(Step&);
void openPhone(Step&);
void phoneFailed(staff::page::Phone&, Code);
void staffPaperPrinted(Step&, const event::PaperPrinted&);
void edited(Step&, screen::Staff&, const event::Edited&);
void focused(screen::Staff&, const std::string& target);
bool staffBack(Step&); ///< true when Back was used up inside staff mode
void staffSlipPrinted(Step&, const event::SlipPrinted&);
/// A code before the camera: the card that is asked for beside a PIN, else a reading test.
void staffCodeShown(Step&, std::string_view code);
void cardShown(Step&, staff::page::Phone&, std::string_view hash);

// submitting.cpp: review, sending, slip.
void on(Step&, const event::Submit&);
void on(Step&, const event::Committed&);
void on(Step&, const event::CommitFailed&);
void on(Step&, const event::RoomChecked&);
void on(Step&, const event::Acknowledged&);
void on(Step&, const event::Delayed&);
void on(Step&, const event::RefusedByOffice&);
void on(Step&, const event::PaperWritten&);
void on(Step&, const event::PrintSlip&);
void on(Step&, const event::SlipPrinted&);
void on(Step&, const event::PrinterChanged&);
void printWhenDue(Step&); ///< once the office has answered, or after some seconds without
void on(Step&, const event::KeepAnswers&);
void on(Step&, const event::Rate&);
void on(Step&, const event::RateReason&);
void on(Step&, const event::ProfileSaved&);
void on(Step&, const event::Finish&);
void goReview(Step&);

// paper.cpp: the declaration as a paper.
void on(Step&, const event::ShowPaper&);
void on(Step&, event::PaperDrawn&);
void on(Step&, const event::TurnSheet&);
void on(Step&, const event::PrintPaper&);
void on(Step&, const event::PaperPrinted&);

} // namespace kiosk
