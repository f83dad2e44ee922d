#include "app/base/json/json.hpp"
#include "app/delivery/parcel.hpp"

#include "app/base/crypto.hpp"
#include "app/base/files.hpp"
#include "app/delivery/packer.hpp"
#include "app/delivery/progress/kept_progress.hpp"

#include <gtest/gtest.h>
#include <set>
#include <sodium.h>

namespace kiosk::parcel {
namespace {

constexpr std::string_view dossier = R"({"schema":1,"customer":{"name":"Nguyễn Văn Mẫu"}})";

class ParcelTest : public ::testing::Test {
protected:
    void SetUp() override {
        crypto::init();
        crypto_sign_keypair(kioskPublic_.data(), kiosk_.reveal().data());
        crypto_box_keypair(officePublic_.data(), office_.reveal().data());
        header_.kiosk = "K7";
        header_.office = "H29.5";
        header_.key = crypto::newIdempotencyKey();
        header_.reference = crypto::reference(header_.key);
        header_.procedure = "1.001193";
        header_.createdAt = Instant{1'790'000'000'123};
        header_.clockTrusted = false;
    }
    Bytes sealed() { return seal(header_, dossier, kiosk_, officePublic_).value(); }
    Secret<Bytes> kiosk_{Bytes(crypto_sign_SECRETKEYBYTES)}, office_{Bytes(crypto_box_SECRETKEYBYTES)};
    PublicKey kioskPublic_{}, officePublic_{};
    Header header_;
};

TEST_F(ParcelTest, onlyTheOfficeOpensWhatTheKioskSigned) {
    const auto bytes = sealed();
    const auto header = verify(bytes, kioskPublic_).value();
    EXPECT_EQ(header.key, header_.key);
    EXPECT_EQ(header.createdAt, header_.createdAt);
    EXPECT_FALSE(header.clockTrusted);
    EXPECT_EQ(header.signingKey, keyId(kioskPublic_));
    EXPECT_EQ(open(bytes, officePublic_, office_).value(), dossier);
    EXPECT_EQ(files::asText(bytes).find("Nguyễn"), std::string_view::npos);
    PublicKey stranger{};
    Secret<Bytes> strangers(Bytes(crypto_box_SECRETKEYBYTES));
    crypto_box_keypair(stranger.data(), strangers.reveal().data());
    EXPECT_EQ(open(bytes, stranger, strangers).error().code, Code::ParcelNotForUs);
    EXPECT_EQ(open(bytes, officePublic_, strangers).error().code, Code::ParcelNotForUs);
    EXPECT_EQ(verify(bytes, stranger).error().code, Code::ParcelUnsigned);
}

TEST_F(ParcelTest, anEnvelopeMadeAheadSealsOnceAndOpensLikeAnyOther) {
    auto envelope = Envelope::make(officePublic_).value();
    const auto bytes = seal(header_, dossier, kiosk_, std::move(envelope)).value();
    EXPECT_EQ(open(bytes, officePublic_, office_).value(), dossier);
    EXPECT_EQ(bytes.size(), sealed().size());
    // libsodium's own sealed box is opened by what opens ours; both make a new key each time
    EXPECT_NE(bytes, seal(header_, dossier, kiosk_, Envelope::make(officePublic_).value()).value());
    EXPECT_EQ(Envelope::make(PublicKey{}).error().code, Code::KeyInvalid);
}

TEST_F(ParcelTest, aSecondUseOfAnEnvelopeTerminates) {
    auto envelope = Envelope::make(officePublic_).value();
    const Bytes plain(5);
    Bytes out(Envelope::sealedSize(plain.size()));
    envelope.seal(plain, out.data());
    EXPECT_DEATH(envelope.seal(plain, out.data()), "");
}

TEST_F(ParcelTest, thePackerWritesItsFieldsIntoTheDossierAndQueuesWhatTheOfficeCanOpen) {
    OfficeLink link;
    link.kioskId = "K7";
    link.officeCode = "H29.5";
    link.kioskSigning = kiosk_;
    link.officeSealing = officePublic_;
    const Secret<Bytes> device(crypto::random(32));
    Packer packer(link, device);
    const ConfirmedDossier confirmed{dossier, "1.001193",  "subject", Instant{1'790'000'000'123},
                                     false,   {1999, 2, 1}};
    std::set<std::string> keys;
    for (const bool ahead : {true, true, false}) {
        if (ahead) packer.prepare();
        const auto [parcel, slip] = packer.pack(confirmed).value();
        keys.insert(parcel.key);
        const auto header = verify(parcel.bytes, kioskPublic_).value();
        EXPECT_EQ(header.key, parcel.key);
        EXPECT_FALSE(header.clockTrusted);
        const auto json = nlohmann::json::parse(open(parcel.bytes, officePublic_, office_).value());
        EXPECT_EQ(json.at("reference"), parcel.reference);
        EXPECT_EQ(json.at("key"), parcel.key);
        EXPECT_EQ(json.at("kiosk"), "K7");
        EXPECT_EQ(json.at("customer").at("name"), "Nguyễn Văn Mẫu");
        EXPECT_EQ(parcel.subject, "subject");
        EXPECT_EQ(slip.reference, parcel.reference);
        const auto key = kept_progress::keyOf(slip, {1999, 2, 1}, device);
        EXPECT_EQ(json.at("progress_key"), crypto::hex(key.reveal()));
        EXPECT_EQ(json.dump().find(slip.secret.reveal()), std::string::npos) << "not the secret itself";
    }
    EXPECT_EQ(keys.size(), 3U);
    EXPECT_EQ(packer.pack({"[]", "1.001193", "", Instant{1}, true, {1999, 2, 1}}).error().code,
              Code::ParcelInvalid);
    link.kioskId = "K\"7";
    EXPECT_EQ(Packer(link, device).pack(confirmed).error().code, Code::ParcelInvalid);
}

TEST_F(ParcelTest, everyFlippedByteAndEveryCutIsNoticed) {
    const auto bytes = sealed();
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        auto changed = bytes;
        changed[i] ^= 0x20;
        EXPECT_FALSE(verify(changed, kioskPublic_)) << i;
        EXPECT_FALSE(verify(std::span(bytes).first(i), kioskPublic_)) << i;
    }
    auto longer = bytes;
    longer.push_back(0);
    EXPECT_FALSE(verify(longer, kioskPublic_));
}

TEST_F(ParcelTest, anotherHeaderAroundTheSameSealedDossierIsNoticed) {
    const auto bytes = sealed();
    auto other = header_;
    other.procedure = "1.000894";
    const auto second = seal(other, dossier, kiosk_, officePublic_).value();
    ASSERT_EQ(bytes.size(), second.size());
    const std::size_t headerEnd = 8 + bytes[4] + 256U * bytes[5];
    Bytes mixed(second.begin(), second.begin() + static_cast<long>(headerEnd));
    mixed.insert(mixed.end(), bytes.begin() + static_cast<long>(headerEnd), bytes.end());
    const auto signedSize = mixed.size() - crypto_sign_BYTES;
    crypto_sign_detached(mixed.data() + signedSize, nullptr, mixed.data(), signedSize,
                         kiosk_.reveal().data());
    ASSERT_TRUE(verify(mixed, kioskPublic_));
    EXPECT_EQ(open(mixed, officePublic_, office_).error().code, Code::ParcelInvalid);
}

TEST_F(ParcelTest, aNewerSchemaIsNamedAndBadHeadersAreNotSealed) {
    auto bytes = sealed();
    const auto at = files::asText(bytes).find("\"schema\":1");
    bytes[at + 9] = '2';
    EXPECT_EQ(peek(bytes).error().code, Code::ParcelUnknownVersion);
    header_.kiosk = "../K7";
    EXPECT_EQ(seal(header_, dossier, kiosk_, officePublic_).error().code, Code::ParcelInvalid);
}

TEST_F(ParcelTest, acknowledgementsAreBoundToTheOfficesSignature) {
    PublicKey officeSigning{};
    Secret<Bytes> secret(Bytes(crypto_sign_SECRETKEYBYTES));
    crypto_sign_keypair(officeSigning.data(), secret.reveal().data());
    const Acknowledgement ack{header_.key, contentHash(sealed()),      "H29.5-261124-0001",
                              true,        Instant{1'790'000'000'999}, {}};
    const auto text = writeAcknowledgement(ack, secret);
    const auto back = readAcknowledgement(text, officeSigning).value();
    EXPECT_EQ(back.key, ack.key);
    EXPECT_EQ(back.contentHash, ack.contentHash);
    EXPECT_EQ(back.dossierCode, ack.dossierCode);
    EXPECT_TRUE(back.builtInNumbering);
    EXPECT_EQ(back.receivedAt, ack.receivedAt);
    EXPECT_EQ(back.text, text);
    auto forged = text;
    forged.replace(forged.find("0001"), 4, "0002");
    EXPECT_EQ(readAcknowledgement(forged, officeSigning).error().code, Code::OfficeUntrusted);
    EXPECT_EQ(readAcknowledgement(text, kioskPublic_).error().code, Code::OfficeUntrusted);
    EXPECT_EQ(readAcknowledgement("<html>", officeSigning).error().code, Code::OfficeGarbled);
    EXPECT_EQ(readAcknowledgement("{\"acknowledgement\":{}}", officeSigning).error().code,
              Code::OfficeGarbled);
    auto newer = text;
    newer.replace(newer.find("\"schema\":1"), 10, "\"schema\":7");
    EXPECT_EQ(readAcknowledgement(newer, officeSigning).error().code, Code::OfficeIncompatible);
}

} // namespace
} // namespace kiosk::parcel
