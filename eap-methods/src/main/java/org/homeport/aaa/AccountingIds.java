package org.homeport.aaa;

import org.homeport.kit.RandomSource;

/**
 * Names sessions towards AAA: the same text in Access-Request and in all accounting of a session (RFC 2866 section 5.5),
 * never the same for two sessions, also after a restart.
 *
 * @param boot of this run of the program alone
 */
public record AccountingIds(String boot) {
    private static final int BOOT_OCTETS = 8;

    public AccountingIds {
        if (boot.isEmpty()) {
            throw new IllegalArgumentException("a run without a name");
        }
    }

    /** Of a new run. */
    public static AccountingIds random(RandomSource random) {
        return new AccountingIds(random.octets(BOOT_OCTETS).hex());
    }

    /** @param session correlation id, unique in this run */
    public String sessionId(String session) {
        return boot + "-" + session;
    }
}
