package org.homeport.eap.tls;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import org.bouncycastle.tls.TlsProtocol;
import org.bouncycastle.tls.TlsServerProtocol;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.homeport.kit.RandomSource;

/** The server's side of a TLS connection. */
public final class TlsServerSide extends TlsSide {
    private final Protocol protocol = new Protocol();
    private final ServerTerms terms;

    public TlsServerSide(TlsServerSettings settings, InstantSource clock, RandomSource random) {
        this(settings, clock, random, new Handshake("client"));
    }

    private TlsServerSide(TlsServerSettings settings, InstantSource clock, RandomSource random, Handshake handshake) {
        super(handshake);
        this.terms = new ServerTerms(settings, new BcTlsCrypto(new SourcedRandom(random)), clock, handshake);
    }

    @Override
    public TlsTurn begin() {
        return attempt(() -> protocol.accept(terms));
    }

    @Override
    public Optional<PeerCertificate> peerCertificate() {
        return terms.clientCertificate();
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
    private static final class Protocol extends TlsServerProtocol {
        void raise(short alert, String reason) throws IOException {
            handleException(alert, reason, null);
            throw new IOException(reason);
        }
    }
}
