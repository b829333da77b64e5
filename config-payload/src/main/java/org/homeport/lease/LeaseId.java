package org.homeport.lease;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a lease and one claim on it, as {@code 17-3}: the third claim on lease 17. A later session of the same
 * identity claims the same lease anew, so what the earlier one releases afterwards no longer is the lease in force.
 *
 * @param lease the lease of one address, for ever
 * @param claim counts from 1 with every session, and owner, that the address goes to
 */
public record LeaseId(long lease, long claim) {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})");

    public static Optional<LeaseId> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new LeaseId(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return lease + "-" + claim;
    }
}
