// Papers: writes slips as PDF, draws the declaration for the screen, prints it on the office's printer.
// Drawing and printing have a thread each, so that a slow printer delays no slip.
#pragma once

#include "app/base/worker.hpp"
#include "app/flow/effect.hpp"
#include "app/flow/event.hpp"
#include "app/papers/receipt.hpp"
#include "app/papers/slip/slip.hpp"
#include "drivers/printer.hpp"

#include <atomic>
#include <memory>
#include <string>

namespace kiosk {

/// Any thread; every call returns at once.
class PaperWorker {
public:
    /// `printer`: none when the settings name none.
    PaperWorker(std::unique_ptr<PaperPrinter> printer, Inbox<Event>& inbox);
    ~PaperWorker();
    PaperWorker(const PaperWorker&) = delete;
    PaperWorker& operator=(const PaperWorker&) = delete;

    /// Ends with event::PaperWritten.
    void write(papers::Slip slip, std::string path);
    /// The declaration of a dossier. Ends with event::PaperDrawn, unless it is forgotten before.
    void draw(effect::DrawPaper what, double pixelsPerMm);
    /// Ends with event::PaperPrinted, unless it is forgotten before.
    void print(Secret<std::string> dossier);
    /// Ends with event::PaperPrinted.
    void print(papers::Apology apology);
    /// A test page. Ends with event::PaperPrinted.
    void printTestSheet(std::string office);
    /// The session is over: what is being drawn or printed is given up, what waits at the printer withdrawn.
    void forget();

private:
    void post(std::function<Result<std::string>()> makePdf);

    using Cancelled = std::shared_ptr<std::atomic<bool>>;
    std::unique_ptr<PaperPrinter> printer_;
    Inbox<Event>& inbox_;
    Cancelled cancelled_ = std::make_shared<std::atomic<bool>>(false); // of this session
    Worker drawing_, printing_;                                        // last: use all of the above
};

} // namespace kiosk
