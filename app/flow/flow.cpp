#include "app/flow/flow.hpp"

#include "app/flow/step.hpp"

#include <algorithm>
#include <tuple>

namespace kiosk {

int numberOf(const Screen& screen) {
    struct {
        int operator()(const screen::Welcome&) { return 1; }
        int operator()(const screen::PresentCard&) { return 2; }
        int operator()(const screen::TypeIdentity&) { return 3; }
        int operator()(const screen::ConfirmIdentity&) { return 4; }
        int operator()(const screen::Refused&) { return 5; }
        int operator()(const screen::MyData&) { return 6; }
        int operator()(const screen::Choose&) { return 7; }
        int operator()(const screen::ProcedureInfo&) { return 8; }
        int operator()(const screen::FormPage&) { return 9; }
        int operator()(const screen::Review&) { return 10; }
        int operator()(const screen::Paper&) { return 11; }
        int operator()(const screen::Sending&) { return 12; }
        int operator()(const screen::Slip&) { return 13; }
        int operator()(const screen::LookUp&) { return 14; }
        int operator()(const screen::Progress&) { return 15; }
        int operator()(const screen::Staff&) { return 16; }
        int operator()(const screen::Trouble&) { return 17; }
        int operator()(const screen::Ticket&) { return 18; }
    } number;
    return std::visit(number, screen);
}

void Step::go(Screen next) {
    flow.history.push_back(std::move(flow.screen));
    flow.screen = std::move(next);
}

void Step::replace(Screen next) { flow.screen = std::move(next); }

void Step::back() {
    if (flow.history.empty()) return end();
    flow.screen = std::move(flow.history.back());
    flow.history.pop_back();
    if (at<screen::Welcome>() != nullptr) end();
}

void Step::end() {
    if (const auto* desk = at<screen::Staff>(); desk != nullptr && desk->account)
        effect(effect::Staff{staff::request::SignedOut{desk->account->id}});
    // Somebody was known, and nothing came of it.
    const bool known = flow.session.customer.has_value() || !flow.session.answers.empty();
    if (known && !flow.session.sent && at<screen::MyData>() == nullptr)
        count(effect::Count::What::GivenUp, numberOf(flow.screen));
    flow.session = Session{};
    flow.history.clear();
    flow.overlay = std::monostate{};
    flow.preferences = defaultPreferences();
    flow.screen = screen::Welcome{.armed = false};
    effect(effect::Wipe{});
}

Preferences Step::defaultPreferences() const {
    Preferences fresh{.language = knowledge.office.language};
    fresh.voice.on = flow.headphones && !flow.headphones->always; // whoever plugged them in wants to listen
    return fresh;
}

void Step::begin() {
    flow.session = Session{};
    flow.session.startedAt = flow.now;
    effect(effect::CheckRoom{});
}

void Step::beginAgain() {
    const auto preferences = flow.preferences;
    const bool rehearsal = flow.session.rehearsal;
    end();
    flow.preferences = preferences;
    begin();
    flow.session.rehearsal = rehearsal;
}

void Step::count(effect::Count::What what, int detail) {
    if (!flow.session.rehearsal) effect(effect::Count{what, detail});
}

bool Step::hasSession() const { return !std::holds_alternative<screen::Welcome>(flow.screen); }

id_card::Clock Step::clock() const { return {today(), flow.clockTrusted}; }

namespace {

/// Whoever was called has come by then, or is called again (ms).
constexpr std::int64_t callLastsMs = 10LL * 60'000;

void idle(Step& s) {
    const auto& office = s.knowledge.office;
    if (const auto* warning = std::get_if<overlay::IdleWarning>(&s.flow.overlay)) {
        if (s.flow.now >= warning->endsAt) s.end();
        return;
    }
    const auto quiet = s.flow.now.ms - s.flow.lastTouch.ms;
    if (const auto* desk = s.at<screen::Staff>()) {
        // Whoever found the login by chance does not keep the next person from the kiosk.
        if (quiet >= (desk->account ? staff::idleMs : office.idleWarningSeconds * 1000LL)) s.end();
        return;
    }
    if (quiet < office.idleWarningSeconds * 1000LL || s.at<screen::Sending>() != nullptr) return;
    if (!s.hasSession()) {
        s.flow.preferences = s.defaultPreferences(); // the next person finds the kiosk as it should be
        return;
    }
    s.flow.overlay = overlay::IdleWarning{Instant{s.flow.now.ms + office.idleCountdownSeconds * 1000LL}};
    s.play(effect::SoundKind::Warning);
}

void on(Step& s, const event::Tick& e) {
    if (s.flow.now.ms == 0) s.flow.lastTouch = e.now;
    s.flow.now = e.now;
    s.flow.clockTrusted = s.today() >= buildDate();
    if (const auto* p = s.at<screen::PresentCard>(); p != nullptr && p->found && e.now >= p->until)
        cardAccepted(s);
    printWhenDue(s);
    lookNoLonger(s);
    if (s.flow.call != Flow::Call::No && e.now.ms - s.flow.calledAt.ms >= callLastsMs)
        s.flow.call = Flow::Call::No;
    idle(s);
}

void on(Step& s, const event::Touched&) {
    s.flow.lastTouch = s.flow.now;
    if (std::holds_alternative<overlay::IdleWarning>(s.flow.overlay)) s.flow.overlay = std::monostate{};
}

void on(Step& s, const event::CameraChanged& e) {
    s.flow.cameraTrouble = e.trouble;
    s.flow.cameraPictures = e.pictures;
    s.flow.cameraDescription = e.description;
}

void on(Step& s, const event::CameraMeasured& e) { s.flow.cameraMeasured = e; }
void on(Step& s, const event::ScannerChanged& e) { s.flow.scanners += e.ready ? 1 : -1; }
void on(Step& s, const event::LinkChanged& e) { s.flow.online = e.online; }
void on(Step& s, const event::SetLanguage& e) { s.flow.preferences.language = e.language; }
void on(Step& s, const event::NextTextSize&) {
    s.flow.preferences.textSize = (s.flow.preferences.textSize + 1) % 4;
}
void on(Step& s, const event::NextPalette&) {
    s.flow.preferences.palette = (s.flow.preferences.palette + 1) % 3;
}
void on(Step& s, const event::ToggleReach&) { s.flow.preferences.lowReach = !s.flow.preferences.lowReach; }
void on(Step& s, const event::NextTypingMethod&) { s.flow.preferences.vni = !s.flow.preferences.vni; }
void on(Step& s, const event::Help&) {
    s.flow.overlay = overlay::Help{};
    s.count(effect::Count::What::Help, numberOf(s.flow.screen));
}

void on(Step& s, const event::CallStaff&) {
    if (s.flow.call == Flow::Call::Calling) return;
    s.flow.call = Flow::Call::Calling;
    s.flow.calledAt = s.flow.now;
    s.effect(effect::CallStaff{});
}

void on(Step& s, const event::StaffCalled& e) {
    if (s.flow.call != Flow::Call::Calling) return;
    s.flow.call = e.trouble ? Flow::Call::Failed : Flow::Call::Called;
    s.play(e.trouble ? effect::SoundKind::Warning : effect::SoundKind::Done);
}

void on(Step& s, const event::HeadphonesChanged& e) {
    s.flow.headphones = e.plugged ? std::optional(e) : std::nullopt;
    s.flow.preferences.voice.on = e.plugged && !e.always;
    s.flow.lastTouch = s.flow.now;
    if (!e.plugged && std::holds_alternative<overlay::Voice>(s.flow.overlay))
        s.flow.overlay = std::monostate{};
}

void on(Step& s, const event::KeyPadUsed&) {
    auto& voice = s.flow.preferences.voice;
    if (s.flow.headphones && s.flow.headphones->always && !voice.declined) voice.on = true;
}

void on(Step& s, const event::ShowVoice&) {
    if (s.flow.headphones) s.flow.overlay = overlay::Voice{};
}

void on(Step& s, const event::AdjustVoice& e) {
    using What = event::AdjustVoice::What;
    auto& voice = s.flow.preferences.voice;
    const auto moved = [](int step, int by) { return std::clamp(step + by, -2, 2); };
    switch (e.what) {
    case What::Slower:
        voice.speed = moved(voice.speed, -1);
        return;
    case What::Faster:
        voice.speed = moved(voice.speed, 1);
        return;
    case What::Softer:
        voice.loudness = moved(voice.loudness, -1);
        return;
    case What::Louder:
        voice.loudness = moved(voice.loudness, 1);
        return;
    case What::On:
    case What::Off:
        voice.on = e.what == What::On && s.flow.headphones;
        voice.declined = !voice.on;
        return;
    }
}

void on(Step& s, const event::Stay&) {
    s.flow.overlay = std::monostate{};
    s.flow.lastTouch = s.flow.now;
}

void on(Step& s, const event::Back&) {
    if (auto* mine = s.at<screen::MyData>(); mine != nullptr && mine->confirming) {
        mine->confirming = false;
        return;
    }
    if (!staffBack(s) && !formBack(s)) s.back();
}

void on(Step& s, const event::EndSession&) {
    const bool asked = std::holds_alternative<overlay::ConfirmEnd>(s.flow.overlay);
    const bool nothingToLose = s.flow.session.answers.empty() || s.at<screen::Slip>() != nullptr;
    if (asked || nothingToLose) return s.end();
    s.flow.overlay = overlay::ConfirmEnd{};
}

} // namespace

namespace {
/// Staff try the camera, or hold a card up to it.
bool staffRead(const Flow& flow) {
    const auto* desk = std::get_if<screen::Staff>(&flow.screen);
    if (desk == nullptr) return false;
    const auto* phone = std::get_if<staff::page::Phone>(&desk->page);
    const auto* signIn = std::get_if<staff::page::SignIn>(&desk->page);
    return std::holds_alternative<staff::page::Devices>(desk->page) || (phone != nullptr && phone->card) ||
           (signIn != nullptr && staff::waitsForCard(*signIn));
}
} // namespace

bool isCleaning(const Flow& flow) {
    const auto* desk = std::get_if<screen::Staff>(&flow.screen);
    const auto* care = desk == nullptr ? nullptr : std::get_if<staff::page::Care>(&desk->page);
    return care != nullptr && flow.now < care->cleaningUntil;
}

Rest rest(const OfficeProfile& office, const Flow& flow) {
    const bool free = std::holds_alternative<screen::Welcome>(flow.screen) &&
                      std::holds_alternative<std::monostate>(flow.overlay);
    if (!free || flow.now.ms - flow.lastTouch.ms < inviteAfterMs) return Rest::No;
    const bool closed = flow.clockTrusted && office.hours.isClosed(flow.now);
    return closed && office.darkWhenClosed ? Rest::Dark : Rest::Inviting;
}

CameraMode cameraMode(const Flow& flow) {
    const bool reading = std::holds_alternative<screen::PresentCard>(flow.screen) ||
                         std::holds_alternative<screen::LookUp>(flow.screen) || staffRead(flow);
    return reading ? CameraMode::Reading : CameraMode::Idle;
}

const Procedure* currentProcedure(const Knowledge& knowledge, const Flow& flow) {
    if (flow.session.other) return &*flow.session.other;
    const auto it = knowledge.procedures.find(flow.session.procedure);
    return it == knowledge.procedures.end() ? nullptr : &it->second;
}

namespace {

Notices noticesOf(const Flow& f) {
    const bool cardScreen = std::holds_alternative<screen::PresentCard>(f.screen); // names the trouble itself
    return {f.session.rehearsal,
            !f.clockTrusted,
            !f.online,
            f.call == Flow::Call::Called,
            f.cameraTrouble && !cardScreen,
            f.cameraPictures};
}

/// Where a person is: it changes when they see something else.
auto placeOf(const Flow& f) {
    const auto* form = std::get_if<screen::FormPage>(&f.screen);
    const auto* desk = std::get_if<screen::Staff>(&f.screen);
    return std::tuple(f.screen.index(), f.history.size(), f.overlay.index(),
                      form == nullptr ? 0 : form->index, form == nullptr ? 0 : form->sub.index(),
                      desk == nullptr ? 0 : desk->page.index());
}

/// Does it tell the person that something is not right?
struct TellsProblem {
    bool operator()(const screen::PresentCard& s) const { return s.wrong.has_value() || s.sameAsCustomer; }
    bool operator()(const screen::TypeIdentity& s) const { return !s.problems.empty(); }
    bool operator()(const screen::Review& s) const { return !s.missing.empty(); }
    bool operator()(const screen::LookUp& s) const { return !s.problems.empty() || s.trouble.has_value(); }
    bool operator()(const screen::Trouble&) const { return true; }
    bool operator()(const screen::FormPage& s) const {
        const auto* row = std::get_if<screen::RowEditor>(&s.sub);
        return !s.problems.empty() || (row != nullptr && !row->problems.empty());
    }
    bool operator()(const auto&) const { return false; }
};

bool tellsProblem(const Flow& f) { return std::visit(TellsProblem{}, f.screen); }

} // namespace

Stepped step(const Knowledge& knowledge, Flow flow, Event event) {
    const auto before = placeOf(flow);
    const bool toldBefore = tellsProblem(flow);
    Step s{knowledge, std::move(flow), {}};
    std::visit([&s](auto& e) { on(s, e); }, event);
    const bool elsewhere = placeOf(s.flow) != before;
    if (s.at<screen::Welcome>() != nullptr || elsewhere) s.flow.notices = noticesOf(s.flow);
    if (tellsProblem(s.flow) && (!toldBefore || elsewhere))
        s.count(effect::Count::What::Problem, numberOf(s.flow.screen));
    return {std::move(s.flow), std::move(s.effects)};
}

} // namespace kiosk
