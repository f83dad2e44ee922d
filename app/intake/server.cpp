#include "app/intake/server.hpp"

#include "app/base/crypto.hpp"
#include "app/base/worker.hpp"
#include "app/intake/kiosk_state.hpp"
#include "app/intake/office/offered_bundle.hpp"
#include "app/intake/progress/board.hpp"
#include "app/intake/progress/kept_progress.hpp"
#include "app/intake/progress/look_up.hpp"
#include "app/intake/progress/status.hpp"
#include "app/intake/witness.hpp"

#include <atomic>
#include <chrono>
#include <future>
#include <httplib.h>
#include <openssl/ssl.h>
#include <thread>

namespace kiosk::intake {
namespace {

/// Connections served at a time. Each ends with its answer: one kept alive would hold a thread while its
/// kiosk has nothing to say, and some dozens of kiosks would keep the others out
/// (tests/bench/load_bench.cpp). A handshake anew costs the office about a millisecond.
constexpr std::size_t threads = 64;

std::string fingerprintOf(X509* certificate) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    if (!certificate || X509_digest(certificate, EVP_sha256(), digest, &size) != 1) return {};
    return crypto::hex({digest, size});
}

std::string peerOf(const httplib::Request& request) {
    if (!request.ssl) return {};
    const std::unique_ptr<X509, decltype(&X509_free)> peer(SSL_get1_peer_certificate(request.ssl), X509_free);
    return fingerprintOf(peer.get());
}

} // namespace

struct Server::Impl {
    Office office;
    std::string dataFolder;
    SqliteLedger store;
    std::unique_ptr<Receiver> receiver;
    Log log;
    std::unique_ptr<Worker> worker; // owns what is above while serving
    std::unique_ptr<httplib::SSLServer> http;
    int port = 0;
    std::atomic<bool> stopped = false, serving = false, ended = false; // see Server::stop

    /// Runs `job` on the thread that owns the ledger and waits for it.
    template <typename Job>
    auto onOwner(Job job) {
        std::packaged_task<decltype(job())()> task(std::move(job));
        auto answer = task.get_future();
        worker->post([&task] { task(); });
        return answer.get();
    }

    bool isEnrolled(const std::string& fingerprint) {
        return !fingerprint.empty() && onOwner([&] {
            const auto kiosk = store.ledger->kioskOf(fingerprint);
            return kiosk && kiosk->has_value(); // a revoked one may speak: its parcels go to quarantine
        });
    }

    /// Kiosk certificates are self-signed; being enrolled replaces the chain of trust.
    static int verify(int, X509_STORE_CTX* context) {
        const auto* ssl =
            static_cast<SSL*>(X509_STORE_CTX_get_ex_data(context, SSL_get_ex_data_X509_STORE_CTX_idx()));
        auto* self = static_cast<Impl*>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl)));
        if (X509_STORE_CTX_get_error_depth(context) != 0) return 0;
        if (!self->isEnrolled(fingerprintOf(X509_STORE_CTX_get_current_cert(context)))) return 0;
        X509_STORE_CTX_set_error(context, X509_V_OK);
        return 1;
    }

    bool configure(SSL_CTX& context) {
        SSL_CTX_set_app_data(&context, this);
        SSL_CTX_set_min_proto_version(&context, TLS1_2_VERSION);
        // Each connection proves its certificate anew, so a revocation counts at once.
        SSL_CTX_set_session_cache_mode(&context, SSL_SESS_CACHE_OFF);
        SSL_CTX_set_num_tickets(&context, 0);
        SSL_CTX_set_options(&context, SSL_OP_NO_TICKET | SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
        SSL_CTX_set_verify(&context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, verify);
        return SSL_CTX_use_certificate_chain_file(&context, office.certificateFile.c_str()) == 1 &&
               SSL_CTX_use_PrivateKey_file(&context, office.keyFile.c_str(), SSL_FILETYPE_PEM) == 1;
    }

    /// What a request leads to, on the thread that owns the ledger.
    using Handler = Reply (*)(Impl&, const std::string& body, const std::string& fingerprint);
    void serve(const char* path, Handler handler) {
        http->Post(path, [this, handler](const httplib::Request& request, httplib::Response& response) {
            const auto fingerprint = peerOf(request);
            answer(onOwner([&] { return handler(*this, request.body, fingerprint); }), response);
        });
    }

    void answer(const Reply& reply, httplib::Response& response) const {
        log(std::to_string(reply.status) + " " + reply.logLine);
        response.status = reply.status;
        if (reply.retryAfter > 0) response.set_header("Retry-After", std::to_string(reply.retryAfter));
        response.set_content(reply.body, reply.type);
    }

    void setUpRoutes() {
        http->set_tcp_nodelay(true);
        http->set_keep_alive_max_count(1);
        http->set_read_timeout(20);
        http->set_write_timeout(20);
        http->set_payload_max_length(parcel::maxBytes);
        http->new_task_queue = [] { return new httplib::ThreadPool(threads); };
        serve("/v1/parcels", [](Impl& i, const std::string& body, const std::string& from) {
            return i.receiver->receive(Bytes(body.begin(), body.end()), from, now());
        });
        serve("/v1/journal", [](Impl& i, const std::string& body, const std::string& from) {
            return witness(i.office, *i.store.ledger, body, from, now());
        });
        serve("/v1/lookup", [](Impl& i, const std::string& body, const std::string& from) {
            return lookUp(*i.store.ledger, body, from, now());
        });
        serve("/v1/board", [](Impl& i, const std::string& body, const std::string& from) {
            return boardOf(*i.store.ledger, body, from);
        });
        serve("/v1/progress", [](Impl& i, const std::string& body, const std::string& from) {
            return progressFor(*i.store.ledger, body, from);
        });
        serve("/v1/state", [](Impl& i, const std::string& body, const std::string& from) {
            return takeState(*i.store.ledger, body, from, now());
        });
        serve("/v1/statuses", [](Impl& i, const std::string& body, const std::string& from) {
            return takeStatus(*i.store.ledger, body, from, now());
        });
        // Not on the ledger's thread: a large file would hold up those who send.
        http->Post("/v1/bundle", [this](const httplib::Request& request, httplib::Response& response) {
            answer(giveBundle(office, dataFolder, request.body), response);
        });
        http->Get("/v1/keys", [this](const auto&, auto& response) {
            response.set_content(office.keyNotices(), "application/json");
        });
        http->Get("/v1/health", [](const auto&, auto& response) {
            response.set_content("{\"status\":\"ok\"}", "application/json");
        });
        http->set_error_handler([](const httplib::Request&, httplib::Response& response) {
            if (!response.body.empty()) return;
            const bool large = response.status == 413;
            response.set_content(
                large ? R"({"error":"ParcelInvalid","reason":"the parcel is larger than this office takes"})"
                      : R"({"error":"NotFound"})",
                "application/json");
        });
    }
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::open(const std::string& dataFolder, const std::string& host, int port,
                                             Log log) {
    auto impl = std::make_unique<Impl>();
    auto office = loadOffice(dataFolder);
    if (!office) return fail(office.error());
    impl->office = std::move(*office);
    impl->dataFolder = dataFolder;
    auto store = openSqliteLedger(ledgerFile(dataFolder), impl->office.settings.unitCode,
                                  impl->office.settings.serials);
    if (!store) return fail(store.error());
    impl->store = std::move(*store);
    impl->log = std::move(log);
    impl->receiver =
        std::make_unique<Receiver>(impl->office, *impl->store.ledger, *impl->store.numbering, dataFolder);
    if (auto written = impl->receiver->exportMissing(); !written) return fail(written.error());
    impl->worker = std::make_unique<Worker>();
    impl->http = std::make_unique<httplib::SSLServer>(
        [raw = impl.get()](SSL_CTX& context) { return raw->configure(context); });
    if (!impl->http->is_valid()) return fail(Code::KeyInvalid, "the office's TLS key pair cannot be used");
    impl->setUpRoutes();
    impl->port =
        port == 0 ? impl->http->bind_to_any_port(host) : (impl->http->bind_to_port(host, port) ? port : -1);
    if (impl->port <= 0)
        return fail(Code::SystemFailed, "cannot listen on " + host + ":" + std::to_string(port));
    return std::unique_ptr<Server>(new Server(std::move(impl)));
}

int Server::port() const { return impl_->port; }

void Server::run() {
    impl_->serving = true;
    if (!impl_->stopped) impl_->http->listen_after_bind();
    impl_->ended = true;
}

/// httplib forgets a stop() that comes before it listens.
void Server::stop() {
    impl_->stopped = true;
    while (impl_->serving && !impl_->ended && !impl_->http->is_running())
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    impl_->http->stop();
}

} // namespace kiosk::intake
