package org.homeport.daemon;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.homeport.aaa.accounting.Reading;
import org.homeport.aaa.accounting.TrafficSource;
import org.homeport.aaa.accounting.Usage;
import org.homeport.core.child.SaHandle;
import org.homeport.kit.IpAddress;
import org.homeport.xfrm.SaCounters;
import org.homeport.xfrm.XfrmSweep;

/**
 * What sessions carried: the last counters of all pairs of SAs that a session had, and those of the pairs that it has.
 * Octets are as the kernel counts them at its SAs.
 */
final class SaTraffic implements TrafficSource {
    /** How long a closed session's SAs may take to be removed. */
    static final Duration PATIENCE = Duration.ofSeconds(4);

    private final Optional<Counters> counters;
    private final Duration patience;
    private final Map<String, Carried> sessions = new HashMap<>();
    private final Map<Pair, String> owners = new HashMap<>();

    /** Where living pairs are counted; answers come on the thread that {@link #removed} is called on. */
    @FunctionalInterface
    interface Counters {
        void ask(Collection<SaHandle> sas, Consumer<Map<SaHandle, SaCounters>> answer);
    }

    /** A pair wherever its ends have moved to. */
    private record Pair(int reqid, int inboundSpi, int outboundSpi) {
        static Pair of(SaHandle sa) {
            return new Pair(sa.reqid(), sa.inboundSpi(), sa.outboundSpi());
        }
    }

    /** A session's pairs. */
    private static final class Carried {
        Usage settled = Usage.NONE;
        final Map<Pair, SaHandle> running = new LinkedHashMap<>();
        final Map<Pair, Usage> lastSeen = new HashMap<>();
        final CompletableFuture<Boolean> quiet = new CompletableFuture<>();
        boolean closing;

        Reading reading() {
            Usage total = lastSeen.values().stream().reduce(settled, Usage::plus);
            return new Reading(total, settled, names(running.values()));
        }
    }

    private SaTraffic(Optional<Counters> counters, Duration patience) {
        this.counters = counters;
        this.patience = patience;
    }

    static SaTraffic of(Counters counters) {
        return new SaTraffic(Optional.of(counters), PATIENCE);
    }

    static SaTraffic of(Counters counters, Duration patience) {
        return new SaTraffic(Optional.of(counters), patience);
    }

    /** Where nothing is counted: every session has carried nothing. */
    static SaTraffic none() {
        return new SaTraffic(Optional.empty(), PATIENCE);
    }

    /** Whether silence can be told from traffic. */
    boolean isCounting() {
        return counters.isPresent();
    }

    /** The pairs that a session has now; those that it had before count until they are removed, and after it. */
    synchronized void track(String session, Collection<SaHandle> sas) {
        if (counters.isEmpty()) {
            return;
        }
        Carried carried = sessions.computeIfAbsent(session, s -> new Carried());
        for (SaHandle sa : sas) {
            Pair pair = Pair.of(sa);
            boolean known = carried.running.containsKey(pair);
            if (known || owners.putIfAbsent(pair, session) == null) {
                carried.running.put(pair, sa);
            }
        }
    }

    /** A pair is gone. One that its session never told of, as it closed too early, is found by its reqid. */
    synchronized void removed(SaHandle sa, SaCounters last) {
        Pair pair = Pair.of(sa);
        Optional.ofNullable(owners.remove(pair))
                .or(() -> onlyOwner(sa.reqid()))
                .map(sessions::get)
                .ifPresent(carried -> {
                    carried.settled = carried.settled.plus(usage(last));
                    carried.running.remove(pair);
                    carried.lastSeen.remove(pair);
                    if (carried.closing && carried.running.isEmpty()) {
                        carried.quiet.complete(true);
                    }
                });
    }

    private Optional<String> onlyOwner(int reqid) {
        List<String> of = owners.entrySet().stream()
                .filter(entry -> entry.getKey().reqid() == reqid)
                .map(Map.Entry::getValue)
                .distinct()
                .toList();
        return of.size() == 1 ? Optional.of(of.getFirst()) : Optional.empty();
    }

    @Override
    public CompletionStage<Reading> soFar(String session) {
        List<SaHandle> running;
        synchronized (this) {
            Carried carried = sessions.get(session);
            if (counters.isEmpty() || carried == null) {
                return CompletableFuture.completedFuture(Reading.NOTHING);
            }
            running = new ArrayList<>(carried.running.values());
        }
        CompletableFuture<Reading> answer = new CompletableFuture<>();
        counters.get().ask(running, found -> answer.complete(take(session, found)));
        return answer;
    }

    /** What was removed meanwhile is settled: its last counters are the newer ones. */
    private synchronized Reading take(String session, Map<SaHandle, SaCounters> found) {
        Carried carried = sessions.get(session);
        if (carried == null) {
            return Reading.NOTHING;
        }
        found.forEach((sa, counted) -> {
            if (carried.running.containsKey(Pair.of(sa))) {
                carried.lastSeen.merge(Pair.of(sa), usage(counted), Usage::max);
            }
        });
        return carried.reading();
    }

    /** SAs are removed behind the session's end, on another thread: they are waited for. */
    @Override
    public CompletionStage<Reading> last(String session) {
        CompletableFuture<Boolean> quiet;
        synchronized (this) {
            Carried carried = sessions.get(session);
            if (carried == null) {
                return CompletableFuture.completedFuture(Reading.NOTHING);
            }
            carried.closing = true;
            if (carried.running.isEmpty()) {
                carried.quiet.complete(true);
            }
            quiet = carried.quiet;
        }
        return quiet.completeOnTimeout(false, patience.toMillis(), TimeUnit.MILLISECONDS)
                .thenCompose(complete -> complete ? settled(session) : soFar(session))
                .whenComplete((reading, failed) -> forget(session));
    }

    private synchronized CompletionStage<Reading> settled(String session) {
        return CompletableFuture.completedFuture(
                sessions.getOrDefault(session, new Carried()).reading());
    }

    private synchronized void forget(String session) {
        Optional.ofNullable(sessions.remove(session))
                .ifPresent(carried -> carried.running.keySet().forEach(owners::remove));
    }

    /** What an earlier run's SAs said when they were removed, by the names that readings have. */
    static Map<String, Usage> left(List<XfrmSweep.SweptSa> sas) {
        Map<String, Usage> left = new HashMap<>();
        for (XfrmSweep.SweptSa sa : sas) {
            long octets = sa.traffic().octets();
            long packets = sa.traffic().packets();
            left.put(inbound(sa.spi(), sa.destination()), new Usage(octets, packets, 0, 0));
            left.put(outbound(sa.spi(), sa.destination()), new Usage(0, 0, octets, packets));
        }
        return left;
    }

    /** As readings name them. */
    static List<String> names(Collection<SaHandle> sas) {
        return sas.stream()
                .flatMap(sa -> Stream.of(inbound(sa.inboundSpi(), sa.local()), outbound(sa.outboundSpi(), sa.remote())))
                .toList();
    }

    private static String inbound(int spi, IpAddress at) {
        return String.format("in:%08x@%s", spi, at);
    }

    private static String outbound(int spi, IpAddress at) {
        return String.format("out:%08x@%s", spi, at);
    }

    private static Usage usage(SaCounters counted) {
        return new Usage(
                counted.inbound().octets(),
                counted.inbound().packets(),
                counted.outbound().octets(),
                counted.outbound().packets());
    }
}
