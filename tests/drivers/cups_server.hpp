// CUPS's own server with queues of its own, on a free port and in a folder of its own: PDF (cups-pdf), EMPTY
// (says that it has no paper), SLOW (never done).
#pragma once

#include <arpa/inet.h>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <netinet/in.h>
#include <stdexcept>
#include <string>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace kiosk::test {

class CupsServer {
public:
    CupsServer() {
        std::string name = (std::filesystem::temp_directory_path() / "kiosk-cups-XXXXXX").string();
        folder_ = mkdtemp(name.data());
        std::filesystem::permissions(folder_,
                                     std::filesystem::perms(0755)); // its filters run as another user
        port_ = freePort();
        for (const auto* inner : {"/etc/ppd", "/spool/tmp", "/cache", "/run", "/log", "/bin/backend"})
            std::filesystem::create_directories(folder_ + inner);
        for (const auto* part : {"cgi-bin", "command", "daemon", "driver", "filter", "monitor", "notifier"})
            std::filesystem::create_symlink(std::string("/usr/lib/cups/") + part, folder_ + "/bin/" + part);
        if (isRoot()) // cups-pdf prints as somebody else; without that right a queue of our own keeps what
                      // comes
            std::filesystem::copy_file("/usr/lib/cups/backend/cups-pdf", folder_ + "/bin/backend/cups-pdf");
        else
            std::filesystem::create_directories(printed());
        backend("keep", "cat ${6:+\"$6\"} > '" + printed() + "/Kiosk___0.pdf'");
        backend("empty", "echo 'STATE: +media-empty-error' >&2; sleep 60");
        backend("slow", "sleep 60");
        settings();
        start();
        run(isRoot() ? "lpadmin -p PDF -E -v cups-pdf:/ -P /usr/share/ppd/cups-pdf/CUPS-PDF_noopt.ppd"
                     : "lpadmin -p PDF -E -v keep:/");
        run("lpadmin -p EMPTY -E -v empty:/");
        run("lpadmin -p SLOW -E -v slow:/");
    }
    ~CupsServer() {
        ::kill(server_, SIGTERM);
        ::waitpid(server_, nullptr, 0);
        std::filesystem::remove_all(folder_);
    }
    CupsServer(const CupsServer&) = delete;
    CupsServer& operator=(const CupsServer&) = delete;

    std::string queue(const std::string& name) const {
        return "ipp://127.0.0.1:" + std::to_string(port_) + "/printers/" + name;
    }
    /// Its exit code is 0, else throws; what it says.
    std::string run(const std::string& command) const {
        // Other tests of the same process may have changed where programs are looked for.
        const auto server =
            "PATH=/usr/sbin:/usr/bin:/sbin:/bin CUPS_SERVER=127.0.0.1:" + std::to_string(port_) + " ";
        std::string out;
        FILE* pipe = ::popen((server + command + " 2>&1").c_str(), "r");
        for (int c = 0; pipe != nullptr && (c = std::fgetc(pipe)) != EOF;) out += static_cast<char>(c);
        if (pipe == nullptr || ::pclose(pipe) != 0) throw std::runtime_error(command + ": " + out);
        return out;
    }
    /// Where the queue PDF leaves Kiosk___0.pdf. Of cups-pdf: for users without an account; its settings are
    /// the machine's.
    std::string printed() const { return isRoot() ? "/var/spool/cups-pdf/ANONYMOUS" : folder_ + "/out"; }

private:
    static bool isRoot() { return ::geteuid() == 0; }
    static int freePort() {
        const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in any{};
        any.sin_family = AF_INET;
        any.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof any;
        ::bind(fd, reinterpret_cast<sockaddr*>(&any), size);
        ::getsockname(fd, reinterpret_cast<sockaddr*>(&any), &size);
        ::close(fd);
        return ntohs(any.sin_port);
    }
    void backend(const std::string& name, const std::string& script) const {
        const auto path = folder_ + "/bin/backend/" + name;
        std::ofstream(path) << "#!/bin/sh\n[ $# -eq 0 ] && exit 0\n" << script << "\n";
        std::filesystem::permissions(path, std::filesystem::perms(0700));
    }
    void settings() const {
        std::ofstream(folder_ + "/etc/cupsd.conf")
            << "LogLevel warn\nListen 127.0.0.1:" << port_
            << "\nBrowsing No\nDefaultAuthType None\nWebInterface No\nPreserveJobFiles No\n"
               "<Location />\nOrder allow,deny\nAllow all\n</Location>\n"
               "<Location /admin>\nOrder allow,deny\nAllow all\n</Location>\n"
               "<Policy default>\nJobPrivateValues none\n<Limit All>\nOrder "
               "deny,allow\n</Limit>\n</Policy>\n";
        const auto& f = folder_;
        std::ofstream(f + "/etc/cups-files.conf")
            << "SystemGroup root\nServerRoot " << f << "/etc\nStateDir " << f << "/run\nCacheDir " << f
            << "/cache\nRequestRoot " << f << "/spool\nTempDir " << f << "/spool/tmp\nAccessLog " << f
            << "/log/access\nErrorLog " << f << "/log/error\nPageLog " << f << "/log/page\nServerBin " << f
            << "/bin\nDataDir /usr/share/cups\n";
    }
    void start() {
        server_ = ::fork();
        if (server_ == 0) {
            const auto settings = folder_ + "/etc/cupsd.conf", files = folder_ + "/etc/cups-files.conf";
            ::execl("/usr/sbin/cupsd", "cupsd", "-f", "-c", settings.c_str(), "-s", files.c_str(), nullptr);
            ::_exit(127);
        }
        for (int i = 0; i < 100; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
            try {
                if (run("lpstat -r").find("is running") != std::string::npos) return;
            } catch (const std::runtime_error&) {
                continue; // not listening yet
            }
        }
        throw std::runtime_error("cupsd does not start");
    }

    std::string folder_;
    int port_ = 0;
    pid_t server_ = -1;
};

} // namespace kiosk::test
