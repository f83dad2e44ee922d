// IPP (RFC 8010, RFC 8011) through CUPS's library: the paper goes to the printer straight from memory; what
// became of the job is asked for until it has ended. Nothing of a job that failed or was given up is printed
// later.
#include "drivers/printer.hpp"

#include <array>
#include <cups/cups.h>
#include <string_view>
#include <thread>

namespace kiosk {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr int connectMs = 3000;
constexpr auto between = milliseconds(300); // two questions about a job

struct CloseHttp {
    void operator()(http_t* p) const { httpClose(p); }
};
struct DeleteIpp {
    void operator()(ipp_t* p) const { ippDelete(p); }
};
using Http = std::unique_ptr<http_t, CloseHttp>;
using Ipp = std::unique_ptr<ipp_t, DeleteIpp>;

struct Place {
    std::string host, resource;
    int port = 631;
    bool encrypted = false;
};

Result<Place> placeOf(const std::string& address) {
    std::array<char, HTTP_MAX_URI> scheme{}, user{}, host{}, resource{};
    int port = 0;
    const auto status =
        httpSeparateURI(HTTP_URI_CODING_ALL, address.c_str(), scheme.data(), scheme.size(), user.data(),
                        user.size(), host.data(), host.size(), &port, resource.data(), resource.size());
    if (status < HTTP_URI_STATUS_OK) return fail(Code::PrinterOffline, address + ": no address of a printer");
    return Place{host.data(), resource.data(), port, std::string_view(scheme.data()) == "ipps"};
}

/// What keeps a printer from printing, by its reasons (RFC 8011, 5.4.12).
Result<void> troubleOf(ipp_t* answer) {
    auto* reasons = ippFindAttribute(answer, "printer-state-reasons", IPP_TAG_KEYWORD);
    for (int i = 0; i < ippGetCount(reasons); ++i) {
        const std::string_view reason = ippGetString(reasons, i, nullptr);
        if (reason.ends_with("-warning") || reason.ends_with("-report")) continue;
        if (reason.starts_with("media-empty") || reason.starts_with("media-needed"))
            return fail(Code::PrinterNoPaper);
        if (reason.starts_with("cover-open") || reason.starts_with("door-open"))
            return fail(Code::PrinterCoverOpen);
        if (reason.starts_with("media-jam")) return fail(Code::PrinterJammed);
        if (reason.starts_with("offline") || reason.starts_with("shutdown") ||
            reason.starts_with("timed-out") || reason.starts_with("connecting-to-device"))
            return fail(Code::PrinterOffline, std::string(reason));
    }
    auto* state = ippFindAttribute(answer, "printer-state", IPP_TAG_ENUM);
    if (state != nullptr && ippGetInteger(state, 0) == IPP_PSTATE_STOPPED)
        return fail(Code::PrinterOffline, "the printer is stopped");
    auto* accepting = ippFindAttribute(answer, "printer-is-accepting-jobs", IPP_TAG_BOOLEAN);
    if (accepting != nullptr && ippGetBoolean(accepting, 0) == 0)
        return fail(Code::PrinterOffline, "the printer takes no jobs");
    return {};
}

class IppPrinter final : public PaperPrinter {
public:
    IppPrinter(std::string address, milliseconds patience)
        : address_(std::move(address)), patience_(patience) {}

    std::string description() const override { return address_; }

    Result<void> check() override {
        auto opened = open();
        return opened ? state() : fail(opened.error());
    }

    Result<bool> print(const std::string& pdf, const std::atomic<bool>& cancelled) override {
        if (auto ready = check(); !ready) return fail(ready.error());
        if (cancelled) return false;
        const auto job = send(pdf);
        if (!job) return fail(job.error());
        auto ended = wait(*job, cancelled);
        if (!ended || !*ended) withdraw(*job);
        http_.reset();
        return ended;
    }

private:
    Result<void> open() {
        const auto place = placeOf(address_);
        if (!place) return fail(place.error());
        place_ = *place;
        const auto encryption = place_.encrypted ? HTTP_ENCRYPTION_ALWAYS : HTTP_ENCRYPTION_IF_REQUESTED;
        http_.reset(httpConnect2(place_.host.c_str(), place_.port, nullptr, AF_UNSPEC, encryption, 1,
                                 connectMs, nullptr));
        if (!http_) return fail(Code::PrinterOffline, address_ + ": does not answer");
        httpSetTimeout(
            http_.get(), 5, [](http_t*, void*) { return 0; }, nullptr);
        return {};
    }

    Ipp request(ipp_op_t operation) const {
        Ipp request(ippNewRequest(operation));
        ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", nullptr, address_.c_str());
        ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", nullptr,
                     "kiosk");
        return request;
    }

    /// The answer, if the printer says that it is one.
    Result<Ipp> ask(Ipp request) {
        Ipp answer(cupsDoRequest(http_.get(), request.release(), place_.resource.c_str()));
        return judged(std::move(answer));
    }

    Result<Ipp> judged(Ipp answer) const {
        if (!answer || ippGetStatusCode(answer.get()) >= IPP_STATUS_ERROR_BAD_REQUEST)
            return fail(Code::PrinterOffline, address_ + ": " + cupsLastErrorString());
        return answer;
    }

    Result<void> state() {
        const auto answer = ask(request(IPP_OP_GET_PRINTER_ATTRIBUTES));
        return answer ? troubleOf(answer->get()) : fail(answer.error());
    }

    /// The job's number. Its name says nothing about anybody.
    Result<int> send(const std::string& pdf) {
        auto job = request(IPP_OP_PRINT_JOB);
        ippAddString(job.get(), IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", nullptr, "Kiosk");
        ippAddString(job.get(), IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", nullptr,
                     "application/pdf");
        const auto length = ippLength(job.get()) + pdf.size();
        auto status = cupsSendRequest(http_.get(), job.get(), place_.resource.c_str(), length);
        if (status == HTTP_STATUS_CONTINUE)
            status = cupsWriteRequestData(http_.get(), pdf.data(), pdf.size());
        if (status != HTTP_STATUS_CONTINUE) return fail(Code::PrinterOffline, address_ + ": takes no data");
        const auto answer = judged(Ipp(cupsGetResponse(http_.get(), place_.resource.c_str())));
        if (!answer) return fail(answer.error());
        auto* number = ippFindAttribute(answer->get(), "job-id", IPP_TAG_INTEGER);
        if (number == nullptr) return fail(Code::PrinterOffline, address_ + ": gave the job no number");
        return ippGetInteger(number, 0);
    }

    Ipp about(ipp_op_t operation, int job) const {
        auto question = request(operation);
        ippAddInteger(question.get(), IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job);
        return question;
    }

    Result<bool> wait(int job, const std::atomic<bool>& cancelled) {
        const auto end = Clock::now() + patience_;
        for (;;) {
            if (cancelled) return false;
            const auto answer = ask(about(IPP_OP_GET_JOB_ATTRIBUTES, job));
            if (!answer) return fail(answer.error());
            auto* state = ippFindAttribute(answer->get(), "job-state", IPP_TAG_ENUM);
            const int is = state == nullptr ? 0 : ippGetInteger(state, 0);
            if (is == IPP_JSTATE_COMPLETED) return true;
            if (is == IPP_JSTATE_CANCELED || is == IPP_JSTATE_ABORTED)
                return fail(Code::PrinterOffline, "the printer gave the job up");
            if (auto good = this->state(); !good) return fail(good.error());
            if (Clock::now() > end) return fail(Code::PrinterOffline, "does not say that it has printed");
            std::this_thread::sleep_for(between);
        }
    }

    /// As far as the printer lets: what it has on paper already stays there.
    void withdraw(int job) {
        if (ask(about(IPP_OP_CANCEL_JOB, job))) return;
        if (open())
            static_cast<void>(ask(about(IPP_OP_CANCEL_JOB, job))); // the line broke: once more on a new one
    }

    std::string address_;
    milliseconds patience_;
    Place place_;
    Http http_;
};

} // namespace

std::unique_ptr<PaperPrinter> makePaperPrinter(const std::string& address, milliseconds patience) {
    return std::make_unique<IppPrinter>(address, patience);
}

} // namespace kiosk
