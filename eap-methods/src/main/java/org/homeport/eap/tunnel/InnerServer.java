package org.homeport.eap.tunnel;

import java.util.Optional;
import org.homeport.eap.tls.TlsSide;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/** What a server says inside a tunnel, for one conversation. Octets of a peer make no unchecked exception. */
public interface InnerServer {
    /**
     * Takes data from the peer.
     *
     * @param side the tunnel, established
     * @param nextIdentifier the Identifier of the next Request outside
     */
    Step take(Octets data, TlsSide side, int nextIdentifier);

    /** The peer says nothing: it waits for us to begin, or acknowledges. */
    Step silence(int nextIdentifier);

    /** What is to be done next. */
    sealed interface Step {
        /**
         * To be sent inside; nothing, if it is empty.
         *
         * @param setback see {@link org.homeport.eap.ServerStep.Ask}
         */
        record Say(Octets data, Optional<String> setback) implements Step {
            public Say(Octets data) {
                this(data, Optional.empty());
            }
        }

        /**
         * The peer is let in.
         *
         * @param identity who it has proved to be
         * @param msk 64 octets that take the place of the tunnel's own, where the inside has a part in them
         */
        record Done(Optional<String> identity, Optional<Secret> msk) implements Step {
            public Done(Optional<String> identity) {
                this(identity, Optional.empty());
            }
        }

        record Failed(String reason) implements Step {}
    }
}
