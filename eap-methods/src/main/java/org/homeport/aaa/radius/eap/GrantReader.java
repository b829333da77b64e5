package org.homeport.aaa.radius.eap;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.homeport.aaa.AaaGrant;
import org.homeport.aaa.radius.AttributeType;
import org.homeport.aaa.radius.RadiusAttribute;
import org.homeport.kit.WireException;

/**
 * Turns an Access-Accept into a grant.
 *
 * <p>A value that is none: RFC 2865 section 5 has the packet "treated as an Access-Reject", RFC 6929 section 2.8 only the
 * attribute left out. Both have their place. What bounds the service, or says to whom and where it is given, refuses the
 * whole: to leave it out would grant more than the server meant. All else is left out with a warning.
 */
final class GrantReader {
    /** Framed (RFC 2865 section 5.6): the service we give. */
    static final long FRAMED = 2;

    /** Call Check (RFC 2865 section 5.6): the answer to a question without a password. */
    static final long CALL_CHECK = 10;

    private static final Map<Integer, String> BINDING = Map.ofEntries(
            Map.entry(AttributeType.USER_NAME, "User-Name"),
            Map.entry(AttributeType.SERVICE_TYPE, "Service-Type"),
            Map.entry(AttributeType.FRAMED_IP_ADDRESS, "Framed-IP-Address"),
            Map.entry(AttributeType.FILTER_ID, "Filter-Id"),
            Map.entry(AttributeType.SESSION_TIMEOUT, "Session-Timeout"),
            Map.entry(AttributeType.IDLE_TIMEOUT, "Idle-Timeout"),
            Map.entry(AttributeType.FRAMED_POOL, "Framed-Pool"),
            Map.entry(AttributeType.FRAMED_INTERFACE_ID, "Framed-Interface-Id"),
            Map.entry(AttributeType.FRAMED_IPV6_PREFIX, "Framed-IPv6-Prefix"),
            Map.entry(AttributeType.FRAMED_IPV6_POOL, "Framed-IPv6-Pool"),
            Map.entry(AttributeType.DELEGATED_IPV6_PREFIX, "Delegated-IPv6-Prefix"),
            Map.entry(AttributeType.MIP6_FEATURE_VECTOR, "MIP6-Feature-Vector"),
            Map.entry(AttributeType.MIP6_HOME_LINK_PREFIX, "MIP6-Home-Link-Prefix"),
            Map.entry(AttributeType.FRAMED_IPV6_ADDRESS, "Framed-IPv6-Address"),
            Map.entry(AttributeType.STATEFUL_IPV6_ADDRESS_POOL, "Stateful-IPv6-Address-Pool"));

    private final String route;
    private final Set<Long> serviceTypes;

    /** What was made of it. */
    sealed interface Reading {
        /** @param warnings what was left out, for the operator */
        record Granted(AaaGrant grant, List<String> warnings) implements Reading {}

        record Refused(String reason) implements Reading {}
    }

    /**
     * For one route.
     *
     * @param serviceTypes that we can give; anything else "MUST" be treated as a reject (RFC 2865 section 5.6)
     */
    GrantReader(String route, Set<Long> serviceTypes) {
        this.route = route;
        this.serviceTypes = serviceTypes;
    }

    /** @param sent the User-Name of the request: the identity where the server tells no other */
    Reading read(List<RadiusAttribute> attributes, String sent) {
        GrantDraft draft = new GrantDraft(serviceTypes);
        for (RadiusAttribute attribute : attributes) {
            try {
                draft.take(attribute);
            } catch (WireException e) {
                String binding = BINDING.get(attribute.type());
                if (binding != null) {
                    return new Reading.Refused("Access-Accept with a bad " + binding + " (" + attribute.type() + "): "
                            + e.getMessage() + "; taken for an Access-Reject (RFC 2865 section 5)");
                }
                draft.warn("attribute " + attribute.type() + " left out of the Access-Accept: " + e.getMessage());
            }
        }
        return new Reading.Granted(draft.grant(route, sent), draft.warnings());
    }
}
