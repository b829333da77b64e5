package org.homeport.lease;

import java.util.Locale;
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
final class LeaseAudit {
    private static final Logger LOG = LoggerFactory.getLogger("org.homeport.audit.lease");

    private LeaseAudit() {}

    static void claimed(StoredLease lease, ClaimResult.Change change, Basis basis, LeaseRequest request) {
        if (change == ClaimResult.Change.REPEATED) {
            return;
        }
        line("lease.granted", lease)
                .addKeyValue("change", name(change))
                .addKeyValue("basis", name(basis))
                .addKeyValue("authority", authority(basis, lease))
                .addKeyValue("ike-identity", request.identity().toString())
                .log();
    }

    static void released(StoredLease lease, Cause cause) {
        line("lease.released", lease).addKeyValue("cause", name(cause)).log();
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
        OWNER_DID_NOT_RETURN
    }

    private static LoggingEventBuilder line(String event, StoredLease lease) {
        return LOG.atInfo()
                .setMessage(event)
                .addKeyValue("session", lease.session())
                .addKeyValue("identity", printable(lease.owner()))
                .addKeyValue("address", lease.address().toString())
                .addKeyValue("prefix", lease.prefix().toString())
                .addKeyValue("pool", lease.pool())
                .addKeyValue("care-of", lease.careOf().toString())
                .addKeyValue("lease", lease.id().toString())
                .addKeyValue("granted-at", lease.grantedAt().toString());
    }

    private static String authority(Basis basis, StoredLease lease) {
        return switch (basis) {
            case RESERVED -> "reservation in pool " + lease.pool();
            case ASSIGNED -> "AAA";
            case HELD, PROPOSED, HAD_BEFORE, UNUSED, LONGEST_RELEASED -> "pool " + lease.pool();
        };
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** An authenticated identity is still the peer's text: it must not break a line or hide one. */
    static String printable(String text) {
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
