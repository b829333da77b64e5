package org.homeport.aaa.radius.eap;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeport.aaa.AccountingIds;
import org.homeport.aaa.radius.AttributeType;
import org.homeport.aaa.radius.RadiusAttribute;
import org.homeport.kit.Octets;

/** Attributes that stand in every Access-Request of a peer: who asks, for whom, and for what service. */
final class AccessAttributes {
    /** Virtual (RFC 2865 section 5.41): no physical port. */
    private static final long VIRTUAL = 5;

    /** IKEv2 (RFC 6677 section 11.1). */
    private static final long LOWER_LAYER_IKEV2 = 5;

    /** The namespace REALM (RFC 5580 section 4.1). */
    private static final String REALM = "1";

    private final NasSettings nas;
    private final AccountingIds sessions;

    AccessAttributes(NasSettings nas, AccountingIds sessions) {
        this.nas = nas;
        this.sessions = sessions;
    }

    /** For EAP. */
    List<RadiusAttribute> eap(String session, Optional<String> careOf) {
        List<RadiusAttribute> attributes = new ArrayList<>();
        attributes.add(RadiusAttribute.integer(AttributeType.SERVICE_TYPE, GrantReader.FRAMED));
        attributes.add(RadiusAttribute.integer(AttributeType.FRAMED_MTU, nas.framedMtu()));
        common(attributes, session, careOf);
        attributes.add(RadiusAttribute.integer(AttributeType.EAP_LOWER_LAYER, LOWER_LAYER_IKEV2));
        return attributes;
    }

    /** For the question without EAP. */
    List<RadiusAttribute> callCheck(String session, Optional<String> careOf) {
        List<RadiusAttribute> attributes = new ArrayList<>();
        attributes.add(RadiusAttribute.integer(AttributeType.SERVICE_TYPE, GrantReader.CALL_CHECK));
        common(attributes, session, careOf);
        return attributes;
    }

    private void common(List<RadiusAttribute> attributes, String session, Optional<String> careOf) {
        text(attributes, AttributeType.NAS_IDENTIFIER, nas.identifier());
        nas.ipv4().ifPresent(address -> attributes.add(RadiusAttribute.address(AttributeType.NAS_IP_ADDRESS, address)));
        nas.ipv6()
                .ifPresent(address -> attributes.add(RadiusAttribute.address(AttributeType.NAS_IPV6_ADDRESS, address)));
        attributes.add(RadiusAttribute.integer(AttributeType.NAS_PORT_TYPE, VIRTUAL));
        text(attributes, AttributeType.NAS_PORT_ID, session);
        nas.calledStation().ifPresent(station -> text(attributes, AttributeType.CALLED_STATION_ID, station));
        careOf.ifPresent(address -> text(attributes, AttributeType.CALLING_STATION_ID, address));
        text(attributes, AttributeType.ACCT_SESSION_ID, sessions.sessionId(session));
        nas.operatorRealm().ifPresent(realm -> text(attributes, AttributeType.OPERATOR_NAME, REALM + realm));
        // A nul CUI asks for the real one (RFC 4372 section 2.1).
        attributes.add(new RadiusAttribute(AttributeType.CHARGEABLE_USER_IDENTITY, Octets.of(0)));
        nas.mip6Features()
                .ifPresent(bits -> attributes.add(RadiusAttribute.integer64(AttributeType.MIP6_FEATURE_VECTOR, bits)));
    }

    private static void text(List<RadiusAttribute> attributes, int type, String text) {
        Octets value = Octets.utf8(text);
        if (!value.isEmpty()) {
            attributes.add(
                    new RadiusAttribute(type, value.slice(0, Math.min(value.length(), RadiusAttribute.MAX_VALUE))));
        }
    }
}
