package org.homeport.eap.ttls;

import org.homeport.eap.tls.TlsExport;
import org.homeport.eap.tls.TlsSide;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/**
 * A challenge that neither side can choose, drawn from the tunnel (RFC 5281 section 11.1; in TLS 1.3 by the exporter
 * without context, RFC 9427).
 *
 * @param challenge 16 octets
 * @param ident one octet
 */
record ImplicitChallenge(Octets challenge, int ident) {
    private static final String LABEL = "ttls challenge";
    private static final int CHALLENGE = 16;

    static ImplicitChallenge of(TlsSide side) {
        try (Secret material = side.export(new TlsExport(LABEL, LABEL, Octets.EMPTY, CHALLENGE + 1))) {
            Octets octets = material.expose();
            return new ImplicitChallenge(octets.slice(0, CHALLENGE), octets.at(CHALLENGE));
        }
    }
}
