package org.homeport.core.session;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.homeport.core.address.Lease;
import org.homeport.core.address.LeaseRequest;
import org.homeport.core.auth.AuthorizationQuestion;
import org.homeport.core.auth.EapTurn;
import org.homeport.core.child.SaHandle;
import org.homeport.core.child.SaPlan;
import org.homeport.core.registry.EncryptionId;
import org.homeport.core.registry.IntegrityId;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/** Everything a session can order: to be carried out in the order given. */
public sealed interface Output {
    /** @param message one IKE message, without non-ESP marker; the path's framing says whether it gets one */
    record Send(Path path, Octets message) implements Output {}

    /** A NAT keepalive: one octet FF, never with a marker. */
    record SendKeepalive(Path path) implements Output {}

    record AskEap(CallId call, EapTurn turn) implements Output {}

    record AskAuthorization(CallId call, AuthorizationQuestion question) implements Output {}

    record AskLease(CallId call, LeaseRequest request) implements Output {}

    /** Explicit and idempotent. */
    record ReleaseLease(Lease lease) implements Output {}

    /** @param replaces the pair that a rekey is to supersede, whose policies go over to this one */
    record InstallSa(CallId call, SaPlan plan, Optional<SaHandle> replaces) implements Output {}

    /**
     * As {@link InstallSa}, but the outbound SA waits for {@link ActivateSa}.
     *
     * @param replaces the pair by which traffic goes on leaving until then
     */
    record InstallInboundSa(CallId call, SaPlan plan, SaHandle replaces) implements Output {}

    /** The peer is ready: traffic may leave by this pair. Idempotent. */
    record ActivateSa(SaHandle sa) implements Output {}

    /** Idempotent. @param policies whether the policies go too: not when a rekeyed pair carries on with them */
    record RemoveSa(SaHandle sa, Policies policies) implements Output {
        public enum Policies {
            REMOVE,
            KEEP
        }
    }

    /** The pair's outer addresses change. */
    record MigrateSa(SaHandle sa, IpAddress newLocal, IpAddress newRemote) implements Output {}

    record SetTimer(TimerId timer, Duration in) implements Output {}

    record CancelTimer(TimerId timer) implements Output {}

    /** From now on this SPI of ours leads here (a new IKE SA). */
    record SpiAdded(long spi) implements Output {}

    record SpiRemoved(long spi) implements Output {}

    /**
     * Something happened that an operator or a test wants to know.
     *
     * @param event a stable name in dotted form, as {@code auth.refused}
     * @param fields in order; values are for people and never secret
     */
    record Trace(Level level, String event, List<Field> fields) implements Output {
        public Trace {
            fields = List.copyOf(fields);
        }

        public enum Level {
            DEBUG,
            INFO,
            WARN,
            /** A mistake of ours. */
            ERROR
        }

        public record Field(String key, String value) {}
    }

    /** The key log's line for one IKE SA: only made when the session was told to (RFC 7296 section 2.14). */
    record IkeKeys(
            long spiInitiator,
            long spiResponder,
            Secret skEi,
            Secret skEr,
            EncryptionId encryption,
            int keyBits,
            Secret skAi,
            Secret skAr,
            Optional<IntegrityId> integrity)
            implements Output {}

    /** The session is authenticated and its first exchange is answered. */
    record Established(SessionSummary summary) implements Output {}

    /**
     * Every other session of this authenticated identity is stale: they get {@link Event.Command.Close}, this one does
     * not (INITIAL_CONTACT, RFC 7296 section 2.4).
     *
     * @param identity as in {@link org.homeport.core.auth.Authorization#identity}
     */
    record CloseOthers(String identity) implements Output {}

    /** An established session's path, children or IKE SA are other ones than those told last; never a repetition. */
    record Changed(SessionSummary summary) implements Output {}

    /** The last output of a session: forget it. @param reason for people */
    record Closed(String reason, Cause cause) implements Output {}

    /** Why a session ended, in the terms of who accounts for it (RFC 2866 section 5.10). */
    enum Cause {
        /** The peer deleted it. */
        PEER_DELETED,
        /** The peer does not answer any more. */
        PEER_LOST,
        /** The peer refused what was established, or broke the protocol. */
        PEER_FAILED,
        /** Nothing was to be carried for too long. */
        IDLE,
        /** The time the peer was authorized for is over. */
        AUTHORIZATION_EXPIRED,
        /** The same identity came anew. */
        REPLACED,
        /** By order: of the operator, or of AAA (RFC 5176 section 2.2). */
        ADMIN_RESET,
        /** The program goes down. */
        SHUTDOWN,
        /** A backend, or a mistake of ours. */
        FAILURE,
        /** There was never anything to account for. */
        NEVER_ESTABLISHED
    }
}
