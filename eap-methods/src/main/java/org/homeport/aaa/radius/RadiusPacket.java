package org.homeport.aaa.radius;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeport.kit.Octets;

/**
 * A packet (RFC 2865 section 3).
 *
 * @param identifier 0..255
 * @param authenticator 16 octets
 * @param attributes in their order, which counts among those of one type
 */
public record RadiusPacket(RadiusCode code, int identifier, Octets authenticator, List<RadiusAttribute> attributes) {
    public static final int MAX_OCTETS = 4096;
    public static final int AUTHENTICATOR_OCTETS = 16;

    public RadiusPacket {
        if (identifier < 0 || identifier > 255 || authenticator.length() != AUTHENTICATOR_OCTETS) {
            throw new IllegalArgumentException(
                    "identifier " + identifier + ", authenticator of " + authenticator.length() + " octets");
        }
        attributes = List.copyOf(attributes);
    }

    public Optional<RadiusAttribute> first(int type) {
        return attributes.stream().filter(a -> a.type() == type).findFirst();
    }

    public List<RadiusAttribute> all(int type) {
        return attributes.stream().filter(a -> a.type() == type).toList();
    }

    /** The EAP packet of all EAP-Message attributes, in their order (RFC 3579 section 3.1). */
    public Optional<Octets> eapMessage() {
        List<RadiusAttribute> parts = all(AttributeType.EAP_MESSAGE);
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Octets.concat(parts.stream().map(RadiusAttribute::value).toArray(Octets[]::new)));
    }

    /** An EAP packet in as many attributes as it needs. */
    public static List<RadiusAttribute> eapMessage(Octets packet) {
        List<RadiusAttribute> parts = new ArrayList<>();
        for (int at = 0; at < packet.length(); at += RadiusAttribute.MAX_VALUE) {
            parts.add(new RadiusAttribute(
                    AttributeType.EAP_MESSAGE,
                    packet.slice(at, Math.min(packet.length(), at + RadiusAttribute.MAX_VALUE))));
        }
        return parts;
    }

    RadiusPacket withAuthenticator(Octets other) {
        return new RadiusPacket(code, identifier, other, attributes);
    }
}
