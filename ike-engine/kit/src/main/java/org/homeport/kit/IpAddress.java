package org.homeport.kit;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** An IPv4 (4 octets) or IPv6 (16 octets) address, without scope; ordered by length, then value. */
public record IpAddress(Octets octets) implements Comparable<IpAddress> {
    public IpAddress {
        if (octets.length() != 4 && octets.length() != 16) {
            throw new IllegalArgumentException("an address has 4 or 16 octets, not " + octets.length());
        }
    }

    /**
     * @param literal an address as people write it; never looked up in the DNS
     * @throws IllegalArgumentException if it is not a literal
     */
    public static IpAddress parse(String literal) {
        int scope = literal.indexOf('%');
        return of(InetAddress.ofLiteral(scope < 0 ? literal : literal.substring(0, scope)));
    }

    public static IpAddress of(InetAddress address) {
        return new IpAddress(Octets.copyOf(address.getAddress()));
    }

    public static IpAddress read(WireReader reader, int length) throws WireException {
        if (length != 4 && length != 16) {
            throw new WireException("an address has 4 or 16 octets, not " + length);
        }
        return new IpAddress(reader.octets(length));
    }

    public boolean isV6() {
        return octets.length() == 16;
    }

    public int bits() {
        return octets.length() * 8;
    }

    public boolean isUnspecified() {
        return octets.isAllZero();
    }

    public InetAddress toInetAddress() {
        try {
            // IPv4-mapped IPv6 addresses come back as Inet4Address: Java has no other form of them.
            return InetAddress.getByAddress(octets.toByteArray());
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public int compareTo(IpAddress other) {
        int byLength = Integer.compare(octets.length(), other.octets.length());
        return byLength != 0 ? byLength : octets.compareTo(other.octets);
    }

    /** IPv6 in the canonical form of RFC 5952. */
    @Override
    public String toString() {
        if (!isV6()) {
            return octets.at(0) + "." + octets.at(1) + "." + octets.at(2) + "." + octets.at(3);
        }
        int bestStart = -1;
        int bestLength = 1;
        for (int i = 0; i < 8; i++) {
            int run = 0;
            while (i + run < 8 && group(i + run) == 0) {
                run++;
            }
            if (run > bestLength) {
                bestStart = i;
                bestLength = run;
            }
        }
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < 8; i++) {
            if (i == bestStart) {
                text.append("::");
                i += bestLength - 1;
            } else {
                if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Integer.toHexString(group(i)));
            }
        }
        return text.toString();
    }

    private int group(int index) {
        return octets.at(2 * index) << 8 | octets.at(2 * index + 1);
    }
}
