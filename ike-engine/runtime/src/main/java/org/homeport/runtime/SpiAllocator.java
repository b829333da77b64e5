package org.homeport.runtime;

import java.util.function.LongPredicate;
import org.homeport.core.session.SpiSource;
import org.homeport.kit.RandomSource;

/**
 * Makes the IKE SPIs of one shard: 56 random bits, and the shard's number in the least significant octet, so that a
 * packet finds its shard without a table that all shards share, whatever address it comes from.
 */
final class SpiAllocator implements SpiSource {
    /** The octet has room for so many. */
    static final int MOST_SHARDS = 256;

    private static final long SHARD_BITS = 0xff;

    private final int shard;
    private final RandomSource random;
    private final LongPredicate taken;

    /** @param taken whether an SPI of this shard is in use */
    SpiAllocator(int shard, RandomSource random, LongPredicate taken) {
        this.shard = shard;
        this.random = random;
        this.taken = taken;
    }

    /** Returns 0..255: the shard that made the SPI, if one of ours did */
    static int shardOf(long spi) {
        return (int) (spi & SHARD_BITS);
    }

    @Override
    public long next() {
        while (true) {
            long spi = (random.bits64() & ~SHARD_BITS) | shard;
            if ((spi & ~SHARD_BITS) != 0 && !taken.test(spi)) {
                return spi;
            }
        }
    }
}
