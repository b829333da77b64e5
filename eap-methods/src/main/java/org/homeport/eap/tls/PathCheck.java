package org.homeport.eap.tls;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether a certificate of the other side is believed: a path to a trust anchor (RFC 5280 section 6, by the JDK, with
 * nothing fetched and no revocation asked for), valid now, strong enough, and meant for its purpose (RFC 5216 section
 * 5.3).
 */
record PathCheck(TrustAnchors anchors, Purpose purpose) {
    /** Intermediates in a path; more is nobody's PKI. */
    private static final int MAX_INTERMEDIATES = 6;

    private static final String ANY_PURPOSE = "2.5.29.37.0";
    private static final String NAME_CONSTRAINTS = "2.5.29.30";

    /** What the certificate is shown for, and the extendedKeyUsage that says so. */
    enum Purpose {
        SERVER("1.3.6.1.5.5.7.3.1", "serverAuth"),
        CLIENT("1.3.6.1.5.5.7.3.2", "clientAuth");

        private final String oid;
        private final String title;

        Purpose(String oid, String title) {
            this.oid = oid;
            this.title = title;
        }
    }

    /** @param presented the other side's, its own first; what helps nothing is passed over */
    void check(List<X509Certificate> presented, Instant now) throws CertificateRefusedException {
        X509Certificate own = presented.getFirst();
        checkPurpose(own);
        checkDates(own, now);
        try {
            PKIXCertPathBuilderResult result = build(own, presented, now);
            X509Certificate anchor = result.getTrustAnchor().getTrustedCert();
            List<X509Certificate> path = result.getCertPath().getCertificates().stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (path.isEmpty()) {
                throw CertificateRefusedException.unsuitable(
                        X509Octets.name(own) + " is a trust anchor itself, nobody's of its own");
            }
            checkDates(anchor, now);
            checkAnchor(anchor, path, now);
            for (X509Certificate certificate : path) {
                checkStrength(certificate);
            }
        } catch (CertPathBuilderException e) {
            throw explain(own, presented, now, e);
        } catch (GeneralSecurityException | RuntimeException e) {
            // Certificates are the other side's octets: whatever they do to the JDK ends here.
            throw CertificateRefusedException.broken(X509Octets.name(own) + ": no path: " + e.getMessage());
        }
    }

    private void checkPurpose(X509Certificate own) throws CertificateRefusedException {
        List<String> purposes;
        try {
            purposes = own.getExtendedKeyUsage();
        } catch (CertificateParsingException e) {
            throw CertificateRefusedException.broken(X509Octets.name(own) + ": broken extendedKeyUsage");
        }
        if (purposes != null && !purposes.contains(purpose.oid) && !purposes.contains(ANY_PURPOSE)) {
            throw CertificateRefusedException.unsuitable(X509Octets.name(own) + ": its extendedKeyUsage " + purposes
                    + " has no " + purpose.title + " (" + purpose.oid + ")");
        }
    }

    private static void checkDates(X509Certificate certificate, Instant now) throws CertificateRefusedException {
        Instant from = certificate.getNotBefore().toInstant();
        Instant to = certificate.getNotAfter().toInstant();
        if (now.isBefore(from)) {
            throw CertificateRefusedException.expired(
                    X509Octets.name(certificate) + " is not valid before " + from + "; here it is " + now);
        }
        if (now.isAfter(to)) {
            throw CertificateRefusedException.expired(
                    X509Octets.name(certificate) + " expired at " + to + "; here it is " + now);
        }
    }

    private PKIXCertPathBuilderResult build(X509Certificate own, List<X509Certificate> presented, Instant now)
            throws GeneralSecurityException {
        X509CertSelector target = new X509CertSelector();
        target.setCertificate(own);
        Set<TrustAnchor> trusted = anchors.certificates().stream()
                .map(anchor -> new TrustAnchor(anchor, null))
                .collect(Collectors.toSet());
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(trusted, target);
        parameters.setDate(Date.from(now));
        parameters.setRevocationEnabled(false);
        parameters.setMaxPathLength(MAX_INTERMEDIATES);
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(presented)));
        return (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters);
    }

    /** The JDK takes anchors as bare keys; their path length and name constraints count here, too. */
    private static void checkAnchor(X509Certificate anchor, List<X509Certificate> path, Instant now)
            throws GeneralSecurityException, CertificateRefusedException {
        long intermediates = path.stream()
                .skip(1)
                .filter(one -> !one.getSubjectX500Principal().equals(one.getIssuerX500Principal()))
                .count();
        // A version 1 root has no basicConstraints and so no limit.
        if (anchor.getVersion() >= 3 && intermediates > anchor.getBasicConstraints()) {
            throw CertificateRefusedException.broken("the path has " + intermediates + " intermediates, but "
                    + X509Octets.name(anchor) + " allows " + anchor.getBasicConstraints());
        }
        if (anchor.getExtensionValue(NAME_CONSTRAINTS) != null) {
            List<X509Certificate> withAnchor = new ArrayList<>(path);
            withAnchor.add(anchor);
            PKIXParameters parameters = new PKIXParameters(
                    Set.of(new TrustAnchor(anchor.getSubjectX500Principal(), anchor.getPublicKey(), null)));
            parameters.setDate(Date.from(now));
            parameters.setRevocationEnabled(false);
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(withAnchor), parameters);
        }
    }

    private static void checkStrength(X509Certificate certificate) throws CertificateRefusedException {
        if (certificate.getPublicKey() instanceof RSAKey rsa && rsa.getModulus().bitLength() < KeyKind.MIN_RSA_BITS) {
            throw CertificateRefusedException.unsuitable(X509Octets.name(certificate) + " has an RSA key of "
                    + rsa.getModulus().bitLength() + " bits; " + KeyKind.MIN_RSA_BITS + " are needed");
        }
        String signature = signature(certificate).toUpperCase(Locale.ROOT);
        if (signature.startsWith("SHA1") || signature.startsWith("SHA-1") || signature.startsWith("MD")) {
            throw CertificateRefusedException.unsuitable(
                    X509Octets.name(certificate) + " is signed by " + signature + ", which is refused");
        }
    }

    /** RSASSA-PSS has its digest among its parameters; without any it is SHA-1 (RFC 4055 section 3.1). */
    private static String signature(X509Certificate certificate) {
        String name = certificate.getSigAlgName();
        if (!name.equals("RSASSA-PSS")) {
            return name;
        }
        byte[] parameters = certificate.getSigAlgParams();
        if (parameters == null) {
            return "SHA-1 with " + name;
        }
        try {
            AlgorithmParameters pss = AlgorithmParameters.getInstance(name);
            pss.init(parameters);
            return pss.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm() + " with " + name;
        } catch (GeneralSecurityException | IOException e) {
            return "MD? with " + name;
        }
    }

    /** The JDK says no more than that it found no path. */
    private CertificateRefusedException explain(
            X509Certificate own, List<X509Certificate> presented, Instant now, CertPathBuilderException problem) {
        X509Certificate at = own;
        for (int i = 0; i <= presented.size(); i++) {
            X509Certificate child = at;
            boolean anchored = anchors.certificates().stream()
                    .anyMatch(anchor -> anchor.getSubjectX500Principal().equals(child.getIssuerX500Principal()));
            if (anchored) {
                return CertificateRefusedException.broken(X509Octets.name(own) + ": no path to the trust anchor \""
                        + child.getIssuerX500Principal().getName() + "\": " + problem.getMessage());
            }
            var parent = presented.stream()
                    .filter(one -> one != child && one.getSubjectX500Principal().equals(child.getIssuerX500Principal()))
                    .findFirst();
            if (parent.isEmpty()) {
                break;
            }
            at = parent.get();
            try {
                checkDates(at, now);
            } catch (CertificateRefusedException e) {
                return e;
            }
        }
        return CertificateRefusedException.unknownCa(X509Octets.name(own) + " leads to \""
                + at.getIssuerX500Principal().getName() + "\", which is no trust anchor here, nor certified by one");
    }
}
