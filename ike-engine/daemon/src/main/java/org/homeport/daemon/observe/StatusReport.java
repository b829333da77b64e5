package org.homeport.daemon.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.homeport.core.child.SaPlan;
import org.homeport.core.session.SessionSummary;
import org.homeport.lease.LeaseQueries.PoolUse;
import org.homeport.runtime.EngineCounters;
import org.homeport.runtime.EngineCounters.Count;

/** What {@code homeport status} shows, as the object that goes over the control socket. Never a key. */
public final class StatusReport {
    private StatusReport() {}

    /** @param now to tell how long the authorization lasts */
    public static Map<String, Object> session(SessionSummary summary, Ages ages, Instant now) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("session", summary.session());
        object.put("connection", summary.connection());
        object.put("peer", summary.peer().toString());
        object.put("identity", summary.authorization().identity());
        object.put("care-of", summary.path().remote().toString());
        object.put("local", summary.path().local().toString());
        object.put(
                "home-addresses",
                summary.homeAddresses().stream()
                        .map(h -> h.address() + "/" + h.prefixLength())
                        .toList());
        object.put("spi-initiator", Words.spi(summary.spiInitiator()));
        object.put("spi-responder", Words.spi(summary.spiResponder()));
        object.put("suite", summary.suite());
        object.put("age-seconds", ages.of(summary.session()).toSeconds());
        summary.authorizedUntil().ifPresent(until -> {
            object.put("authorized-until", until.toString());
            object.put(
                    "authorized-seconds",
                    Math.max(0, Duration.between(now, until).toSeconds()));
        });
        object.put(
                "children", summary.children().stream().map(StatusReport::child).toList());
        return object;
    }

    public static Map<String, Object> pool(PoolUse use) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("pool", use.pool());
        object.put("size", use.size());
        object.put("held", use.held());
        object.put("released", use.released());
        return object;
    }

    /** Those that are not zero. */
    public static Map<String, Object> counters(EngineCounters counters) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("sessions", counters.sessions());
        object.put("half-open", counters.halfOpen());
        for (Count count : List.of(Count.values())) {
            long value = counters.get(count);
            if (value != 0) {
                object.put(count.name().toLowerCase(Locale.ROOT).replace('_', '-'), value);
            }
        }
        return object;
    }

    public static Map<String, Object> drops(EngineCounters counters) {
        return new TreeMap<>(counters.drops());
    }

    private static Map<String, Object> child(SaPlan child) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", child.name());
        object.put("mode", child.mode().name().toLowerCase(Locale.ROOT));
        object.put("reqid", child.reqid());
        object.put("spi-in", child.inbound().spiHex());
        object.put("spi-out", child.outbound().spiHex());
        object.put("suite", child.suite().toString());
        object.put("selectors", Words.selectors(child));
        return object;
    }
}
