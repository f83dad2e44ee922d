#include "app/app.hpp"

#include "app/base/log.hpp"
#include "app/knowledge.hpp"
#include "app/papers/slip/slip.hpp"
#include "app/screens/screens.hpp"
#include "app/ui/sound.hpp"
#include "app/ui/speech/narrator.hpp"
#include "app/workers/camera_worker.hpp"
#include "app/workers/delivery_worker.hpp"
#include "app/workers/disk/disk_worker.hpp"
#include "app/workers/paper_worker.hpp"
#include "app/workers/printer_worker.hpp"
#include "app/workers/scanner_worker.hpp"
#include "app/workers/speech_worker.hpp"

#include <filesystem>

namespace kiosk {
namespace {

using namespace std::chrono_literals;

constexpr auto idleFrame = 500ms;
constexpr auto previewFrame = 32ms; // a little less than a camera's 33, which no frame may take longer (U15)
constexpr auto movingFrame = 16ms;
constexpr std::int64_t housekeepingMs = 24LL * 3600 * 1000;

papers::Slip slipOf(const SlipContent& content, const Knowledge& knowledge) {
    const bool vi = content.language == Language::Vi;
    papers::Slip slip;
    slip.language = vi ? "vi" : "en";
    slip.officeName = knowledge.office.name;
    slip.officePhone = knowledge.office.phone;
    slip.reference = content.code.reference;
    slip.code = content.code.text();
    slip.dossierCode = content.dossierCode;
    slip.procedureCode = content.procedureCode;
    slip.procedureName = content.procedureName.in(content.language);
    slip.at = content.at;
    slip.clockTrusted = content.clockTrusted;
    slip.rehearsal = content.rehearsal;
    if (const auto it = knowledge.procedures.find(content.procedureCode); it != knowledge.procedures.end())
        for (const auto& paper : it->second.papers)
            if (!paper.isNote) slip.bring.push_back(paper.brief.in(content.language));
    return slip;
}

/// Headphones that are always there, as long as their sound device is.
class KeptHeadphones final : public Headphones {
public:
    explicit KeptHeadphones(ui::Sounds& sounds) : sounds_(sounds) {}
    bool plugged() override { return sounds_.canSpeak(); }

private:
    ui::Sounds& sounds_;
};

std::unique_ptr<Headphones> makeHeadphones(const SpeechSettings& settings, ui::Sounds& sounds) {
    if (settings.output == "headphones") return std::make_unique<KeptHeadphones>(sounds);
    return makeJackHeadphones();
}

constexpr std::int64_t tellEveryMs = 5LL * 60'000;

kiosk_state::State stateOf(const Flow& flow) {
    kiosk_state::State state{KIOSK_VERSION, {}, {}};
    const auto printer = flow.printer ? flow.printer->trouble : std::nullopt;
    for (const auto& trouble : {flow.cameraTrouble, printer, flow.paperTrouble})
        if (trouble) state.troubles.emplace_back(name(*trouble));
    if (!flow.clockTrusted) state.troubles.emplace_back("ClockWrong");
    if (flow.call != Flow::Call::No) state.calledAt = flow.calledAt;
    return state;
}

std::vector<staff::BoardEntry> boardOf(const std::vector<board::Entry>& entries) {
    std::vector<staff::BoardEntry> out;
    out.reserve(entries.size());
    for (const auto& e : entries)
        out.push_back({e.reference, e.dossierCode, e.procedure, e.receivedAt.dateInVietnam(), e.status,
                       e.solvedAt ? std::optional(e.solvedAt->dateInVietnam()) : std::nullopt, e.promised,
                       e.due, e.carried});
    return out;
}

ui::Sound soundOf(effect::SoundKind kind) {
    switch (kind) {
    case effect::SoundKind::Read:
        return ui::Sound::Read;
    case effect::SoundKind::Wrong:
        return ui::Sound::Wrong;
    case effect::SoundKind::Done:
        return ui::Sound::Done;
    case effect::SoundKind::Warning:
        return ui::Sound::Warning;
    case effect::SoundKind::Hint:
        return ui::Sound::Hint;
    }
    return ui::Sound::Wrong;
}

/// What is shown as a QR code: the slip's, or a telephone's new key.
Secret<std::string> qrTextOf(const Screen& screen) {
    if (const auto* slip = std::get_if<screen::Slip>(&screen))
        return Secret<std::string>(slip->content.code.text());
    const auto* desk = std::get_if<screen::Staff>(&screen);
    const auto* phone = desk == nullptr ? nullptr : std::get_if<staff::page::Phone>(&desk->page);
    return phone == nullptr ? Secret<std::string>() : phone->uri;
}

} // namespace

struct App::Inside {
    Inside(AppOptions o, std::unique_ptr<KnowledgeBase> k, ui::Words w, ui::Window window_)
        : options(std::move(o)), base(std::move(k)), knowledge(base->view()), words(std::move(w)),
          window(std::move(window_)),
          ui(words, ui::Theme::make(window.panel(), ui::Palette::Light, ui::TextSize::Normal)),
          sounds(options.config.speech.device) {
        flow.preferences.language = base->office.language;
    }

    AppOptions options;
    std::unique_ptr<KnowledgeBase> base;
    Knowledge knowledge;
    ui::Words words;
    ui::Window window;
    ui::Ui ui;
    Inbox<Event> inbox{&ui::Window::wake};
    ui::Sounds sounds; // tells the inbox
    Flow flow;
    ui::Narrator narrator;
    Preferences shown; // what the ui was last set to
    Frame preview;
    bool shift = false;
    bool restart = false, shutDown = false; // staff asked for it
    kiosk_state::State told;                // to the office
    std::int64_t nextTellMs = 0;
    papers::QrModules qr;
    Secret<std::string> qrText; // what `qr` shows
    std::int64_t nextHousekeepingMs = 0;
    // Threads last, in the order of their need: each stops before what it uses.
    std::unique_ptr<DiskWorker> disk;
    std::unique_ptr<DeliveryWorker> delivery;
    std::unique_ptr<CameraWorker> camera;
    std::vector<std::unique_ptr<ScannerWorker>> scanners;
    std::unique_ptr<SpeechWorker> speech; // none when the settings switch it off
    std::unique_ptr<PaperWorker> paper;
    std::unique_ptr<PrinterWorker> printer; // none when the settings name none

    void apply(Event e) {
        const bool committed = std::holds_alternative<event::Committed>(e);
        auto [next, effects] = step(knowledge, std::move(flow), std::move(e));
        flow = std::move(next);
        for (auto& effect : effects) std::visit([this](auto& what) { carryOut(what); }, effect);
        camera->setMode(cameraMode(flow));
        if (committed) delivery->kick();
    }

    void carryOut(effect::OpenProfile& e) { disk->openProfile(e.customer); }
    void carryOut(effect::SaveProfile& e) { disk->saveProfile(e.customer, e.answers); }
    void carryOut(effect::EraseProfile& e) { disk->eraseProfile(e.customer); }
    void carryOut(effect::DisputeProfile& e) { disk->disputeProfile(e.customer); }
    void carryOut(effect::CheckRoom&) { disk->checkRoom(); }
    void carryOut(effect::LookUpRecent& e) { disk->lookUpRecent(e.personalNumber, e.procedure); }
    void carryOut(effect::Submit& e) { disk->submit(std::move(e)); }
    void carryOut(effect::AskOffice& e) {
        delivery->lookUp({e.code, e.birth}, [this, slip = std::move(e.slip),
                                             birth = e.birth](Result<look_up::Answer> answer) {
            if (answer) return inbox.push(event::ProgressFound{progressOf(*answer)});
            const auto code = answer.error().code;
            const bool answered = code == Code::DossierNotFound || code == Code::LookUpTooOften;
            if (answered || !slip) return inbox.push(event::ProgressTrouble{code});
            disk->openProgress(*slip, birth, code);
        });
    }
    void carryOut(effect::Staff& e) {
        if (std::holds_alternative<staff::request::Restart>(e.request)) {
            restart = true;
            return;
        }
        if (std::holds_alternative<staff::request::ShutDown>(e.request)) {
            shutDown = true;
            return;
        }
        if (const auto* board = std::get_if<staff::request::ReadBoard>(&e.request))
            return askForBoard(board->since);
        if (const auto* bundle = std::get_if<staff::request::FetchBundle>(&e.request))
            return delivery->bundle(bundle->newerThan, [this](Result<std::string> fetched) {
                disk->keepBundle(std::move(fetched));
            });
        const bool retry = std::holds_alternative<staff::request::Retry>(e.request);
        disk->staff(std::move(e.request));
        if (retry) delivery->kick();
    }
    void askForBoard(Instant since) {
        delivery->board(since, [this](Result<std::vector<board::Entry>> answer) {
            if (answer)
                inbox.push(event::StaffAnswer{staff::answer::Board{boardOf(*answer)}});
            else
                inbox.push(event::StaffAnswer{staff::answer::Failed{answer.error().code}});
        });
    }
    void carryOut(effect::Count& e) { disk->count(e); }
    void carryOut(effect::Play& e) { sounds.play(soundOf(e.sound)); }
    void carryOut(effect::ListSoundOutputs&) {
        sounds.outputs(
            [this](std::vector<std::string> names) { inbox.push(event::SoundOutputs{std::move(names)}); });
    }
    void carryOut(effect::TestVoice&) {
        if (!speech) return;
        SpeechRequest request;
        const std::string language(screens::code(flow.preferences.language));
        request.pieces.push_back({ui.w("device.voice.sample"), styleOf(language)});
        speech->say(std::move(request));
    }

    void carryOut(effect::WriteSlip& e) {
        const auto folder = std::filesystem::path(options.dataFolder) / "slips";
        auto slip = slipOf(e.slip, knowledge);
        slip.code = slip.reference; // the secret never lies on this disk
        paper->write(slip, (folder / (slip.reference + ".pdf")).string());
    }

    void carryOut(effect::PrintSlip& e) {
        if (printer) printer->print(slipOf(e.slip, knowledge));
    }

    void carryOut(effect::TakeTicket& e) { disk->takeTicket(e.at); }
    void carryOut(effect::PrintTicket& e) {
        const auto& t = e.ticket;
        const auto language = std::string(screens::code(t.language));
        if (printer)
            printer->print(papers::Ticket{language, knowledge.office.name, t.number, t.waitMinutes, t.at});
    }

    void carryOut(effect::DrawPaper& e) {
        const auto panel = window.panel();
        constexpr double paperMm = 210; // as many px as the screen has at its narrower side
        paper->draw(std::move(e), std::min(panel.width, panel.height) / paperMm);
    }

    void carryOut(effect::PrintApology& e) {
        papers::Apology apology;
        apology.dossier.office = knowledge.office.name;
        apology.dossier.place = knowledge.office.wardName;
        apology.dossier.dossierCode = e.dossierCode;
        apology.dossier.procedureCode = e.procedureCode;
        apology.dossier.procedureName = e.procedureName;
        apology.dossier.received = e.received;
        apology.dossier.due = e.due;
        apology.promised = e.promised;
        paper->print(std::move(apology));
    }

    void carryOut(effect::PrintTestSheet&) { paper->printTestSheet(knowledge.office.name); }

    void carryOut(effect::CallStaff&) {
        told = stateOf(flow);
        delivery->tell(told, [this](const Result<void>& done) {
            if (!done) log::warn("staff not called", done.error());
            inbox.push(event::StaffCalled{done ? std::nullopt : std::optional(done.error().code)});
        });
    }

    /// The office hears at once what changed, and every five minutes that the kiosk is there.
    void tellOffice(Instant time) {
        auto state = stateOf(flow);
        if (state == told && time.ms < nextTellMs) return;
        told = std::move(state);
        nextTellMs = time.ms + tellEveryMs;
        delivery->tell(told, [](const Result<void>& done) {
            if (!done) log::warn("the office does not know how this kiosk is doing", done.error());
        });
    }

    void carryOut(effect::PrintPaper& e) { paper->print(std::move(e.dossier)); }

    void carryOut(effect::Wipe&) {
        paper->forget();
        camera->forget();
        window.forgetKeys();
        if (speech) speech->hush();
        narrator.forget();
        wipe(preview.rgb.data(), preview.rgb.size());
        wipe(preview.grey.data(), preview.grey.size());
        preview = Frame{};
        shift = false;
    }

    void takePreview() {
        if (auto frame = camera->preview()) preview = std::move(*frame);
    }

    void matchPreferences() {
        const auto& p = flow.preferences;
        ui.setLanguage(screens::code(p.language));
        const auto panel = window.panel();
        const auto& now = ui.theme();
        const bool same = p.textSize == shown.textSize && p.palette == shown.palette &&
                          p.lowReach == shown.lowReach && panel.width == now.panel.width &&
                          panel.height == now.panel.height;
        matchVoice(shown.voice.on);
        shown = p;
        if (same) return;
        auto theme = ui::Theme::make(panel, static_cast<ui::Palette>(p.palette),
                                     static_cast<ui::TextSize>(p.textSize));
        theme.lowReach = p.lowReach && panel.portrait();
        ui.setTheme(theme);
    }

    void matchQr() {
        const auto text = qrTextOf(flow.screen);
        if (text.reveal() == qrText.reveal()) return;
        qrText = text;
        qr = {};
        if (text.reveal().empty()) return;
        if (auto modules = papers::qrModules(text.reveal())) qr = std::move(*modules);
    }

    VoiceStyle styleOf(const std::string& language) const {
        const auto& settings = options.config.speech;
        const auto& voice = flow.preferences.voice;
        return {language == "vi" ? settings.vietnamese : settings.english,
                settings.speed * (4 + voice.speed) / 4, 100 + 30 * voice.loudness};
    }

    /// Says what is new on the frame just drawn.
    void narrate() {
        const auto& voice = flow.preferences.voice;
        if (!speech || !voice.on) return;
        SpeechRequest request;
        for (auto& piece : narrator.next(ui, screens::code(flow.preferences.language)))
            request.pieces.push_back({std::move(piece.text), styleOf(piece.language)});
        if (!request.pieces.empty()) speech->say(std::move(request));
    }

    void matchVoice(bool before) {
        const bool on = flow.preferences.voice.on;
        ui.setReading(on);
        if (on || !before) return;
        if (speech) speech->hush();
        narrator.forget();
    }

    void draw() {
        matchPreferences();
        matchQr();
        std::vector<Event> emitted;
        const screens::Emit emit = [&](Event e) { emitted.push_back(std::move(e)); };
        const ui::Bitmap picture{preview.width, preview.height,
                                 preview.rgb.empty() ? nullptr : preview.rgb.data(), preview.number};
        ui.beginFrame();
        screens::draw({ui, knowledge, flow, emit, picture, shift, qr.dark, qr.side});
        ui.endFrame();
        window.present();
        narrate();
        for (auto& e : emitted) apply(std::move(e));
    }

    std::chrono::milliseconds rest() const {
        if (ui.wantsMoreFrames()) return movingFrame;
        return cameraMode(flow) == CameraMode::Reading ? previewFrame : idleFrame;
    }

    bool frame() {
        auto input = window.pump(rest());
        if (input.quit || restart || shutDown) return false;
        ui.setDeaf(isCleaning(flow));
        const auto time = now();
        apply(event::Tick{time});
        if (input.touched) apply(event::Touched{});
        if (input.keyPad) apply(event::KeyPadUsed{});
        for (auto& scan : input.scans) apply(event::CodeRead{std::move(scan), ReadBy::Scanner});
        while (auto e = inbox.tryPop()) apply(std::move(*e));
        takePreview();
        draw();
        delivery->tick(time);
        tellOffice(time);
        if (options.assetsUntil && time >= *options.assetsUntil &&
            kiosk::rest(knowledge.office, flow) != Rest::No)
            restart = true;
        if (printer) printer->tick(time);
        if (time.ms >= nextHousekeepingMs) {
            if (nextHousekeepingMs != 0) disk->housekeeping();
            nextHousekeepingMs = time.ms + housekeepingMs;
        }
        return true;
    }
};

App::App(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
App::~App() = default;

Result<std::unique_ptr<App>> App::open(AppOptions options, OfficeLink link) {
    auto base = KnowledgeBase::load(options.assetsFolder, options.config);
    if (!base) return fail(base.error());
    auto words = ui::Words::load(options.assetsFolder);
    if (!words) return fail(words.error());
    auto window = ui::Window::open(options.window);
    if (!window) return fail(window.error());
    std::error_code ignored; // an existing folder is fine; a missing one shows when the first slip is written
    std::filesystem::create_directories(std::filesystem::path(options.dataFolder) / "slips", ignored);
    auto inside =
        std::make_unique<Inside>(std::move(options), std::move(*base), std::move(*words), std::move(*window));
    const auto& config = inside->options.config;
    auto delivering = httpsGateway(link), asking = httpsGateway(link);
    auto disk = DiskWorker::open({inside->options.dataFolder,
                                  std::move(link),
                                  config.profileKeepDays,
                                  config.keepAcknowledgedDays,
                                  DiskSettings{}.keepJournalDays,
                                  config.sticksFolder,
                                  {config.tickets.counters, config.tickets.minutes},
                                  config.tickets.letter,
                                  config.phoneFor},
                                 inside->inbox);
    if (!disk) return fail(disk.error());
    inside->disk = std::move(*disk);
    inside->delivery =
        std::make_unique<DeliveryWorker>(std::move(delivering), std::move(asking), *inside->disk);
    inside->camera =
        std::make_unique<CameraWorker>(inside->options.cameraSource, config.cameraSettings, inside->inbox);
    for (auto& scanner : makeScanners(config.scanner))
        inside->scanners.push_back(std::make_unique<ScannerWorker>(std::move(scanner), inside->inbox));
    if (config.speech.output != "off")
        inside->speech = std::make_unique<SpeechWorker>(
            makeEspeakVoice(), makeHeadphones(config.speech, inside->sounds),
            config.speech.output == "headphones",
            [&sounds = inside->sounds](Pcm said) { sounds.speak(std::move(said.samples), said.rate); },
            inside->inbox);
    inside->paper = std::make_unique<PaperWorker>(
        config.paperPrinter.empty() ? nullptr : makePaperPrinter(config.paperPrinter), inside->inbox);
    if (!config.slipPrinter.empty())
        inside->printer = std::make_unique<PrinterWorker>(makeSlipPrinter(config.slipPrinter), inside->inbox);
    return std::unique_ptr<App>(new App(std::move(inside)));
}

bool App::wantsShutDown() const { return inside_->shutDown; }
bool App::wantsRestart() const { return inside_->restart; }
bool App::frame() { return inside_->frame(); }
const std::vector<ui::Node>& App::nodes() const { return inside_->ui.nodes(); }
const Flow& App::flow() const { return inside_->flow; }
ui::Window& App::window() { return inside_->window; }

} // namespace kiosk
