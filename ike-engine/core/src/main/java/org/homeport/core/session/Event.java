package org.homeport.core.session;

import java.time.Duration;
import java.util.Optional;
import org.homeport.core.address.LeaseOutcome;
import org.homeport.core.auth.AuthorizationQuestion;
import org.homeport.core.auth.EapTurn;
import org.homeport.core.child.SaOutcome;
import org.homeport.kit.Octets;

/** Everything that can happen to a session: facts, in the past tense. */
public sealed interface Event {
    /** @param datagram one IKE message, the non-ESP marker already gone */
    record Received(Path path, Octets datagram) implements Event {}

    record TimerFired(TimerId timer) implements Event {}

    record EapReply(CallId call, EapTurn.Outcome outcome) implements Event {}

    record AuthorizationReply(CallId call, AuthorizationQuestion.Outcome outcome) implements Event {}

    record LeaseReply(CallId call, LeaseOutcome outcome) implements Event {}

    record SaReply(CallId call, SaOutcome outcome) implements Event {}

    /** The kernel says an SA reached a lifetime. @param spi our inbound SPI */
    record SaExpired(int spi, Expiry expiry) implements Event {
        public enum Expiry {
            SOFT,
            HARD
        }
    }

    /** The peer is reached by another path now; learnt outside IKE (a Binding Update with the K bit). */
    record Moved(Path path) implements Event {}

    /** An order of the operator, or of the program that runs a mobile node. */
    sealed interface Command extends Event {
        /** Initiators: send IKE_SA_INIT. */
        record Start() implements Command {}

        /** Delete the IKE SA towards the peer, release its leases and end. @param reason for people */
        record Close(String reason, Output.Cause cause) implements Command {}

        /**
         * The authorization was changed: from now on it lasts so long; empty: without end. RFC 5176 section 3.6 (note 3)
         * has the new Session-Timeout replace the old and does not say from when it counts: the time of service it
         * grants (RFC 2865 section 5.27) begins with the order. Responders tell the peer (RFC 4478 section 3).
         */
        record Authorize(Optional<Duration> sessionTimeout) implements Command {}

        /** As Close, but leases stay: the program goes down and will come back (SIGTERM). */
        record Shutdown() implements Command {}

        record RekeyIke() implements Command {}

        /** @param inboundSpi of the child to rekey */
        record RekeyChild(int inboundSpi) implements Command {}

        record DeleteChild(int inboundSpi) implements Command {}

        /** Ask for a further CHILD_SA. @param name of a child in the connection */
        record CreateChild(String name) implements Command {}

        /** Ask the peer for a sign of life. */
        record Probe() implements Command {}
    }
}
