package org.homeport.aaa.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** The accounting servers of all realms: each may be away, and each records what it acknowledges. */
final class FakeAaa implements AccountingSink {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final Duration WAY = Duration.ofMillis(10);

    private final VirtualTime time;
    private final VirtualTime.Thread network;
    final Set<String> away = new HashSet<>();
    final Map<String, List<AccountingRecord>> arrived = new HashMap<>();
    final List<Duration> delays = new ArrayList<>();
    int attempts;
    /** What a server never acknowledges. */
    Predicate<AccountingRecord> ignored = record -> false;

    FakeAaa(VirtualTime time) {
        this.time = time;
        this.network = time.thread();
    }

    @Override
    public CompletionStage<Delivery> deliver(String route, AccountingRecord record, Duration delay) {
        CompletableFuture<Delivery> answer = new CompletableFuture<>();
        attempts++;
        network.after(WAY, () -> {
            if (away.contains(route) || ignored.test(record)) {
                network.after(PATIENCE, () -> answer.complete(new Delivery.Failed("no answer from " + route)));
            } else {
                arrived.computeIfAbsent(route, r -> new ArrayList<>()).add(record);
                delays.add(delay);
                network.after(WAY, () -> answer.complete(new Delivery.Delivered()));
            }
        });
        return answer;
    }

    /** What a server that recognises repetitions has: a record is the same if session, type and time are. */
    List<AccountingRecord> distinct(String route) {
        Set<AccountingRecord> seen = new LinkedHashSet<>(arrived.getOrDefault(route, List.of()));
        return List.copyOf(seen);
    }

    List<AccountingRecord> of(String route, String id) {
        return distinct(route).stream().filter(record -> record.id().equals(id)).toList();
    }

    /** One Start, Interims in order, at most one Stop, nothing behind it. */
    void hasOrderedSessions(String route) {
        Map<String, List<AccountingRecord>> sessions = new HashMap<>();
        for (AccountingRecord record : distinct(route)) {
            if (record instanceof AccountingRecord.OfSession about) {
                assertThat(about.route()).contains(route);
                sessions.computeIfAbsent(record.id(), id -> new ArrayList<>()).add(record);
            }
        }
        sessions.forEach((id, records) -> {
            assertThat(records.getFirst()).as(id).isInstanceOf(AccountingRecord.Start.class);
            assertThat(records)
                    .as(id)
                    .filteredOn(AccountingRecord.Start.class::isInstance)
                    .hasSize(1);
            assertThat(records)
                    .as(id)
                    .filteredOn(AccountingRecord.Stop.class::isInstance)
                    .hasSizeLessThan(2);
            if (records.stream().anyMatch(AccountingRecord.Stop.class::isInstance)) {
                assertThat(records.getLast()).as(id).isInstanceOf(AccountingRecord.Stop.class);
            }
            Instant before = Instant.MIN;
            long octets = 0;
            for (AccountingRecord record : records) {
                assertThat(record.at()).as(id).isAfterOrEqualTo(before);
                before = record.at();
                if (record instanceof AccountingRecord.Counted counted) {
                    assertThat(counted.usage().inputOctets()).as(id).isGreaterThanOrEqualTo(octets);
                    octets = counted.usage().inputOctets();
                }
            }
        });
    }

    /** Of all sessions that have begun. */
    void hasAllStops(String route, int sessions) {
        hasOrderedSessions(route);
        assertThat(distinct(route))
                .filteredOn(AccountingRecord.Start.class::isInstance)
                .hasSize(sessions);
        assertThat(distinct(route))
                .filteredOn(AccountingRecord.Stop.class::isInstance)
                .hasSize(sessions);
    }
}
