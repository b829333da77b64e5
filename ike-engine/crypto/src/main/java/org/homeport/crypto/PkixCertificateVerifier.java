package org.homeport.crypto;

import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.homeport.core.crypto.CertificateRejectedException;
import org.homeport.core.crypto.CertificateVerifier;
import org.homeport.core.crypto.Sha1Policy;
import org.homeport.core.message.Payload;
import org.homeport.kit.Octets;

/**
 * Believes certificates below the trust anchors it was made with, and no others. Revocation is not asked for.
 * Immutable, for any thread.
 */
public final class PkixCertificateVerifier implements CertificateVerifier {
    private static final int KEY_CERT_SIGN = 5;

    /** Far more than a path has; what a peer may make us parse and try, before it has proved anything. */
    private static final int MAX_CERTIFICATES = 16;

    private final PathChecker paths;
    private final Octets authorities;

    private PkixCertificateVerifier(List<X509Certificate> anchors) {
        this.paths = new PathChecker(List.copyOf(anchors));
        this.authorities = Octets.concat(
                anchors.stream().map(PkixCertificateVerifier::keyHash).toArray(Octets[]::new));
    }

    /**
     * Reads the trust anchors from files.
     *
     * @param anchorFiles PEM, one or more CA certificates each
     * @throws KeyMaterialException naming the file
     */
    public static PkixCertificateVerifier load(List<Path> anchorFiles) throws KeyMaterialException {
        List<Octets> anchors = new ArrayList<>();
        for (Path file : anchorFiles) {
            List<Octets> found = PemFiles.certificates(file);
            try {
                of(found);
            } catch (KeyMaterialException e) {
                throw new KeyMaterialException(file + ": " + e.getMessage());
            }
            anchors.addAll(found);
        }
        return of(anchors);
    }

    /**
     * Believes what is below these trust anchors.
     *
     * @param anchors DER, one or more CA certificates
     * @throws KeyMaterialException if one is broken, weak or no CA's
     */
    public static PkixCertificateVerifier of(List<Octets> anchors) throws KeyMaterialException {
        if (anchors.isEmpty()) {
            throw new KeyMaterialException("no CA certificates: nobody could be verified");
        }
        List<X509Certificate> parsed = new ArrayList<>();
        for (Octets anchor : anchors) {
            parsed.add(anchor(anchor));
        }
        return new PkixCertificateVerifier(parsed);
    }

    private static X509Certificate anchor(Octets der) throws KeyMaterialException {
        X509Certificate anchor;
        try {
            anchor = Certificates.parse(der);
        } catch (CertificateException e) {
            throw new KeyMaterialException("broken CA certificate: " + e.getMessage());
        }
        boolean[] usage = anchor.getKeyUsage();
        boolean noCa = anchor.getVersion() >= 3 && anchor.getBasicConstraints() < 0;
        boolean mayNotSign = usage != null && !usage[KEY_CERT_SIGN];
        if (noCa || mayNotSign) {
            throw new KeyMaterialException(PathChecker.name(anchor) + " is no CA's: it may not sign certificates");
        }
        if (VerificationKey.of(anchor.getPublicKey()).isEmpty()) {
            throw new KeyMaterialException(PathChecker.name(anchor) + " has a key that is too weak or of no kind used "
                    + "here: RSA of 2048 bits or more, ECDSA on P-256, P-384 or P-521, Ed25519");
        }
        return anchor;
    }

    @Override
    public Octets authorities() {
        return authorities;
    }

    @Override
    public void verify(
            List<Octets> certificates,
            Payload.Identification identity,
            Payload.Authentication authentication,
            Octets signedOctets,
            Sha1Policy sha1,
            Instant now)
            throws CertificateRejectedException {
        if (certificates.isEmpty()) {
            throw new CertificateRejectedException("the peer sent no certificate");
        }
        if (certificates.size() > MAX_CERTIFICATES) {
            throw new CertificateRejectedException("the peer sent " + certificates.size() + " certificates; at most "
                    + MAX_CERTIFICATES + " are looked at");
        }
        List<X509Certificate> parsed = new ArrayList<>();
        for (Octets certificate : certificates) {
            parsed.add(parse(certificate));
        }
        X509Certificate own = parsed.getFirst();
        EndEntity endEntity = new EndEntity(own);
        endEntity.checkIdentity(identity);
        endEntity.checkUsage();
        PathChecker.checkStrength(own);
        paths.check(own, parsed.subList(1, parsed.size()), now);
        VerificationKey key = VerificationKey.of(own.getPublicKey()).orElseThrow();
        AuthSignatures.check(key, authentication, signedOctets, sha1);
    }

    private static X509Certificate parse(Octets der) throws CertificateRejectedException {
        try {
            return Certificates.parse(der);
        } catch (CertificateException e) {
            throw new CertificateRejectedException("the peer sent a broken certificate: " + e.getMessage());
        }
    }

    private static Octets keyHash(X509Certificate anchor) {
        return Octets.wrap(
                JdkProviders.digest("SHA-1").digest(anchor.getPublicKey().getEncoded()));
    }
}
