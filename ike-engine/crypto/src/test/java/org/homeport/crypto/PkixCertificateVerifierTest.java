package org.homeport.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.homeport.core.crypto.CertificateRejectedException;
import org.homeport.core.crypto.Sha1Policy;
import org.homeport.core.message.Payload;
import org.homeport.core.registry.AuthMethod;
import org.homeport.core.registry.HashAlgorithmId;
import org.homeport.core.registry.IdType;
import org.homeport.core.registry.PayloadType;
import org.homeport.crypto.SignatureScheme.RsaPkcs1;
import org.homeport.crypto.TestPki.Made;
import org.homeport.kit.Octets;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PkixCertificateVerifierTest {
    private static final Octets DATA = Octets.utf8("AUTH octet");
    private static final Instant NOW = TestPki.NOW;
    private static final String HOST = "mn.example.com";
    private static final Duration DAY = Duration.ofDays(1);

    private final Made root = TestPki.root("root").selfSigned();

    private static Payload.Identification id(IdType type, Octets data) {
        return Payload.Identification.of(PayloadType.IDI, type, data);
    }

    private static Payload.Identification fqdn(String name) {
        return id(IdType.FQDN, Octets.utf8(name));
    }

    private static void verify(Made anchor, Payload.Identification identity, Instant now, Made... chain)
            throws Exception {
        List<Octets> certificates = new ArrayList<>();
        for (Made made : chain) {
            certificates.add(made.der());
        }
        Payload.Authentication auth = CertifiedSigner.of(
                        chain[0].key(), List.of(certificates.getFirst()), SignaturePreference.DEFAULT)
                .sign(DATA, Optional.of(Set.of(HashAlgorithmId.SHA2_256)), Draws.seeded(1))
                .orElseThrow();
        PkixCertificateVerifier.of(List.of(anchor.der()))
                .verify(certificates, identity, auth, DATA, Sha1Policy.REFUSE, now);
    }

    private static void accept(Made anchor, Made... chain) {
        assertThatCode(() -> verify(anchor, fqdn(HOST), NOW, chain)).doesNotThrowAnyException();
    }

    private static void refuse(String reason, Made anchor, Made... chain) {
        refuse(reason, fqdn(HOST), NOW, anchor, chain);
    }

    private static void refuse(
            String reason, Payload.Identification identity, Instant now, Made anchor, Made... chain) {
        assertThatThrownBy(() -> verify(anchor, identity, now, chain))
                .isInstanceOf(CertificateRejectedException.class)
                .hasMessageContaining(reason);
    }

    @Nested
    class Paths {
        @Test
        void endEntityBelowItsRootIsAccepted() {
            accept(root, TestPki.endEntity(HOST).by(root));
        }

        @Test
        void intermediatesComeInAnyOrderAndStrangersAreIgnored() {
            Made one = TestPki.root("one").by(root);
            Made two = TestPki.root("two").by(one);
            Made stranger = TestPki.root("stranger").selfSigned();
            Made end = TestPki.endEntity(HOST).by(two);
            accept(root, end, two, one);
            accept(root, end, one, stranger, two);
            accept(root, end, root, one, two, two);
        }

        @Test
        void intermediateCanBeTheAnchor() {
            Made sub = TestPki.root("sub").by(root);
            accept(sub, TestPki.endEntity(HOST).by(sub));
        }

        @Test
        void missingIntermediateIsNamed() {
            Made sub = TestPki.root("sub").by(root);
            refuse(
                    "its issuer \"CN=sub\" is no trust anchor",
                    root,
                    TestPki.endEntity(HOST).by(sub));
        }

        @Test
        void unknownIssuerIsRefused() {
            Made other = TestPki.root("other").selfSigned();
            refuse("\"CN=other\"", root, TestPki.endEntity(HOST).by(other), other);
        }

        /** A stranger who gives its root our root's name. */
        @Test
        void issuerOfTheSameNameIsRefused() {
            Made impostor = TestPki.root("root").selfSigned();
            refuse("signature", root, TestPki.endEntity(HOST).by(impostor));
            refuse("signature", root, TestPki.endEntity(HOST).by(impostor), impostor);
        }

        @Test
        void selfSignedEndEntityIsRefused() {
            refuse("\"CN=" + HOST + "\"", root, TestPki.endEntity(HOST).selfSigned());
        }

        @Test
        void expiredIsRefused() {
            Made end = TestPki.endEntity(HOST)
                    .valid(NOW.minus(DAY), NOW.minusSeconds(1))
                    .by(root);
            refuse("expired at 2026-12-01T11:59:59Z", root, end);
        }

        @Test
        void notYetValidIsRefused() {
            Made end = TestPki.endEntity(HOST)
                    .valid(NOW.plusSeconds(1), NOW.plus(DAY))
                    .by(root);
            refuse("not valid before 2026-12-01T12:00:01Z", root, end);
        }

        @Test
        void expiredIntermediateIsRefused() {
            Made sub = TestPki.root("sub")
                    .valid(NOW.minus(DAY), NOW.minusSeconds(1))
                    .by(root);
            refuse("\"CN=sub\" expired", root, TestPki.endEntity(HOST).by(sub), sub);
        }

        @Test
        void expiredAnchorIsRefused() {
            Made old = TestPki.root("old")
                    .valid(NOW.minus(DAY), NOW.minusSeconds(1))
                    .selfSigned();
            refuse(
                    "trust anchor certificate \"CN=old\" expired",
                    old,
                    TestPki.endEntity(HOST).by(old));
        }

        @Test
        void issuerThatIsNoCaIsRefused() {
            Made user = TestPki.endEntity("user").by(root);
            refuse("keyCertSign", root, TestPki.endEntity(HOST).by(user), user);
            Made signing = TestPki.endEntity("user").usage(KeyUsage.keyCertSign).by(root);
            refuse("not a CA certificate", root, TestPki.endEntity(HOST).by(signing), signing);
            Made explicit = TestPki.endEntity("user")
                    .with(Extension.basicConstraints, true, new BasicConstraints(false))
                    .usage(KeyUsage.digitalSignature | KeyUsage.keyCertSign)
                    .by(root);
            refuse("not a CA certificate", root, TestPki.endEntity(HOST).by(explicit), explicit);
        }

        @Test
        void caThatMayNotSignCertificatesIsRefused() {
            Made sub = TestPki.root("sub").usage(KeyUsage.digitalSignature).by(root);
            refuse("keyCertSign", root, TestPki.endEntity(HOST).by(sub), sub);
        }

        @Test
        void pathLengthOfAnIntermediateCounts() {
            Made one = TestPki.root("one").ca(0).by(root);
            accept(root, TestPki.endEntity(HOST).by(one), one);
            Made two = TestPki.root("two").by(one);
            refuse("path", root, TestPki.endEntity(HOST).by(two), two, one);
        }

        @Test
        void pathLengthOfTheAnchorCounts() {
            Made tight = TestPki.root("tight").ca(0).selfSigned();
            accept(tight, TestPki.endEntity(HOST).by(tight));
            Made one = TestPki.root("one").by(tight);
            refuse("allows 0", tight, TestPki.endEntity(HOST).by(one), one);
        }

        @Test
        void nameConstraintsOfIntermediateAndAnchorCount() {
            NameConstraints inside = new NameConstraints(
                    new GeneralSubtree[] {
                        new GeneralSubtree(new GeneralName(GeneralName.dNSName, "example.com"), BigInteger.ZERO, null)
                    },
                    null);
            Made sub = TestPki.root("sub")
                    .with(Extension.nameConstraints, true, inside)
                    .by(root);
            Made anchor = TestPki.root("anchor")
                    .with(Extension.nameConstraints, true, inside)
                    .selfSigned();
            accept(root, TestPki.endEntity(HOST).by(sub), sub);
            accept(anchor, TestPki.endEntity(HOST).by(anchor));
            String outside = "mn.example.org";
            refuse(
                    "name constraints",
                    fqdn(outside),
                    NOW,
                    root,
                    TestPki.endEntity(outside).by(sub),
                    sub);
            refuse(
                    "name constraints",
                    fqdn(outside),
                    NOW,
                    anchor,
                    TestPki.endEntity(outside).by(anchor));
        }

        @Test
        void unknownCriticalExtensionIsRefused() {
            ASN1ObjectIdentifier unknown = new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1");
            accept(
                    root,
                    TestPki.endEntity(HOST)
                            .with(unknown, false, DERNull.INSTANCE)
                            .by(root));
            refuse(
                    "critical",
                    root,
                    TestPki.endEntity(HOST)
                            .with(unknown, true, DERNull.INSTANCE)
                            .by(root));
        }

        @Test
        void trustAnchorIsNoPeer() {
            Made ca = TestPki.root("ca")
                    .dns(HOST)
                    .usage(KeyUsage.digitalSignature | KeyUsage.keyCertSign)
                    .selfSigned();
            refuse("", ca, ca);
        }

        /** Certificates that all issue each other could make a factorial number of paths. */
        @Test
        void issuersInACircleCostNoTime() {
            KeyKind.Pair key = KeyKind.ECDSA_P256.generate(Draws.seeded(1));
            Made ring = TestPki.root("ring").key(key).selfSigned();
            Made[] chain = new Made[12];
            chain[0] = TestPki.endEntity(HOST).by(ring);
            for (int i = 1; i < chain.length; i++) {
                chain[i] = TestPki.root("ring").key(key).selfSigned();
            }
            assertTimeoutPreemptively(Duration.ofSeconds(5), () -> refuse("longer than 8 certificates", root, chain));
        }

        @Test
        void everybodyIssuingEverybodyCostsNoTime() {
            KeyKind.Pair key = KeyKind.ECDSA_P256.generate(Draws.seeded(1));
            List<Made> names = List.of(
                    TestPki.root("a").key(key).selfSigned(),
                    TestPki.root("b").key(key).selfSigned(),
                    TestPki.root("c").key(key).selfSigned(),
                    TestPki.root("d").key(key).selfSigned());
            List<Made> chain = new ArrayList<>(List.of(TestPki.endEntity(HOST).by(names.getFirst())));
            for (Made issuer : names) {
                for (Made subject : names) {
                    if (subject != issuer) {
                        chain.add(new TestPki.Draft(subject.subject().toString())
                                .key(key)
                                .ca(-1)
                                .by(issuer));
                    }
                }
            }
            assertTimeoutPreemptively(Duration.ofSeconds(5), () -> refuse("", root, chain.toArray(Made[]::new)));
        }

        @Test
        void renewedIntermediateIsTakenBesideTheExpiredOne() {
            KeyKind.Pair key = KeyKind.ECDSA_P256.generate(Draws.seeded(1));
            Made old = TestPki.root("sub")
                    .key(key)
                    .valid(NOW.minus(DAY), NOW.minusSeconds(1))
                    .by(root);
            Made renewed = TestPki.root("sub").key(key).by(root);
            Made end = TestPki.endEntity(HOST).by(renewed);
            accept(root, end, old, renewed);
            accept(root, end, renewed, old);
        }

        @Test
        void tooManyCertificatesAreRefused() {
            Made end = TestPki.endEntity(HOST).by(root);
            Made[] chain = new Made[17];
            Arrays.fill(chain, end);
            refuse("17 certificates", root, chain);
        }

        @Test
        void loopOfIssuersEnds() {
            Made a = TestPki.root("a").selfSigned();
            Made b = TestPki.root("b").by(a);
            Made aByB = TestPki.root("a").by(b);
            refuse("no trust anchor", root, TestPki.endEntity(HOST).by(b), aByB, b);
        }
    }

    @Nested
    class Strength {
        @Test
        void shortRsaKeyIsRefused() throws Exception {
            KeyPairGenerator generator = JdkProviders.rsaKeyPairGenerator();
            generator.initialize(1024, new SourcedRandom(Draws.seeded(1)));
            KeyPair pair = generator.generateKeyPair();
            Made weak = TestPki.endEntity(HOST)
                    .key(new KeyKind.Pair(
                            PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded()),
                            SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded())))
                    .by(root);
            Payload.Authentication any = new Payload.Authentication(AuthMethod.RSA_PKCS1, DATA);
            PkixCertificateVerifier verifier = PkixCertificateVerifier.of(List.of(root.der()));
            assertThatThrownBy(
                            () -> verifier.verify(List.of(weak.der()), fqdn(HOST), any, DATA, Sha1Policy.ACCEPT, NOW))
                    .isInstanceOf(CertificateRejectedException.class)
                    .hasMessageContaining("too weak");
        }

        @Test
        void certificateSignedOverSha1IsRefused() throws Exception {
            Made rsaRoot = TestPki.root("rsa")
                    .key(TestPki.pair(
                            PemFiles.privateKey(TestPki.file("rsa-ca.key.pem")),
                            Certificates.parse(PemFiles.certificates(TestPki.file("rsa-ca.pem"))
                                    .getFirst())))
                    .selfSigned();
            accept(rsaRoot, TestPki.endEntity(HOST).by(rsaRoot));
            refuse(
                    "SHA1withRSA",
                    rsaRoot,
                    TestPki.endEntity(HOST)
                            .signedBy(new RsaPkcs1(HashFunction.SHA1))
                            .by(rsaRoot));
            Made sub = TestPki.root("sub")
                    .signedBy(new RsaPkcs1(HashFunction.SHA1))
                    .by(rsaRoot);
            refuse("", rsaRoot, TestPki.endEntity(HOST).by(sub), sub);
        }
    }

    @Nested
    class Usage {
        @Test
        void absentUsagesAllowAnything() {
            accept(root, TestPki.endEntity(HOST).without(Extension.keyUsage).by(root));
        }

        @Test
        void signatureOrNonRepudiationMustBeAmongTheUsages() {
            accept(root, TestPki.endEntity(HOST).usage(KeyUsage.nonRepudiation).by(root));
            accept(
                    root,
                    TestPki.endEntity(HOST)
                            .usage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment)
                            .by(root));
            refuse(
                    "digitalSignature",
                    root,
                    TestPki.endEntity(HOST).usage(KeyUsage.keyAgreement).by(root));
        }

        @Test
        void purposesMustHoldOneOfOurs() {
            for (KeyPurposeId purpose : List.of(
                    KeyPurposeId.id_kp_ipsecIKE,
                    KeyPurposeId.id_kp_serverAuth,
                    KeyPurposeId.id_kp_clientAuth,
                    KeyPurposeId.anyExtendedKeyUsage,
                    KeyPurposeId.getInstance(new ASN1ObjectIdentifier("1.3.6.1.5.5.8.2.2")))) {
                accept(
                        root,
                        TestPki.endEntity(HOST)
                                .purposes(KeyPurposeId.id_kp_codeSigning, purpose)
                                .by(root));
            }
            refuse(
                    "extendedKeyUsage",
                    root,
                    TestPki.endEntity(HOST)
                            .purposes(KeyPurposeId.id_kp_codeSigning, KeyPurposeId.id_kp_emailProtection)
                            .by(root));
        }
    }

    @Nested
    class Identities {
        private final Made end = TestPki.endEntity("O=Test,CN=node")
                .names(
                        new GeneralName(GeneralName.dNSName, HOST),
                        new GeneralName(GeneralName.dNSName, "*.wild.example.com"),
                        new GeneralName(GeneralName.rfc822Name, "mn@example.com"),
                        new GeneralName(GeneralName.iPAddress, "192.0.2.7"),
                        new GeneralName(GeneralName.iPAddress, "2001:db8::7"))
                .by(root);

        private void acceptId(Payload.Identification identity) {
            assertThatCode(() -> verify(root, identity, NOW, end)).doesNotThrowAnyException();
        }

        private void refuseId(Payload.Identification identity) {
            refuse("is not for", identity, NOW, root, end);
        }

        @ParameterizedTest
        @CsvSource({"2,mn.example.com", "2,MN.Example.COM", "3,mn@example.com", "3,MN@example.com"})
        void namesAreComparedWholeAndWithoutCase(int type, String name) {
            acceptId(id(new IdType(type), Octets.utf8(name)));
        }

        @ParameterizedTest
        @CsvSource({
            "2,example.com",
            "2,other.example.com",
            "2,mn.example.com.",
            "2,xmn.example.com",
            "2,''",
            "2,*.example.com",
            "2,*.wild.example.com",
            "2,a.wild.example.com",
            "2,mn@example.com",
            "2,node",
            "3,example.com",
            "3,mn.example.com",
            "3,other@example.com",
            "3,@example.com"
        })
        void otherNamesAreRefused(int type, String name) {
            refuseId(id(new IdType(type), Octets.utf8(name)));
        }

        @Test
        void nameWithNulIsRefused() {
            refuseId(id(IdType.FQDN, Octets.utf8(HOST + "\0.evil.example")));
            refuseId(id(IdType.FQDN, Octets.utf8(HOST + "\0")));
        }

        @Test
        void addressesAreComparedBitByBit() {
            acceptId(id(IdType.IPV4_ADDR, Octets.of(192, 0, 2, 7)));
            acceptId(id(IdType.IPV6_ADDR, Octets.fromHex("20010db8000000000000000000000007")));
            refuseId(id(IdType.IPV4_ADDR, Octets.of(192, 0, 2, 8)));
            refuseId(id(IdType.IPV6_ADDR, Octets.of(192, 0, 2, 7)));
            refuseId(id(IdType.IPV6_ADDR, Octets.fromHex("00000000000000000000ffffc0000207")));
            refuseId(id(IdType.IPV4_ADDR, Octets.EMPTY));
        }

        @Test
        void subjectIsComparedBitByBit() {
            Octets subject =
                    Octets.wrap(end.certificate().getSubjectX500Principal().getEncoded());
            acceptId(id(IdType.DER_ASN1_DN, subject));
            refuseId(id(IdType.DER_ASN1_DN, subject.plus(Octets.of(0))));
            refuseId(id(IdType.DER_ASN1_DN, Octets.EMPTY));
            refuseId(id(
                    IdType.DER_ASN1_DN,
                    Octets.wrap(root.certificate().getSubjectX500Principal().getEncoded())));
        }

        @Test
        void emptySubjectIsNobody() {
            Made nobody = new TestPki.Draft("")
                    .with(
                            Extension.subjectAlternativeName,
                            true,
                            new GeneralNames(new GeneralName(GeneralName.dNSName, HOST)))
                    .by(root);
            refuse("is not for", id(IdType.DER_ASN1_DN, Octets.fromHex("3000")), NOW, root, nobody);
        }

        @ParameterizedTest
        @CsvSource({"11", "10", "99"})
        void typesThatNoCertificateCanBindAreRefused(int type) {
            refuse("cannot be proved", id(new IdType(type), Octets.utf8(HOST)), NOW, root, end);
        }

        @Test
        void certificateWithoutAlternativeNamesHasNoName() {
            Made bare = TestPki.endEntity(HOST)
                    .without(Extension.subjectAlternativeName)
                    .by(root);
            refuse("it has no subjectAltName", root, bare);
        }
    }

    @Nested
    class Openssl {
        @Test
        void rsaChainIsAcceptedAndOurSignatureOverIt() throws Exception {
            CertifiedSigner signer = CertifiedSigner.load(
                    TestPki.file("rsa-server.key.pem"),
                    TestPki.file("rsa-server.chain.pem"),
                    SignaturePreference.DEFAULT);
            assertThat(signer.certificates()).hasSize(2);
            PkixCertificateVerifier verifier = PkixCertificateVerifier.load(List.of(TestPki.file("rsa-ca.pem")));
            Payload.Authentication auth = signer.sign(
                            DATA, Optional.of(Set.of(HashAlgorithmId.SHA2_256)), Draws.seeded(1))
                    .orElseThrow();
            for (Payload.Identification identity : List.of(
                    fqdn("ha.example.com"),
                    id(IdType.IPV4_ADDR, Octets.of(192, 0, 2, 1)),
                    id(IdType.IPV6_ADDR, Octets.fromHex("20010db8000000000000000000000001")))) {
                assertThatCode(() ->
                                verifier.verify(signer.certificates(), identity, auth, DATA, Sha1Policy.REFUSE, NOW))
                        .doesNotThrowAnyException();
            }
            assertThatThrownBy(() -> verifier.verify(
                            List.of(signer.certificates().getFirst()),
                            fqdn("ha.example.com"),
                            auth,
                            DATA,
                            Sha1Policy.REFUSE,
                            NOW))
                    .isInstanceOf(CertificateRejectedException.class)
                    .hasMessageContaining("rsa-sub-ca");
        }

        @ParameterizedTest
        @CsvSource({
            "ec-ca,ec-p256,ec-p256@example.com",
            "ec-ca,ec-p384,ec-p384@example.com",
            "ec-ca,ec-p521,ec-p521@example.com",
            "ed-ca,ed,mn@example.com"
        })
        void ellipticChainsAreAccepted(String ca, String name, String email) throws Exception {
            CertifiedSigner signer = CertifiedSigner.load(
                    TestPki.file(name + ".key.pem"), TestPki.file(name + ".pem"), SignaturePreference.DEFAULT);
            PkixCertificateVerifier verifier =
                    PkixCertificateVerifier.load(List.of(TestPki.file("rsa-ca.pem"), TestPki.file(ca + ".pem")));
            Payload.Authentication auth = signer.sign(
                            DATA,
                            Optional.of(Set.of(HashAlgorithmId.SHA2_512, HashAlgorithmId.IDENTITY)),
                            Draws.seeded(1))
                    .orElseThrow();
            assertThatCode(() -> verifier.verify(
                            signer.certificates(),
                            id(IdType.RFC822_ADDR, Octets.utf8(email)),
                            auth,
                            DATA,
                            Sha1Policy.REFUSE,
                            NOW))
                    .doesNotThrowAnyException();
        }

        /** The hashes openssl x509 -pubkey | openssl pkey -outform DER | sha1sum gives. */
        @Test
        void authoritiesAreHashesOfTheAnchorsKeys() throws Exception {
            assertThat(PkixCertificateVerifier.load(List.of(TestPki.file("rsa-ca.pem"), TestPki.file("ed-ca.pem")))
                            .authorities()
                            .hex())
                    .isEqualTo("b591e6dd42c33962de83ea4d01224d9d471b2987" + "d954c721f2327aed77c304de543b605fb5ccad5b");
        }
    }

    @Nested
    class Hostile {
        @Test
        void noCertificateIsRefused() throws Exception {
            PkixCertificateVerifier verifier = PkixCertificateVerifier.of(List.of(root.der()));
            assertThatThrownBy(() -> verifier.verify(List.of(), fqdn(HOST), someAuth(), DATA, Sha1Policy.REFUSE, NOW))
                    .isInstanceOf(CertificateRejectedException.class)
                    .hasMessageContaining("no certificate");
        }

        /** Whatever octet is changed or missing: rejected or, outside the signed part, accepted; never a crash. */
        @Test
        void brokenDerIsRefusedAndNothingElse() throws Exception {
            PkixCertificateVerifier verifier = PkixCertificateVerifier.of(List.of(root.der()));
            Octets good = TestPki.endEntity(HOST).by(root).der();
            byte[] bytes = good.toByteArray();
            for (int i = 0; i < bytes.length; i++) {
                byte was = bytes[i];
                for (int change : new int[] {1, 0x20, 0x80, 0xff}) {
                    bytes[i] = (byte) (was ^ change);
                    assertRejected(verifier, List.of(Octets.copyOf(bytes)));
                    assertRejected(verifier, List.of(good, Octets.copyOf(bytes)));
                }
                bytes[i] = was;
                assertRejected(verifier, List.of(good.slice(0, i)));
            }
            assertRejected(verifier, List.of(good.plus(Octets.of(0))));
            assertRejected(verifier, List.of(Octets.utf8("-----BEGIN CERTIFICATE-----")));
            assertRejected(verifier, List.of(Octets.zeros(100_000)));
        }

        private Payload.Authentication someAuth() {
            return new Payload.Authentication(AuthMethod.ECDSA_P256, Octets.zeros(64));
        }

        private void assertRejected(PkixCertificateVerifier verifier, List<Octets> certificates) {
            assertThatThrownBy(
                            () -> verifier.verify(certificates, fqdn(HOST), someAuth(), DATA, Sha1Policy.ACCEPT, NOW))
                    .isInstanceOf(CertificateRejectedException.class);
        }
    }

    @Nested
    class Anchors {
        @Test
        void endEntityIsNoAnchor() {
            assertThatThrownBy(() -> PkixCertificateVerifier.of(
                            List.of(TestPki.endEntity(HOST).by(root).der())))
                    .isInstanceOf(KeyMaterialException.class)
                    .hasMessageContaining("no CA");
        }

        @Test
        void fileIsNamed() {
            assertThatThrownBy(() -> PkixCertificateVerifier.load(List.of(TestPki.file("rsa-server.pem"))))
                    .isInstanceOf(KeyMaterialException.class)
                    .hasMessageContaining("rsa-server.pem: ");
        }

        @Test
        void atLeastOneIsNeeded() {
            assertThatThrownBy(() -> PkixCertificateVerifier.of(List.of())).isInstanceOf(KeyMaterialException.class);
        }
    }
}
