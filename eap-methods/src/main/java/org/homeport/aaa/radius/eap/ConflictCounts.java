package org.homeport.aaa.radius.eap;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How often servers contradicted themselves, for the operator; from any thread. */
public final class ConflictCounts {
    private final Map<EapConflict, LongAdder> counts = new EnumMap<>(EapConflict.class);

    public ConflictCounts() {
        for (EapConflict conflict : EapConflict.values()) {
            counts.put(conflict, new LongAdder());
        }
    }

    public long of(EapConflict conflict) {
        return adder(conflict).sum();
    }

    void add(EapConflict conflict) {
        adder(conflict).increment();
    }

    private LongAdder adder(EapConflict conflict) {
        LongAdder adder = counts.get(conflict);
        if (adder == null) {
            throw new IllegalStateException("no counter of " + conflict);
        }
        return adder;
    }
}
