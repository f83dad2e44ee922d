// kiosk-decode: the general QR reader in a process of its own, because strangers choose what it looks at.
// Started by the kiosk only.
#include "app/reading/child/serve.hpp"

#include <cstdio>
#include <cstdlib>
#include <unistd.h>

int main(int argc, char** argv) {
    using namespace kiosk::reading;
    if (argc != 2) {
        std::fputs("kiosk-decode is started by kiosk\n", stderr);
        return 2;
    }
    _exit(child::serve(std::atoi(argv[1]),
                       zxing::read)); // nothing to clean up, and no calls left to do it with
}
