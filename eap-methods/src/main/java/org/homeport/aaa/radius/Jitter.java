package org.homeport.aaa.radius;

import java.time.Duration;
import org.homeport.kit.RandomSource;

/** Varies waits by up to a tenth, so that those who wait for the same do not all come back at once (RFC 5080 section 2.2.1). */
record Jitter(RandomSource random) {
    Duration vary(Duration wait) {
        return wait.multipliedBy(900 + random.below(201)).dividedBy(1000);
    }
}
