package org.homeport.aaa.radius;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The Access-Requests of one conversation: all to one server as long as it answers, for the State that it gave is its
 * own. One at a time.
 */
@FunctionalInterface
public interface AccessExchange {
    /** What came of a request. */
    sealed interface Outcome {
        record Answered(ServerAnswer answer) implements Outcome {}

        /** @param reason for the operator: servers and time-outs by name */
        record NoAnswer(String reason) implements Outcome {}
    }

    /**
     * Asks, and retransmits as long as it takes. Returns at once; answered on any thread, and the stage never fails.
     *
     * @param attributes of the Access-Request, without Message-Authenticator
     */
    CompletionStage<Outcome> ask(List<RadiusAttribute> attributes);
}
