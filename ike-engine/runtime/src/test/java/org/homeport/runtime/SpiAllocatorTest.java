package org.homeport.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.homeport.kit.RandomSource;
import org.junit.jupiter.api.Test;

final class SpiAllocatorTest {
    @Test
    void spisNameTheirShardAndDiffer() {
        SpiAllocator spis = new SpiAllocator(255, RandomSource.of(new Random(7)), spi -> false);
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            long spi = spis.next();
            assertThat(SpiAllocator.shardOf(spi)).isEqualTo(255);
            assertThat(seen.add(spi)).isTrue();
        }
    }

    @Test
    void spiWithoutRandomBitsOrInUseIsNotGiven() {
        Iterator<Long> bits = List.of(0x55L, 0x1100L, 0x2200L).iterator();
        RandomSource random = bytes -> {
            long value = bits.next();
            for (int i = 7; i >= 0; i--, value >>>= 8) {
                bytes[i] = (byte) value;
            }
        };
        SpiAllocator spis = new SpiAllocator(3, random, spi -> spi == 0x1103L);
        assertThat(spis.next()).isEqualTo(0x2203L);
    }
}
