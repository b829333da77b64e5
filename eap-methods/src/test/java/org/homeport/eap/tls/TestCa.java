package org.homeport.eap.tls;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/** A certification authority of tests, with any kind of key. */
public final class TestCa {
    public static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    public static final InstantSource CLOCK = InstantSource.fixed(NOW);

    private final Key key;
    private final X500Name name;
    private final List<X509Certificate> chain;
    private int serial = 1;

    /** A kind of key, and how it signs. */
    public enum Kind {
        P256("EC", "secp256r1", "SHA256withECDSA"),
        P384("EC", "secp384r1", "SHA384withECDSA"),
        RSA("RSA", "2048", "SHA256withRSA"),
        WEAK_RSA("RSA", "1024", "SHA256withRSA"),
        ED25519("Ed25519", "", "Ed25519");

        private final String algorithm;
        private final String parameter;
        private final String signature;

        Kind(String algorithm, String parameter, String signature) {
            this.algorithm = algorithm;
            this.parameter = parameter;
            this.signature = signature;
        }
    }

    private record Key(Kind kind, KeyPair pair) {
        static Key make(Kind kind) {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.algorithm);
                if (kind.algorithm.equals("EC")) {
                    generator.initialize(new ECGenParameterSpec(kind.parameter));
                } else if (kind.algorithm.equals("RSA")) {
                    generator.initialize(Integer.parseInt(kind.parameter));
                }
                return new Key(kind, generator.generateKeyPair());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** What a certificate is to say, beyond the usual. */
    public record Wish(
            String subject,
            List<GeneralName> names,
            Instant from,
            Instant to,
            Optional<KeyPurposeId> purpose,
            Kind kind) {
        public Wish named(int tag, String name) {
            List<GeneralName> more = new ArrayList<>(names);
            more.add(new GeneralName(tag, name));
            return new Wish(subject, more, from, to, purpose, kind);
        }

        public Wish valid(Instant from, Instant to) {
            return new Wish(subject, names, from, to, purpose, kind);
        }

        public Wish purpose(Optional<KeyPurposeId> other) {
            return new Wish(subject, names, from, to, other, kind);
        }

        public Wish kind(Kind other) {
            return new Wish(subject, names, from, to, purpose, other);
        }
    }

    /** A certificate with its key, in every form that somebody wants. */
    public record Issued(List<X509Certificate> chain, PrivateKey key) {
        public CertifiedKey certifiedKey() {
            try {
                return CertifiedKey.of(der(), Secret.copyOf(key.getEncoded()));
            } catch (TlsSettingsException e) {
                throw new IllegalStateException(e);
            }
        }

        public List<Octets> der() {
            return chain.stream().map(X509Octets::encoded).toList();
        }
    }

    private TestCa(Key key, X500Name name, List<X509Certificate> chain) {
        this.key = key;
        this.name = name;
        this.chain = chain;
    }

    public static TestCa root(String name, Kind kind) {
        Key key = Key.make(kind);
        X500Name subject = new X500Name("CN=" + name);
        return new TestCa(
                key, subject, List.of(sign(key, subject, subject, key.pair(), BigInteger.ONE, caWish(), true)));
    }

    /** A certification authority below this one. */
    public TestCa below(String subName) {
        Key subKey = Key.make(key.kind());
        X500Name subject = new X500Name("CN=" + subName);
        List<X509Certificate> subChain = new ArrayList<>();
        subChain.add(sign(key, name, subject, subKey.pair(), BigInteger.valueOf(++serial), caWish(), true));
        subChain.addAll(chain);
        return new TestCa(subKey, subject, subChain);
    }

    /** What somebody may try who has a certificate of an end entity: to sign with it as a CA does. */
    public static TestCa pretender(Issued leaf, Kind kind) {
        X509Certificate own = leaf.chain().getFirst();
        return new TestCa(
                new Key(kind, new KeyPair(own.getPublicKey(), leaf.key())),
                X500Name.getInstance(own.getSubjectX500Principal().getEncoded()),
                List.of(own, own));
    }

    public static Wish server(String hostName) {
        return new Wish(
                        "CN=" + hostName,
                        List.of(),
                        NOW.minus(Duration.ofDays(1)),
                        NOW.plus(Duration.ofDays(30)),
                        Optional.of(KeyPurposeId.id_kp_serverAuth),
                        Kind.P256)
                .named(GeneralName.dNSName, hostName);
    }

    public static Wish client(String email) {
        return new Wish(
                        "CN=a client",
                        List.of(),
                        NOW.minus(Duration.ofDays(1)),
                        NOW.plus(Duration.ofDays(30)),
                        Optional.of(KeyPurposeId.id_kp_clientAuth),
                        Kind.P256)
                .named(GeneralName.rfc822Name, email);
    }

    /** With the chain, without the root. */
    public Issued issue(Wish wish) {
        Key own = Key.make(wish.kind());
        List<X509Certificate> all = new ArrayList<>();
        all.add(sign(key, name, new X500Name(wish.subject()), own.pair(), BigInteger.valueOf(++serial), wish, false));
        all.addAll(chain.subList(0, chain.size() - 1));
        return new Issued(all, own.pair().getPrivate());
    }

    public X509Certificate root() {
        return chain.getLast();
    }

    public TrustAnchors anchors() {
        try {
            return TrustAnchors.of(List.of(X509Octets.encoded(root())));
        } catch (TlsSettingsException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Wish caWish() {
        return new Wish(
                "",
                List.of(),
                NOW.minus(Duration.ofDays(3650)),
                NOW.plus(Duration.ofDays(3650)),
                Optional.empty(),
                Kind.P256);
    }

    private static X509Certificate sign(
            Key by, X500Name issuer, X500Name subject, KeyPair certified, BigInteger serial, Wish wish, boolean ca) {
        try {
            X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                    issuer,
                    serial,
                    Date.from(wish.from()),
                    Date.from(wish.to()),
                    subject,
                    SubjectPublicKeyInfo.getInstance(certified.getPublic().getEncoded()));
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ca));
            builder.addExtension(
                    Extension.keyUsage, true, new KeyUsage(ca ? KeyUsage.keyCertSign : KeyUsage.digitalSignature));
            if (wish.purpose().isPresent()) {
                builder.addExtension(
                        Extension.extendedKeyUsage,
                        false,
                        new ExtendedKeyUsage(wish.purpose().get()));
            }
            if (!wish.names().isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(wish.names().toArray(GeneralName[]::new)));
            }
            byte[] der = builder.build(new JcaContentSignerBuilder(by.kind().signature)
                            .build(by.pair().getPrivate()))
                    .getEncoded();
            return X509Octets.parse(Octets.wrap(der));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
