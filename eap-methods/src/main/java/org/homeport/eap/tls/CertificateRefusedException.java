package org.homeport.eap.tls;

import org.bouncycastle.tls.AlertDescription;

/** The other side's certificate is not believed. */
final class CertificateRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final short alert;

    private CertificateRefusedException(short alert, String reason) {
        super(reason, null, false, false);
        this.alert = alert;
    }

    static CertificateRefusedException broken(String reason) {
        return new CertificateRefusedException(AlertDescription.bad_certificate, reason);
    }

    static CertificateRefusedException expired(String reason) {
        return new CertificateRefusedException(AlertDescription.certificate_expired, reason);
    }

    static CertificateRefusedException unknownCa(String reason) {
        return new CertificateRefusedException(AlertDescription.unknown_ca, reason);
    }

    static CertificateRefusedException unsuitable(String reason) {
        return new CertificateRefusedException(AlertDescription.unsupported_certificate, reason);
    }

    /** What the other side is told (RFC 8446 section 6.2). */
    short alert() {
        return alert;
    }

    /** Never without one. */
    String reason() {
        return String.valueOf(getMessage());
    }
}
