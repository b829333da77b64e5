package org.homeport.kit;

import java.util.random.RandomGenerator;

/** Where random octets come from: a secure generator in the daemon, a seeded one in simulations. */
@FunctionalInterface
public interface RandomSource {
    /** @param bytes filled completely */
    void fill(byte[] bytes);

    static RandomSource of(RandomGenerator generator) {
        return generator::nextBytes;
    }

    default Octets octets(int length) {
        byte[] bytes = new byte[length];
        fill(bytes);
        return Octets.wrap(bytes);
    }

    default long bits64() {
        byte[] bytes = new byte[8];
        fill(bytes);
        long value = 0;
        for (byte b : bytes) {
            value = value << 8 | b & 0xff;
        }
        return value;
    }

    /** Uniform in 0..bound-1. */
    default int below(int bound) {
        return (int) Long.remainderUnsigned(bits64(), bound);
    }
}
