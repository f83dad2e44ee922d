#include "app/delivery/gateway.hpp"

#include "app/base/crypto.hpp"
#include "app/base/files.hpp"
#include "app/base/json/json.hpp"
#include "app/delivery/bundle/bundle.hpp"

#include <algorithm>
#include <cstdlib>
#include <curl/curl.h>
#include <openssl/ssl.h>
#include <sodium.h>
#include <utility>

namespace kiosk {
namespace {

using Json = nlohmann::json;
using parcel::Acknowledgement;
using Failure = tl::unexpected<DeliveryFailure>;

constexpr std::size_t maxAnswer = 256U << 10;
constexpr std::chrono::seconds maxPatience{3600};

Failure temporary(Code code, std::string detail,
                  std::optional<std::chrono::seconds> retryAfter = std::nullopt) {
    return Failure(DeliveryFailure{{code, std::move(detail)}, retryAfter, false});
}

struct Received {
    std::string text;
    std::size_t most = maxAnswer; // bytes
};

std::size_t receive(char* data, std::size_t size, std::size_t count, void* user) {
    auto& answer = *static_cast<Received*>(user);
    if (answer.text.size() + size * count > answer.most) return 0; // curl ends the transfer
    answer.text.append(data, size * count);
    return size * count;
}

/// The office's reason {"error":"…","reason":"…"}; nullopt: whoever answered, it was not an intake.
std::optional<std::string> reasonOf(const std::string& answer) {
    const auto json = Json::parse(answer, nullptr, false);
    if (!json.is_object() || !json.contains("error") || !json["error"].is_string()) return std::nullopt;
    std::string reason = json["error"].get<std::string>();
    if (json.contains("reason") && json["reason"].is_string())
        reason += ": " + json["reason"].get<std::string>();
    return reason.substr(0, 500);
}

Code codeOf(CURLcode result) {
    switch (result) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
    case CURLE_SSL_ISSUER_ERROR:
        return Code::OfficeUntrusted;
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
        return Code::KeyInvalid;
    case CURLE_WRITE_ERROR:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
        return Code::OfficeGarbled;
    default:
        break;
    }
    return Code::OfficeUnreachable;
}

/// What the kiosk shows of itself, decoded once: left to curl, each connection decodes the files anew.
class Credentials {
public:
    Credentials(std::string certificateFile, std::string keyFile)
        : certificateFile_(std::move(certificateFile)), keyFile_(std::move(keyFile)) {}

    /// For the next connections the files are read again.
    void forget() { decoded_.reset(); }

    /// For CURLOPT_SSL_CTX_FUNCTION. Errors: CURLE_SSL_CERTPROBLEM.
    static CURLcode present(CURL*, void* context, void* self) {
        auto& credentials = *static_cast<Credentials*>(self);
        auto* connection = static_cast<SSL_CTX*>(context);
        if (!credentials.decoded_ && !credentials.decode()) return CURLE_SSL_CERTPROBLEM;
        const auto* decoded = credentials.decoded_.get();
        return SSL_CTX_use_certificate(connection, SSL_CTX_get0_certificate(decoded)) == 1 &&
                       SSL_CTX_use_PrivateKey(connection, SSL_CTX_get0_privatekey(decoded)) == 1
                   ? CURLE_OK
                   : CURLE_SSL_CERTPROBLEM;
    }

private:
    struct Free {
        void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    };

    bool decode() {
        decoded_.reset(SSL_CTX_new(TLS_client_method()));
        if (!decoded_) std::abort(); // out of memory
        if (SSL_CTX_use_certificate_file(decoded_.get(), certificateFile_.c_str(), SSL_FILETYPE_PEM) == 1 &&
            SSL_CTX_use_PrivateKey_file(decoded_.get(), keyFile_.c_str(), SSL_FILETYPE_PEM) == 1)
            return true;
        decoded_.reset();
        return false;
    }

    std::string certificateFile_, keyFile_;
    std::unique_ptr<SSL_CTX, Free> decoded_;
};

class HttpsGateway : public Gateway {
public:
    HttpsGateway(const OfficeLink& link, GatewayLimits limits)
        : url_(link.url + "/v1/parcels"), journal_(link.url + "/v1/journal"),
          lookUp_(link.url + "/v1/lookup"), board_(link.url + "/v1/board"),
          progress_(link.url + "/v1/progress"), state_(link.url + "/v1/state"),
          bundle_(link.url + "/v1/bundle"), keys_(link.url + "/v1/keys"), health_(link.url + "/v1/health"),
          credentials_(link.certificateFile, link.keyFile),
          officeCertificateFile_(link.officeCertificateFile), office_(link.officeSigning),
          kioskId_(link.kioskId), limits_(limits) {
        for (const char* line :
             {"Content-Type: application/octet-stream", "Expect:", "Accept: application/json"})
            headers_ = curl_slist_append(headers_, line);
        begin();
    }
    HttpsGateway(const HttpsGateway&) = delete;
    HttpsGateway& operator=(const HttpsGateway&) = delete;
    ~HttpsGateway() override {
        curl_easy_cleanup(curl_);
        curl_slist_free_all(headers_);
    }

    tl::expected<Acknowledgement, DeliveryFailure> deliver(const Bytes& bytes,
                                                           const std::string& key) override {
        const auto status = post(url_, bytes);
        if (!status) return temporary(status.error().code, status.error().detail);
        return *status == 200 ? accepted(bytes, key) : refused(*status);
    }

    Result<store::journal::Attestation> witness(const std::string& request) override {
        using store::journal::Purpose;
        const auto status = post(journal_, files::asBytes(request));
        if (!status) return fail(status.error());
        if (*status == 200) {
            auto word = readAttestation(Purpose::Witness, answer_.text, office_);
            if (!word || word->kiosk != kioskId_)
                return fail(Code::OfficeUntrusted, "the witness is not signed by the enrolled office");
            return word;
        }
        const auto reason = reasonOf(answer_.text).value_or("");
        for (const auto code : {Code::JournalRolledBack, Code::JournalForked})
            if (*status == 409 && reason.starts_with(name(code))) return fail(code, reason);
        return fail(refused(*status).value().error);
    }

    Result<OfficeKeys> officeKeys(const OfficeKeys& known) override {
        set(CURLOPT_URL, keys_.c_str());
        set(CURLOPT_HTTPGET, 1L);
        auto status = perform();
        if (!status && status.error().code == Code::OfficeUntrusted) {
            set(CURLOPT_SSL_VERIFYPEER, 0L); // the notices are signed: see the declaration
            set(CURLOPT_FRESH_CONNECT, 1L);
            set(CURLOPT_FORBID_REUSE, 1L);
            status = perform();
            set(CURLOPT_FORBID_REUSE, 0L);
            set(CURLOPT_FRESH_CONNECT, 0L);
            set(CURLOPT_SSL_VERIFYPEER, 1L);
        }
        set(CURLOPT_POST, 1L);
        if (!status) return fail(status.error());
        if (*status == 200) return followKeyNotices(answer_.text, known);
        return fail(refused(*status).value().error);
    }

    void trust(const crypto::VerifyKeys& office) override {
        office_ = office;
        begin(); // anew: curl keeps a certificate file's content for a day, and open connections
    }

    Result<look_up::Answer> lookUp(const look_up::Question& question) override {
        const auto asked = look_up::write(question);
        const auto status = post(lookUp_, files::asBytes(asked));
        if (!status) return fail(status.error());
        if (*status == 200) {
            auto answer = look_up::readAnswer(answer_.text);
            sodium_memzero(answer_.text.data(), answer_.text.size());
            return answer;
        }
        const auto reason = reasonOf(answer_.text).value_or("");
        if (*status == 404 && reason.starts_with(name(Code::DossierNotFound)))
            return fail(Code::DossierNotFound, reason);
        if (*status == 429) return fail(Code::LookUpTooOften, reason);
        return fail(refused(*status).value().error);
    }

    Result<std::vector<board::Entry>> board(Instant since) override {
        const auto asked = board::writeQuestion(since);
        const auto status = post(board_, files::asBytes(asked));
        if (!status) return fail(status.error());
        return *status == 200 ? board::read(answer_.text) : fail(refused(*status).value().error);
    }

    Result<kept_progress::Batch> progress(std::int64_t after) override {
        const auto asked = kept_progress::writeQuestion(after);
        const auto status = post(progress_, files::asBytes(asked));
        if (!status) return fail(status.error());
        return *status == 200 ? kept_progress::readBatch(answer_.text) : fail(refused(*status).value().error);
    }

    Result<std::string> bundle(int newerThan) override {
        const auto asked = Json{{"newer_than", newerThan}}.dump();
        answer_.most = bundle::mostBytes;
        const auto status = post(bundle_, files::asBytes(asked));
        answer_.most = maxAnswer;
        if (!status) return fail(status.error());
        if (*status == 200) return std::exchange(answer_.text, {});
        const auto reason = reasonOf(answer_.text).value_or("");
        if (*status == 404 && reason.starts_with(name(Code::BundleNone)))
            return fail(Code::BundleNone, reason);
        return fail(refused(*status).value().error);
    }

    Result<void> tell(const kiosk_state::State& state) override {
        const auto text = kiosk_state::write(state);
        const auto status = post(state_, files::asBytes(text));
        if (!status) return fail(status.error());
        return *status == 200 ? Result<void>() : fail(refused(*status).value().error);
    }

private:
    void begin() {
        curl_easy_cleanup(curl_);
        curl_ = curl_easy_init();
        if (!curl_) std::abort(); // out of memory
        set(CURLOPT_PROTOCOLS_STR, "https");
        set(CURLOPT_NOSIGNAL, 1L);
        set(CURLOPT_PROXY, "");
        set(CURLOPT_TCP_NODELAY, 1L);
        set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
        set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits_.connect.count()));
        set(CURLOPT_TIMEOUT_MS, static_cast<long>(limits_.whole.count()));
        // The enrolled certificate is the only one trusted; the name in it does not matter then, its key
        // does.
        set(CURLOPT_CAINFO, officeCertificateFile_.c_str());
        set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
        set(CURLOPT_SSL_VERIFYPEER, 1L);
        set(CURLOPT_SSL_VERIFYHOST, 0L);
        credentials_.forget();
        set(CURLOPT_SSL_CTX_FUNCTION, &Credentials::present);
        set(CURLOPT_SSL_CTX_DATA, &credentials_);
        set(CURLOPT_WRITEFUNCTION, receive);
        set(CURLOPT_WRITEDATA, &answer_);
        set(CURLOPT_ERRORBUFFER, message_);
        set(CURLOPT_HTTPHEADER, headers_);
    }

    template <typename T>
    void set(CURLoption option, T value) {
        if (curl_easy_setopt(curl_, option, value) != CURLE_OK)
            std::abort(); // a bug: every option used exists in the oldest curl we build with
    }

    /// The HTTP status; the answer is in answer_.text.
    Result<long> post(const std::string& url, std::span<const std::uint8_t> bytes) {
        set(CURLOPT_URL, url.c_str());
        set(CURLOPT_POSTFIELDS, reinterpret_cast<const char*>(bytes.data()));
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(bytes.size()));
        return perform();
    }

    Result<long> perform() {
        answer_.text.clear();
        message_[0] = '\0';
        const auto result = curl_easy_perform(curl_);
        if (result != CURLE_OK) {
            const std::string detail =
                std::string(curl_easy_strerror(result)) + (*message_ ? ": " : "") + message_;
            const bool cut =
                result == CURLE_SEND_ERROR || result == CURLE_RECV_ERROR || result == CURLE_GOT_NOTHING;
            return fail(cut && turnedAway() ? Code::OfficeUntrusted : codeOf(result), detail);
        }
        long status = 0;
        curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &status);
        return status;
    }

    /// Did the office turn our certificate away? TLS 1.3 says so only after our handshake is over, and a body
    /// being written hides the alert behind a broken pipe; TLS 1.2 says so within the handshake, so one small
    /// request asks again that way.
    bool turnedAway() {
        if (std::string_view(message_).find("alert") != std::string_view::npos) return true;
        answer_.text.clear();
        set(CURLOPT_URL, health_.c_str());
        set(CURLOPT_HTTPGET, 1L);
        set(CURLOPT_FRESH_CONNECT, 1L);
        set(CURLOPT_FORBID_REUSE, 1L);
        set(CURLOPT_SSLVERSION,
            static_cast<long>(CURL_SSLVERSION_TLSv1_2) | static_cast<long>(CURL_SSLVERSION_MAX_TLSv1_2));
        const bool failed = curl_easy_perform(curl_) != CURLE_OK;
        set(CURLOPT_FRESH_CONNECT, 0L);
        set(CURLOPT_FORBID_REUSE, 0L);
        set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
        set(CURLOPT_POST, 1L);
        return failed && std::string_view(message_).find("alert") != std::string_view::npos;
    }

    tl::expected<Acknowledgement, DeliveryFailure> accepted(const Bytes& bytes,
                                                            const std::string& key) const {
        auto ack = parcel::readAcknowledgement(answer_.text, office_);
        if (!ack) return temporary(ack.error().code, ack.error().detail);
        if (ack->key != key || ack->contentHash != parcel::contentHash(bytes))
            return temporary(Code::OfficeGarbled, "the acknowledgement is for another parcel");
        if (ack->dossierCode.empty())
            return temporary(Code::OfficeGarbled, "the acknowledgement has no dossier code");
        return std::move(*ack);
    }

    Failure refused(long status) const {
        const auto reason = reasonOf(answer_.text);
        const std::string detail = "HTTP " + std::to_string(status) + (reason ? " " + *reason : "");
        switch (status) {
        case 403:
        case 409:
        case 413:
        case 422:
            // Only the office may end a parcel's way; an answer of something in between never does.
            if (!reason) break;
            return Failure(DeliveryFailure{{Code::OfficeRefused, *reason}, std::nullopt, true});
        case 426:
            return temporary(Code::OfficeIncompatible, detail);
        case 429:
        case 503: {
            curl_off_t seconds = 0;
            curl_easy_getinfo(curl_, CURLINFO_RETRY_AFTER, &seconds);
            if (seconds <= 0) return temporary(Code::OfficeBusy, detail);
            return temporary(Code::OfficeBusy, detail, std::min(std::chrono::seconds(seconds), maxPatience));
        }
        default:
            break;
        }
        return temporary(Code::OfficeGarbled, detail);
    }

    CURL* curl_ = nullptr;
    curl_slist* headers_ = nullptr;
    std::string url_, journal_, lookUp_, board_, progress_, state_, bundle_, keys_, health_;
    Credentials credentials_;
    std::string officeCertificateFile_;
    Received answer_;
    crypto::VerifyKeys office_;
    std::string kioskId_;
    GatewayLimits limits_;
    char message_[CURL_ERROR_SIZE] = {};
};

} // namespace

std::unique_ptr<Gateway> httpsGateway(const OfficeLink& link, GatewayLimits limits) {
    return std::make_unique<HttpsGateway>(link, limits);
}

} // namespace kiosk
