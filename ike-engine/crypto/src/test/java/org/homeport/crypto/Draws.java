package org.homeport.crypto;

import java.util.Random;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;

/** Random sources for tests. */
final class Draws {
    private Draws() {}

    static RandomSource seeded(long seed) {
        return RandomSource.of(new Random(seed));
    }

    /** Hands out exactly these octets, once. */
    static RandomSource fixed(Octets octets) {
        return bytes -> {
            if (bytes.length != octets.length()) {
                throw new AssertionError("asked for " + bytes.length + " octets, not " + octets.length());
            }
            octets.copyTo(bytes, 0);
        };
    }
}
