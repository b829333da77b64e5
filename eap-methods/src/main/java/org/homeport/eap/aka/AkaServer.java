package org.homeport.eap.aka;

import java.util.List;
import java.util.Optional;
import org.homeport.eap.EapType;
import org.homeport.eap.MethodResult;
import org.homeport.eap.Nai;
import org.homeport.eap.ServerMethod;
import org.homeport.eap.ServerStep;
import org.homeport.eap.aka.AkaCodec.Sender;
import org.homeport.eap.aka.AkaServerSettings.Pseudonyms;
import org.homeport.eap.aka.AkaServerSettings.ResultIndications;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.WireException;

/**
 * The server side of EAP-AKA and EAP-AKA'. It always asks for the identity itself, as what came before may have been
 * changed on its way (RFC 4187 section 4.1.4), and then authenticates in full, or by the keys of last time.
 */
public final class AkaServer implements ServerMethod {
    private static final int NONCE = 16;

    private final AkaServerSettings settings;
    private final AkaAccounts accounts;
    private final AuthenticationCentre centre;
    private final AkaMemory memory;
    private final RandomSource random;
    private final AkaVariant variant;
    private final AkaNames names;
    private final AkaTranscript transcript;
    private final AkaRequests requests;
    private State state = new State.Fresh();
    private int identifier;

    private sealed interface State {
        record Fresh() implements State {}

        /** @param request the whole packet */
        record AwaitingIdentity(IdentityRequest asked, Octets request) implements State {}

        record AwaitingResponse(Challenge challenge) implements State {}

        record AwaitingReauthentication(Reauthentication again) implements State {}

        /** Whatever the peer says to a notification: that is the end. */
        record AwaitingAcknowledgement(ServerStep end) implements State {}

        record Over() implements State {}
    }

    /**
     * Who is there.
     *
     * @param identity as it was said, for the keys
     */
    private record Party(Octets identity, Nai permanent, Subscriber subscriber) {}

    /** @param resynchronisations so far */
    private record Challenge(
            Party party,
            int resynchronisations,
            AkaVector vector,
            AkaKeys keys,
            Optional<String> pseudonym,
            Optional<Nai> next) {}

    private record Reauthentication(
            Party party, int counter, Octets nonceS, AkaKeys keys, Optional<Nai> next, Octets requestMac) {}

    public AkaServer(
            AkaServerSettings settings,
            AkaAccounts accounts,
            AuthenticationCentre centre,
            AkaMemory memory,
            RandomSource random) {
        this.settings = settings;
        this.accounts = accounts;
        this.centre = centre;
        this.memory = memory;
        this.random = random;
        this.variant = settings.variant();
        this.names = new AkaNames(variant);
        this.transcript = new AkaTranscript(variant);
        this.requests = new AkaRequests(settings, transcript, random);
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
    public ServerStep begin(int first) {
        return askIdentity(IdentityRequest.ANY, first);
    }

    @Override
    public ServerStep respond(Octets typeData, int next) {
        switch (state) {
            case State.Fresh fresh -> throw new IllegalStateException("respond() before begin()");
            case State.Over over -> {
                return new ServerStep.Ignored(name() + " is over");
            }
            // "the server MUST ignore the contents of the EAP-AKA response" (RFC 4187 section 6.2).
            case State.AwaitingAcknowledgement(ServerStep end) -> {
                return end(end);
            }
            case State.AwaitingIdentity waiting -> {}
            case State.AwaitingResponse waiting -> {}
            case State.AwaitingReauthentication waiting -> {}
        }
        try {
            AkaMessage message = AkaCodec.decode(typeData);
            AkaRules.check(variant, Sender.PEER, message);
            return switch (message.subtype()) {
                case AkaMessage.CLIENT_ERROR ->
                    end(new ServerStep.Failed(
                            "the peer gives up: client error " + message.numbers(AkaCodec.AT_CLIENT_ERROR_CODE)));
                case AkaMessage.AUTHENTICATION_REJECT ->
                    end(new ServerStep.Failed("the peer's SIM does not take our challenge: wrong k=, opc= or amf=?"));
                default -> respond(message, typeData, next);
            };
        } catch (WireException e) {
            return refuse("malformed " + name() + " response: " + e.getMessage(), next);
        }
    }

    private ServerStep respond(AkaMessage message, Octets typeData, int next) throws WireException {
        return switch (state) {
            case State.AwaitingIdentity(IdentityRequest asked, Octets request)
            when message.subtype() == AkaMessage.IDENTITY -> {
                Octets identity = message.required(AkaCodec.AT_IDENTITY);
                transcript.add(request, AkaCodec.packet(variant, Sender.PEER, identifier, typeData));
                yield identified(asked, identity, next);
            }
            case State.AwaitingResponse(Challenge challenge)
            when message.subtype() == AkaMessage.CHALLENGE -> answered(challenge, message, typeData, next);
            case State.AwaitingResponse(Challenge challenge)
            when message.subtype() == AkaMessage.SYNCHRONIZATION_FAILURE -> resynchronise(challenge, message, next);
            case State.AwaitingReauthentication(Reauthentication again)
            when message.subtype() == AkaMessage.REAUTHENTICATION -> answeredAgain(again, message, typeData, next);
            default -> refuse("a response of subtype " + message.subtype() + " out of turn", next);
        };
    }

    private ServerStep askIdentity(IdentityRequest asked, int next) {
        Octets typeData = AkaCodec.encode(asked.message());
        state = new State.AwaitingIdentity(asked, AkaCodec.packet(variant, Sender.SERVER, next, typeData));
        return ask(typeData, next);
    }

    /** RFC 4187 section 4.1.7. */
    private ServerStep identified(IdentityRequest asked, Octets identity, int next) {
        Nai name;
        try {
            name = Nai.of(identity);
        } catch (WireException e) {
            return askMore(asked, IdentityRequest.FULL_AUTHENTICATION, "identity refused: " + e.getMessage(), next);
        }
        return switch (names.kind(name)) {
            case REAUTHENTICATION -> again(asked, identity, name, next);
            case PSEUDONYM ->
                memory.behind(AkaNames.user(name))
                        .map(permanent -> challengeWhom(asked, identity, permanent, next))
                        .orElseGet(() ->
                                askMore(asked, IdentityRequest.PERMANENT, "unknown pseudonym '" + name + "'", next));
            case PERMANENT, OTHER -> challengeWhom(asked, identity, name, next);
        };
    }

    private ServerStep challengeWhom(IdentityRequest asked, Octets identity, Nai permanent, int next) {
        return switch (accounts.find(permanent)) {
            case AkaAccounts.Account.Known(Subscriber subscriber) ->
                challenge(new Party(identity, permanent, subscriber), 0, next);
            case AkaAccounts.Account.Refused(String objection) ->
                names.kind(permanent) == AkaNames.Kind.PERMANENT
                        ? refuse(objection, next)
                        : askMore(asked, IdentityRequest.FULL_AUTHENTICATION, objection, next);
        };
    }

    private ServerStep askMore(IdentityRequest asked, IdentityRequest wanted, String otherwise, int next) {
        IdentityRequest more = asked.compareTo(wanted) < 0 ? wanted : IdentityRequest.PERMANENT;
        return asked == IdentityRequest.PERMANENT ? refuse(otherwise, next) : askIdentity(more, next);
    }

    private ServerStep challenge(Party party, int resynchronisations, int next) {
        AkaVector vector = centre.next(party.subscriber(), variant);
        AkaKeys keys = AkaKeys.full(variant, party.identity(), vector, settings.networkName());
        Optional<String> pseudonym =
                settings.pseudonyms() == Pseudonyms.GIVEN ? Optional.of(names.pseudonym(random)) : Optional.empty();
        Optional<Nai> again = nextName(party, 0);
        state = new State.AwaitingResponse(new Challenge(party, resynchronisations, vector, keys, pseudonym, again));
        return ask(requests.challenge(vector, keys, pseudonym, again, next), next);
    }

    private ServerStep answered(Challenge challenge, AkaMessage message, Octets typeData, int next)
            throws WireException {
        Party party = challenge.party();
        if (message.has(AkaCodec.AT_KDF)) {
            return refuse("the peer wants key derivation " + message.numbers(AkaCodec.AT_KDF), next);
        }
        if (!isAuthentic(typeData, challenge.keys(), Octets.EMPTY)) {
            return refuse("AT_MAC of '" + party.subscriber().name() + "' is wrong or missing", next);
        }
        if (!message.required(AkaCodec.AT_RES)
                .equalsConstantTime(challenge.vector().res())) {
            return refuse("wrong RES of '" + party.subscriber().name() + "'", next);
        }
        if (!transcript.agreesWith(message)) {
            return refuse("AT_CHECKCODE is wrong: somebody changed AKA-Identity messages", next);
        }
        challenge.pseudonym().ifPresent(name -> memory.keepPseudonym(name, party.permanent()));
        keepContext(party, challenge.next(), challenge.keys(), 0);
        Octets sessionId =
                variant.sessionId(challenge.vector().rand(), challenge.vector().autn());
        return succeed(party, challenge.keys(), sessionId, message, Optional.empty(), next);
    }

    /** RFC 4187 section 3, figure 4. */
    private ServerStep resynchronise(Challenge challenge, AkaMessage message, int next) throws WireException {
        Party party = challenge.party();
        String name = party.subscriber().name();
        List<Integer> kdfs = message.numbers(AkaCodec.AT_KDF);
        // RFC 5448 did not want the copy that RFC 9048 section 3.2 wants, so none is taken too.
        if (!kdfs.isEmpty() && !kdfs.equals(List.of(AkaRequests.KDF))) {
            return refuse("AT_KDF was changed on its way: " + kdfs, next);
        }
        if (challenge.resynchronisations() > 0) {
            return refuse("the SIM of '" + name + "' is out of step again", next);
        }
        return centre.resynchronise(party.subscriber(), challenge.vector().rand(), message.required(AkaCodec.AT_AUTS))
                ? challenge(party, challenge.resynchronisations() + 1, next)
                : refuse("AUTS of '" + name + "' is wrong", next);
    }

    private ServerStep again(IdentityRequest asked, Octets identity, Nai name, int next) {
        Optional<AkaContext> context = memory.takeContext(AkaNames.user(name));
        if (context.isEmpty()) {
            return askMore(
                    asked, IdentityRequest.FULL_AUTHENTICATION, "unknown re-authentication name '" + name + "'", next);
        }
        Nai permanent = context.get().permanent();
        // Who is no user any more, or has got another SIM since, is not let in by the keys of last time.
        return accounts.find(permanent) instanceof AkaAccounts.Account.Known(Subscriber subscriber)
                        && asked == IdentityRequest.ANY
                        && subscriber.sim().equals(context.get().sim())
                ? again(new Party(identity, permanent, subscriber), context.get(), next)
                : challengeWhom(asked, identity, permanent, next);
    }

    private ServerStep again(Party party, AkaContext context, int next) {
        int counter = context.counter() + 1;
        Octets nonceS = random.octets(NONCE);
        AkaKeys keys = AkaKeys.again(variant, context.teks(), party.identity(), counter, nonceS);
        Optional<Nai> name = nextName(party, counter);
        Octets typeData = requests.reauthentication(context.teks(), counter, nonceS, name, next);
        state = new State.AwaitingReauthentication(
                new Reauthentication(party, counter, nonceS, keys, name, AkaCodec.macOf(typeData)));
        return ask(typeData, next);
    }

    private ServerStep answeredAgain(Reauthentication again, AkaMessage message, Octets typeData, int next)
            throws WireException {
        Party party = again.party();
        if (!isAuthentic(typeData, again.keys(), again.nonceS())) {
            return refuse("AT_MAC of '" + party.subscriber().name() + "' is wrong or missing", next);
        }
        AkaMessage secret = AkaCodec.decrypted(message, again.keys().teks().kEncr());
        AkaRules.checkEncrypted(Sender.PEER, secret);
        if (!secret.numbers(AkaCodec.AT_COUNTER).equals(List.of(again.counter()))) {
            return refuse("another counter than " + again.counter(), next);
        }
        if (secret.has(AkaCodec.AT_COUNTER_TOO_SMALL)) {
            return challenge(party, 0, next);
        }
        if (!transcript.agreesWith(message)) {
            return refuse("AT_CHECKCODE is wrong: somebody changed AKA-Identity messages", next);
        }
        keepContext(party, again.next(), again.keys(), again.counter());
        Octets sessionId = variant.sessionId(again.nonceS(), again.requestMac());
        return succeed(party, again.keys(), sessionId, message, Optional.of(again.counter()), next);
    }

    private ServerStep succeed(
            Party party, AkaKeys keys, Octets sessionId, AkaMessage answer, Optional<Integer> counter, int next) {
        ServerStep done = new ServerStep.Done(new MethodResult(
                name(), Optional.of(party.subscriber().name()), Optional.of(keys.msk()), Optional.of(sessionId)));
        if (settings.resultIndications() == ResultIndications.NONE || !answer.has(AkaCodec.AT_RESULT_IND)) {
            return end(done);
        }
        state = new State.AwaitingAcknowledgement(done);
        return ask(requests.success(keys.teks(), counter, next), next);
    }

    private Optional<Nai> nextName(Party party, int counter) {
        return counter < settings.reauthentications()
                ? Optional.of(names.reauthentication(party.permanent(), random))
                : Optional.empty();
    }

    private void keepContext(Party party, Optional<Nai> name, AkaKeys keys, int counter) {
        AkaContext context =
                new AkaContext(party.permanent(), party.subscriber().sim(), keys.teks(), counter);
        name.ifPresent(text -> memory.keepContext(AkaNames.user(text), context));
    }

    private boolean isAuthentic(Octets typeData, AkaKeys keys, Octets extra) {
        return AkaCodec.isAuthentic(
                variant, Sender.PEER, identifier, typeData, keys.teks().kAut(), extra);
    }

    private ServerStep ask(Octets typeData, int next) {
        identifier = next;
        return new ServerStep.Ask(typeData);
    }

    /** Tells the peer in its own words first (RFC 4187 section 6.3.2). */
    private ServerStep refuse(String reason, int next) {
        identifier = next;
        state = new State.AwaitingAcknowledgement(new ServerStep.Failed(reason));
        return new ServerStep.Ask(AkaRequests.failure(), Optional.of(reason));
    }

    private ServerStep end(ServerStep last) {
        state = new State.Over();
        return last;
    }
}
