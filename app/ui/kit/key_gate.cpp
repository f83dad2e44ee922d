#include "app/ui/kit/key_gate.hpp"

#include <algorithm>
#include <utility>

namespace kiosk::ui {

void KeyGate::key(Key key, Ms at) {
    if (state_ == State::Guard) {
        guardUntil_ = std::max(guardUntil_, at + burstEndMs);
        return;
    }
    if (state_ == State::Scan) {
        last_ = at;
        if (key.kind == Key::Kind::Enter || key.kind == Key::Kind::Tab) return finish(at);
        return append(key);
    }
    if (key.repeat) {
        release();
        keys_.push_back(std::move(key));
        return;
    }
    if (held_.empty()) earliest_ = std::min(lookedAt_, at);
    last_ = at;
    held_.push_back(std::move(key));
    const auto gaps = static_cast<Ms>(held_.size()) - 1;
    if (held_.size() >= burstKeys && at - earliest_ <= gaps * gap_) begin();
}

void KeyGate::idle(Ms now) {
    lookedAt_ = std::max(lookedAt_, now);
    if (state_ == State::Person && !held_.empty() && lookedAt_ - last_ > gap_) release();
    if (state_ == State::Scan && lookedAt_ - last_ >= burstEndMs) finish(last_ + burstEndMs);
    if (state_ == State::Guard && lookedAt_ >= guardUntil_) state_ = State::Person;
}

std::vector<KeyGate::Key> KeyGate::takeKeys() { return std::exchange(keys_, {}); }
std::vector<Secret<Bytes>> KeyGate::takeScans() { return std::exchange(scans_, {}); }

std::optional<KeyGate::Ms> KeyGate::due() const {
    if (state_ == State::Person && !held_.empty()) return last_ + gap_ + 1;
    if (state_ == State::Scan) return last_ + burstEndMs;
    return std::nullopt;
}

void KeyGate::clear() {
    held_.clear();
    keys_.clear();
    scans_.clear();
    scan_.clear();
    if (state_ == State::Scan) state_ = State::Guard;
}

void KeyGate::release() {
    std::move(held_.begin(), held_.end(), std::back_inserter(keys_));
    held_.clear();
}

void KeyGate::begin() {
    state_ = State::Scan;
    scan_.reveal().reserve(scanMost);
    for (auto& key : held_) {
        append(key);
        wipe(key.text.data(), key.text.size());
    }
    held_.clear();
}

void KeyGate::append(const Key& key) {
    if (key.kind != Key::Kind::Text) return; // a code's control characters, typed as keys
    auto& bytes = scan_.reveal();
    const auto room = scanMost - bytes.size();
    bytes.insert(bytes.end(), key.text.begin(),
                 key.text.begin() + static_cast<std::ptrdiff_t>(std::min(room, key.text.size())));
}

void KeyGate::finish(Ms at) {
    if (!scan_.reveal().empty()) scans_.push_back(std::move(scan_));
    scan_ = Secret<Bytes>();
    state_ = State::Guard;
    guardUntil_ = at + guardMs;
}

} // namespace kiosk::ui
