package org.homeport.daemon;

import java.security.SecureRandom;
import java.time.InstantSource;
import org.homeport.kit.RandomSource;

/** Time and randomness: what enters the program here and nowhere else. */
public record Surroundings(InstantSource clock, RandomSource random) {
    public static Surroundings real() {
        return new Surroundings(InstantSource.system(), RandomSource.of(new SecureRandom()));
    }
}
