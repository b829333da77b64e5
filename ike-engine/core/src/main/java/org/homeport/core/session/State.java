package org.homeport.core.session;

import java.util.Optional;
import org.homeport.core.address.LeaseOutcome;
import org.homeport.core.auth.AuthorizationQuestion;
import org.homeport.core.auth.EapTurn;
import org.homeport.core.child.SaOutcome;
import org.homeport.core.failure.Failure;
import org.homeport.core.failure.FailureException;

/**
 * What a session awaits. States are immutable, hold only what they may know, and answer every event with the state that
 * follows; what they order goes through the {@link Turn}.
 */
public interface State {
    Phase phase();

    /** The session's very first turn, before its first event. */
    default void begin(Turn turn) {}

    /** A new request of the peer: to be answered by {@link Turn#reply}, now or in a later turn. */
    default State request(Turn turn, Inbound request) throws FailureException {
        throw new FailureException(new Failure.PeerMisbehaved(
                request.exchange() + " while " + getClass().getSimpleName(), "RFC 7296 1.2"));
    }

    /** The response to our outstanding request. */
    default State response(Turn turn, Inbound response) throws FailureException {
        throw new FailureException(new Failure.PeerMisbehaved(
                "unexpected response while " + getClass().getSimpleName(), "RFC 7296 1.2"));
    }

    /** Any timer but {@link TimerId.Retransmit}, which is the shell's. */
    default State timer(Turn turn, TimerId timer) throws FailureException {
        return this;
    }

    /** Our request was repeated to the end without an answer. */
    State unanswered(Turn turn);

    default State eap(Turn turn, CallId call, EapTurn.Outcome outcome) throws FailureException {
        turn.stale("eap");
        return this;
    }

    default State authorization(Turn turn, CallId call, AuthorizationQuestion.Outcome outcome) throws FailureException {
        turn.stale("authorization");
        return this;
    }

    default State lease(Turn turn, CallId call, LeaseOutcome outcome) throws FailureException {
        turn.stale("lease");
        return this;
    }

    default State sa(Turn turn, CallId call, SaOutcome outcome) throws FailureException {
        turn.stale("sa");
        return this;
    }

    default State expired(Turn turn, Event.SaExpired event) {
        return this;
    }

    default State moved(Turn turn, Path path) {
        return this;
    }

    State command(Turn turn, Event.Command command);

    /** Why the session ends, once that is settled: whatever comes in between does not change it. */
    default Optional<Output.Cause> ending() {
        return Optional.empty();
    }

    /** What status shows of this state. */
    default Optional<SessionSummary> summary(String session, Path path) {
        return Optional.empty();
    }
}
