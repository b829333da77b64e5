package org.homeport.daemon.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.homeport.core.session.SessionSummary;
import org.homeport.lease.LeaseChange;
import org.homeport.lease.Standing;
import org.homeport.lease.StoredLease;
import org.homeport.lease.Tenure;

/** What {@code homeport leases} shows, as the object that goes over the control socket. */
public final class LeaseReport {
    private LeaseReport() {}

    /**
     * Leases as they stand.
     *
     * @param sessions that live, by their ids
     * @param rest how long a released lease stays its former owner's
     * @param grace how long what an earlier run held stays its owner's
     */
    public static Map<String, Object> leases(
            List<StoredLease> leases,
            Map<String, SessionSummary> sessions,
            Duration rest,
            Duration grace,
            Instant now) {
        return Map.of(
                "leases",
                leases.stream()
                        .map(lease -> lease(lease, sessions, Standing.of(lease, rest, grace, now)))
                        .toList());
    }

    private static Map<String, Object> lease(
            StoredLease lease, Map<String, SessionSummary> sessions, Standing standing) {
        Optional<SessionSummary> session =
                lease.isHeld() && lease.leftOverSince().isEmpty()
                        ? Optional.ofNullable(sessions.get(lease.session()))
                        : Optional.empty();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("address", lease.address() + "/" + lease.prefix().length());
        object.put("identity", lease.owner());
        object.put("pool", lease.pool());
        object.put("state", standing.name().name().toLowerCase(Locale.ROOT));
        object.put("since", standing.since().toString());
        standing.until()
                .or(() -> session.flatMap(SessionSummary::authorizedUntil))
                .ifPresent(until -> object.put("until", until.toString()));
        session.ifPresent(living -> object.put("care-of", living.path().remote().toString()));
        object.put("session", lease.session());
        object.put("lease", lease.id().toString());
        return object;
    }

    /** Who had addresses then. */
    public static Map<String, Object> tenures(List<Tenure> tenures, Instant at) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("at", at.toString());
        object.put("leases", tenures.stream().map(LeaseReport::tenure).toList());
        return object;
    }

    private static Map<String, Object> tenure(Tenure tenure) {
        LeaseChange grant = tenure.grant();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("address", grant.address() + "/" + grant.prefix().length());
        object.put("identity", grant.owner());
        object.put("pool", grant.pool());
        object.put("state", "held");
        object.put("since", grant.at().toString());
        tenure.until().ifPresent(until -> object.put("until", until.toString()));
        object.put("care-of", grant.careOf().toString());
        object.put("session", grant.session());
        object.put("lease", grant.id().toString());
        object.put("authority", grant.authority().in(grant.pool()));
        return object;
    }
}
