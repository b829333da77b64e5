package org.homeport.core.port;

import java.util.function.Consumer;
import org.homeport.core.auth.EapTurn;

/** The EAP side: an authenticator with its AAA for a responder, a peer for an initiator. */
public interface EapPort {
    /**
     * Takes one turn of a session's EAP conversation. Returns at once; the answer comes exactly once, on any thread.
     * {@link EapTurn.Abandon} is not answered and may come at any time, also twice.
     *
     * @param session correlation id; one conversation per session
     */
    void ask(String session, EapTurn turn, Consumer<EapTurn.Outcome> answer);
}
