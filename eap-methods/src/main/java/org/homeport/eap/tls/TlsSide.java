package org.homeport.eap.tls;

import java.io.IOException;
import java.util.Optional;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsProtocol;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/**
 * One side of a TLS connection, without I/O: octets in, octets out. One call at a time. Nothing that the other side
 * sends makes an exception: it makes {@link TlsStatus.Failed}.
 */
public abstract sealed class TlsSide permits TlsServerSide, TlsClientSide {
    private final Handshake handshake;
    private Optional<String> failure = Optional.empty();

    TlsSide(Handshake handshake) {
        this.handshake = handshake;
    }

    abstract TlsProtocol protocol();

    /** Sends a fatal alert, as if the handshake itself had failed. */
    abstract void raise(short alert, String reason) throws IOException;

    /** The first octets to send, a client's ClientHello; once, first. */
    public abstract TlsTurn begin();

    /** The other side's certificate, checked; empty before it came, or if it has none. */
    public abstract Optional<PeerCertificate> peerCertificate();

    /**
     * Takes what the other side sent.
     *
     * @param octets whole records or parts of them
     */
    public TlsTurn receive(Octets octets) {
        if (failure.isPresent()) {
            return turn();
        }
        return attempt(() -> protocol().offerInput(octets.toByteArray()));
    }

    /** Protects application data; only when established. */
    public TlsTurn send(Octets data) {
        if (!(status() instanceof TlsStatus.Established)) {
            throw new IllegalStateException("application data while " + status());
        }
        byte[] bytes = data.toByteArray();
        return attempt(() -> protocol().writeApplicationData(bytes, 0, bytes.length));
    }

    /**
     * Ends it with the alert access_denied: the other side is who it says, and yet not wanted.
     *
     * @param reason for the operator, not sent
     */
    public TlsTurn deny(String reason) {
        return abort(AlertDescription.access_denied, reason);
    }

    /**
     * Ends it with the alert unexpected_message: what the other side said has no place here.
     *
     * @param reason for the operator, not sent
     */
    public TlsTurn protest(String reason) {
        return abort(AlertDescription.unexpected_message, reason);
    }

    private TlsTurn abort(short alert, String reason) {
        handshake.tell(reason);
        return attempt(() -> raise(alert, reason));
    }

    /** Only when established, then and later. */
    public TlsVersion version() {
        return keys().version();
    }

    /** Only when established, then and later. */
    public Octets clientRandom() {
        return keys().clientRandom();
    }

    /** Only when established, then and later. */
    public Octets serverRandom() {
        return keys().serverRandom();
    }

    /** Draws keying material; only when established, then and later. */
    public Secret export(TlsExport export) {
        return keys().export(export);
    }

    public TlsStatus status() {
        if (failure.isPresent()) {
            return new TlsStatus.Failed(failure.get());
        }
        if (protocol().isClosed()) {
            return new TlsStatus.Closed();
        }
        return protocol().isConnected() ? new TlsStatus.Established() : new TlsStatus.Handshaking();
    }

    /** The one place where the library meets the other side's octets; it throws more than it declares. */
    final TlsTurn attempt(LibraryCall call) {
        try {
            call.run();
        } catch (IOException | RuntimeException e) {
            failure = Optional.of(handshake.explain(e));
        }
        return turn();
    }

    private TlsTurn turn() {
        byte[] toSend = new byte[protocol().getAvailableOutputBytes()];
        protocol().readOutput(toSend, 0, toSend.length);
        byte[] data = new byte[protocol().getAvailableInputBytes()];
        protocol().readInput(data, 0, data.length);
        return new TlsTurn(Octets.wrap(toSend), Octets.wrap(data), status());
    }

    private KeyExporter keys() {
        return handshake.keys().orElseThrow(() -> new IllegalStateException("the handshake is not over"));
    }

    /** A call into the library. */
    @FunctionalInterface
    interface LibraryCall {
        void run() throws IOException;
    }
}
