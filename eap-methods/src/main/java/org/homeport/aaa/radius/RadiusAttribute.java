package org.homeport.aaa.radius;

import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.homeport.kit.WireException;

/**
 * An attribute. What it means is only found when somebody asks: that is when a wrong value is noticed.
 *
 * @param type see {@link AttributeType}
 * @param value 0..253 octets; on the wire at least one (RFC 2865 section 5)
 */
public record RadiusAttribute(int type, Octets value) {
    public static final int MAX_VALUE = 253;

    public RadiusAttribute {
        if (type < 1 || type > 255 || value.length() > MAX_VALUE) {
            throw new IllegalArgumentException("attribute " + type + " of " + value.length() + " octets");
        }
    }

    /** @param text 1..253 octets in UTF-8 */
    public static RadiusAttribute text(int type, String text) {
        return new RadiusAttribute(type, Octets.utf8(text));
    }

    /** @param value 0..2^32-1; also times and enumerations */
    public static RadiusAttribute integer(int type, long value) {
        return new RadiusAttribute(type, AttributeCodec.integer(value));
    }

    /** A 64-bit number, as MIP6-Feature-Vector is (RFC 5447 section 4.2.5). */
    public static RadiusAttribute integer64(int type, long value) {
        return new RadiusAttribute(type, AttributeCodec.integer64(value));
    }

    public static RadiusAttribute address(int type, IpAddress address) {
        return new RadiusAttribute(type, address.octets());
    }

    /** As RFC 3162 section 2.3 has it, all octets of the prefix. */
    public static RadiusAttribute ipv6Prefix(int type, IpPrefix prefix) {
        return new RadiusAttribute(type, AttributeCodec.ipv6Prefix(prefix));
    }

    /** @throws WireException if there is no text, or none in UTF-8 without NUL (RFC 8044 section 3.4) */
    public String text() throws WireException {
        String text = value.utf8();
        if (value.isEmpty() || !Octets.utf8(text).equals(value) || text.indexOf('\0') >= 0) {
            throw new WireException("expected UTF-8 text, not " + value.hex());
        }
        return text;
    }

    /** @return 0..2^32-1 */
    public long integer() throws WireException {
        return AttributeCodec.integer(value);
    }

    public long integer64() throws WireException {
        return AttributeCodec.integer64(value);
    }

    /** An IPv4 or IPv6 address. */
    public IpAddress address() throws WireException {
        if (value.length() != 4 && value.length() != 16) {
            throw new WireException("expected an address of 4 or 16 octets, not " + value.length());
        }
        return new IpAddress(value);
    }

    /** Framed-IPv6-Prefix and Delegated-IPv6-Prefix (RFC 3162 section 2.3, RFC 8044 section 3.10). */
    public IpPrefix ipv6Prefix() throws WireException {
        return AttributeCodec.ipv6Prefix(value);
    }

    /** MIP6-Home-Link-Prefix, and the form with a reserved octet in front that some dictionaries give it. */
    public IpPrefix homeLinkPrefix() throws WireException {
        return AttributeCodec.homeLinkPrefix(value);
    }

    /** Secrets stay out of logs. */
    @Override
    public String toString() {
        boolean secret = type == AttributeType.USER_PASSWORD || type == AttributeType.VENDOR_SPECIFIC;
        return type + "=" + (secret ? Secret.copyOf(value) : value.hex());
    }
}
