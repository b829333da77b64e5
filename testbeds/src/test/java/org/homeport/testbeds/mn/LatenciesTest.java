package org.homeport.testbeds.mn;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    private final Latencies latencies = new Latencies();

    @Test
    void noneIsSaidToBeNone() {
        assertThat(latencies.summary()).isEqualTo("none");
    }

    @Test
    void oneStandsForAll() {
        latencies.add(Duration.ofMillis(7));
        assertThat(latencies.summary()).isEqualTo("median 7 ms, 90 % within 7 ms, all within 7 ms");
    }

    @Test
    void countsFromTheQuickest() {
        for (int millis = 100; millis > 0; millis--) {
            latencies.add(Duration.ofMillis(millis));
        }
        assertThat(latencies.count()).isEqualTo(100);
        assertThat(latencies.summary()).isEqualTo("median 50 ms, 90 % within 90 ms, all within 100 ms");
    }
}
