package org.homeport.eap.tls;

/** How far a TLS connection is. */
public sealed interface TlsStatus {
    record Handshaking() implements TlsStatus {}

    /** Both sides have finished, each has proved what it had to: keys and application data are there. */
    record Established() implements TlsStatus {}

    /** The other side said that it will send no more (close_notify). */
    record Closed() implements TlsStatus {}

    /**
     * It went wrong, for good.
     *
     * @param reason for the operator
     */
    record Failed(String reason) implements TlsStatus {}
}
