package org.homeport.eap.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.homeport.kit.Octets;

/** Whose signatures under certificates are believed. */
public final class TrustAnchors {
    private final List<X509Certificate> certificates;

    private TrustAnchors(List<X509Certificate> certificates) {
        this.certificates = List.copyOf(certificates);
    }

    /**
     * Believes what is below these.
     *
     * @param der CA certificates, one at least
     * @throws TlsSettingsException if there is none, or one is broken or no CA's
     */
    public static TrustAnchors of(List<Octets> der) throws TlsSettingsException {
        if (der.isEmpty()) {
            throw new TlsSettingsException("no CA certificates: nobody could be verified");
        }
        List<X509Certificate> anchors = new ArrayList<>();
        for (Octets one : der) {
            X509Certificate anchor;
            try {
                anchor = X509Octets.parse(one);
            } catch (CertificateException e) {
                throw new TlsSettingsException("broken CA certificate: " + e.getMessage());
            }
            if (anchor.getVersion() >= 3 && anchor.getBasicConstraints() < 0) {
                throw new TlsSettingsException(
                        X509Octets.name(anchor) + " is no CA's: its basicConstraints do not say so");
            }
            anchors.add(anchor);
        }
        return new TrustAnchors(anchors);
    }

    List<X509Certificate> certificates() {
        return certificates;
    }

    @Override
    public String toString() {
        return "TrustAnchors"
                + certificates.stream()
                        .map(anchor -> anchor.getSubjectX500Principal().getName())
                        .toList();
    }
}
