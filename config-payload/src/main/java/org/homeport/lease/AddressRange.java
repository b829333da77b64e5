package org.homeport.lease;

import java.math.BigInteger;
import java.util.Optional;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.Octets;

/** Consecutive addresses of one family, both ends included. Never held as single addresses: a /64 is one range. */
public record AddressRange(IpAddress first, IpAddress last) implements Comparable<AddressRange> {
    public AddressRange {
        if (first.isV6() != last.isV6() || first.compareTo(last) > 0) {
            throw new IllegalArgumentException(
                    "a range goes from a lower to a higher address of one family, not from " + first + " to " + last);
        }
    }

    public static AddressRange of(IpPrefix prefix) {
        return new AddressRange(prefix.first(), prefix.last());
    }

    public static AddressRange single(IpAddress address) {
        return new AddressRange(address, address);
    }

    /**
     * Reads a range as operators write it.
     *
     * @param text {@code first-last}, a prefix or one address
     * @throws IllegalArgumentException if it is none of them
     */
    public static AddressRange parse(String text) {
        int dash = text.indexOf('-');
        return dash < 0
                ? of(IpPrefix.parse(text.strip()))
                : new AddressRange(
                        IpAddress.parse(text.substring(0, dash).strip()),
                        IpAddress.parse(text.substring(dash + 1).strip()));
    }

    public boolean contains(IpAddress address) {
        return address.isV6() == first.isV6() && first.compareTo(address) <= 0 && address.compareTo(last) <= 0;
    }

    public BigInteger size() {
        return value(last).subtract(value(first)).add(BigInteger.ONE);
    }

    /**
     * The address that many behind the first.
     *
     * @param offset 0..size-1
     */
    public IpAddress at(BigInteger offset) {
        if (offset.signum() < 0 || offset.compareTo(size()) >= 0) {
            throw new IndexOutOfBoundsException(offset + " in " + this);
        }
        return address(value(first).add(offset), first.bits());
    }

    /** The address behind this one; empty behind the family's last. */
    public static Optional<IpAddress> next(IpAddress address) {
        return shifted(address, BigInteger.ONE);
    }

    /** The address before this one; empty before the family's first. */
    public static Optional<IpAddress> previous(IpAddress address) {
        return shifted(address, BigInteger.ONE.negate());
    }

    private static Optional<IpAddress> shifted(IpAddress address, BigInteger by) {
        BigInteger value = value(address).add(by);
        return value.signum() < 0 || value.bitLength() > address.bits()
                ? Optional.empty()
                : Optional.of(address(value, address.bits()));
    }

    private static BigInteger value(IpAddress address) {
        return new BigInteger(1, address.octets().toByteArray());
    }

    private static IpAddress address(BigInteger value, int bits) {
        byte[] padded = new byte[bits / 8];
        byte[] bytes = value.toByteArray();
        int length = Math.min(bytes.length, padded.length);
        System.arraycopy(bytes, bytes.length - length, padded, padded.length - length, length);
        return new IpAddress(Octets.wrap(padded));
    }

    @Override
    public int compareTo(AddressRange other) {
        int byFirst = first.compareTo(other.first);
        return byFirst != 0 ? byFirst : last.compareTo(other.last);
    }

    @Override
    public String toString() {
        return first.equals(last) ? first.toString() : first + "-" + last;
    }
}
