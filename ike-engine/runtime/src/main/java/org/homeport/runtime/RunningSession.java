package org.homeport.runtime;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.homeport.core.address.Lease;
import org.homeport.core.child.SaHandle;
import org.homeport.core.session.Path;
import org.homeport.core.session.Session;
import org.homeport.core.session.TimerId;
import org.homeport.kit.Octets;

/**
 * A session and what its shard knows of it: where it is registered, which of its timers are set, and what it holds in the
 * world, so that nothing stays behind should it end by a mistake of ours. Touched by its shard's thread only.
 */
final class RunningSession {
    final Session session;
    final String id;
    final Origin origin;
    final Set<Long> spis = new HashSet<>();
    final Map<TimerId, Alarms.Alarm> alarms = new HashMap<>();
    /** By lease id. */
    final Map<String, Lease> leases = new HashMap<>();
    /** Installed or being installed, by our inbound SPI. */
    final Map<Integer, SaHandle> sas = new HashMap<>();

    private Phase phase = Phase.OPENING;

    sealed interface Origin {
        /** Ours is the initiator. */
        record Ordered() implements Origin {}

        /** Made for an IKE_SA_INIT request. */
        record Accepted(Init init) implements Origin {}
    }

    /**
     * Tells a retransmitted IKE_SA_INIT request from a new one: two peers behind one NAT may choose one SPI, so the whole
     * request counts (RFC 7296 section 2.1). Comparable, so that a map stays fast under hashes that collide on purpose.
     */
    record Init(Path path, Octets request) implements Comparable<Init> {
        @Override
        public int compareTo(Init other) {
            return request.compareTo(other.request);
        }
    }

    sealed interface Phase {
        Phase OPENING = new Opening();
        Phase ENDED = new Ended();

        record Opening() implements Phase {}

        /** Authenticated; the identity is the one that was proved. */
        record Established(String identity, Instant at) implements Phase {}

        record Ended() implements Phase {}
    }

    RunningSession(Session session, Origin origin) {
        this.session = session;
        this.id = session.id();
        this.origin = origin;
    }

    Phase phase() {
        return phase;
    }

    void enter(Phase next) {
        phase = next;
    }

    boolean hasEnded() {
        return phase instanceof Phase.Ended;
    }

    /** The request it still answers by being half-open: only a responder's session that is not established. */
    Optional<Init> halfOpenInit() {
        return phase instanceof Phase.Opening && origin instanceof Origin.Accepted accepted
                ? Optional.of(accepted.init())
                : Optional.empty();
    }
}
