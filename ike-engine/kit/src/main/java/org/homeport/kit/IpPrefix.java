package org.homeport.kit;

/**
 * A prefix: the address with its host part cleared, and a length in bits.
 *
 * @param length 0..32 or 0..128
 */
public record IpPrefix(IpAddress address, int length) {
    public IpPrefix {
        if (length < 0 || length > address.bits()) {
            throw new IllegalArgumentException("prefix length " + length + " for " + address);
        }
        address = mask(address, length);
    }

    /** @param text {@code address/length}; an address alone is a host prefix */
    public static IpPrefix parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return host(IpAddress.parse(text));
        }
        try {
            return new IpPrefix(IpAddress.parse(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not an address and a prefix length", e);
        }
    }

    public static IpPrefix host(IpAddress address) {
        return new IpPrefix(address, address.bits());
    }

    public boolean contains(IpAddress candidate) {
        return candidate.isV6() == address.isV6() && mask(candidate, length).equals(address);
    }

    public IpAddress first() {
        return address;
    }

    /** The highest address: host part all ones. */
    public IpAddress last() {
        byte[] bytes = address.octets().toByteArray();
        for (int bit = length; bit < address.bits(); bit++) {
            bytes[bit / 8] |= (byte) (0x80 >> bit % 8);
        }
        return new IpAddress(Octets.wrap(bytes));
    }

    private static IpAddress mask(IpAddress address, int length) {
        byte[] bytes = address.octets().toByteArray();
        for (int i = 0; i < bytes.length; i++) {
            int keep = Math.clamp(length - i * 8, 0, 8);
            bytes[i] &= (byte) (0xff00 >> keep);
        }
        return new IpAddress(Octets.wrap(bytes));
    }

    @Override
    public String toString() {
        return address + "/" + length;
    }
}
