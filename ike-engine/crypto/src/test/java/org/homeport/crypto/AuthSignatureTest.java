package org.homeport.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.homeport.core.crypto.CertificateRejectedException;
import org.homeport.core.crypto.Sha1Policy;
import org.homeport.core.message.Payload;
import org.homeport.core.registry.AuthMethod;
import org.homeport.core.registry.HashAlgorithmId;
import org.homeport.crypto.SignaturePreference.RsaPadding;
import org.homeport.crypto.SignatureScheme.Ecdsa;
import org.homeport.crypto.SignatureScheme.Ed25519;
import org.homeport.crypto.SignatureScheme.RsaPkcs1;
import org.homeport.crypto.SignatureScheme.RsaPss;
import org.homeport.kit.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AUTH by signature: what OpenSSL signed verifies, what we sign verifies, and nothing else does. */
class AuthSignatureTest {
    private static final Octets DATA = Octets.utf8("AUTH octet");
    private static final Set<HashAlgorithmId> ALL_HASHES = Set.of(
            HashAlgorithmId.SHA1,
            HashAlgorithmId.SHA2_256,
            HashAlgorithmId.SHA2_384,
            HashAlgorithmId.SHA2_512,
            HashAlgorithmId.IDENTITY);

    private static VerificationKey key(String name) throws Exception {
        Octets der = PemFiles.certificates(TestPki.file(name + ".pem")).getFirst();
        return VerificationKey.of(Certificates.parse(der).getPublicKey()).orElseThrow();
    }

    private static CertifiedSigner signer(String name, SignaturePreference preference) throws Exception {
        return CertifiedSigner.load(TestPki.file(name + ".key.pem"), TestPki.file(name + ".pem"), preference);
    }

    private static Octets signature(String file) throws IOException {
        return Octets.wrap(Files.readAllBytes(TestPki.file(file + ".sig")));
    }

    private static Payload.Authentication digital(SignatureScheme scheme, Octets signature) {
        Octets id = AlgorithmIdentifiers.encode(scheme);
        return new Payload.Authentication(
                AuthMethod.DIGITAL_SIGNATURE, Octets.concat(Octets.of(id.length()), id, signature));
    }

    private static void accept(VerificationKey key, Payload.Authentication auth, Sha1Policy sha1) {
        assertThatCode(() -> AuthSignatures.check(key, auth, DATA, sha1)).doesNotThrowAnyException();
    }

    private static void refuse(VerificationKey key, Payload.Authentication auth, Sha1Policy sha1, String reason) {
        assertThatThrownBy(() -> AuthSignatures.check(key, auth, DATA, sha1))
                .isInstanceOf(CertificateRejectedException.class)
                .hasMessageContaining(reason);
    }

    private static void acceptOnlyUnchanged(VerificationKey key, Payload.Authentication auth) {
        accept(key, auth, Sha1Policy.REFUSE);
        assertThatThrownBy(() -> AuthSignatures.check(key, auth, DATA.plus(Octets.of(0)), Sha1Policy.REFUSE))
                .isInstanceOf(CertificateRejectedException.class);
        byte[] bytes = auth.data().toByteArray();
        bytes[bytes.length - 1] ^= 1;
        refuse(key, new Payload.Authentication(auth.method(), Octets.wrap(bytes)), Sha1Policy.ACCEPT, "not verify");
    }

    @ParameterizedTest
    @EnumSource(
            value = HashFunction.class,
            names = {"SHA2_256", "SHA2_384", "SHA2_512"})
    void opensslSignaturesVerify(HashFunction hash) throws Exception {
        String suffix = hash.jdkName().replace("-", "").toLowerCase(Locale.ROOT);
        VerificationKey rsa = key("rsa-server");
        acceptOnlyUnchanged(rsa, digital(new RsaPkcs1(hash), signature("rsa-" + suffix)));
        acceptOnlyUnchanged(rsa, digital(new RsaPss(hash, hash.length()), signature("rsa-pss-" + suffix)));
        acceptOnlyUnchanged(rsa, new Payload.Authentication(AuthMethod.RSA_PKCS1, signature("rsa-" + suffix)));
        for (String name : List.of("ec-p256", "ec-p384", "ec-p521")) {
            accept(key(name), digital(new Ecdsa(hash), signature(name + "-" + suffix)), Sha1Policy.REFUSE);
        }
    }

    @Test
    void opensslEd25519SignatureVerifies() throws Exception {
        acceptOnlyUnchanged(key("ed"), digital(new Ed25519(), signature("ed")));
    }

    @Test
    void sha1NeedsTheLegacySwitch() throws Exception {
        VerificationKey rsa = key("rsa-server");
        for (Payload.Authentication auth : List.of(
                digital(new RsaPkcs1(HashFunction.SHA1), signature("rsa-sha1")),
                digital(new RsaPss(HashFunction.SHA1, 20), signature("rsa-pss-sha1")),
                new Payload.Authentication(AuthMethod.RSA_PKCS1, signature("rsa-sha1")))) {
            refuse(rsa, auth, Sha1Policy.REFUSE, "SHA-1");
            accept(rsa, auth, Sha1Policy.ACCEPT);
        }
    }

    @ParameterizedTest
    @CsvSource({"ec-p256,9,64", "ec-p384,10,96", "ec-p521,11,132"})
    void oldEcdsaMethodsCarryTwoPlainNumbers(String name, int method, int length) throws Exception {
        Payload.Authentication auth = signer(name, SignaturePreference.DEFAULT)
                .sign(DATA, Optional.empty(), Draws.seeded(1))
                .orElseThrow();
        assertThat(auth.method()).isEqualTo(new AuthMethod(method));
        assertThat(auth.data().length()).isEqualTo(length);
        acceptOnlyUnchanged(key(name), auth);
        NistCurve curve = NistCurve.of(auth.method()).orElseThrow();
        Octets openssl =
                signature(name + "-" + List.of("sha256", "sha384", "sha512").get(method - 9));
        accept(key(name), new Payload.Authentication(auth.method(), curve.toPlain(openssl)), Sha1Policy.REFUSE);
        for (Octets bad : List.of(
                Octets.EMPTY,
                openssl,
                Octets.zeros(length),
                auth.data().plus(Octets.of(0)),
                auth.data().from(1))) {
            refuse(key(name), new Payload.Authentication(auth.method(), bad), Sha1Policy.ACCEPT, "not verify");
        }
    }

    @Test
    void methodOfAnotherCurveOrKindIsRefused() throws Exception {
        Octets good = signer("ec-p256", SignaturePreference.DEFAULT)
                .sign(DATA, Optional.empty(), Draws.seeded(1))
                .orElseThrow()
                .data();
        refuse(key("ec-p384"), new Payload.Authentication(AuthMethod.ECDSA_P256, good), Sha1Policy.REFUSE, "verify");
        refuse(key("rsa-server"), new Payload.Authentication(AuthMethod.ECDSA_P256, good), Sha1Policy.REFUSE, "verify");
        refuse(key("ec-p256"), new Payload.Authentication(AuthMethod.RSA_PKCS1, good), Sha1Policy.REFUSE, "verify");
        refuse(
                key("ec-p256"),
                new Payload.Authentication(AuthMethod.SHARED_KEY, good),
                Sha1Policy.REFUSE,
                "no signature");
        for (SignatureScheme scheme :
                List.of(new RsaPkcs1(HashFunction.SHA2_256), new RsaPss(HashFunction.SHA2_256, 32), new Ed25519())) {
            refuse(key("ec-p256"), digital(scheme, good), Sha1Policy.REFUSE, "verify");
        }
        refuse(key("ed"), digital(new Ecdsa(HashFunction.SHA2_256), good), Sha1Policy.REFUSE, "verify");
        refuse(key("rsa-server"), digital(new Ecdsa(HashFunction.SHA2_256), good), Sha1Policy.REFUSE, "verify");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "0f", "0f300d06092a864886f70d01010b0500", "ff300a", "053005060a2b6570aa"})
    void shortOrUnknownIdentifiersAreRefused(String hex) throws Exception {
        refuse(
                key("rsa-server"),
                new Payload.Authentication(AuthMethod.DIGITAL_SIGNATURE, Octets.fromHex(hex)),
                Sha1Policy.ACCEPT,
                "AUTH");
    }

    /** A PSS salt longer than the key leaves room for is an error of the peer's, not ours. */
    @Test
    void impossibleSaltIsRefused() throws Exception {
        refuse(
                key("rsa-server"),
                digital(new RsaPss(HashFunction.SHA2_512, 1000), signature("rsa-pss-sha512")),
                Sha1Policy.ACCEPT,
                "not verify");
    }

    @ParameterizedTest
    @CsvSource({"rsa-server", "ec-p256", "ec-p384", "ec-p521", "ed"})
    void whatWeSignVerifies(String name) throws Exception {
        for (RsaPadding padding : RsaPadding.values()) {
            CertifiedSigner signer = signer(name, new SignaturePreference(padding, Sha1Policy.REFUSE));
            for (HashAlgorithmId hash : ALL_HASHES) {
                Optional<Payload.Authentication> auth = signer.sign(DATA, Optional.of(Set.of(hash)), Draws.seeded(1));
                boolean fits = name.equals("ed")
                        ? hash.equals(HashAlgorithmId.IDENTITY)
                        : hash.value() >= 2 && hash.value() <= 4;
                assertThat(auth.isPresent()).as("%s", hash).isEqualTo(fits);
                if (fits) {
                    assertThat(auth.get().method()).isEqualTo(AuthMethod.DIGITAL_SIGNATURE);
                    acceptOnlyUnchanged(key(name), auth.get());
                }
            }
        }
    }

    @Test
    void hashFollowsTheCurveIfThePeerHasIt() throws Exception {
        CertifiedSigner signer = signer("ec-p384", SignaturePreference.DEFAULT);
        assertThat(scheme(signer.sign(DATA, Optional.of(ALL_HASHES), Draws.seeded(1))))
                .isEqualTo(new Ecdsa(HashFunction.SHA2_384));
        assertThat(scheme(signer.sign(DATA, Optional.of(Set.of(HashAlgorithmId.SHA2_512)), Draws.seeded(1))))
                .isEqualTo(new Ecdsa(HashFunction.SHA2_512));
    }

    @Test
    void rsaPrefersPssAndTheSmallestHash() throws Exception {
        assertThat(scheme(signer("rsa-server", SignaturePreference.DEFAULT)
                        .sign(DATA, Optional.of(ALL_HASHES), Draws.seeded(1))))
                .isEqualTo(new RsaPss(HashFunction.SHA2_256, 32));
        assertThat(scheme(signer("rsa-server", new SignaturePreference(RsaPadding.PKCS1_V15, Sha1Policy.REFUSE))
                        .sign(DATA, Optional.of(ALL_HASHES), Draws.seeded(1))))
                .isEqualTo(new RsaPkcs1(HashFunction.SHA2_256));
    }

    /** The salt is the only randomness, and it is the one given. */
    @Test
    void pssSaltComesFromTheRandomSource() throws Exception {
        CertifiedSigner signer = signer("rsa-server", SignaturePreference.DEFAULT);
        Optional<Set<HashAlgorithmId>> hashes = Optional.of(ALL_HASHES);
        assertThat(signer.sign(DATA, hashes, Draws.seeded(1))).isEqualTo(signer.sign(DATA, hashes, Draws.seeded(1)));
        assertThat(signer.sign(DATA, hashes, Draws.seeded(1))).isNotEqualTo(signer.sign(DATA, hashes, Draws.seeded(2)));
    }

    /** RFC 7296 section 3.8: SHA-1 is the default hash, others are allowed. */
    @Test
    void methodOneTakesSha1OnlyWithTheSwitch() throws Exception {
        for (Sha1Policy sha1 : Sha1Policy.values()) {
            Payload.Authentication auth = signer("rsa-server", new SignaturePreference(RsaPadding.PSS, sha1))
                    .sign(DATA, Optional.empty(), Draws.seeded(1))
                    .orElseThrow();
            assertThat(auth.method()).isEqualTo(AuthMethod.RSA_PKCS1);
            // PKCS #1 v1.5 is deterministic: the very octets OpenSSL made.
            assertThat(auth.data()).isEqualTo(signature(sha1 == Sha1Policy.ACCEPT ? "rsa-sha1" : "rsa-sha256"));
        }
    }

    @Test
    void ed25519HasNoOldMethod() throws Exception {
        CertifiedSigner signer = signer("ed", SignaturePreference.DEFAULT);
        assertThat(signer.sign(DATA, Optional.empty(), Draws.seeded(1))).isEmpty();
        Payload.Authentication auth =
                signer.sign(DATA, Optional.of(ALL_HASHES), Draws.seeded(1)).orElseThrow();
        assertThat(auth).isEqualTo(digital(new Ed25519(), signature("ed")));
    }

    private static SignatureScheme scheme(Optional<Payload.Authentication> auth) {
        Octets data = auth.orElseThrow().data();
        return AlgorithmIdentifiers.decode(data.slice(1, 1 + data.at(0))).orElseThrow();
    }
}
