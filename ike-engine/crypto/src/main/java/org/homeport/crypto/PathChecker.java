package org.homeport.crypto;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x509.Certificate;
import org.homeport.core.crypto.CertificateRejectedException;
import org.homeport.core.registry.HashAlgorithmId;
import org.homeport.kit.Octets;

/** Builds and checks certification paths (RFC 5280 section 6), by the JDK, without fetching anything. */
record PathChecker(List<X509Certificate> anchors) {
    /** Intermediates in a path; more is nobody's PKI. */
    private static final int MAX_INTERMEDIATES = 6;

    private static final String NAME_CONSTRAINTS = "2.5.29.30";

    /** @param others of the peer's, in any order; those that help nothing are passed over */
    void check(X509Certificate endEntity, List<X509Certificate> others, Instant now)
            throws CertificateRejectedException {
        try {
            PKIXCertPathBuilderResult result = build(endEntity, others, now);
            X509Certificate anchor = result.getTrustAnchor().getTrustedCert();
            List<X509Certificate> path = certificates(result.getCertPath());
            if (path.isEmpty()) {
                throw new CertificateRejectedException(name(endEntity) + " is a trust anchor itself, no peer's");
            }
            checkAnchor(anchor, path, now);
            for (X509Certificate certificate : path) {
                checkStrength(certificate);
            }
        } catch (CertPathBuilderException e) {
            throw new CertificateRejectedException(
                    new PathExplainer(anchors, now).explain(endEntity, others).orElse("no path: " + e.getMessage()));
        } catch (GeneralSecurityException | RuntimeException e) {
            // Certificates are the peer's bytes: whatever they do to the JDK ends here.
            throw new CertificateRejectedException(name(endEntity) + ": no path: " + e);
        }
    }

    private PKIXCertPathBuilderResult build(X509Certificate endEntity, List<X509Certificate> others, Instant now)
            throws GeneralSecurityException {
        X509CertSelector target = new X509CertSelector();
        target.setCertificate(endEntity);
        Set<TrustAnchor> trusted = new HashSet<>();
        for (X509Certificate anchor : anchors) {
            trusted.add(new TrustAnchor(anchor, null));
        }
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(trusted, target);
        parameters.setDate(Date.from(now));
        parameters.setRevocationEnabled(false);
        parameters.setMaxPathLength(MAX_INTERMEDIATES);
        List<X509Certificate> all = new ArrayList<>(others);
        all.add(endEntity);
        parameters.addCertStore(JdkProviders.certStore(new CollectionCertStoreParameters(all)));
        return (PKIXCertPathBuilderResult) JdkProviders.pathBuilder().build(parameters);
    }

    /** The JDK takes anchors as bare keys; their dates, path length and name constraints count here, too. */
    private void checkAnchor(X509Certificate anchor, List<X509Certificate> path, Instant now)
            throws CertificateRejectedException, GeneralSecurityException {
        Optional<String> dated = PathExplainer.outsideValidity(anchor, now);
        if (dated.isPresent()) {
            throw new CertificateRejectedException("trust anchor " + dated.get());
        }
        long intermediates = path.stream()
                .skip(1)
                .filter(c -> !c.getSubjectX500Principal().equals(c.getIssuerX500Principal()))
                .count();
        // A version 1 root has no basicConstraints and so no limit.
        if (anchor.getVersion() >= 3 && intermediates > anchor.getBasicConstraints()) {
            throw new CertificateRejectedException("the path has " + intermediates + " intermediates, but "
                    + name(anchor) + " allows " + anchor.getBasicConstraints());
        }
        if (anchor.getExtensionValue(NAME_CONSTRAINTS) != null) {
            List<X509Certificate> withAnchor = new ArrayList<>(path);
            withAnchor.add(anchor);
            validate(withAnchor, new TrustAnchor(anchor.getSubjectX500Principal(), anchor.getPublicKey(), null), now);
        }
    }

    /** @throws CertPathValidatorException with the reason */
    static void validate(List<X509Certificate> path, TrustAnchor anchor, Instant now) throws GeneralSecurityException {
        PKIXParameters parameters = new PKIXParameters(Set.of(anchor));
        parameters.setDate(Date.from(now));
        parameters.setRevocationEnabled(false);
        JdkProviders.pathValidator().validate(JdkProviders.certificateFactory().generateCertPath(path), parameters);
    }

    /** Every key 2048 bits or a curve we know, every signature over SHA-2 or by Ed25519 (RFC 8247 section 4). */
    static void checkStrength(X509Certificate certificate) throws CertificateRejectedException {
        if (VerificationKey.of(certificate.getPublicKey()).isEmpty()) {
            throw new CertificateRejectedException(name(certificate)
                    + ": its key is too weak or of no kind used here: RSA from " + VerificationKey.MIN_RSA_BITS + " to "
                    + VerificationKey.MAX_RSA_BITS + " bits, ECDSA on P-256, P-384 or P-521, Ed25519");
        }
        Optional<SignatureScheme> scheme = AlgorithmIdentifiers.decode(signatureAlgorithm(certificate));
        if (scheme.isEmpty() || scheme.get().hash().equals(HashAlgorithmId.SHA1)) {
            throw new CertificateRejectedException(
                    name(certificate) + " is signed by " + certificate.getSigAlgName() + ", which is refused");
        }
    }

    private static Octets signatureAlgorithm(X509Certificate certificate) {
        try {
            return Octets.wrap(
                    Certificate.getInstance(Certificates.encoded(certificate).toByteArray())
                            .getSignatureAlgorithm()
                            .getEncoded(ASN1Encoding.DER));
        } catch (IOException | RuntimeException e) {
            // The JDK's parser and BouncyCastle's do not agree on every broken certificate.
            return Octets.EMPTY;
        }
    }

    private static List<X509Certificate> certificates(CertPath path) {
        return path.getCertificates().stream().map(X509Certificate.class::cast).toList();
    }

    /** For messages: the subject, or what else there is. */
    static String name(X509Certificate certificate) {
        X500Principal subject = certificate.getSubjectX500Principal();
        return "certificate \"" + (subject.getName().isEmpty() ? "(no subject)" : subject.getName()) + "\"";
    }
}
