package org.homeport.eap.tunnel;

import java.util.Optional;
import org.homeport.eap.tls.TlsSide;
import org.homeport.kit.Octets;

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

        /** @param identity who the peer has proved to be */
        record Done(Optional<String> identity) implements Step {}

        record Failed(String reason) implements Step {}
    }
}
