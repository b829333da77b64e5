package org.homeport.aaa.dynauth;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.homeport.aaa.dynauth.Selection.Condition;
import org.homeport.aaa.radius.AttributeType;
import org.homeport.aaa.radius.RadiusAttribute;
import org.homeport.aaa.radius.RadiusCode;
import org.homeport.aaa.radius.RadiusPacket;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;

/**
 * Reads what a Disconnect-Request or CoA-Request wants. All attributes are mandatory: one that we do not carry out
 * refuses the request (RFC 5176 section 2.3).
 */
final class OrderReader {
    private static final int AUTHORIZE_ONLY = 17;

    private final NasIdentity nas;
    private final List<Condition> conditions = new ArrayList<>();
    private final Set<Integer> seen = new HashSet<>();
    private final List<String> filters = new ArrayList<>();
    private Optional<Duration> timeout = Optional.empty();
    private Optional<Octets> interfaceId = Optional.empty();
    private Optional<Octets> prefix = Optional.empty();

    /** What became of reading. */
    sealed interface Read {
        record Wanted(Order order) implements Read {}

        /** @param why for the operator */
        record Refused(ErrorCause cause, String why) implements Read {}
    }

    /** Ends the reading. */
    private static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Read.Refused refusal;

        RefusedException(ErrorCause cause, String why) {
            super(why);
            this.refusal = new Read.Refused(cause, why);
        }
    }

    private OrderReader(NasIdentity nas) {
        this.nas = nas;
    }

    static Read read(RadiusPacket request, NasIdentity nas) {
        try {
            return new Read.Wanted(new OrderReader(nas).order(request));
        } catch (RefusedException e) {
            return e.refusal;
        }
    }

    private Order order(RadiusPacket request) throws RefusedException {
        boolean disconnect = request.code() == RadiusCode.DISCONNECT_REQUEST;
        serviceType(request);
        for (RadiusAttribute attribute : request.attributes()) {
            try {
                if (!common(attribute) && !(disconnect ? accounting(attribute) : authorization(attribute))) {
                    throw new RefusedException(
                            ErrorCause.UNSUPPORTED_ATTRIBUTE,
                            "attribute " + attribute.type() + " is not for a " + request.code() + " here");
                }
            } catch (WireException e) {
                throw new RefusedException(
                        ErrorCause.INVALID_ATTRIBUTE_VALUE, "attribute " + attribute.type() + ": " + e.getMessage());
            }
        }
        prefixWithInterface();
        if (conditions.isEmpty()) {
            throw new RefusedException(ErrorCause.MISSING_ATTRIBUTE, "no attribute says which session");
        }
        Selection selection = new Selection(conditions);
        if (disconnect) {
            return new Order.Disconnect(selection);
        }
        Change change = new Change(timeout, filters.isEmpty() ? Optional.empty() : Optional.of(filters));
        if (change.isEmpty()) {
            throw new RefusedException(ErrorCause.MISSING_ATTRIBUTE, "no attribute says what to change");
        }
        return new Order.Alter(selection, change);
    }

    /** Authorize-Only would have us ask the server anew, for which EAP leaves no means (RFC 5176 section 3.2). */
    private static void serviceType(RadiusPacket request) throws RefusedException {
        Optional<RadiusAttribute> serviceType = request.first(AttributeType.SERVICE_TYPE);
        if (serviceType.isPresent() && request.code() == RadiusCode.COA_REQUEST) {
            Octets value = serviceType.get().value();
            boolean authorizeOnly = value.length() == 4 && value.at(3) == AUTHORIZE_ONLY;
            throw new RefusedException(
                    ErrorCause.UNSUPPORTED_SERVICE,
                    authorizeOnly ? "Authorize-Only is not supported" : "Service-Type cannot be changed");
        }
    }

    /** Attributes of both requests. @return whether it is one */
    private boolean common(RadiusAttribute attribute) throws WireException, RefusedException {
        switch (attribute.type()) {
            case AttributeType.PROXY_STATE, AttributeType.MESSAGE_AUTHENTICATOR, AttributeType.EVENT_TIMESTAMP -> {
                return true;
            }
            default -> {
                return nas(attribute) || session(attribute);
            }
        }
    }

    private boolean nas(RadiusAttribute attribute) throws WireException, RefusedException {
        switch (attribute.type()) {
            case AttributeType.NAS_IDENTIFIER ->
                ours(attribute.text().equals(nas.identifier()), "NAS-Identifier '" + attribute.text() + "'");
            case AttributeType.NAS_IP_ADDRESS, AttributeType.NAS_IPV6_ADDRESS ->
                ours(nas.addresses().contains(attribute.address()), "NAS address " + attribute.address());
            default -> {
                return false;
            }
        }
        return true;
    }

    private void ours(boolean ours, String named) throws RefusedException {
        if (!ours) {
            throw new RefusedException(
                    ErrorCause.NAS_IDENTIFICATION_MISMATCH,
                    named + " is not ours: we are '" + nas.identifier() + "' at " + nas.addresses());
        }
    }

    private boolean session(RadiusAttribute attribute) throws WireException, RefusedException {
        int type = attribute.type();
        switch (type) {
            case AttributeType.USER_NAME -> {
                String name = attribute.text();
                once(
                        type,
                        "User-Name '" + name + "'",
                        session -> session.userNames().contains(name));
            }
            case AttributeType.ACCT_SESSION_ID -> {
                String id = attribute.text();
                once(
                        type,
                        "Acct-Session-Id '" + id + "'",
                        session -> session.accountingSessionId().equals(id));
            }
            case AttributeType.ACCT_MULTI_SESSION_ID -> {
                String id = attribute.text();
                once(
                        type,
                        "Acct-Multi-Session-Id '" + id + "'",
                        session -> session.multiSessionId().filter(id::equals).isPresent());
            }
            case AttributeType.CALLING_STATION_ID -> {
                String id = attribute.text();
                once(
                        type,
                        "Calling-Station-Id '" + id + "'",
                        session -> session.callingStationId().equals(id));
            }
            case AttributeType.CALLED_STATION_ID -> {
                String id = attribute.text();
                once(
                        type,
                        "Called-Station-Id '" + id + "'",
                        session -> session.calledStationId().equals(id));
            }
            case AttributeType.CHARGEABLE_USER_IDENTITY -> {
                Octets cui = attribute.value();
                once(
                        type,
                        "Chargeable-User-Identity " + cui,
                        session -> session.chargeableUserIdentity()
                                .filter(cui::equals)
                                .isPresent());
            }
            // Framed-IPv6-Address is not among those of RFC 5176, which is older than it (RFC 6911).
            case AttributeType.FRAMED_IP_ADDRESS, AttributeType.FRAMED_IPV6_ADDRESS -> {
                IpAddress address = attribute.address();
                once(
                        type,
                        "home address " + address,
                        session -> session.homeAddresses().contains(address));
            }
            case AttributeType.FRAMED_IPV6_PREFIX ->
                prefix = Optional.of(attribute.ipv6Prefix().address().octets());
            case AttributeType.FRAMED_INTERFACE_ID -> interfaceId = Optional.of(eight(attribute.value()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void once(int type, String words, java.util.function.Predicate<SessionView> holds) throws RefusedException {
        if (!seen.add(type)) {
            throw new RefusedException(ErrorCause.INVALID_REQUEST, "attribute " + type + " stands there twice");
        }
        conditions.add(new Condition(words, holds));
    }

    private static Octets eight(Octets value) throws WireException {
        if (value.length() != 8) {
            throw new WireException("an interface identifier of " + value.length() + " octets instead of 8");
        }
        return value;
    }

    /** "always sent with" each other (RFC 5176 section 3). */
    private void prefixWithInterface() throws RefusedException {
        if (prefix.isPresent() != interfaceId.isPresent()) {
            throw new RefusedException(
                    ErrorCause.MISSING_ATTRIBUTE, "Framed-IPv6-Prefix and Framed-Interface-Id go together");
        }
        if (prefix.isPresent()) {
            IpAddress address = new IpAddress(prefix.get().slice(0, 8).plus(interfaceId.orElseThrow()));
            once(
                    AttributeType.FRAMED_IPV6_PREFIX,
                    "home address " + address,
                    session -> session.homeAddresses().contains(address));
        }
    }

    /** What a Disconnect-Request may say of accounting. In a CoA-Request Class would be another one from now on. */
    private static boolean accounting(RadiusAttribute attribute) {
        return attribute.type() == AttributeType.CLASS;
    }

    private boolean authorization(RadiusAttribute attribute) throws WireException, RefusedException {
        switch (attribute.type()) {
            case AttributeType.SESSION_TIMEOUT -> {
                if (!seen.add(attribute.type())) {
                    throw new RefusedException(ErrorCause.INVALID_REQUEST, "Session-Timeout stands there twice");
                }
                timeout = Optional.of(Duration.ofSeconds(attribute.integer()));
            }
            case AttributeType.FILTER_ID -> filters.add(attribute.text());
            default -> {
                return false;
            }
        }
        return true;
    }
}
