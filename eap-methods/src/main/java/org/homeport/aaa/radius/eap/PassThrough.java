package org.homeport.aaa.radius.eap;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.homeport.aaa.AaaReply;
import org.homeport.aaa.radius.AttributeType;
import org.homeport.aaa.radius.RadiusAttribute;
import org.homeport.aaa.radius.RadiusPacket;
import org.homeport.aaa.radius.ServerAnswer;
import org.homeport.aaa.route.Decoration;
import org.homeport.aaa.route.Realm;
import org.homeport.eap.EapCodec;
import org.homeport.eap.EapLimits;
import org.homeport.eap.EapPacket;
import org.homeport.eap.EapType;
import org.homeport.eap.Nai;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;

/**
 * One peer's EAP conversation with a RADIUS server (RFC 3579 section 2), without any I/O. One call at a time; every
 * {@link Step.Ask} is followed by {@link #answered}.
 *
 * <p>The RADIUS code alone decides, and no EAP packet is made up on the way to the peer (section 2.6.3). An acceptance
 * whose EAP packet says something else, or that no method can have earned, is none: in IKEv2 the peer would learn
 * something else than we.
 *
 * <p>Session-Timeout in an Access-Challenge is the timer of that Request alone (section 2.3); IKEv2 repeats for us, so
 * that nothing is left to time, and it never bounds the session.
 */
final class PassThrough {
    /** Octets of RADIUS header and Message-Authenticator. */
    private static final int FRAME = 20 + 18;

    private final List<RadiusAttribute> attributes;
    private final EapLimits limits;
    private final Set<Realm> own;
    private final AcceptReader accepts;
    private final ConflictCounts conflicts;
    private Nai userName;
    private int identifier;
    private Optional<Octets> state = Optional.empty();
    private Optional<Outstanding> outstanding = Optional.empty();
    private Optional<EapType> method = Optional.empty();
    private int rounds;
    private boolean over;

    /** What is to be done next. */
    sealed interface Step {
        /** Ask the server: attributes of an Access-Request, without Message-Authenticator. */
        record Ask(List<RadiusAttribute> attributes) implements Step {}

        /** Answer the one who called. */
        record Tell(AaaReply reply) implements Step {}
    }

    private record Outstanding(Octets packet, EapType type) {}

    /**
     * For one conversation.
     *
     * @param attributes of every request, whatever it is about
     * @param own the realms that we are: names that peers decorate with them are undone
     * @param identifier of the EAP-Response/Identity that begins it
     */
    PassThrough(
            Nai userName,
            int identifier,
            List<RadiusAttribute> attributes,
            EapLimits limits,
            Set<Realm> own,
            AcceptReader accepts,
            ConflictCounts conflicts) {
        this.userName = userName;
        this.identifier = identifier;
        this.attributes = List.copyOf(attributes);
        this.limits = limits;
        this.own = Set.copyOf(own);
        this.accepts = accepts;
        this.conflicts = conflicts;
    }

    /** Begins with the identity (section 2.1); a new conversation has no State (RFC 5080 section 2.1.1). */
    Step begin() {
        return ask(EapCodec.encode(new EapPacket.Response(identifier, EapType.IDENTITY, Octets.utf8(userName.text()))));
    }

    /** Takes what the peer sent: anything. */
    Step handle(Octets packet) {
        if (over || outstanding.isEmpty()) {
            return new Step.Tell(new AaaReply.Unavailable("the conversation is over"));
        }
        if (++rounds > limits.rounds()) {
            return reject("more than " + limits.rounds() + " rounds");
        }
        Outstanding request = outstanding.get();
        Optional<EapPacket.Response> response = response(packet, request.type());
        if (response.isEmpty()) {
            // "Pending EAP Responses that do not match the current Identifier value are silently discarded" (2.2).
            return new Step.Tell(new AaaReply.Continue(request.packet(), Optional.empty()));
        }
        EapType type = response.get().type();
        Octets answer = packet;
        if (type.isSameMethodAs(EapType.IDENTITY)) {
            Octets said = response.get().typeData();
            Optional<String> objection = rename(said);
            if (objection.isPresent()) {
                return reject(objection.get());
            }
            Octets name = Octets.utf8(userName.text());
            if (!said.isEmpty() && !said.equals(name)) {
                answer = EapCodec.encode(new EapPacket.Response(identifier, EapType.IDENTITY, name));
            }
        }
        if (!type.isSameMethodAs(EapType.NOTIFICATION)) {
            method = Optional.of(type).filter(EapType::isMethod).filter(request.type()::isSameMethodAs);
        }
        return ask(answer);
    }

    /** Takes the server's answer, which is known to be authentic. */
    Step answered(ServerAnswer answer) {
        try {
            return switch (answer.packet().code()) {
                case ACCESS_CHALLENGE -> challenge(answer.packet());
                case ACCESS_ACCEPT -> accept(answer);
                case ACCESS_REJECT -> rejected(answer);
                default ->
                    reject(answer.server() + " answers with " + answer.packet().code());
            };
        } catch (WireException e) {
            return conflict(
                    EapConflict.MALFORMED_ATTRIBUTE,
                    "what " + answer.server() + " answers is malformed: " + e.getMessage());
        }
    }

    /** What became of it is nobody's concern any more. */
    void end() {
        over = true;
    }

    private Step challenge(RadiusPacket packet) throws WireException {
        Optional<Octets> message = EapMessages.join(packet);
        Optional<EapPacket> eap = message.flatMap(PassThrough::decode);
        if (!(eap.orElse(null) instanceof EapPacket.Request request)) {
            return conflict(
                    EapConflict.CHALLENGE_WITHOUT_EAP_REQUEST, "an Access-Challenge without an EAP-Request in it");
        }
        state = state(packet);
        identifier = request.identifier();
        outstanding = Optional.of(new Outstanding(message.orElseThrow(), request.type()));
        return new Step.Tell(new AaaReply.Continue(message.orElseThrow(), setback(packet)));
    }

    private Step accept(ServerAnswer answer) throws WireException {
        Optional<Octets> message = EapMessages.join(answer.packet());
        if (message.isEmpty()) {
            return conflict(
                    EapConflict.ACCEPT_WITHOUT_EAP_MESSAGE,
                    "an Access-Accept without EAP-Message, as if there were no EAP");
        }
        if (!(decode(message.get()).orElse(null) instanceof EapPacket.Success success)) {
            return conflict(EapConflict.ACCEPT_WITHOUT_EAP_SUCCESS, "an Access-Accept without EAP-Success in it");
        }
        if (method.isEmpty()) {
            return conflict(
                    EapConflict.ACCEPT_UNEARNED,
                    "an Access-Accept although no EAP method has run: " + answer.server() + " takes everybody for '"
                            + userName + "'");
        }
        if (success.identifier() != identifier) {
            return conflict(
                    EapConflict.ACCEPT_UNEARNED,
                    "an EAP-Success with Identifier " + success.identifier()
                            + " that answers nothing; the Response had " + identifier);
        }
        over = true;
        AaaReply reply = accepts.read(answer, message.get(), method.get(), userName);
        if (reply instanceof AaaReply.Reject) {
            conflicts.add(EapConflict.MALFORMED_ATTRIBUTE);
        }
        return new Step.Tell(reply);
    }

    private Step rejected(ServerAnswer answer) throws WireException {
        over = true;
        Optional<Octets> message = EapMessages.join(answer.packet());
        Optional<Octets> failure = message.filter(one -> decode(one).orElse(null) instanceof EapPacket.Failure);
        if (failure.isEmpty()) {
            conflicts.add(EapConflict.REJECT_WITHOUT_EAP_FAILURE);
        }
        return new Step.Tell(new AaaReply.Reject(failure, Rejections.reason(answer, userName.text())));
    }

    private Step conflict(EapConflict conflict, String what) {
        conflicts.add(conflict);
        return reject(what + " (RFC 3579 section 2.6.3): not let in");
    }

    private Step reject(String reason) {
        over = true;
        return new Step.Tell(new AaaReply.Reject(Optional.empty(), reason));
    }

    private Step ask(Octets eap) {
        List<RadiusAttribute> request = new ArrayList<>();
        request.add(RadiusAttribute.text(AttributeType.USER_NAME, userName.text()));
        request.addAll(attributes);
        state.ifPresent(value -> request.add(new RadiusAttribute(AttributeType.STATE, value)));
        request.addAll(RadiusPacket.eapMessage(eap));
        int length = FRAME
                + request.stream()
                        .mapToInt(attribute -> 2 + attribute.value().length())
                        .sum();
        if (length > RadiusPacket.MAX_OCTETS) {
            return reject("an EAP packet of " + eap.length() + " octets makes an Access-Request of " + length + "; "
                    + RadiusPacket.MAX_OCTETS + " are allowed");
        }
        return new Step.Ask(request);
    }

    /**
     * Code, Identifier and Length have to be right (section 2.2), and an identity asked for: the Response's Type "MUST
     * match" the Request's (RFC 3748 section 4.1).
     */
    private Optional<EapPacket.Response> response(Octets packet, EapType asked) {
        return packet.length() > limits.packetOctets()
                ? Optional.empty()
                : decode(packet)
                        .filter(EapPacket.Response.class::isInstance)
                        .map(EapPacket.Response.class::cast)
                        .filter(response -> response.identifier() == identifier)
                        .filter(response -> !response.type().isSameMethodAs(EapType.IDENTITY)
                                || asked.isSameMethodAs(EapType.IDENTITY));
    }

    /**
     * The server asked for the identity itself: the answer to it, undecorated as the first one was, is the User-Name from
     * now on (section 2.1).
     *
     * @return why not: by another realm it would have gone another way
     */
    private Optional<String> rename(Octets typeData) {
        if (typeData.isEmpty()) {
            return Optional.empty();
        }
        Nai name;
        try {
            name = Decoration.undo(Nai.of(typeData), own);
        } catch (WireException e) {
            return Optional.of("EAP identity refused: " + e.getMessage());
        }
        if (!name.realm().map(Realm::new).equals(userName.realm().map(Realm::new))) {
            return Optional.of("the peer calls itself '" + name + "' after it was routed as '" + userName
                    + "': expected the same realm");
        }
        userName = name;
        return Optional.empty();
    }

    private static Optional<Octets> state(RadiusPacket packet) throws WireException {
        if (packet.all(AttributeType.STATE).size() > 1) {
            throw new WireException("more than one State");
        }
        return packet.first(AttributeType.STATE).map(RadiusAttribute::value);
    }

    /** "Invalid EAP Packet (Ignored)": the Request comes again (section 2.2). */
    private static Optional<String> setback(RadiusPacket packet) {
        return Rejections.errorCause(packet)
                .filter(cause -> cause == Rejections.INVALID_EAP_PACKET)
                .map(cause -> "the server ignored the peer's last EAP packet as invalid");
    }

    private static Optional<EapPacket> decode(Octets packet) {
        try {
            return Optional.of(EapCodec.decode(packet));
        } catch (WireException e) {
            return Optional.empty();
        }
    }
}
