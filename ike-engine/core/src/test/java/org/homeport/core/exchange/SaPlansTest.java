package org.homeport.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.homeport.core.policy.Timing;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SaPlansTest {
    /** Answers may take 31 s: an SA outlives its rekey time by two of them, or by a fifth. */
    @ParameterizedTest
    @CsvSource({"PT1H, PT1H12M", "PT10M, PT12M", "PT5M, PT6M2S", "PT4S, PT1M6S", "PT0S, PT0S"})
    void sasOutliveTheirRekeyTime(Duration rekey, Duration hard) {
        List<Duration> waits = Timing.DEFAULT.retransmits();
        assertThat(waits.stream().mapToLong(Duration::toSeconds).sum()).isEqualTo(31);
        Timing timing = new Timing(waits, Duration.ZERO, Duration.ZERO, Duration.ZERO, rekey, Duration.ZERO);
        assertThat(SaPlans.hardLifetime(timing)).isEqualTo(hard);
    }
}
