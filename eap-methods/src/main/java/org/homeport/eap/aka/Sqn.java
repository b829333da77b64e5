package org.homeport.eap.aka;

import org.homeport.kit.Octets;

/**
 * A sequence number of 48 bits: SEQ of 43, and IND of 5 (TS 33.102 annex C.3.2).
 *
 * @param value 0..2^48-1
 */
public record Sqn(long value) implements Comparable<Sqn> {
    public static final int OCTETS = 6;

    static final int IND_BITS = 5;
    static final long MOST = (1L << 48) - 1;

    /** Before the first. */
    public static final Sqn NONE = new Sqn(0);

    public Sqn {
        if (value < 0 || value > MOST) {
            throw new IllegalArgumentException("a sequence number of 48 bits: " + value);
        }
    }

    /** @param octets 6 */
    public static Sqn of(Octets octets) {
        long value = 0;
        for (int i = 0; i < OCTETS; i++) {
            value = value << 8 | octets.at(i);
        }
        return new Sqn(value);
    }

    public Octets octets() {
        byte[] octets = new byte[OCTETS];
        for (int i = 0; i < OCTETS; i++) {
            octets[i] = (byte) (value >>> 8 * (OCTETS - 1 - i));
        }
        return Octets.wrap(octets);
    }

    int index() {
        return (int) (value & (1 << IND_BITS) - 1);
    }

    long sequence() {
        return value >>> IND_BITS;
    }

    /** The next SEQ, and the next IND in turn. */
    Sqn next() {
        long sequence = sequence() + 1;
        long index = index() + 1 & (1 << IND_BITS) - 1;
        return new Sqn((sequence << IND_BITS | index) & MOST);
    }

    @Override
    public int compareTo(Sqn other) {
        return Long.compare(value, other.value);
    }
}
