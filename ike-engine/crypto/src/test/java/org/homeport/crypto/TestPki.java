package org.homeport.crypto;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.homeport.kit.Octets;

/** Certificates as good or as bad as a test wants them, and the files that OpenSSL made. */
final class TestPki {
    static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");

    private static int serial = 1;

    private TestPki() {}

    record Made(Octets der, SigningKey key, SubjectPublicKeyInfo publicKey) {
        X509Certificate certificate() {
            try {
                return Certificates.parse(der);
            } catch (CertificateException e) {
                throw new AssertionError(e);
            }
        }

        X500Name subject() {
            return X500Name.getInstance(certificate().getSubjectX500Principal().getEncoded());
        }
    }

    static Path file(String name) {
        try {
            return Path.of(TestPki.class.getResource("/pki/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    static Draft root(String name) {
        return new Draft(name).ca(-1);
    }

    static Draft endEntity(String name) {
        return new Draft(name).usage(KeyUsage.digitalSignature).dns(name);
    }

    /** A certificate in the making; ECDSA P-256, valid a day to both sides of NOW. */
    static final class Draft {
        private record Ext(ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {}

        private final String subject;
        private final List<Ext> extensions = new ArrayList<>();
        private Instant from = NOW.minus(Duration.ofDays(1));
        private Instant to = NOW.plus(Duration.ofDays(1));
        private KeyKind.Pair pair;
        private SignatureScheme scheme;

        Draft(String name) {
            this.subject = name.contains("=") || name.isEmpty() ? name : "CN=" + name;
            this.pair = KeyKind.ECDSA_P256.generate(Draws.seeded(serial));
        }

        /** @param pathLength -1 for no limit */
        Draft ca(int pathLength) {
            with(
                    Extension.basicConstraints,
                    true,
                    pathLength < 0 ? new BasicConstraints(true) : new BasicConstraints(pathLength));
            return usage(KeyUsage.keyCertSign);
        }

        Draft with(ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
            extensions.removeIf(e -> e.oid.equals(oid));
            extensions.add(new Ext(oid, critical, value));
            return this;
        }

        Draft without(ASN1ObjectIdentifier oid) {
            extensions.removeIf(e -> e.oid.equals(oid));
            return this;
        }

        Draft usage(int bits) {
            return with(Extension.keyUsage, true, new KeyUsage(bits));
        }

        Draft purposes(KeyPurposeId... purposes) {
            return with(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
        }

        Draft dns(String name) {
            return names(new GeneralName(GeneralName.dNSName, name));
        }

        Draft names(GeneralName... names) {
            return with(Extension.subjectAlternativeName, false, new GeneralNames(names));
        }

        Draft valid(Instant newFrom, Instant newTo) {
            from = newFrom;
            to = newTo;
            return this;
        }

        Draft key(KeyKind.Pair newPair) {
            pair = newPair;
            return this;
        }

        /** What the issuer signs with, instead of what it prefers. */
        Draft signedBy(SignatureScheme newScheme) {
            scheme = newScheme;
            return this;
        }

        Made selfSigned() {
            return sign(new X500Name(subject), key());
        }

        Made by(Made issuer) {
            return sign(issuer.subject(), issuer.key());
        }

        private SigningKey key() {
            try {
                return SigningKey.of(pair.privateKey());
            } catch (KeyMaterialException e) {
                throw new AssertionError(e);
            }
        }

        private Made sign(X500Name issuer, SigningKey issuerKey) {
            X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                    issuer,
                    BigInteger.valueOf(++serial),
                    Date.from(from),
                    Date.from(to),
                    new X500Name(subject),
                    pair.publicKey());
            try {
                for (Ext ext : extensions) {
                    builder.addExtension(ext.oid, ext.critical, ext.value);
                }
                SignatureScheme used = scheme == null ? issuerKey.preferred() : scheme;
                return new Made(
                        Octets.wrap(
                                builder.build(contentSigner(issuerKey, used)).getEncoded()),
                        key(),
                        pair.publicKey());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static KeyKind.Pair pair(PrivateKeyInfo key, X509Certificate certificate) {
        return new KeyKind.Pair(
                key, SubjectPublicKeyInfo.getInstance(certificate.getPublicKey().getEncoded()));
    }

    private static ContentSigner contentSigner(SigningKey key, SignatureScheme scheme) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        return new ContentSigner() {
            @Override
            public AlgorithmIdentifier getAlgorithmIdentifier() {
                return AlgorithmIdentifiers.of(scheme);
            }

            @Override
            public OutputStream getOutputStream() {
                return out;
            }

            @Override
            public byte[] getSignature() {
                return key.sign(scheme, Octets.copyOf(out.toByteArray()), Draws.seeded(5))
                        .toByteArray();
            }
        };
    }
}
