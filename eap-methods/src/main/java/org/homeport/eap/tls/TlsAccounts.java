package org.homeport.eap.tls;

import java.util.Optional;

/** Who the bearer of a certificate is. May block. */
@FunctionalInterface
public interface TlsAccounts {
    /** @param certificate good, and its key proved */
    Account find(PeerCertificate certificate);

    /**
     * Whom it makes the peer.
     *
     * @param identity by which the user is known from here on
     * @param objection why it is nobody to be let in; for the operator
     */
    record Account(String identity, Optional<String> objection) {}
}
