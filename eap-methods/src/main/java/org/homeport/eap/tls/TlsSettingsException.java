package org.homeport.eap.tls;

/** Keys or certificates that cannot be used; the message says which and why, for the operator. */
public final class TlsSettingsException extends Exception {
    private static final long serialVersionUID = 1L;

    public TlsSettingsException(String message) {
        super(message);
    }
}
