package org.homeport.core.failure;

import org.homeport.core.message.Payload;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.registry.PayloadType;
import org.homeport.kit.Octets;

/** Why something did not work, by whose fault it is. {@link #why} is for the operator, never for the peer. */
public sealed interface Failure {
    String why();

    /** Where the rule stands that was applied, as "RFC 7296 2.9". */
    String source();

    /** Bytes that are no message, or no message of this exchange. */
    record Malformed(String why, String source) implements Failure {}

    /** A payload the peer insists on and we do not know (RFC 7296 section 2.5). */
    record UnsupportedCritical(PayloadType payload) implements Failure {
        @Override
        public String why() {
            return "unknown critical payload type " + payload.value();
        }

        @Override
        public String source() {
            return "RFC 7296 2.5";
        }

        public Payload.Notify notification() {
            return Payload.Notify.of(NotifyType.UNSUPPORTED_CRITICAL_PAYLOAD, Octets.of(payload.value()));
        }
    }

    /** Well-formed, but against the protocol. */
    record PeerMisbehaved(String why, String source) implements Failure {}

    /** Nobody's fault: the two sides do not fit. @param notification what the RFC says to answer */
    record PeerIncompatible(Payload.Notify notification, String why, String source) implements Failure {
        public static PeerIncompatible of(NotifyType type, String why, String source) {
            return new PeerIncompatible(Payload.Notify.of(type), why, source);
        }
    }

    /** The peer did not prove who it is. */
    record AuthenticationFailed(String why, String source) implements Failure {}

    /** The peer proved who it is, and may not have what it asks for. */
    record NotAuthorized(String why, String source) implements Failure {}

    /** AAA, store or kernel did not do its part. */
    record BackendUnavailable(String why, String source) implements Failure {}

    /** A mistake of this program. */
    record OurBug(String why, Throwable cause) implements Failure {
        @Override
        public String source() {
            return "";
        }
    }
}
