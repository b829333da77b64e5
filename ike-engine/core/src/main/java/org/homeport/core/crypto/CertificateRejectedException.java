package org.homeport.core.crypto;

/** The peer's certificate or signature proves nothing; the message says why, for the operator. */
public final class CertificateRejectedException extends Exception {
    public CertificateRejectedException(String message) {
        super(message, null, false, false);
    }
}
