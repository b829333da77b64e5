package org.homeport.eap.tls;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.security.auth.x500.X500Principal;
import org.homeport.kit.Octets;

/** From DER to certificates and back. */
final class X509Octets {
    /** No honest certificate comes near; keeps parsing cheap. */
    private static final int MAX_LENGTH = 32 * 1024;

    private X509Octets() {}

    /** @throws CertificateException for anything that is not one DER certificate and nothing else */
    static X509Certificate parse(Octets der) throws CertificateException {
        if (der.length() > MAX_LENGTH) {
            throw new CertificateException("a certificate of " + der.length() + " octets: too long");
        }
        // The factory also reads PEM, which has no place here.
        if (der.isEmpty() || der.at(0) != 0x30) {
            throw new CertificateException("not a DER certificate");
        }
        ByteArrayInputStream in = new ByteArrayInputStream(der.toByteArray());
        try {
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
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

    /** For messages: the subject, or what else there is. */
    static String name(X509Certificate certificate) {
        X500Principal subject = certificate.getSubjectX500Principal();
        String name = subject.getName();
        return "certificate \"" + (name.isEmpty() ? "(no subject)" : name) + "\"";
    }
}
