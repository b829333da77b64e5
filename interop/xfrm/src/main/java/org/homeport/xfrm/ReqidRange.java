package org.homeport.xfrm;

import java.util.concurrent.atomic.AtomicInteger;
import org.homeport.core.session.ReqidSource;

/**
 * The reqids that belong to this engine: what in the kernel carries one of them is ours, to be swept after a crash;
 * what does not is somebody else's, never to be touched.
 *
 * @param first above zero: zero means "any" to the kernel
 * @param count 1 or more
 */
public record ReqidRange(int first, int count) {
    /** A million ids where nobody else has theirs: charon counts up from 1, pluto from 16384, mip6d is told. */
    public static final ReqidRange DEFAULT = new ReqidRange(0x4850_0000, 0x10_0000);

    public ReqidRange {
        if (first <= 0 || count <= 0 || first > Integer.MAX_VALUE - count) {
            throw new IllegalArgumentException("reqids from " + first + ", " + count + " of them");
        }
    }

    public boolean contains(int reqid) {
        return reqid >= first && reqid - first < count;
    }

    /** Counts through the range and begins anew; {@link #lastOne} is left out. */
    public ReqidSource source() {
        AtomicInteger next = new AtomicInteger();
        return () -> first + Math.floorMod(next.getAndIncrement(), Math.max(1, count - 1));
    }

    /** Kept from CHILD_SAs, for the kernel check's throw-away SAs. */
    public int lastOne() {
        return first + count - 1;
    }

    @Override
    public String toString() {
        return first + "-" + lastOne();
    }
}
