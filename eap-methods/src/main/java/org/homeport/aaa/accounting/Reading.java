package org.homeport.aaa.accounting;

import java.util.List;

/**
 * A look at a session's counters.
 *
 * @param total all it has used
 * @param settled the part of it by counters that are gone already
 * @param running names of the counters that still run: what they say after a crash belongs to this session
 */
public record Reading(Usage total, Usage settled, List<String> running) {
    public static final Reading NOTHING = new Reading(Usage.NONE, Usage.NONE, List.of());

    public Reading {
        running = List.copyOf(running);
    }
}
