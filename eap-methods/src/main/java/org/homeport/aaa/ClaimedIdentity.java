package org.homeport.aaa;

import java.util.Optional;
import org.homeport.eap.Nai;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;

/**
 * Who the peer said it is before EAP began, unproved (in IKE: IDi).
 *
 * @param data in UTF-8 for all kinds but {@link Kind#OPAQUE}; addresses as text
 */
public record ClaimedIdentity(Kind kind, Octets data) {
    /** What sort of name it is: some make a user name, others do not. */
    public enum Kind {
        /** user@realm, or a bare name. */
        NAI,
        /** The name of a host. */
        FQDN,
        /** An address says where a peer is, not who: no user name (Windows sends one). */
        ADDRESS,
        /** An X.500 name or octets of unknown meaning: no user name. */
        OPAQUE
    }

    public static ClaimedIdentity nai(String text) {
        return new ClaimedIdentity(Kind.NAI, Octets.utf8(text));
    }

    /**
     * The user name in it.
     *
     * @return empty for kinds that hold none
     * @throws WireException if the kind says that it holds one, but it is none
     */
    public Optional<Nai> userName() throws WireException {
        return switch (kind) {
            case NAI, FQDN -> data.isEmpty() ? Optional.empty() : Optional.of(Nai.of(data));
            case ADDRESS, OPAQUE -> Optional.empty();
        };
    }
}
