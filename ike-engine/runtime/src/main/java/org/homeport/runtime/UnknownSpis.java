package org.homeport.runtime;

import java.time.InstantSource;
import org.homeport.core.endpoint.AnswerBudget;
import org.homeport.core.session.Path;
import org.homeport.kit.Octets;
import org.homeport.runtime.EngineCounters.Count;

/** Answers datagrams for SPIs that nobody has, a few per second and no more (RFC 7296 section 2.21.4). For any thread. */
final class UnknownSpis {
    private final Router router;
    private final Edge edge;
    private final AnswerBudget budget;
    private final InstantSource clock;
    private final EngineCounters counters;

    UnknownSpis(Router router, Edge edge, int perSecond, InstantSource clock, EngineCounters counters) {
        this.router = router;
        this.edge = edge;
        this.budget = new AnswerBudget(perSecond);
        this.clock = clock;
        this.counters = counters;
    }

    void answer(Path path, Octets datagram) {
        counters.dropped("unknown-spi");
        router.unknownSpiAnswer(datagram).ifPresent(answer -> {
            if (budget.take(clock.instant())) {
                counters.add(Count.UNKNOWN_SPI_ANSWERS);
                edge.send(path, answer);
            } else {
                counters.add(Count.UNKNOWN_SPI_SUPPRESSED);
            }
        });
    }
}
