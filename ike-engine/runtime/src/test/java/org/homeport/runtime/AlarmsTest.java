package org.homeport.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.homeport.core.session.TimerId;
import org.homeport.runtime.RunningSession.Origin;
import org.junit.jupiter.api.Test;

final class AlarmsTest {
    private final Alarms alarms = new Alarms();
    private final RunningSession session = new RunningSession(new FakeSession("a", 1), new Origin.Ordered());

    @Test
    void alarmsRingInTheOrderOfTheirTimesAndThenOfTheirSetting() {
        Alarms.Alarm late = set(20, 1);
        Alarms.Alarm first = set(10, 2);
        Alarms.Alarm second = set(10, 3);
        assertThat(alarms.ring(Instant.ofEpochSecond(9))).isEmpty();
        assertThat(alarms.ring(Instant.ofEpochSecond(10))).contains(first);
        assertThat(alarms.ring(Instant.ofEpochSecond(10))).contains(second);
        assertThat(alarms.ring(Instant.ofEpochSecond(10))).isEmpty();
        assertThat(alarms.next()).contains(Instant.ofEpochSecond(20));
        assertThat(alarms.ring(Instant.ofEpochSecond(30))).contains(late);
        assertThat(alarms.next()).isEmpty();
    }

    @Test
    void cancellingTwiceOrAfterRingingDoesNothing() {
        Alarms.Alarm cancelled = set(10, 1);
        Alarms.Alarm rang = set(10, 2);
        Alarms.Alarm left = set(10, 3);
        alarms.cancel(cancelled);
        alarms.cancel(cancelled);
        assertThat(alarms.ring(Instant.ofEpochSecond(10))).contains(rang);
        alarms.cancel(rang);
        assertThat(alarms.ring(Instant.ofEpochSecond(10))).contains(left);
        assertThat(alarms.size()).isZero();
    }

    @Test
    void manyAlarmsSetAndCancelledAtRandomRingAsASortedListWould() {
        Random random = new Random(1);
        record Expected(int due, int order, Alarms.Alarm alarm) {}
        List<Expected> expected = new ArrayList<>();
        for (int order = 0; order < 5_000; order++) {
            if (!expected.isEmpty() && random.nextInt(3) == 0) {
                alarms.cancel(expected.remove(random.nextInt(expected.size())).alarm());
            }
            int due = random.nextInt(500);
            expected.add(new Expected(due, order, set(due, order)));
        }
        assertThat(alarms.size()).isEqualTo(expected.size());
        expected.sort(Comparator.comparingInt(Expected::due).thenComparingInt(Expected::order));
        for (Expected next : expected) {
            assertThat(alarms.next()).contains(Instant.ofEpochSecond(next.due()));
            assertThat(alarms.ring(Instant.ofEpochSecond(next.due()))).isEqualTo(Optional.of(next.alarm()));
        }
        assertThat(alarms.size()).isZero();
    }

    private Alarms.Alarm set(int due, int child) {
        return alarms.set(session, new TimerId.RekeyChild(child), Instant.ofEpochSecond(due));
    }
}
