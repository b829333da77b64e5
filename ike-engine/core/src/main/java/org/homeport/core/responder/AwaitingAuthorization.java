package org.homeport.core.responder;

import java.util.Optional;
import org.homeport.core.auth.AuthorizationQuestion;
import org.homeport.core.auth.PeerProved;
import org.homeport.core.failure.Failure;
import org.homeport.core.failure.FailureException;
import org.homeport.core.policy.Connection;
import org.homeport.core.session.CallId;
import org.homeport.core.session.Inbound;
import org.homeport.core.session.State;
import org.homeport.core.session.TimerId;
import org.homeport.core.session.Turn;

/** Awaits what a peer may have that has proved itself to us: its request stays open meanwhile. */
record AwaitingAuthorization(Initial initial, PeerProved proved, Inbound request, CallId call) implements HalfOpen {
    /** To be admitted at once where its connection has it so, or after somebody was asked. */
    static State of(Turn turn, Initial initial, PeerProved proved, Inbound request) throws FailureException {
        Connection connection = initial.connection();
        return switch (connection.authorizing()) {
            case BY_PROOF -> Admission.of(turn, initial, proved, request, Optional.empty());
            case BY_BACKEND ->
                new AwaitingAuthorization(
                        initial,
                        proved,
                        request,
                        turn.askAuthorization(new AuthorizationQuestion(
                                proved.spelled(), proved.how(), turn.path().remote(), connection.name())));
        };
    }

    @Override
    public State authorization(Turn turn, CallId answered, AuthorizationQuestion.Outcome outcome)
            throws FailureException {
        return switch (outcome) {
            case AuthorizationQuestion.Outcome.Granted(var authorization) -> {
                turn.identity(authorization.identity());
                yield Admission.of(turn, initial, proved.authorized(authorization), request, Optional.empty());
            }
            case AuthorizationQuestion.Outcome.Refused(String reason) ->
                throw new FailureException(new Failure.NotAuthorized("authorization: " + reason, "RFC 7296 2.21.2"));
            case AuthorizationQuestion.Outcome.Unavailable(String reason) ->
                throw new FailureException(
                        new Failure.BackendUnavailable("authorization: " + reason, "RFC 7296 2.21.2"));
        };
    }

    /** The peer waits for a word, so it gets one. */
    @Override
    public State timer(Turn turn, TimerId timer) throws FailureException {
        if (!(timer instanceof TimerId.HalfOpen)) {
            return this;
        }
        throw new FailureException(new Failure.BackendUnavailable(
                "authorization: no answer from the AAA before the "
                        + turn.timing().halfOpen() + " were over that an initial exchange may take",
                "RFC 7296 2.21.2"));
    }
}
