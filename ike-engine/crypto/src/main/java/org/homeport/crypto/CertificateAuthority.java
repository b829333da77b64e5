package org.homeport.crypto;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.bc.BcX509ExtensionUtils;
import org.bouncycastle.operator.ContentSigner;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;

/**
 * A throw-away certification authority for first steps, demonstrations and tests: one self-signed certificate that
 * signs end entities and nothing else. Revokes nothing, remembers nothing.
 */
public final class CertificateAuthority {
    private static final Duration CLOCK_SKEW = Duration.ofHours(1);
    private static final int SERIAL_OCTETS = 16;

    private final SigningKey key;
    private final Secret privateKey;
    private final X509CertificateHolder certificate;

    private CertificateAuthority(SigningKey key, Secret privateKey, X509CertificateHolder certificate) {
        this.key = key;
        this.privateKey = privateKey;
        this.certificate = certificate;
    }

    /** What a certificate may be used for. */
    @SuppressWarnings("ImmutableEnumChecker") // not changed after it is made
    public enum Purpose {
        /** serverAuth, and ipsecIKE for clients that look for it. */
        SERVER(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_ipsecIKE),
        CLIENT(KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_ipsecIKE);

        private final ExtendedKeyUsage usage;

        Purpose(KeyPurposeId... purposes) {
            this.usage = new ExtendedKeyUsage(purposes);
        }
    }

    /**
     * Makes a new authority.
     *
     * @param lifetime from an hour before now, for clocks that are late
     */
    public static CertificateAuthority create(
            String commonName, KeyKind kind, Instant now, Duration lifetime, RandomSource random) {
        KeyKind.Pair pair = kind.generate(random);
        SigningKey key = ours(pair.privateKey());
        X500Name name = name(commonName);
        X509v3CertificateBuilder builder = builder(name, name, pair.publicKey(), now, lifetime, random);
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new BcX509ExtensionUtils().createSubjectKeyIdentifier(pair.publicKey()));
            return new CertificateAuthority(key, encoded(pair), builder.build(new Signing(key, random)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws KeyMaterialException naming the file
     */
    public static CertificateAuthority load(Path keyFile, Path certificateFile) throws KeyMaterialException {
        // What checks that key and certificate belong together.
        Octets der = CertifiedSigner.load(keyFile, certificateFile, SignaturePreference.DEFAULT)
                .certificates()
                .getFirst();
        PrivateKeyInfo info = PemFiles.privateKey(keyFile);
        try {
            return new CertificateAuthority(
                    SigningKey.of(info), Secret.wrap(info.getEncoded()), new X509CertificateHolder(der.toByteArray()));
        } catch (IOException e) {
            throw new KeyMaterialException(certificateFile + ": " + e.getMessage());
        }
    }

    /** DER. */
    public Octets certificate() {
        try {
            return Octets.wrap(certificate.getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The key readable by its owner alone. */
    public void write(Path keyFile, Path certificateFile) throws IOException {
        PemFiles.writePrivateKey(keyFile, privateKey);
        PemFiles.writeCertificates(certificateFile, List.of(certificate()));
    }

    /** A verifier that believes this authority and no other. */
    public PkixCertificateVerifier verifier() {
        try {
            return PkixCertificateVerifier.of(List.of(certificate()));
        } catch (KeyMaterialException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Makes a key and a certificate for it.
     *
     * @param lifetime from an hour before now
     */
    public IssuedCertificate issue(
            CertificateSubject subject,
            Purpose purpose,
            KeyKind kind,
            Instant now,
            Duration lifetime,
            RandomSource random) {
        KeyKind.Pair pair = kind.generate(random);
        X509v3CertificateBuilder builder =
                builder(certificate.getSubject(), name(subject.commonName()), pair.publicKey(), now, lifetime, random);
        try {
            BcX509ExtensionUtils extensions = new BcX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false, purpose.usage);
            List<GeneralName> names = subject.alternativeNames();
            if (!names.isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(GeneralName[]::new)));
            }
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    extensions.createAuthorityKeyIdentifier(certificate.getSubjectPublicKeyInfo()));
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(pair.publicKey()));
            Octets der = Octets.wrap(builder.build(new Signing(key, random)).getEncoded());
            return new IssuedCertificate(der, encoded(pair));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer,
            X500Name subject,
            SubjectPublicKeyInfo publicKey,
            Instant now,
            Duration lifetime,
            RandomSource random) {
        BigInteger serial = new BigInteger(1, random.octets(SERIAL_OCTETS).toByteArray()).setBit(0);
        Date from = Date.from(now.minus(CLOCK_SKEW));
        return new X509v3CertificateBuilder(
                issuer, serial, from, Date.from(from.toInstant().plus(lifetime)), subject, publicKey);
    }

    private static X500Name name(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, commonName)
                .build();
    }

    private static SigningKey ours(PrivateKeyInfo info) {
        try {
            return SigningKey.of(info);
        } catch (KeyMaterialException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Secret encoded(KeyKind.Pair pair) throws IOException {
        return Secret.wrap(pair.privateKey().getEncoded());
    }

    /** Signs what BouncyCastle writes, with our own keys. */
    private record Signing(SigningKey key, RandomSource random, ByteArrayOutputStream written)
            implements ContentSigner {
        Signing(SigningKey key, RandomSource random) {
            this(key, random, new ByteArrayOutputStream());
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return AlgorithmIdentifiers.of(key.preferred());
        }

        @Override
        public OutputStream getOutputStream() {
            return written;
        }

        @Override
        public byte[] getSignature() {
            return key.sign(key.preferred(), Octets.copyOf(written.toByteArray()), random)
                    .toByteArray();
        }
    }
}
