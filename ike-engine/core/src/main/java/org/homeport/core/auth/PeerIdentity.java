package org.homeport.core.auth;

import org.homeport.core.message.Payload;
import org.homeport.core.registry.IdType;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Octets;

/** An identity as IKE carries it: a type and its data (RFC 7296 section 3.5). */
public record PeerIdentity(IdType type, Octets data) {
    public static PeerIdentity of(Payload.Identification payload) {
        return new PeerIdentity(payload.idType(), payload.data());
    }

    /**
     * Reads an identity as operators write it: an address, a NAI with realm, a name, {@code @#hex} for a key id.
     *
     * @throws IllegalArgumentException if {@code @#} is not followed by hexadecimal digits
     */
    public static PeerIdentity parse(String text) {
        if (text.startsWith("@#")) {
            return new PeerIdentity(IdType.KEY_ID, Octets.fromHex(text.substring(2)));
        }
        if (text.indexOf('@') > 0) {
            return new PeerIdentity(IdType.RFC822_ADDR, Octets.utf8(text));
        }
        if (text.indexOf(':') >= 0 || text.matches("[0-9]+(\\.[0-9]+){3}")) {
            IpAddress address = IpAddress.parse(text);
            return new PeerIdentity(address.isV6() ? IdType.IPV6_ADDR : IdType.IPV4_ADDR, address.octets());
        }
        return text.indexOf('.') > 0
                ? new PeerIdentity(IdType.FQDN, Octets.utf8(text))
                : new PeerIdentity(IdType.KEY_ID, Octets.utf8(text));
    }

    /**
     * The one spelling of those that mean the same: host names and the domains of mail addresses are in lower case, what
     * is before the {@code @} is as it was (RFC 5280 sections 7.2 and 7.5), as is every other type.
     */
    public PeerIdentity canonical() {
        if (!type.equals(IdType.RFC822_ADDR)) {
            return certified();
        }
        int domain = data.length();
        while (domain > 0 && data.at(domain - 1) != '@') {
            domain--;
        }
        return lowerFrom(domain);
    }

    /** The one spelling of what a certificate proves: there a mail address has no case at all (RFC 4945 section 3.1.3). */
    PeerIdentity certified() {
        return type.equals(IdType.FQDN) || type.equals(IdType.RFC822_ADDR) ? lowerFrom(0) : this;
    }

    private PeerIdentity lowerFrom(int start) {
        byte[] spelled = data.toByteArray();
        for (int i = start; i < spelled.length; i++) {
            if (spelled[i] >= 'A' && spelled[i] <= 'Z') {
                spelled[i] = (byte) (spelled[i] + ('a' - 'A'));
            }
        }
        return new PeerIdentity(type, Octets.wrap(spelled));
    }

    /** Whether both are spellings of one identity. */
    public boolean isSameAs(PeerIdentity other) {
        return canonical().equals(other.canonical());
    }

    /** For people and logs: control characters are escaped. */
    @Override
    public String toString() {
        if ((type.equals(IdType.IPV4_ADDR) && data.length() == 4)
                || (type.equals(IdType.IPV6_ADDR) && data.length() == 16)) {
            return new IpAddress(data).toString();
        }
        if (type.equals(IdType.DER_ASN1_DN) || type.equals(IdType.DER_ASN1_GN)) {
            return type + ":" + data.hex();
        }
        StringBuilder text = new StringBuilder();
        data.utf8().codePoints().forEach(c -> {
            if (Character.isISOControl(c) || c == 0xfffd) {
                text.append(String.format("\\u%04x", c));
            } else {
                text.appendCodePoint(c);
            }
        });
        return text.toString();
    }
}
