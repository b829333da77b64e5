package org.homeport.eap.tunnel;

import java.util.Optional;
import org.homeport.eap.PeerStep;
import org.homeport.eap.tls.TlsClientSide;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/**
 * What a peer says inside a tunnel, for one conversation. It is not asked before the server has proved itself. Octets
 * of a server make no unchecked exception.
 */
public interface InnerPeer {
    /** The peer's turn to begin, if it does: once, first. */
    Step begin(TlsClientSide side, int identifier);

    /**
     * Takes data from the server.
     *
     * @param identifier of the Request outside; of the first, where it took more than one to bring the data
     */
    Step take(Octets data, int identifier);

    /** What is to be answered. */
    sealed interface Step {
        /** @param data to be sent inside; nothing, if it is empty */
        record Say(Octets data, Opinion opinion) implements Step {}

        record Failed(String reason) implements Step {}
    }

    /** What to think of an EAP-Success outside from here on. */
    sealed interface Opinion {
        record Undecided() implements Opinion {}

        /** All is said; the server may still refuse. */
        record Content() implements Opinion {}

        /**
         * Both sides told each other that it went well.
         *
         * @param msk 64 octets that take the place of the tunnel's own, where the inside has a part in them
         */
        record Agreed(Optional<Secret> msk) implements Opinion {}

        record Lost(String reason) implements Opinion {}

        /** What an EAP method inside thinks, as long as only that method has been heard. */
        static Opinion of(PeerStep.Standing standing) {
            return switch (standing) {
                case PeerStep.Standing.Undecided undecided -> new Undecided();
                case PeerStep.Standing.Content content -> new Content();
                case PeerStep.Standing.Agreed agreed -> new Content();
                case PeerStep.Standing.Lost(String reason) -> new Lost(reason);
            };
        }
    }
}
