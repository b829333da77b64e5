package org.homeport.core.session;

import java.util.Optional;
import org.homeport.core.failure.Failure;
import org.homeport.core.message.Payload;
import org.homeport.core.registry.NotifyType;

/** What a peer's request is answered with when it fails, and whether the session goes on (RFC 7296 section 2.21). */
final class FailureTable {
    private FailureTable() {}

    /** @param notification nothing means silence */
    record Reaction(Optional<Payload.Notify> notification, Consequence consequence) {}

    enum Consequence {
        KEEP,
        END
    }

    static Reaction of(Failure failure, Phase phase) {
        return switch (phase) {
            case UNPROTECTED -> unprotected(failure);
            case INITIAL -> initial(failure);
            case ESTABLISHED, OVER -> established(failure);
        };
    }

    /** What the end that a failure brings is to be called. */
    static Output.Cause cause(Failure failure, Phase phase) {
        return phase != Phase.ESTABLISHED
                ? Output.Cause.NEVER_ESTABLISHED
                : switch (failure) {
                    case Failure.Malformed f -> Output.Cause.PEER_FAILED;
                    case Failure.UnsupportedCritical f -> Output.Cause.PEER_FAILED;
                    case Failure.PeerMisbehaved f -> Output.Cause.PEER_FAILED;
                    case Failure.PeerIncompatible f -> Output.Cause.PEER_FAILED;
                    case Failure.AuthenticationFailed f -> Output.Cause.PEER_FAILED;
                    case Failure.NotAuthorized f -> Output.Cause.PEER_FAILED;
                    case Failure.BackendUnavailable f -> Output.Cause.FAILURE;
                    case Failure.OurBug f -> Output.Cause.FAILURE;
                };
    }

    /** Section 2.21.1: silence, but for what helps an honest peer on. */
    private static Reaction unprotected(Failure failure) {
        return switch (failure) {
            case Failure.PeerIncompatible f -> end(f.notification());
            case Failure.UnsupportedCritical f -> end(f.notification());
            case Failure.Malformed f -> silence();
            case Failure.PeerMisbehaved f -> silence();
            case Failure.AuthenticationFailed f -> silence();
            case Failure.NotAuthorized f -> silence();
            case Failure.BackendUnavailable f -> silence();
            case Failure.OurBug f -> silence();
        };
    }

    /** Section 2.21.2. */
    private static Reaction initial(Failure failure) {
        return switch (failure) {
            case Failure.PeerIncompatible f -> end(f.notification());
            case Failure.UnsupportedCritical f -> end(f.notification());
            case Failure.Malformed f -> end(NotifyType.INVALID_SYNTAX);
            case Failure.PeerMisbehaved f -> end(NotifyType.INVALID_SYNTAX);
            case Failure.AuthenticationFailed f -> end(NotifyType.AUTHENTICATION_FAILED);
            case Failure.NotAuthorized f -> end(NotifyType.AUTHENTICATION_FAILED);
            case Failure.BackendUnavailable f -> end(NotifyType.AUTHENTICATION_FAILED);
            case Failure.OurBug f -> end(NotifyType.AUTHENTICATION_FAILED);
        };
    }

    /** Section 2.21.3. */
    private static Reaction established(Failure failure) {
        return switch (failure) {
            case Failure.PeerIncompatible f -> keep(f.notification());
            case Failure.UnsupportedCritical f -> keep(f.notification());
            case Failure.BackendUnavailable f -> keep(Payload.Notify.of(NotifyType.TEMPORARY_FAILURE));
            case Failure.NotAuthorized f -> keep(Payload.Notify.of(NotifyType.TS_UNACCEPTABLE));
            case Failure.Malformed f -> end(NotifyType.INVALID_SYNTAX);
            case Failure.PeerMisbehaved f -> end(NotifyType.INVALID_SYNTAX);
            case Failure.AuthenticationFailed f -> end(NotifyType.AUTHENTICATION_FAILED);
            case Failure.OurBug f -> end(NotifyType.TEMPORARY_FAILURE);
        };
    }

    private static Reaction silence() {
        return new Reaction(Optional.empty(), Consequence.END);
    }

    private static Reaction end(NotifyType type) {
        return end(Payload.Notify.of(type));
    }

    private static Reaction end(Payload.Notify notification) {
        return new Reaction(Optional.of(notification), Consequence.END);
    }

    private static Reaction keep(Payload.Notify notification) {
        return new Reaction(Optional.of(notification), Consequence.KEEP);
    }
}
