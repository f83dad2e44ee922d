// The general reader's process: reads as the library does, and whatever it does, the reader lives and reads
// on.
#include "app/reading/zxing_process.hpp"

#include "app/reading/child/wire.hpp"
#include "tests/reading/hostile/acts.hpp"
#include "tests/specimen/specimen.hpp"

#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace kiosk::reading {
namespace {

using namespace std::chrono_literals;
using hostile::Act;
using testing::HasSubstr;

constexpr auto plenty = 5000ms; // for what must succeed on a slow machine too
constexpr zxing::Options thorough{zxing::Threshold::LocalAverage, true, true};

GreyView viewOf(const Frame& f) { return {f.grey.data(), f.width, f.height, f.width}; }

const Frame& easyFrame() {
    static const Frame frame = [] {
        auto made = specimen::render(specimen::specimen(3, specimen::Layout::Card2024), {});
        made.grey[0] = 255; // nothing for the hostile decoder to do
        return made;
    }();
    return frame;
}

/// A picture that makes the hostile decoder act.
Frame order(Act act) {
    Frame frame;
    frame.width = frame.height = 64;
    frame.grey.assign(64U * 64U, 255);
    frame.grey[0] = static_cast<std::uint8_t>(act);
    return frame;
}

std::vector<pid_t> childrenOf(pid_t parent) {
    std::vector<pid_t> children;
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
        std::ifstream status(entry.path() / "status");
        std::string word;
        while (status >> word && word != "PPid:") {
        }
        pid_t found = 0;
        if (status >> found && found == parent) children.push_back(std::stoi(entry.path().filename()));
    }
    return children;
}

std::string statusOf(pid_t pid, const std::string& field) {
    std::ifstream status("/proc/" + std::to_string(pid) + "/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(field + ":")) return line.substr(line.find_last_of('\t') + 1);
    return {};
}

std::size_t openDescriptors() {
    const std::filesystem::directory_iterator all("/proc/self/fd");
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

void expectReads(ZxingProcess& process) {
    auto codes = process.read(viewOf(easyFrame()), thorough, plenty);
    ASSERT_TRUE(codes) << codes.error().detail;
    EXPECT_EQ(codes->size(), 1U);
}

TEST(ZxingProcess, ReadsWhatTheLibraryReads) {
    ZxingProcess process;
    int read = 0;
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        const auto frame =
            specimen::render(specimen::specimen(seed, specimen::Layout::Card2024),
                             specimen::degraded(1 + int(seed % 3), seed, 1280 + 16 * int(seed), 720));
        for (const auto threshold : {zxing::Threshold::LocalAverage, zxing::Threshold::Global})
            for (const bool flag : {false, true}) {
                const zxing::Options options{threshold, flag, !flag};
                const auto here = zxing::read(viewOf(frame), options);
                const auto there = process.read(viewOf(frame), options, plenty);
                ASSERT_TRUE(there) << there.error().detail;
                ASSERT_EQ(there->size(), here.size());
                for (std::size_t i = 0; i < here.size(); ++i) {
                    EXPECT_EQ((*there)[i].bytes, here[i].bytes);
                    for (std::size_t k = 0; k < 4; ++k) {
                        EXPECT_EQ((*there)[i].corners[k].x, here[i].corners[k].x);
                        EXPECT_EQ((*there)[i].corners[k].y, here[i].corners[k].y);
                    }
                    ++read;
                }
            }
    }
    EXPECT_GT(read, 10);
}

TEST(ZxingProcess, HonoursTheRowStep) {
    const auto& frame = easyFrame();
    const int stride = frame.width + 77;
    std::vector<std::uint8_t> padded(std::size_t(stride) * std::size_t(frame.height), 0);
    for (int y = 0; y < frame.height; ++y)
        std::copy_n(frame.grey.begin() + y * frame.width, frame.width, padded.begin() + y * stride);
    ZxingProcess process;
    const auto codes = process.read({padded.data(), frame.width, frame.height, stride}, thorough, plenty);
    ASSERT_TRUE(codes);
    EXPECT_EQ(codes->size(), 1U);
}

TEST(ZxingProcess, RefusesAPictureThatDoesNotFitAndReadsOn) {
    ZxingProcess process;
    const std::uint8_t pixel = 0;
    for (const auto& view : {GreyView{&pixel, 1 << 16, 1 << 16, 1 << 16}, GreyView{&pixel, 0, 5, 0}}) {
        const auto codes = process.read(view, thorough, plenty);
        ASSERT_FALSE(codes);
        EXPECT_EQ(codes.error().code, Code::DecoderFailed);
    }
    expectReads(process);
}

class Misbehaving : public testing::TestWithParam<std::pair<Act, const char*>> {};

TEST_P(Misbehaving, IsEndedAndTheNextFrameReads) {
    ZxingProcess process(KIOSK_HOSTILE_DECODER);
    expectReads(process);
    const auto [act, how] = GetParam();
    const auto before = childrenOf(getpid());
    const auto start = std::chrono::steady_clock::now();
    const auto codes = process.read(viewOf(order(act)), thorough, decodeDeadline);
    const auto took = std::chrono::steady_clock::now() - start;
    ASSERT_FALSE(codes);
    EXPECT_EQ(codes.error().code, Code::DecoderFailed);
    EXPECT_THAT(codes.error().detail, HasSubstr(how));
    EXPECT_LT(took, 2s) << "abandoned";
    EXPECT_THAT(childrenOf(getpid()), testing::SizeIs(1)) << "one new program, no dead one left over";
    EXPECT_NE(childrenOf(getpid()), before);
    expectReads(process);
}

const std::string killedByFilter = "signal " + std::to_string(SIGSYS);

INSTANTIATE_TEST_SUITE_P(Hanging, Misbehaving,
                         testing::Values(std::pair{Act::Sleep, "took too long"},
                                         std::pair{Act::Spin, "took too long"},
                                         std::pair{Act::Crash, "ended"},
                                         std::pair{Act::Leave, "exit code 7"}));
INSTANTIATE_TEST_SUITE_P(
    Lying, Misbehaving,
    testing::Values(std::pair{Act::OldSequence, "nonsense"}, std::pair{Act::ShortMessage, "nonsense"},
                    std::pair{Act::LongMessage, "nonsense"}, std::pair{Act::LengthBeyondMessage, "nonsense"},
                    std::pair{Act::UnknownKind, "nonsense"}, std::pair{Act::EndlessCodes, "nonsense"},
                    std::pair{Act::CornersNotNumbers, "nonsense"},
                    std::pair{Act::CornersFarAway, "nonsense"}));
INSTANTIATE_TEST_SUITE_P(LockedIn, Misbehaving,
                         testing::Values(std::pair{Act::OpenFile, killedByFilter.c_str()},
                                         std::pair{Act::MakeSocket, killedByFilter.c_str()},
                                         std::pair{Act::WriteElsewhere, killedByFilter.c_str()},
                                         std::pair{Act::StartProgram, killedByFilter.c_str()},
                                         std::pair{Act::SignalParent, killedByFilter.c_str()},
                                         std::pair{Act::MakeCode, killedByFilter.c_str()}));

TEST(ZxingProcess, GivesAHungDecodeTheWholeDeadlineAndNoMore) {
    ZxingProcess process(KIOSK_HOSTILE_DECODER);
    expectReads(process);
    const auto start = std::chrono::steady_clock::now();
    ASSERT_FALSE(process.read(viewOf(order(Act::Sleep)), thorough, 120ms));
    EXPECT_GE(std::chrono::steady_clock::now() - start, 120ms);
}

TEST(ZxingProcess, CannotChangeThePicture) {
    ZxingProcess process(KIOSK_HOSTILE_DECODER);
    const auto codes = process.read(viewOf(order(Act::ChangePicture)), thorough, plenty);
    ASSERT_TRUE(codes) << codes.error().detail;
    EXPECT_EQ(codes->at(0).bytes, Bytes{'n'});
}

TEST(ZxingProcess, CannotTakeTheMachinesMemory) {
    ZxingProcess process(KIOSK_HOSTILE_DECODER);
    const auto codes = process.read(viewOf(order(Act::TakeMemory)), thorough, plenty);
    ASSERT_FALSE(codes);
    EXPECT_EQ(codes.error().detail, "the library gave up");
    expectReads(process);
}

TEST(ZxingProcess, RunsWithoutPrivilegesAndUnderAFilter) {
    ZxingProcess process;
    expectReads(process);
    const auto children = childrenOf(getpid());
    ASSERT_EQ(children.size(), 1U);
    EXPECT_EQ(statusOf(children[0], "NoNewPrivs"), "1");
    EXPECT_EQ(statusOf(children[0], "Seccomp"), "2");
    EXPECT_EQ(statusOf(children[0], "Name"), child::programName);
}

TEST(ZxingProcess, InheritsNothing) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0); // without close-on-exec, as a careless library leaves its files
    ZxingProcess process;
    expectReads(process);
    close(ends[1]);
    ASSERT_EQ(fcntl(ends[0], F_SETFL, O_NONBLOCK), 0);
    char byte = 0;
    EXPECT_EQ(read(ends[0], &byte, 1), 0) << "the writing end is open in the program";
    close(ends[0]);
}

TEST(ZxingProcess, EndsWithItsOwner) {
    {
        ZxingProcess process;
        expectReads(process);
    }
    EXPECT_THAT(childrenOf(getpid()), testing::IsEmpty());
}

/// True once the process is gone or only its entry is left for somebody else to collect.
bool isGone(pid_t pid) {
    for (int i = 0; i < 1000; ++i) {
        const auto state = statusOf(pid, "State");
        if (state.empty() || state.starts_with("Z")) return true;
        std::this_thread::sleep_for(10ms);
    }
    return false;
}

TEST(ZxingProcess, EndsWhenTheKioskIsKilledEvenInTheMiddleOfADecode) {
    for (const auto act : {Act::None, Act::Spin}) {
        int told[2];
        ASSERT_EQ(pipe2(told, O_CLOEXEC), 0);
        const pid_t kiosk = fork();
        if (kiosk == 0) {
            ZxingProcess process(KIOSK_HOSTILE_DECODER);
            const auto first = process.read(viewOf(order(Act::None)), thorough, plenty);
            const auto children = childrenOf(getpid());
            const pid_t child = first && children.size() == 1 ? children[0] : -1;
            if (write(told[1], &child, sizeof child) != sizeof child) _exit(1);
            static_cast<void>(process.read(viewOf(order(act)), thorough, 1h));
            pause();
            _exit(0);
        }
        pid_t child = -1;
        ASSERT_EQ(read(told[0], &child, sizeof child), ssize_t(sizeof child));
        ASSERT_GT(child, 0);
        EXPECT_FALSE(statusOf(child, "State").empty());
        kill(kiosk, SIGKILL);
        ASSERT_EQ(waitpid(kiosk, nullptr, 0), kiosk);
        EXPECT_TRUE(isGone(child));
        close(told[0]);
        close(told[1]);
    }
}

TEST(ZxingProcess, AThousandKillsLeaveNothingOpen) {
    const auto before = openDescriptors();
    {
        ZxingProcess process(KIOSK_HOSTILE_DECODER);
        expectReads(process);
        const auto running = openDescriptors();
        const auto spin = order(Act::Spin);
        for (int kills = 0; kills < 1000;) {
            const auto codes = process.read(viewOf(spin), thorough, 2ms);
            ASSERT_FALSE(codes);
            kills += codes.error().detail != "still starting";
        }
        EXPECT_EQ(openDescriptors(), running);
        expectReads(process);
    }
    EXPECT_EQ(openDescriptors(), before);
    EXPECT_THAT(childrenOf(getpid()), testing::IsEmpty());
}

TEST(ZxingProcess, SaysClearlyThatItCannotStart) {
    for (const auto* program : {"/nonexistent/kiosk-decode", "/bin/false"}) {
        ZxingProcess process(program);
        for (int i = 0; i < 3; ++i) { // and does not try again thirty times a second
            const auto codes = process.read(viewOf(easyFrame()), thorough, plenty);
            ASSERT_FALSE(codes);
            EXPECT_EQ(codes.error().code, Code::DecoderUnavailable) << codes.error().detail;
        }
    }
}

TEST(ZxingProcess, IsFoundBesideOrAboveTheProgram) {
    EXPECT_TRUE(std::filesystem::is_regular_file(decoderProgram())) << decoderProgram();
    EXPECT_EQ(decoderProgram().filename(), child::programName);
}

} // namespace
} // namespace kiosk::reading
