// Headphones begin speech, and the next person finds it as it should be.
#include "tests/flow/kiosk_in_mind.hpp"

namespace kiosk::test {
namespace {

TEST(Voice, HeadphonesBeginItAndPullingThemOutEndsIt) {
    Mind m;
    m.send(event::ShowVoice{});
    EXPECT_TRUE(std::holds_alternative<std::monostate>(m.flow.overlay)) << "nothing to adjust";
    m.send(event::HeadphonesChanged{.plugged = true});
    EXPECT_TRUE(m.flow.preferences.voice.on);
    m.send(event::ShowVoice{});
    EXPECT_TRUE(std::holds_alternative<overlay::Voice>(m.flow.overlay));
    m.send(event::HeadphonesChanged{.plugged = false});
    EXPECT_FALSE(m.flow.preferences.voice.on);
    EXPECT_TRUE(std::holds_alternative<std::monostate>(m.flow.overlay));
}

TEST(Voice, WhereTheyAreAlwaysPluggedAKeyBeginsIt) {
    Mind m;
    m.send(event::HeadphonesChanged{.plugged = true, .always = true});
    EXPECT_FALSE(m.flow.preferences.voice.on);
    m.send(event::KeyPadUsed{});
    EXPECT_TRUE(m.flow.preferences.voice.on);
    m.send(event::AdjustVoice{event::AdjustVoice::What::Off});
    m.send(event::KeyPadUsed{});
    EXPECT_FALSE(m.flow.preferences.voice.on) << "who switched it off is not talked to again";
}

TEST(Voice, AKeyDoesNotBeginItWithoutHeadphones) {
    Mind m;
    m.send(event::KeyPadUsed{});
    EXPECT_FALSE(m.flow.preferences.voice.on);
}

TEST(Voice, StepsStayInRangeAndTheNextPersonFindsTheMiddle) {
    using What = event::AdjustVoice::What;
    Mind m;
    m.send(event::HeadphonesChanged{.plugged = true});
    m.send(event::Start{});
    for (int i = 0; i < 5; ++i) {
        m.send(event::AdjustVoice{What::Slower});
        m.send(event::AdjustVoice{What::Louder});
    }
    EXPECT_EQ(m.flow.preferences.voice.speed, -2);
    EXPECT_EQ(m.flow.preferences.voice.loudness, 2);
    m.send(event::AdjustVoice{What::Off});
    EXPECT_FALSE(m.flow.preferences.voice.on);
    m.send(event::EndSession{});
    EXPECT_EQ(m.flow.preferences.voice.speed, 0);
    EXPECT_TRUE(m.flow.preferences.voice.on) << "the headphones are still in";
}

} // namespace
} // namespace kiosk::test
