package org.homeport.lease;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.homeport.core.address.LeaseRequest;
import org.homeport.lease.Plan.Basis;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One line per change of a lease, after it is in the store: who, which address, from which care-of address, when (the
 * line's own time, and the store's), by whose authority. Its logger has a name of its own, so that it can go to a file
 * of its own.
 */
public final class LeaseAudit {
    private static final Logger LOG = LoggerFactory.getLogger("org.homeport.audit.lease");

    private LeaseAudit() {}

    /** @param before the lease of the address, whosever it was */
    static void claimed(
            StoredLease lease,
            ClaimResult.Change change,
            Basis basis,
            Optional<StoredLease> before,
            LeaseRequest request) {
        switch (change) {
            case REPEATED -> {}
            case NEW, RETURNED -> granted(lease, change, basis, request).log();
            case TAKEN_OVER ->
                granted(lease, change, basis, request)
                        .addKeyValue(
                                "former-session",
                                printable(before.map(StoredLease::session).orElse("")))
                        .addKeyValue(
                                "former-care-of",
                                before.map(former -> former.careOf().toString()).orElse(""))
                        .log();
            case REASSIGNED -> {
                before.ifPresent(former -> ended(former, authority(basis), Cause.REASSIGNED));
                granted(lease, change, basis, request).log();
            }
        }
    }

    private static LoggingEventBuilder granted(
            StoredLease lease, ClaimResult.Change change, Basis basis, LeaseRequest request) {
        return line("lease.granted", lease)
                .addKeyValue("change", name(change))
                .addKeyValue("basis", name(basis))
                .addKeyValue("authority", authority(basis).in(lease.pool()))
                .addKeyValue("ike-identity", request.identity().toString());
    }

    static void released(StoredLease lease, Authority by, Cause cause) {
        line("lease.released", lease)
                .addKeyValue(
                        "released-at", lease.releasedAt().map(Instant::toString).orElse(""))
                .addKeyValue("cause", name(cause))
                .addKeyValue("authority", by.in(lease.pool()))
                .log();
    }

    /** @param lease as it was */
    static void ended(StoredLease lease, Authority by, Cause cause) {
        line("lease.ended", lease)
                .addKeyValue(
                        "released-at", lease.releasedAt().map(Instant::toString).orElse(""))
                .addKeyValue("cause", name(cause))
                .addKeyValue("authority", by.in(lease.pool()))
                .log();
    }

    static void imported(StoredLease lease) {
        line("lease.imported", lease)
                .addKeyValue("state", name(lease.state()))
                .addKeyValue("authority", Authority.OPERATOR.in(lease.pool()))
                .log();
    }

    static void refused(LeaseRequest request, String reason) {
        LOG.atWarn()
                .setMessage("lease.refused")
                .addKeyValue("session", request.session())
                .addKeyValue("identity", printable(request.authorization().identity()))
                .addKeyValue("care-of", request.careOf().toString())
                .addKeyValue("why", printable(reason))
                .addKeyValue("rfc", "RFC 7296 3.15.4")
                .log();
    }

    enum Cause {
        SESSION_ENDED,
        OWNER_DID_NOT_RETURN,
        /** To somebody who needed it. */
        REASSIGNED,
        /** An operator said so. */
        ORDERED
    }

    private static LoggingEventBuilder line(String event, StoredLease lease) {
        return LOG.atInfo()
                .setMessage(event)
                .addKeyValue("session", printable(lease.session()))
                .addKeyValue("identity", printable(lease.owner()))
                .addKeyValue("address", lease.address().toString())
                .addKeyValue("prefix", lease.prefix().toString())
                .addKeyValue("pool", printable(lease.pool()))
                .addKeyValue("care-of", lease.careOf().toString())
                .addKeyValue("lease", lease.id().toString())
                .addKeyValue("granted-at", lease.grantedAt().toString());
    }

    static Authority authority(Basis basis) {
        return switch (basis) {
            case RESERVED -> Authority.RESERVATION;
            case ASSIGNED -> Authority.AAA;
            case HELD, PROPOSED, HAD_BEFORE, UNUSED, LONGEST_RELEASED -> Authority.POOL;
        };
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** An authenticated identity is still the peer's text: it must not break a line or hide one. */
    public static String printable(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT || c == 0x2028 || c == 0x2029) {
                safe.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                safe.appendCodePoint(c);
            }
        });
        return safe.toString();
    }
}
