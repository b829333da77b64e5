package org.homeport.xfrm;

import java.util.Optional;

/**
 * What the kernel can say of a port: equal under a mask.
 *
 * @param value 0..65535, zero where the mask is
 * @param mask 0: any
 */
record PortMatch(int value, int mask) {
    static final PortMatch ANY = new PortMatch(0, 0);

    PortMatch {
        if ((value & ~mask) != 0 || (mask & ~0xffff) != 0) {
            throw new IllegalArgumentException("port " + value + " under mask " + Integer.toHexString(mask));
        }
    }

    static PortMatch exactly(int value) {
        return new PortMatch(value, 0xffff);
    }

    /** Empty where the range is not one aligned block. */
    static Optional<PortMatch> range(int first, int last) {
        int span = first ^ last;
        boolean block = first <= last && (span & span + 1) == 0 && (first & span) == 0;
        return block ? Optional.of(new PortMatch(first, 0xffff & ~span)) : Optional.empty();
    }

    boolean isAny() {
        return mask == 0;
    }
}
