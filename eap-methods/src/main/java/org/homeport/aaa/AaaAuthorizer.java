package org.homeport.aaa;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Whoever says what a peer may have that has proved itself without EAP: by certificate or pre-shared key. */
@FunctionalInterface
public interface AaaAuthorizer {
    /**
     * A peer that is who it says.
     *
     * @param conversation correlation id, for logs
     * @param identity as it was proved
     * @param method by which, as "CERTIFICATE"
     * @param careOf where the peer is, as text: its address and port
     */
    record Question(String conversation, ClaimedIdentity identity, String method, Optional<String> careOf) {}

    /** What it may have. */
    sealed interface Answer {
        /** @param remark what is odd about it, for the operator */
        record Granted(AaaGrant grant, Optional<String> remark) implements Answer {}

        /** @param reason for the operator, never for the peer */
        record Refused(String reason) implements Answer {}

        /** No decision: nobody answered, or the fault is ours. */
        record Unavailable(String reason) implements Answer {}
    }

    /** Returns at once; the stage is answered on any thread and never fails. */
    CompletionStage<Answer> authorize(Question question);
}
