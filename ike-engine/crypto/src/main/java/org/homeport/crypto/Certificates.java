package org.homeport.crypto;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import org.homeport.kit.Octets;

/** From DER to certificates and back. */
final class Certificates {
    /** No honest certificate comes near; keeps parsing cheap. */
    private static final int MAX_LENGTH = 32 * 1024;

    private Certificates() {}

    /** @throws CertificateException for anything that is not one DER certificate and nothing else */
    static X509Certificate parse(Octets der) throws CertificateException {
        if (der.length() > MAX_LENGTH) {
            throw new CertificateException("certificate of " + der.length() + " octets: too long");
        }
        // The factory also reads PEM, which has no place in a CERT payload.
        if (der.isEmpty() || der.at(0) != 0x30) {
            throw new CertificateException("not a DER certificate");
        }
        ByteArrayInputStream in = new ByteArrayInputStream(der.toByteArray());
        try {
            X509Certificate certificate =
                    (X509Certificate) JdkProviders.certificateFactory().generateCertificate(in);
            if (in.available() > 0) {
                throw new CertificateException(in.available() + " octets behind the certificate");
            }
            // The lazy parts: what they throw later would be unchecked.
            certificate.getSubjectX500Principal();
            certificate.getIssuerX500Principal();
            return certificate;
        } catch (RuntimeException e) {
            throw new CertificateException("not a DER certificate: " + e);
        }
    }

    static Octets encoded(X509Certificate certificate) {
        try {
            return Octets.wrap(certificate.getEncoded());
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }
}
