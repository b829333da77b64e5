package org.homeport.daemon;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.homeport.core.port.SaPort;
import org.homeport.kit.RandomSource;

/**
 * Time and randomness: what enters the program here and nowhere else.
 *
 * @param sas where SAs go instead of where the configuration says, asked for once nothing else can stop them from being
 *     ours: for programs that keep them in memory
 */
public record Surroundings(InstantSource clock, RandomSource random, Optional<Supplier<SaPort>> sas) {
    public static Surroundings real() {
        return new Surroundings(InstantSource.system(), RandomSource.of(new SecureRandom()), Optional.empty());
    }

    public Surroundings withSas(SaPort other) {
        return withSas(() -> other);
    }

    public Surroundings withSas(Supplier<SaPort> other) {
        return new Surroundings(clock, random, Optional.of(other));
    }
}
