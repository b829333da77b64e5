package org.homeport.crypto;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.List;
import org.homeport.core.crypto.CertificateRejectedException;
import org.homeport.core.crypto.InvalidPublicValueException;
import org.homeport.core.crypto.Sha1Policy;
import org.homeport.core.message.Payload;
import org.homeport.core.registry.AuthMethod;
import org.homeport.core.registry.IdType;
import org.homeport.core.registry.KeyExchangeId;
import org.homeport.core.registry.PayloadType;
import org.homeport.kit.Octets;
import org.junit.jupiter.api.BeforeAll;

/** What a peer sends to prove itself may be anything; only the checked exceptions come out. */
class PeerProofFuzzTest {
    private static PkixCertificateVerifier verifier;
    private static Octets certificate;

    @BeforeAll
    static void readAnchors() throws KeyMaterialException {
        verifier = PkixCertificateVerifier.load(List.of(TestPki.file("ec-ca.pem")));
        certificate = PemFiles.certificates(TestPki.file("ec-p256.pem")).getFirst();
    }

    /** A good certificate with some octets changed, taken out or put in: random octets never get past the parser. */
    @FuzzTest(maxDuration = "1m")
    void certificatesAndIdentities(FuzzedDataProvider data) {
        IdType type = new IdType(data.pickValue(new int[] {1, 2, 3, 5, 9, 10, 11}));
        AuthMethod method = new AuthMethod(data.consumeByte() & 0xff);
        Octets id = data.consumeBoolean()
                ? Octets.utf8("ec-p256.example.com")
                : Octets.wrap(data.consumeBytes(data.consumeInt(0, 64)));
        Octets auth = Octets.wrap(data.consumeBytes(data.consumeInt(0, 300)));
        List<Octets> certificates = new ArrayList<>();
        if (data.consumeBoolean()) {
            certificates.add(certificate);
        }
        certificates.add(edited(data));
        try {
            verifier.verify(
                    certificates,
                    Payload.Identification.of(PayloadType.IDI, type, id),
                    new Payload.Authentication(method, auth),
                    Octets.EMPTY,
                    Sha1Policy.ACCEPT,
                    TestPki.NOW);
        } catch (CertificateRejectedException expected) {
            return;
        }
        throw new AssertionError("a signature made out of nothing was believed");
    }

    private static Octets edited(FuzzedDataProvider data) {
        Octets edited = certificate;
        while (data.remainingBytes() > 0) {
            int at = data.consumeInt(0, edited.length());
            int until = Math.min(edited.length(), at + data.consumeInt(0, 3));
            Octets put = Octets.wrap(data.consumeBytes(data.consumeInt(0, 3)));
            edited = Octets.concat(edited.slice(0, at), put, edited.from(until));
        }
        return edited;
    }

    @FuzzTest(maxDuration = "1m")
    void signatures(FuzzedDataProvider data) throws Exception {
        AuthMethod method = new AuthMethod(data.pickValue(new int[] {1, 9, 10, 11, 14}));
        VerificationKey key = VerificationKey.of(Certificates.parse(certificate).getPublicKey())
                .orElseThrow();
        Octets auth = Octets.wrap(data.consumeRemainingAsBytes());
        try {
            AuthSignatures.check(key, new Payload.Authentication(method, auth), Octets.EMPTY, Sha1Policy.ACCEPT);
        } catch (CertificateRejectedException expected) {
            return;
        }
        throw new AssertionError("a signature made out of nothing was believed");
    }

    @FuzzTest(maxDuration = "1m")
    void publicValues(FuzzedDataProvider data) {
        KeyExchangeId group = new KeyExchangeId(data.pickValue(new int[] {31, 19, 20, 21, 14}));
        Octets value = Octets.wrap(data.consumeRemainingAsBytes());
        try {
            new HomeportCrypto(LegacyAlgorithms.REFUSE)
                    .keyAgreement(group, Draws.seeded(1))
                    .agree(value);
        } catch (InvalidPublicValueException expected) {
            // refused, as most are
        }
    }
}
