package org.homeport.eap.aka;

import org.homeport.kit.WireException;

/** What a server asks for in AKA-Identity; a later one only ever asks for more (RFC 4187 section 9.1). */
enum IdentityRequest {
    ANY(AkaCodec.AT_ANY_ID_REQ),
    FULL_AUTHENTICATION(AkaCodec.AT_FULLAUTH_ID_REQ),
    PERMANENT(AkaCodec.AT_PERMANENT_ID_REQ);

    private final int attribute;

    IdentityRequest(int attribute) {
        this.attribute = attribute;
    }

    AkaMessage message() {
        return AkaMessage.of(AkaMessage.IDENTITY, AkaMessage.Attribute.of(attribute));
    }

    /** "These three attributes are mutually exclusive" (RFC 4187 section 9.1). */
    static IdentityRequest of(AkaMessage message) throws WireException {
        if (message.attributes().size() == 1) {
            for (IdentityRequest request : values()) {
                if (message.has(request.attribute)) {
                    return request;
                }
            }
        }
        throw new WireException("AKA-Identity asks for " + message.attributes().size() + " things; expected one");
    }
}
