// kiosk-intake: the office's side. init, enrol, serve, list, show, paper, revoke, admit, import, offer,
// status, kiosks, journal.
#include "app/base/crypto.hpp"
#include "app/base/files.hpp"
#include "app/base/process/service_manager.hpp"
#include "app/intake/import.hpp"
#include "app/intake/kiosk_state.hpp"
#include "app/intake/office/offered_bundle.hpp"
#include "app/intake/office/rotation.hpp"
#include "app/intake/papers/papers.hpp"
#include "app/intake/progress/look_up.hpp"
#include "app/intake/progress/status.hpp"
#include "app/intake/receiver.hpp"
#include "app/intake/server.hpp"
#include "app/store/journal/attestation.hpp"

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <iostream>
#include <pthread.h>
#include <thread>

namespace {

using namespace kiosk;
using namespace kiosk::intake;

struct Options {
    int (*run)(const Options&) = nullptr; // of the subcommand given
    std::string data, office, name, unit, kiosk, out, url, what, portFile, due, note, paper, rotate,
        host = "127.0.0.1";
    std::vector<std::string> hosts;
    int port = -1, status = 0;
    std::size_t limit = 100;
    bool system = false, watch = false;
    SerialRange serials;
};

int failed(const Error& error) {
    std::cerr << "kiosk-intake: " << name(error.code) << ": " << error.detail << "\n";
    return 1;
}

void logLine(const std::string& line) {
    // One write a line, so that lines of several threads do not mix.
    const std::string whole = now().iso() + " " + line + "\n";
    std::fwrite(whole.data(), 1, whole.size(), stderr);
}

int runInit(const Options& o) {
    const auto done =
        initOffice(o.data, {o.office, o.name, o.unit, o.port > 0 ? o.port : 8443, o.hosts, o.serials});
    if (!done) return failed(done.error());
    std::cout << "office " << o.office << " is set up in " << o.data << "\n";
    return 0;
}

/// Opens what the short commands need and runs `command(office, store)`.
template <typename Command>
int withLedger(const Options& o, Command command) {
    const auto office = loadOffice(o.data);
    if (!office) return failed(office.error());
    auto store = openSqliteLedger(ledgerFile(o.data), office->settings.unitCode, office->settings.serials);
    if (!store) return failed(store.error());
    return command(*office, *store);
}

int runEnrol(const Options& o) {
    return withLedger(o, [&](const Office&, SqliteLedger& store) {
        const auto done =
            enrolKiosk(o.data, *store.ledger, o.kiosk, o.out, o.url, o.system ? Peer::System : Peer::Kiosk);
        if (!done) return failed(done.error());
        if (o.system)
            std::cout << "system " << o.kiosk << " is enrolled; its TLS pair is in " << o.out << "\n";
        else
            std::cout << "kiosk " << o.kiosk << " is enrolled; copy " << o.out
                      << " to the kiosk's data folder as keys/\n";
        return 0;
    });
}

/// The keys' ids and words, for people who compare them with `kiosk keys check`.
int showKeys(const Options& o) {
    const auto office = loadOffice(o.data);
    if (!office) return failed(office.error());
    const auto line = [](const char* what, const parcel::PublicKey& key) {
        std::cout << what << " " << parcel::keyId(key) << "  " << parcel::keyWords(key) << "\n";
    };
    line("office signing key", office->keys.signing.present);
    for (const auto& key : office->keys.signing.earlier) line("earlier signing key", key);
    line("office sealing key", office->keys.sealing);
    for (std::size_t i = 1; i < office->sealing.size(); ++i)
        line("earlier sealing key", office->sealing[i].publicKey);
    return 0;
}

int runKeys(const Options& o) {
    if (o.rotate.empty()) return showKeys(o);
    const auto done = rotate(o.data, o.rotate == "sealing"   ? OfficeKey::Sealing
                                     : o.rotate == "signing" ? OfficeKey::Signing
                                                             : OfficeKey::Tls);
    if (!done) return failed(done.error());
    std::cout << "made anew; restart `kiosk-intake serve` to use it, the kiosks follow by themselves\n";
    return showKeys(o);
}

int runRevoke(const Options& o) {
    return withLedger(o, [&](const Office&, SqliteLedger& store) {
        const auto done = store.ledger->revoke(o.kiosk);
        if (!done) return failed(done.error());
        if (!*done) return failed({Code::KeyMissing, "no kiosk of this id"});
        std::cout << "kiosk " << o.kiosk << " is revoked; what it still sends goes to quarantine\n";
        return 0;
    });
}

int runOffer(const Options& o) {
    const auto office = loadOffice(o.data);
    if (!office) return failed(office.error());
    const auto bytes = files::read(o.what, bundle::mostBytes);
    if (!bytes) return failed(bytes.error());
    const auto offered = offerBundle(*office, o.data, files::asText(*bytes));
    if (!offered) return failed(offered.error());
    std::cout << "bundle " << offered->version << " is offered to the kiosks; staff there fetch it\n";
    return 0;
}

int runList(const Options& o) {
    return withLedger(o, [&](const Office&, SqliteLedger& store) {
        const auto entries = store.ledger->list(o.limit);
        if (!entries) return failed(entries.error());
        for (const auto& e : *entries)
            std::cout << e.dossierCode << "\t" << e.receivedAt.iso() << "\t" << e.procedure << "\t" << e.kiosk
                      << "\t" << e.reference << "\t" << e.key << "\n";
        return 0;
    });
}

int runShow(const Options& o) {
    return withLedger(o, [&](const Office&, SqliteLedger& store) {
        const auto entry = store.ledger->find(o.what);
        if (!entry) return failed(entry.error());
        if (!*entry) return failed({Code::ParcelInvalid, "no dossier of this key or code"});
        std::cout << (*entry)->document;
        return 0;
    });
}

int runPaper(const Options& o) {
    return withLedger(o, [&](const Office&, SqliteLedger& store) {
        const auto entry = store.ledger->find(o.what);
        if (!entry) return failed(entry.error());
        if (!*entry) return failed({Code::DossierNotFound, "no dossier of this key or code"});
        const auto kind = o.paper == "receipt"   ? PaperKind::Receipt
                          : o.paper == "apology" ? PaperKind::Apology
                                                 : PaperKind::Declaration;
        const auto pdf = paperOf(*store.ledger, **entry, kind, now());
        if (!pdf) return failed(pdf.error());
        if (auto done = files::writeDurably(o.out, *pdf); !done) return failed(done.error());
        return 0;
    });
}

int runAdmit(const Options& o) {
    return withLedger(o, [&](const Office& office, SqliteLedger& store) {
        const auto bytes = files::read(o.what, parcel::maxBytes);
        if (!bytes) return failed(bytes.error());
        Receiver receiver(office, *store.ledger, *store.numbering, o.data);
        const auto reply = receiver.admit(*bytes, now());
        std::cout << reply.status << " " << reply.logLine << "\n";
        return reply.status == 200 ? 0 : 1;
    });
}

int runImport(const Options& o) {
    return withLedger(o, [&](const Office& office, SqliteLedger& store) {
        Receiver receiver(office, *store.ledger, *store.numbering, o.data);
        const auto imported = importFolder(receiver, o.what, now());
        if (!imported) return failed(imported.error());
        std::cout << imported->answered
                  << " parcels are at the office; their answers lie beside them for `kiosk queue settle`\n";
        for (const auto& problem : imported->problems) std::cerr << problem << "\n";
        return imported->problems.empty() ? 0 : 1;
    });
}

int runStatus(const Options& o) {
    return withLedger(o, [&](const Office&, SqliteLedger& store) {
        const auto entry = store.ledger->find(o.what);
        if (!entry) return failed(entry.error());
        if (!*entry) return failed({Code::DossierNotFound, "no dossier of this key or code"});
        if (o.status == 0 && (!o.due.empty() || !o.note.empty()))
            return failed({Code::ConfigInvalid, "--due and --note need --set"});
        if (o.status != 0) {
            const auto row = statusRow(o.status, o.due, o.note, now());
            if (!row) return failed(row.error());
            if (auto done = store.ledger->addStatus((*entry)->key, *row); !done) return failed(done.error());
        }
        const auto progress = progressOf(*store.ledger, **entry);
        if (!progress) return failed(progress.error());
        for (const auto& step : progress->steps)
            std::cout << step.at.iso() << "\t" << step.status << "\t" << step.note << "\n";
        if (progress->due) std::cout << "due " << progress->due->iso() << "\n";
        return 0;
    });
}

/// What the office has witnessed of its kiosks' journals; of one kiosk its signed word, for
/// `kiosk journal verify --witness`.
int runJournal(const Options& o) {
    return withLedger(o, [&](const Office&, SqliteLedger& store) {
        const auto kiosks = store.ledger->witnessedKiosks();
        if (!kiosks) return failed(kiosks.error());
        for (const auto& k : *kiosks) {
            if (o.kiosk.empty()) {
                const auto head = store::journal::peekHead(k.text);
                std::cout << k.kiosk << "\twitnessed up to entry " << (head ? head->sequence : 0);
                if (k.disputedAt) std::cout << "\tDISPUTED " << k.disputedAt->iso() << " " << k.dispute;
                std::cout << "\n";
            } else if (k.kiosk == o.kiosk) {
                std::cout << k.text << "\n";
                return 0;
            }
        }
        if (o.kiosk.empty()) return 0;
        return failed({Code::KeyMissing, "no journal of a kiosk of this id was witnessed"});
    });
}

/// How each kiosk is doing; watching prints anew whenever something changed, with the terminal's bell when
/// somebody calls.
int runKiosks(const Options& o) {
    return withLedger(o, [&](const Office&, SqliteLedger& store) {
        std::string before;
        for (;;) {
            const auto kiosks = store.ledger->kiosks();
            if (!kiosks) return failed(kiosks.error());
            std::string all;
            for (const auto& kiosk : *kiosks) all += kioskLine(kiosk, now()) + "\n";
            const bool called = all.find("CALLS") != std::string::npos;
            if (all != before) std::cout << (o.watch && called ? "\a" : "") << all << std::flush;
            if (!o.watch) return 0;
            before = std::move(all);
            std::this_thread::sleep_for(std::chrono::seconds(2));
        }
    });
}

int runServe(const Options& o) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr); // before any thread starts: they all inherit it
    std::signal(SIGPIPE, SIG_IGN);
    const auto office = loadOffice(o.data);
    if (!office) return failed(office.error());
    auto server = Server::open(o.data, o.host, o.port >= 0 ? o.port : office->settings.port, logLine);
    if (!server) return failed(server.error());
    if (!o.portFile.empty())
        if (auto done = files::writeDurably(o.portFile, std::to_string((*server)->port()) + "\n"); !done)
            return failed(done.error());
    service_manager::ready();
    logLine("listening on " + o.host + ":" + std::to_string((*server)->port()));
    const std::jthread waiter([&](const std::stop_token& stop) {
        const timespec moment{0, 200'000'000};
        while (!stop.stop_requested())
            if (sigtimedwait(&signals, nullptr, &moment) > 0) {
                logLine("stopping");
                (*server)->stop();
                return;
            }
    });
    (*server)->run();
    return 0;
}

CLI::App* add(CLI::App& app, Options& o, int (*run)(const Options&), const char* name, const char* words) {
    auto* command = app.add_subcommand(name, words);
    command->add_option("--data", o.data, "data folder of this office")->required();
    command->callback([&o, run] { o.run = run; });
    return command;
}

/// The office itself: settings, keys, serving.
void addOffice(CLI::App& app, Options& o) {
    auto* init = add(app, o, runInit, "init", "make the office's keys and settings");
    init->add_option("--office", o.office, "office code, as in parcels")->required();
    init->add_option("--name", o.name, "the office's name for pages")->required();
    init->add_option("--unit-code", o.unit, "leads built-in dossier codes (default: the office code)");
    init->add_option("--port", o.port, "port kiosks call (default 8443)")->check(CLI::Range(1, 65535));
    init->add_option("--host", o.hosts,
                     "names or IPv4 addresses of this server; the first is where kiosks call");
    init->add_option("--first-serial", o.serials.first, "built-in dossier codes of a day begin here")
        ->capture_default_str();
    init->add_option("--last-serial", o.serials.last, "… and end here; keep them apart from the office's own")
        ->capture_default_str();
    auto* keys =
        add(app, o, runKeys, "keys", "the office's keys as words to compare with `kiosk keys check`");
    keys->add_option("--rotate", o.rotate,
                     "make anew: sealing (earlier ones still open what waits), signing, or tls (the server's "
                     "certificate)")
        ->check(CLI::IsMember({"sealing", "signing", "tls"}));
    auto* serve = add(app, o, runServe, "serve", "receive parcels until SIGTERM");
    serve->add_option("--host", o.host, "address to listen on (0.0.0.0: all)")->capture_default_str();
    serve->add_option("--port", o.port, "0: any free port")->check(CLI::Range(0, 65535));
    serve->add_option("--port-file", o.portFile, "write the port here once listening");
}

/// Its kiosks, and what came from them by hand.
void addKiosks(CLI::App& app, Options& o) {
    auto* enrol = add(app, o, runEnrol, "enrol", "make the link folder of a kiosk and register its keys");
    enrol->add_option("--kiosk", o.kiosk, "kiosk id")->required();
    enrol->add_option("--out", o.out, "folder to make; becomes keys/ in the kiosk's data folder")->required();
    enrol->add_option("--url", o.url, "address the kiosk calls (default: from init)");
    enrol->add_flag(
        "--system", o.system,
        "not a kiosk but the office's own one-stop system: it may enter steps (POST /v1/statuses)");
    add(app, o, runKiosks, "kiosks",
        "how each kiosk is doing: when it was last heard of, what does not work, who calls")
        ->add_flag("--watch", o.watch, "go on until interrupted; rings the bell when somebody calls");
    add(app, o, runOffer, "offer", "offer a bundle of procedures and words to the kiosks (kiosk bundle sign)")
        ->add_option("file", o.what, "signed with this office's key (.kbundle)")
        ->required();
    auto* revoke = add(app, o, runRevoke, "revoke", "stop trusting a kiosk; its parcels go to quarantine");
    revoke->add_option("--kiosk", o.kiosk, "kiosk id")->required();
    auto* admit = add(app, o, runAdmit, "admit", "import a quarantined parcel after checking it by hand");
    admit->add_option("what", o.what, "the .parcel file in quarantine/")->required();
    auto* import =
        add(app, o, runImport, "import", "take the parcels of a memory stick and leave the answers on it");
    import->add_option("folder", o.what, "made by `kiosk queue export`")->required();
    auto* journal =
        add(app, o, runJournal, "journal", "what was witnessed of the kiosks' journals, and contradictions");
    journal->add_option("--kiosk", o.kiosk, "print the signed word about this one");
}

/// Dossiers taken.
void addDossiers(CLI::App& app, Options& o) {
    auto* list = add(app, o, runList, "list", "dossiers taken, newest first, without personal data");
    list->add_option("--limit", o.limit, "at most so many")->capture_default_str();
    auto* show = add(app, o, runShow, "show", "print one dossier (personal data)");
    show->add_option("what", o.what, "idempotency key or dossier code")->required();
    auto* paper = add(app, o, runPaper, "paper", "make a paper about a dossier as PDF (personal data)");
    paper->add_option("kind", o.paper, "declaration, receipt (A5) or apology")
        ->required()
        ->check(CLI::IsMember({"declaration", "receipt", "apology"}));
    paper->add_option("what", o.what, "idempotency key or dossier code")->required();
    paper->add_option("--out", o.out, "the PDF to write")->required();
    auto* status = add(app, o, runStatus, "status",
                       "how a dossier stands, for the applicant to look up; --set enters a step");
    status->add_option("what", o.what, "idempotency key or dossier code")->required();
    status
        ->add_option("--set", o.status,
                     "1 registered, 2 received, 3 not received, 4 in work, 5 papers missing, 6 to be paid, "
                     "7 withdrawn, 8 stopped, 9 result ready, 10 result handed over")
        ->check(CLI::Range(look_up::firstStatus, look_up::lastStatus));
    status->add_option("--due", o.due, "date promised, 2026-12-31; a later one replaces it");
    status->add_option("--note", o.note, "words for the applicant: what is missing, an apology");
}

} // namespace

int main(int argc, char** argv) {
    crypto::wipeFreedMemory(argv);
    crypto::forbidMemoryDumps();
    crypto::init();
    CLI::App app("The office's side of the kiosks: receives, verifies and stores dossiers");
    app.require_subcommand(1);
    Options o;
    addOffice(app, o);
    addKiosks(app, o);
    addDossiers(app, o);
    CLI11_PARSE(app, argc, argv);
    return o.run(o);
}
