package org.homeport.aaa.radius.eap;

import java.util.List;
import java.util.Optional;
import org.homeport.aaa.radius.AttributeType;
import org.homeport.aaa.radius.RadiusAttribute;
import org.homeport.aaa.radius.RadiusPacket;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;

/** The EAP packet in an answer (RFC 3579 section 3.1). */
final class EapMessages {
    private EapMessages() {}

    /**
     * Joins its parts.
     *
     * @return empty if there are none
     * @throws WireException if something stands between them: "they MUST be consecutive"
     */
    static Optional<Octets> join(RadiusPacket packet) throws WireException {
        List<RadiusAttribute> attributes = packet.attributes();
        int last = -1;
        for (int i = 0; i < attributes.size(); i++) {
            if (attributes.get(i).type() == AttributeType.EAP_MESSAGE) {
                if (last >= 0 && last != i - 1) {
                    throw new WireException("EAP-Message attributes with others between them");
                }
                last = i;
            }
        }
        return packet.eapMessage();
    }
}
