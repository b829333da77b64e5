package org.homeport.daemon.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.homeport.core.session.Output.Trace;
import org.homeport.core.session.Output.Trace.Field;
import org.homeport.runtime.EngineCounters;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final Metrics metrics = new Metrics(new EngineCounters(), List::of);

    @Test
    void refusalsAreCountedByTheirKind() {
        refused("ike.refused", new Field("kind", "AuthenticationFailed"));
        refused("ike.refused", new Field("kind", "AuthenticationFailed"));
        refused("child.refused", new Field("why", "TS_UNACCEPTABLE"));
        assertThat(metrics.page())
                .contains("homeport_refusals_total{event=\"ike.refused\",kind=\"AuthenticationFailed\"} 2.0")
                .contains("homeport_refusals_total{event=\"child.refused\",kind=\"unspecified\"} 1.0");
    }

    private void refused(String event, Field... fields) {
        metrics.trace("7f", new Trace(Trace.Level.WARN, event, List.of(fields)));
    }
}
