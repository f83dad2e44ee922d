#include "app/intake/office/certificate.hpp"

#include "app/base/crypto.hpp"

#include <memory>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

namespace kiosk::intake {
namespace {

template <auto Free>
struct Freer {
    template <typename T>
    void operator()(T* p) const {
        Free(p);
    }
};
using Certificate = std::unique_ptr<X509, Freer<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using Bio = std::unique_ptr<BIO, Freer<BIO_free_all>>;

std::string textOf(const Bio& bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

bool addExtension(X509* certificate, int nid, const std::string& value) {
    const std::unique_ptr<X509_EXTENSION, Freer<X509_EXTENSION_free>> extension(
        X509V3_EXT_conf_nid(nullptr, nullptr, nid, value.c_str()));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

std::string alternativeNames(const std::vector<std::string>& hosts) {
    std::string out;
    for (const auto& host : hosts) {
        const bool address = host.find_first_not_of("0123456789.") == std::string::npos;
        out += (out.empty() ? "" : ",") + std::string(address ? "IP:" : "DNS:") + host;
    }
    return out;
}

Certificate selfSigned(const Key& key, const std::string& commonName, const std::vector<std::string>& hosts) {
    Certificate certificate(X509_new());
    if (!certificate) return nullptr;
    X509* x = certificate.get();
    std::uint64_t serial = 0;
    if (RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) != 1) return nullptr;
    X509_NAME* name = X509_get_subject_name(x);
    const bool filled = X509_set_version(x, 2) == 1 &&
                        ASN1_INTEGER_set_uint64(X509_get_serialNumber(x), serial >> 1) == 1 &&
                        X509_time_adj_ex(X509_getm_notBefore(x), -1, 0, nullptr) &&
                        X509_time_adj_ex(X509_getm_notAfter(x), 7305, 0, nullptr) &&
                        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                                                   reinterpret_cast<const unsigned char*>(commonName.c_str()),
                                                   -1, -1, 0) == 1 &&
                        X509_set_issuer_name(x, name) == 1 && X509_set_pubkey(x, key.get()) == 1 &&
                        // No authority: a certificate signed with this key is not accepted by anybody.
                        addExtension(x, NID_basic_constraints, "critical,CA:FALSE") &&
                        (hosts.empty() || addExtension(x, NID_subject_alt_name, alternativeNames(hosts)));
    if (!filled || X509_sign(x, key.get(), EVP_sha256()) == 0) return nullptr;
    return certificate;
}

} // namespace

Result<TlsPair> makeTlsPair(const std::string& commonName, const std::vector<std::string>& hosts) {
    const Key key(EVP_EC_gen("P-256"));
    if (!key) return fail(Code::SystemFailed, "cannot make a TLS key");
    const auto certificate = selfSigned(key, commonName, hosts);
    const Bio certificateOut(BIO_new(BIO_s_mem()));
    const Bio keyOut(BIO_new(BIO_s_secmem()));
    if (!certificate || PEM_write_bio_X509(certificateOut.get(), certificate.get()) != 1 ||
        PEM_write_bio_PrivateKey(keyOut.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
        return fail(Code::SystemFailed, "cannot make a TLS certificate");
    return TlsPair{textOf(certificateOut), Secret<std::string>(textOf(keyOut))};
}

Result<std::string> fingerprint(std::string_view certificatePem) {
    const Bio bio(BIO_new_mem_buf(certificatePem.data(), static_cast<int>(certificatePem.size())));
    const Certificate certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    if (!certificate || X509_digest(certificate.get(), EVP_sha256(), digest, &size) != 1)
        return fail(Code::KeyInvalid, "not a certificate");
    return crypto::hex({digest, size});
}

} // namespace kiosk::intake
