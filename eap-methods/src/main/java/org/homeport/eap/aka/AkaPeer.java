package org.homeport.eap.aka;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeport.eap.EapType;
import org.homeport.eap.MethodResult;
import org.homeport.eap.PeerMethod;
import org.homeport.eap.PeerStep;
import org.homeport.eap.PeerStep.Standing;
import org.homeport.eap.aka.AkaCodec.Sender;
import org.homeport.eap.aka.AkaMessage.Attribute;
import org.homeport.eap.aka.AkaServerSettings.Bidding;
import org.homeport.eap.aka.AkaServerSettings.ResultIndications;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.WireException;

/** The peer side of EAP-AKA and EAP-AKA' (RFC 4187, RFC 9048), for one conversation. */
public final class AkaPeer implements PeerMethod {
    private final AkaSubscription subscription;
    private final AkaPeerSettings settings;
    private final RandomSource random;
    private final AkaVariant variant;
    private final AkaTranscript transcript;
    private final KdfChoice kdf = new KdfChoice();
    private Optional<IdentityRequest> asked = Optional.empty();
    private Octets identity;
    private Optional<AkaSubscription.Context> context;
    private State state = new State.Beginning();

    private sealed interface State {
        /** Nothing is proved yet. */
        record Beginning() implements State {}

        /** The server has proved itself, and has our answer. */
        record Answered(Session session) implements State {}

        record Over() implements State {}
    }

    /**
     * A server that proved itself.
     *
     * @param counter of a fast re-authentication
     * @param indicated whether its own success is to come under the keys
     */
    private record Session(AkaTeks teks, Optional<Integer> counter, MethodResult result, ResultIndications indicated) {
        /** "the peer MUST NOT accept EAP-Success after a successful EAP/AKA-Challenge round" (RFC 4187 section 6.3.4). */
        Standing standing() {
            return indicated == ResultIndications.OFFERED ? new Standing.Undecided() : new Standing.Content(result);
        }
    }

    /** @param said to EAP-Request/Identity, or by whoever carries EAP: what the keys depend on if no more is asked */
    public AkaPeer(AkaSubscription subscription, Octets said, AkaPeerSettings settings, RandomSource random) {
        this.subscription = subscription;
        this.settings = settings;
        this.random = random;
        this.variant = subscription.variant();
        this.transcript = new AkaTranscript(variant);
        this.identity = said;
        this.context = subscription.takeContext(said);
    }

    @Override
    public EapType type() {
        return variant.type();
    }

    @Override
    public String name() {
        return variant.words();
    }

    @Override
    public PeerStep handle(Octets typeData, int identifier) {
        try {
            AkaMessage message = AkaCodec.decode(typeData);
            AkaRules.check(variant, Sender.SERVER, message);
            return switch (state) {
                case State.Over over -> new PeerStep.Ignored(name() + " is over");
                case State.Beginning beginning ->
                    switch (message.subtype()) {
                        case AkaMessage.IDENTITY -> identify(message, typeData, identifier);
                        case AkaMessage.CHALLENGE -> challenge(message, typeData, identifier);
                        case AkaMessage.REAUTHENTICATION -> again(message, typeData, identifier);
                        case AkaMessage.NOTIFICATION -> notice(message);
                        default -> giveUp("a request of subtype " + message.subtype());
                    };
                case State.Answered(Session session) ->
                    message.subtype() == AkaMessage.NOTIFICATION
                            ? notice(message, typeData, identifier, session)
                            : giveUp("a request of subtype " + message.subtype() + " after the challenge");
            };
        } catch (WireException e) {
            return state instanceof State.Over
                    ? new PeerStep.Ignored(name() + " is over")
                    : giveUp("malformed " + name() + " request: " + e.getMessage());
        }
    }

    /** RFC 4187 section 4.1.5. */
    private PeerStep identify(AkaMessage message, Octets typeData, int identifier) throws WireException {
        IdentityRequest request = IdentityRequest.of(message);
        if (asked.filter(before -> before.compareTo(request) >= 0).isPresent()) {
            return giveUp("asked for the identity again: " + request + " after " + asked.get());
        }
        asked = Optional.of(request);
        switch (request) {
            case ANY -> {
                context = context.or(subscription::takeContext);
                identity = context.map(known -> Octets.utf8(known.name().text()))
                        .or(subscription::pseudonym)
                        .orElseGet(subscription::permanent);
            }
            case FULL_AUTHENTICATION -> {
                context = Optional.empty();
                identity = subscription.pseudonym().orElseGet(subscription::permanent);
            }
            case PERMANENT -> {
                if (settings.identityPolicy() == AkaPeerSettings.IdentityPolicy.CONSERVATIVE
                        && subscription.pseudonym().isPresent()) {
                    return giveUp("asked for the permanent identity although there is a pseudonym");
                }
                context = Optional.empty();
                identity = subscription.permanent();
            }
        }
        Octets response =
                AkaCodec.encode(AkaMessage.of(AkaMessage.IDENTITY, new Attribute(AkaCodec.AT_IDENTITY, identity)));
        transcript.add(
                AkaCodec.packet(variant, Sender.SERVER, identifier, typeData),
                AkaCodec.packet(variant, Sender.PEER, identifier, response));
        return new PeerStep.Answer(response, new Standing.Undecided());
    }

    private PeerStep challenge(AkaMessage message, Octets typeData, int identifier) throws WireException {
        Octets rand = message.required(AkaCodec.AT_RAND);
        Octets autn = message.required(AkaCodec.AT_AUTN);
        message.required(AkaCodec.AT_MAC);
        Octets networkName = message.find(AkaCodec.AT_KDF_INPUT).orElse(Octets.EMPTY);
        if (variant == AkaVariant.AKA_PRIME) {
            List<Integer> kdfs = message.numbers(AkaCodec.AT_KDF);
            switch (kdf.look(kdfs)) {
                case GO_ON -> {}
                case ASK -> {
                    return undecided(
                            AkaMessage.of(AkaMessage.CHALLENGE, Attribute.number(AkaCodec.AT_KDF, AkaRequests.KDF)));
                }
                case REJECT -> {
                    return reject("the server offers key derivation " + kdfs + "; we have 1");
                }
                case CHANGED -> {
                    return giveUp("AT_KDF is not what it was: " + kdfs);
                }
            }
            if (networkName.isEmpty() || !settings.knows(networkName.utf8())) {
                return reject("the network calls itself '" + networkName.utf8() + "'");
            }
        }
        return switch (subscription.usim().authenticate(rand, autn, variant)) {
            case Usim.Verdict.Rejected(String why) -> reject(why);
            case Usim.Verdict.OutOfStep(Octets auts) -> {
                List<Attribute> attributes = new ArrayList<>(message.all(AkaCodec.AT_KDF));
                attributes.add(new Attribute(AkaCodec.AT_AUTS, auts));
                yield undecided(new AkaMessage(AkaMessage.SYNCHRONIZATION_FAILURE, attributes));
            }
            case Usim.Verdict.Accepted(Octets res, var ck, var ik) -> {
                AkaVector vector = new AkaVector(rand, autn, res, ck, ik);
                AkaKeys keys = AkaKeys.full(variant, identity, vector, networkName);
                yield accept(message, typeData, identifier, vector, keys);
            }
        };
    }

    private PeerStep accept(AkaMessage message, Octets typeData, int identifier, AkaVector vector, AkaKeys keys)
            throws WireException {
        if (!isAuthentic(typeData, identifier, keys.teks())) {
            return giveUp("AT_MAC of the challenge is wrong");
        }
        // RFC 9048 section 4: "the peer behaves as if AUTN had been incorrect".
        if (settings.bidding() == Bidding.AKA_PRIME_PREFERRED
                && message.numbers(AkaCodec.AT_BIDDING).stream().anyMatch(bits -> (bits & AkaCodec.BIDDING_D) != 0)) {
            return reject("EAP-AKA although both sides have EAP-AKA': somebody bids down");
        }
        if (!transcript.agreesWith(message)) {
            return giveUp("AT_CHECKCODE is wrong: somebody changed AKA-Identity messages");
        }
        AkaMessage secret = AkaCodec.decrypted(message, keys.teks().kEncr());
        AkaRules.checkEncrypted(Sender.SERVER, secret);
        secret.find(AkaCodec.AT_NEXT_PSEUDONYM).ifPresent(subscription::keepPseudonym);
        subscription.keepContext(secret.find(AkaCodec.AT_NEXT_REAUTH_ID), keys.teks(), 0);
        Octets sessionId = variant.sessionId(vector.rand(), vector.autn());
        Session session = session(message, keys, Optional.empty(), sessionId);
        List<Attribute> attributes = new ArrayList<>();
        attributes.add(new Attribute(AkaCodec.AT_RES, vector.res()));
        return answer(AkaMessage.CHALLENGE, attributes, session, identifier, Octets.EMPTY);
    }

    /** RFC 4187 sections 5.4 and 5.5. */
    private PeerStep again(AkaMessage message, Octets typeData, int identifier) throws WireException {
        if (context.isEmpty()) {
            return giveUp("a fast re-authentication that we did not ask for");
        }
        AkaSubscription.Context known = context.get();
        context = Optional.empty();
        if (!isAuthentic(typeData, identifier, known.teks())) {
            return giveUp("AT_MAC of the fast re-authentication is wrong or missing");
        }
        if (!transcript.agreesWith(message)) {
            return giveUp("AT_CHECKCODE is wrong: somebody changed AKA-Identity messages");
        }
        AkaMessage secret = AkaCodec.decrypted(message, known.teks().kEncr());
        AkaRules.checkEncrypted(Sender.SERVER, secret);
        Octets nonceS = secret.required(AkaCodec.AT_NONCE_S);
        secret.required(AkaCodec.AT_COUNTER);
        int counter = secret.numbers(AkaCodec.AT_COUNTER).getFirst();
        if (counter <= known.counter()) {
            List<Attribute> attributes = encrypted(
                    List.of(
                            Attribute.number(AkaCodec.AT_COUNTER, counter),
                            Attribute.of(AkaCodec.AT_COUNTER_TOO_SMALL)),
                    known.teks());
            return new PeerStep.Answer(
                    signed(AkaMessage.REAUTHENTICATION, attributes, known.teks(), identifier, nonceS),
                    new Standing.Undecided());
        }
        AkaKeys keys = AkaKeys.again(variant, known.teks(), identity, counter, nonceS);
        subscription.keepContext(secret.find(AkaCodec.AT_NEXT_REAUTH_ID), keys.teks(), counter);
        Octets sessionId = variant.sessionId(nonceS, message.required(AkaCodec.AT_MAC));
        Session session = session(message, keys, Optional.of(counter), sessionId);
        List<Attribute> attributes =
                new ArrayList<>(encrypted(List.of(Attribute.number(AkaCodec.AT_COUNTER, counter)), keys.teks()));
        return answer(AkaMessage.REAUTHENTICATION, attributes, session, identifier, nonceS);
    }

    /** Before there are keys: it can only be bad news (RFC 4187 section 6.1). */
    private PeerStep notice(AkaMessage message) throws WireException {
        AkaNotification notification = AkaNotification.of(message);
        return notification.isProtected() || notification.isSuccess()
                ? giveUp("notification " + notification.code() + " before there are keys")
                : lost(notification, AkaCodec.encode(AkaMessage.of(AkaMessage.NOTIFICATION)));
    }

    private PeerStep notice(AkaMessage message, Octets typeData, int identifier, Session session) throws WireException {
        AkaNotification notification = AkaNotification.of(message);
        if (!notification.isProtected()) {
            // Servers tell so that our answer was wrong.
            return notice(message);
        }
        if (!isAuthentic(typeData, identifier, session.teks())) {
            return giveUp("AT_MAC of a notification is wrong or missing");
        }
        AkaMessage secret = AkaCodec.decrypted(message, session.teks().kEncr());
        AkaRules.checkEncrypted(Sender.SERVER, secret);
        if (!secret.numbers(AkaCodec.AT_COUNTER)
                .equals(session.counter().stream().toList())) {
            return giveUp("a notification with another counter than " + session.counter());
        }
        List<Attribute> attributes = session.counter()
                .map(counter -> encrypted(List.of(Attribute.number(AkaCodec.AT_COUNTER, counter)), session.teks()))
                .orElse(List.of());
        Octets response = signed(AkaMessage.NOTIFICATION, attributes, session.teks(), identifier, Octets.EMPTY);
        if (!notification.isSuccess()) {
            return lost(notification, response);
        }
        if (session.indicated() == ResultIndications.NONE || !notification.equals(AkaNotification.SUCCESS)) {
            return giveUp("notification " + notification.code() + ", which was not agreed on");
        }
        state = new State.Over();
        return new PeerStep.Answer(response, new Standing.Agreed(session.result()));
    }

    private Session session(AkaMessage message, AkaKeys keys, Optional<Integer> counter, Octets sessionId) {
        boolean both = settings.resultIndications() == ResultIndications.OFFERED && message.has(AkaCodec.AT_RESULT_IND);
        return new Session(
                keys.teks(),
                counter,
                new MethodResult(name(), Optional.empty(), Optional.of(keys.msk()), Optional.of(sessionId)),
                both ? ResultIndications.OFFERED : ResultIndications.NONE);
    }

    private PeerStep answer(int subtype, List<Attribute> attributes, Session session, int identifier, Octets extra) {
        attributes.add(transcript.checkcode());
        if (session.indicated() == ResultIndications.OFFERED) {
            attributes.add(Attribute.of(AkaCodec.AT_RESULT_IND));
        }
        state = new State.Answered(session);
        return new PeerStep.Answer(signed(subtype, attributes, session.teks(), identifier, extra), session.standing());
    }

    private List<Attribute> encrypted(List<Attribute> attributes, AkaTeks teks) {
        return AkaCodec.encrypted(attributes, teks.kEncr(), random.octets(AkaCodec.BLOCK));
    }

    private Octets signed(int subtype, List<Attribute> attributes, AkaTeks teks, int identifier, Octets extra) {
        return AkaCodec.signed(
                variant, Sender.PEER, identifier, new AkaMessage(subtype, attributes), teks.kAut(), extra);
    }

    private boolean isAuthentic(Octets typeData, int identifier, AkaTeks teks) {
        return AkaCodec.isAuthentic(variant, Sender.SERVER, identifier, typeData, teks.kAut(), Octets.EMPTY);
    }

    private static PeerStep undecided(AkaMessage message) {
        return new PeerStep.Answer(AkaCodec.encode(message), new Standing.Undecided());
    }

    /** The SIM's verdict, or as if it were (RFC 4187 section 6.3.1). */
    private PeerStep reject(String reason) {
        return last(AkaMessage.of(AkaMessage.AUTHENTICATION_REJECT), reason);
    }

    /** "unable to process packet", code 0 (RFC 4187 section 6.3.1). */
    private PeerStep giveUp(String reason) {
        return last(AkaMessage.of(AkaMessage.CLIENT_ERROR, Attribute.number(AkaCodec.AT_CLIENT_ERROR_CODE, 0)), reason);
    }

    private PeerStep last(AkaMessage message, String reason) {
        state = new State.Over();
        return new PeerStep.Answer(AkaCodec.encode(message), new Standing.Lost(reason));
    }

    private PeerStep lost(AkaNotification notification, Octets response) {
        state = new State.Over();
        return new PeerStep.Answer(
                response,
                new Standing.Lost("the server refuses: " + notification.words() + " (" + notification.code() + ")"));
    }
}
