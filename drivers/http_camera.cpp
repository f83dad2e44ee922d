#include "drivers/http_camera.hpp"

#include <algorithm>
#include <curl/curl.h>

namespace kiosk {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto silenceMost = std::chrono::milliseconds(1500);

/// One connection; gone when it fails.
class Connection {
public:
    explicit Connection(const std::string& address) : easy_(curl_easy_init()), multi_(curl_multi_init()) {
        if (easy_ == nullptr || multi_ == nullptr) return;
        curl_easy_setopt(easy_, CURLOPT_URL, address.c_str());
        curl_easy_setopt(easy_, CURLOPT_PROTOCOLS_STR, "http,https");
        curl_easy_setopt(easy_, CURLOPT_NOPROXY, "*"); // the camera stands beside the kiosk
        curl_easy_setopt(easy_, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(easy_, CURLOPT_FAILONERROR, 1L);
        curl_easy_setopt(easy_, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(silenceMost.count()));
        curl_easy_setopt(easy_, CURLOPT_WRITEFUNCTION, &Connection::onBody);
        curl_easy_setopt(easy_, CURLOPT_WRITEDATA, this);
        added_ = curl_multi_add_handle(multi_, easy_) == CURLM_OK;
    }
    ~Connection() {
        if (added_) curl_multi_remove_handle(multi_, easy_);
        curl_easy_cleanup(easy_);
        curl_multi_cleanup(multi_);
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Waits until the stream runs or fails. Errors: CameraNone, CameraDenied, CameraUnsupported.
    Result<void> connect() {
        const auto deadline = Clock::now() + silenceMost;
        while (!stream_) {
            const auto problem = pump(deadline);
            if (problem && !stream_)
                return fail(*problem); // what a stream brought before it ended is delivered first
            if (Clock::now() >= deadline && !stream_) return fail(Code::CameraNone, "no answer in time");
        }
        return {};
    }

    /// The newest whole picture. Errors: CameraLost, PictureUnreadable.
    Result<Frame> next(std::chrono::milliseconds timeout) {
        const auto deadline = Clock::now() + timeout;
        // First what has come already: the wait in newer libcurl is for more than that.
        for (auto until = Clock::now();; until = std::min(deadline, heardAt_ + silenceMost)) {
            const auto problem = pump(until);
            if (auto part = stream_ ? stream_->take() : std::nullopt) {
                heardAt_ = Clock::now();
                const std::string& bytes = *part;
                return decodeJpeg({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
            }
            if (problem) return fail(Code::CameraLost, problem->detail);
            if (Clock::now() - heardAt_ >= silenceMost) return fail(Code::CameraLost, "no picture for 1.5 s");
            if (Clock::now() >= deadline)
                return fail(Code::PictureUnreadable, "no picture within the timeout");
        }
    }

private:
    static std::size_t onBody(char* data, std::size_t size, std::size_t count, void* self) {
        return static_cast<Connection*>(self)->receive({data, size * count}) ? size * count : 0;
    }

    /// False ends the transfer.
    bool receive(std::string_view bytes) {
        received_ += bytes.size();
        if (!stream_) {
            const char* type = nullptr;
            curl_easy_getinfo(easy_, CURLINFO_CONTENT_TYPE, &type);
            const auto boundary = MultipartStream::boundaryOf(type == nullptr ? "" : type);
            if (!boundary) {
                garbled_ = "not an MJPEG stream";
                return false;
            }
            stream_.emplace(*boundary);
        }
        if (stream_->feed(bytes)) return true;
        garbled_ = "a part without end";
        return false;
    }

    /// Moves bytes until something came or `deadline`; an error when the transfer is over.
    std::optional<Error> pump(Clock::time_point deadline) {
        if (!added_) return Error{Code::CameraUnsupported, "no connection"};
        if (ended_) return ended_;
        int running = 0;
        const auto before = received_;
        curl_multi_perform(multi_, &running);
        // Newer libcurl may bring the answer here already; waiting then would be for the next picture.
        if (running > 0 && received_ == before) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
            curl_multi_poll(multi_, nullptr, 0, static_cast<int>(std::clamp<long>(left, 0, 1500)), nullptr);
            curl_multi_perform(multi_, &running);
        }
        int queued = 0;
        const auto* message = curl_multi_info_read(multi_, &queued);
        if (message == nullptr || message->msg != CURLMSG_DONE) return std::nullopt;
        ended_ = explain(message->data.result);
        return ended_;
    }

    Error explain(CURLcode code) const {
        long status = 0;
        curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
        if (!garbled_.empty()) return {Code::CameraUnsupported, garbled_};
        if (status == 401 || status == 403) return {Code::CameraDenied, "HTTP " + std::to_string(status)};
        if (status >= 400) return {Code::CameraUnsupported, "HTTP " + std::to_string(status)};
        if (code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT)
            return {Code::CameraUnsupported, curl_easy_strerror(code)};
        if (code == CURLE_OK) return {Code::CameraNone, "the server ended the stream"};
        return {Code::CameraNone, curl_easy_strerror(code)};
    }

    CURL* easy_;
    CURLM* multi_;
    bool added_ = false;
    std::optional<MultipartStream> stream_;
    std::size_t received_ = 0; // bytes of the body
    std::string garbled_;
    std::optional<Error> ended_;
    Clock::time_point heardAt_ = Clock::now();
};

/// The address without a password in it.
std::string publicPart(const std::string& address) {
    const auto host = address.find("//");
    const auto at = address.find('@');
    const auto path = address.find('/', host + 2);
    if (at == std::string::npos || at > path) return address;
    return address.substr(0, host + 2) + address.substr(at + 1);
}

class HttpCamera final : public Camera {
public:
    explicit HttpCamera(std::string address) : address_(std::move(address)) {}

    Result<Frame> next(std::chrono::milliseconds timeout) override {
        if (!connection_) return fail(Code::CameraLost, "not connected");
        auto frame = connection_->next(timeout);
        if (frame)
            frame->number = ++count_;
        else if (frame.error().code == Code::CameraLost)
            connection_.reset();
        return frame;
    }

    Result<void> reopen() override {
        connection_ = std::make_unique<Connection>(address_);
        auto ok = connection_->connect();
        if (!ok) connection_.reset();
        return ok;
    }

    std::string description() const override { return "camera at " + publicPart(address_) + ", MJPEG"; }

private:
    std::string address_;
    std::unique_ptr<Connection> connection_;
    std::uint64_t count_ = 0;
};

} // namespace

Result<std::unique_ptr<Camera>> openHttpCamera(const std::string& address) {
    auto camera = std::make_unique<HttpCamera>(address);
    if (auto ok = camera->reopen(); !ok) return fail(ok.error());
    return camera;
}

} // namespace kiosk
