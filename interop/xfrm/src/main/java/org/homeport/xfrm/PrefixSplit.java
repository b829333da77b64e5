package org.homeport.xfrm;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.Octets;

/** Address ranges, as IKE has them, in prefixes, as the kernel has them. */
final class PrefixSplit {
    private PrefixSplit() {}

    /**
     * The fewest prefixes that make up the range.
     *
     * @param first of the same family as {@code last}
     * @return in ascending order, at most twice as many as an address has bits; none if last is below first
     */
    static List<IpPrefix> of(IpAddress first, IpAddress last) {
        int bits = first.bits();
        BigInteger at = number(first);
        BigInteger end = number(last);
        List<IpPrefix> prefixes = new ArrayList<>();
        while (at.compareTo(end) <= 0) {
            int aligned = at.signum() == 0 ? bits : Math.min(bits, at.getLowestSetBit());
            int fits = end.subtract(at).add(BigInteger.ONE).bitLength() - 1;
            int free = Math.min(aligned, fits);
            prefixes.add(new IpPrefix(address(at, bits), bits - free));
            at = at.add(BigInteger.ONE.shiftLeft(free));
        }
        return prefixes;
    }

    private static BigInteger number(IpAddress address) {
        return new BigInteger(1, address.octets().toByteArray());
    }

    private static IpAddress address(BigInteger number, int bits) {
        byte[] wide = number.toByteArray();
        byte[] exact = new byte[bits / 8];
        int copied = Math.min(wide.length, exact.length);
        System.arraycopy(wide, wide.length - copied, exact, exact.length - copied, copied);
        return new IpAddress(Octets.wrap(exact));
    }
}
