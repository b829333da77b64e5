package org.homeport.aaa.radius;

import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;
import org.homeport.kit.WireReader;
import org.homeport.kit.WireWriter;

/** The values of attributes (RFC 8044 section 3). */
final class AttributeCodec {
    private AttributeCodec() {}

    static Octets integer(long value) {
        if (value < 0 || value > 0xffff_ffffL) {
            throw new IllegalArgumentException("not a 32-bit number: " + value);
        }
        return new WireWriter().u32(value).toOctets();
    }

    static long integer(Octets value) throws WireException {
        WireReader reader = value.reader();
        long number = reader.u32();
        reader.end("a 32-bit number");
        return number;
    }

    static Octets integer64(long value) {
        return new WireWriter().bits64(value).toOctets();
    }

    static long integer64(Octets value) throws WireException {
        WireReader reader = value.reader();
        long number = reader.bits64();
        reader.end("a 64-bit number");
        return number;
    }

    static Octets ipv6Prefix(IpPrefix prefix) {
        return new WireWriter()
                .u8(0)
                .u8(prefix.length())
                .octets(prefix.address().octets())
                .toOctets();
    }

    static IpPrefix ipv6Prefix(Octets value) throws WireException {
        WireReader reader = value.reader();
        reader.skip(1);
        int length = reader.u8();
        return prefix(length, reader.rest());
    }

    /** Length octet, then the prefix (RFC 5447 section 4.2.4). */
    static IpPrefix homeLinkPrefix(Octets value) throws WireException {
        WireReader reader = value.reader();
        if (value.length() == 18) {
            reader.skip(1);
        }
        int length = reader.u8();
        Octets prefix = reader.octets(16);
        reader.end("a home link prefix");
        return prefix(length, prefix);
    }

    /** "The bits outside of the Prefix-Length, if included, MUST be zero." (RFC 3162 section 2.3) */
    private static IpPrefix prefix(int length, Octets octets) throws WireException {
        if (length > 128 || octets.length() > 16 || octets.length() * 8 < length) {
            throw new WireException("a prefix of " + length + " bits in " + octets.length() + " octets");
        }
        IpAddress address = new IpAddress(octets.plus(Octets.zeros(16 - octets.length())));
        IpPrefix prefix = new IpPrefix(address, length);
        if (!prefix.address().equals(address)) {
            throw new WireException("a prefix of " + length + " bits with bits behind it: " + address);
        }
        return prefix;
    }
}
