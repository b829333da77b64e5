package org.homeport.aaa.radius;

import java.util.List;
import java.util.Optional;

/**
 * What to ask; identifier and authenticators are the client's to add, and Message-Authenticator.
 *
 * @param server the only one to ask, for a conversation that it holds the state of
 */
public record RadiusRequest(Kind kind, List<RadiusAttribute> attributes, Optional<String> server) {
    public RadiusRequest {
        attributes = List.copyOf(attributes);
    }

    /** What sort of question. */
    public enum Kind {
        ACCESS,
        ACCOUNTING,
        /** Whether anybody is there (RFC 5997). */
        STATUS
    }

    public static RadiusRequest access(List<RadiusAttribute> attributes, Optional<String> server) {
        return new RadiusRequest(Kind.ACCESS, attributes, server);
    }

    public static RadiusRequest accounting(List<RadiusAttribute> attributes) {
        return new RadiusRequest(Kind.ACCOUNTING, attributes, Optional.empty());
    }

    /** Of the packet, with what is added to it. */
    int octets() {
        int own = attributes.stream()
                .mapToInt(attribute -> 2 + attribute.value().length())
                .sum();
        int messageAuthenticator = kind == Kind.ACCOUNTING ? 0 : 2 + RadiusPacket.AUTHENTICATOR_OCTETS;
        return RadiusCodec.HEADER_OCTETS + messageAuthenticator + own;
    }

    static RadiusRequest status() {
        return new RadiusRequest(Kind.STATUS, List.of(), Optional.empty());
    }
}
