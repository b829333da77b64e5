package org.homeport.eap.tls;

import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.homeport.kit.Octets;

/** Puts the other side's certificates through all checks, in the midst of the handshake. */
record CertificateJudge(PathCheck path, InstantSource clock, Handshake handshake) {
    /**
     * Checks the path and reads the names.
     *
     * @param presented not empty; the library has bounded it
     * @throws TlsFatalAlert which makes the library tell the other side
     */
    PeerCertificate judge(Certificate presented) throws IOException {
        try {
            List<X509Certificate> parsed = new ArrayList<>();
            for (TlsCertificate certificate : presented.getCertificateList()) {
                parsed.add(parse(certificate));
            }
            path.check(parsed, clock.instant());
            return PeerCertificate.of(parsed.getFirst());
        } catch (CertificateRefusedException e) {
            throw refusal(e);
        }
    }

    /** Tells the operator why, and the other side what. */
    TlsFatalAlert refusal(CertificateRefusedException problem) {
        String whose = path.purpose() == PathCheck.Purpose.CLIENT ? "client" : "server";
        handshake.tell("the " + whose + "'s certificate is refused: " + problem.reason());
        return new TlsFatalAlert(problem.alert(), problem.reason());
    }

    private static X509Certificate parse(TlsCertificate certificate) throws IOException, CertificateRefusedException {
        try {
            return X509Octets.parse(Octets.wrap(certificate.getEncoded()));
        } catch (CertificateException e) {
            throw CertificateRefusedException.broken("it is broken: " + e.getMessage());
        }
    }
}
