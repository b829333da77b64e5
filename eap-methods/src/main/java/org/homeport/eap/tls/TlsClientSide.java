package org.homeport.eap.tls;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsProtocol;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.homeport.kit.RandomSource;

/** The client's side of a TLS connection. */
public final class TlsClientSide extends TlsSide {
    private final Protocol protocol = new Protocol();
    private final ClientTerms terms;

    public TlsClientSide(TlsClientSettings settings, InstantSource clock, RandomSource random) {
        this(settings, clock, random, new Handshake("server"));
    }

    private TlsClientSide(TlsClientSettings settings, InstantSource clock, RandomSource random, Handshake handshake) {
        super(handshake);
        this.terms = new ClientTerms(settings, new BcTlsCrypto(new SourcedRandom(random)), clock, handshake);
    }

    @Override
    public TlsTurn begin() {
        return attempt(() -> protocol.connect(terms));
    }

    @Override
    public Optional<PeerCertificate> peerCertificate() {
        return terms.serverCertificate();
    }

    /** By which the server was recognized: the name asked for, or else the first that its certificate has. */
    public Optional<String> serverName() {
        return terms.serverName();
    }

    @Override
    TlsProtocol protocol() {
        return protocol;
    }

    @Override
    void raise(short alert, String reason) throws IOException {
        protocol.raise(alert, reason);
    }

    /** Lets us fail a handshake as the library does. */
    private static final class Protocol extends TlsClientProtocol {
        void raise(short alert, String reason) throws IOException {
            handleException(alert, reason, null);
            throw new IOException(reason);
        }
    }
}
