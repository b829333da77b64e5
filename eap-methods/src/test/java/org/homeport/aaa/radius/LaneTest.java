package org.homeport.aaa.radius;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.homeport.aaa.radius.Attempt.Effort;
import org.homeport.kit.Octets;
import org.junit.jupiter.api.Test;

class LaneTest {
    private final Lane lane = new Lane(new NoLink(), Lane.Zero.LIKE_OTHERS, 0);

    private static final class NoLink implements Link {
        @Override
        public void send(Octets packet) {}

        @Override
        public void close() {}
    }

    @Test
    void everyIdentifierIsGivenOnceAtATime() {
        List<Integer> given = new ArrayList<>();
        for (int i = 0; i < 256; i++) {
            given.add(taken(0).identifier);
        }
        assertThat(new HashSet<>(given)).hasSize(256);
        assertThat(lane.take(attempt(), 0)).isFalse();
        assertThat(lane.outstanding()).isEqualTo(256);
    }

    @Test
    void theOneUnusedForLongestIsNext() {
        Attempt first = taken(0);
        Attempt second = taken(0);
        answered(second);
        answered(first);
        for (int i = 2; i < 256; i++) {
            taken(0);
        }
        assertThat(taken(0).identifier).isEqualTo(second.identifier);
        assertThat(taken(0).identifier).isEqualTo(first.identifier);
    }

    @Test
    void identifierThatAnAnswerMayBeUnderWayToRests() {
        Attempt silent = taken(0);
        silent.sent = 3;
        for (int i = 1; i < 256; i++) {
            taken(0);
        }
        silent.end(new Attempt.Result.Failed("gave up"));
        lane.release(silent, 100);
        assertThat(lane.at(silent.identifier)).contains(silent);
        assertThat(lane.take(attempt(), 99 + Lane.REST.toNanos())).isFalse();
        Attempt next = attempt();
        assertThat(lane.take(next, 100 + Lane.REST.toNanos())).isTrue();
        assertThat(next.identifier).isEqualTo(silent.identifier);
        assertThat(lane.at(next.identifier)).contains(next);
    }

    @Test
    void zeroIsKeptForTheWatchdog() {
        Lane watched = new Lane(new NoLink(), Lane.Zero.FOR_THE_WATCHDOG, 0);
        for (int i = 0; i < 255; i++) {
            Attempt attempt = attempt();
            assertThat(watched.take(attempt, 0)).isTrue();
            assertThat(attempt.identifier).isPositive();
        }
        assertThat(watched.take(attempt(), 0)).isFalse();
        Attempt watchdog = attempt();
        assertThat(watched.takeForWatchdog(watchdog, 0)).isTrue();
        assertThat(watchdog.identifier).isZero();
        assertThat(watched.takeForWatchdog(attempt(), 0)).isFalse();
        watchdog.end(new Attempt.Result.Failed("silence"));
        watched.releaseFromWatchdog();
        assertThat(watched.takeForWatchdog(attempt(), 0)).isTrue();
    }

    private Attempt taken(long now) {
        Attempt attempt = attempt();
        assertThat(lane.take(attempt, now)).isTrue();
        attempt.sent = 1;
        return attempt;
    }

    private void answered(Attempt attempt) {
        attempt.answers = 1;
        lane.release(attempt, 0);
    }

    private static Attempt attempt() {
        return new Attempt(RadiusRequest.access(List.of(), Optional.empty()), Effort.ALL, 0, result -> {});
    }
}
