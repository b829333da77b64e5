package org.homeport.eap;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.WireException;

/**
 * The authenticator's state machine with its methods (RFC 3748; RFC 4137 section 5), for one conversation: Identity
 * if asked, then methods until the peer takes one, then that method to its end. The carrier is reliable, so nothing
 * is retransmitted on time-out (RFC 3748 section 4.3). One call at a time.
 */
public final class EapAuthenticator {
    private final MethodChooser chooser;
    private final IdentityQuestion question;
    private final Optional<Nai> hint;
    private final EapLimits limits;
    private final OptionalInt answered;
    private final Shelter shelter;
    private OptionalInt given = OptionalInt.empty();
    private State state = new State.Fresh();
    private int rounds;
    private int identifier;

    private sealed interface State {
        record Fresh() implements State {}

        record AwaitingIdentity(Octets outstanding) implements State {}

        /**
         * The first Request of a method is out.
         *
         * @param left to be tried if the peer answers with a Nak
         */
        record AwaitingChoice(Octets outstanding, ServerMethod method, List<MethodOffer> left) implements State {}

        record AwaitingMethod(Octets outstanding, ServerMethod method) implements State {}

        record Over() implements State {}
    }

    /** @param hint the peer's name as known without asking, if any; taken as well when its own answer is empty */
    public EapAuthenticator(
            MethodChooser chooser,
            IdentityQuestion question,
            Optional<Nai> hint,
            EapLimits limits,
            RandomSource random) {
        this(chooser, question, hint, limits, OptionalInt.empty(), random);
    }

    /** @param answered the Identifier of a question for the identity that somebody else has asked before */
    public EapAuthenticator(
            MethodChooser chooser,
            IdentityQuestion question,
            Optional<Nai> hint,
            EapLimits limits,
            OptionalInt answered,
            RandomSource random) {
        this(chooser, question, hint, limits, answered, Shelter.OPEN, random);
    }

    private EapAuthenticator(
            MethodChooser chooser,
            IdentityQuestion question,
            Optional<Nai> hint,
            EapLimits limits,
            OptionalInt answered,
            Shelter shelter,
            RandomSource random) {
        this.chooser = chooser;
        this.question = question;
        this.hint = hint;
        this.limits = limits;
        this.answered = answered;
        this.shelter = shelter;
        this.identifier = answered.orElseGet(() -> random.below(256));
    }

    /**
     * For a conversation inside a tunnel whose server has proved itself: only there are methods proposed that need one.
     *
     * @param name as the peer has said it there, if it did
     * @param answered the Identifier of the Response that said it
     */
    public static EapAuthenticator inTunnel(
            MethodChooser chooser, Optional<Nai> name, EapLimits limits, int answered, RandomSource random) {
        return new EapAuthenticator(
                chooser, IdentityQuestion.SKIP, name, limits, OptionalInt.of(answered), Shelter.TUNNEL, random);
    }

    /**
     * As {@link #begin()}, for a carrier that leaves out the Identifier.
     *
     * @param nextIdentifier that the peer will take the Request to have
     */
    public AuthenticatorStep begin(int nextIdentifier) {
        given = OptionalInt.of(nextIdentifier);
        return begin();
    }

    /**
     * As {@link #handle(Octets)}, for a carrier that leaves out the Identifier.
     *
     * @param nextIdentifier that the peer will take the next Request to have
     */
    public AuthenticatorStep handle(Octets octets, int nextIdentifier) {
        given = OptionalInt.of(nextIdentifier);
        return handle(octets);
    }

    /** The first Request; to be called once, first. */
    public AuthenticatorStep begin() {
        if (!(state instanceof State.Fresh)) {
            throw new IllegalStateException("begin() in " + state);
        }
        return switch (question) {
            case ASK -> {
                Octets request = request(EapType.IDENTITY, Octets.EMPTY);
                state = new State.AwaitingIdentity(request);
                yield new AuthenticatorStep.Ask(request, Optional.empty());
            }
            case SKIP -> propose(chooser.offersFor(hint), "no method for " + who(hint));
        };
    }

    /** Takes what the peer sent: anything. */
    public AuthenticatorStep handle(Octets octets) {
        return switch (state) {
            case State.Fresh fresh -> throw new IllegalStateException("handle() before begin()");
            case State.Over over -> new AuthenticatorStep.Refused(Optional.empty(), "the conversation is over");
            case State.AwaitingIdentity waiting -> admit(octets, waiting.outstanding());
            case State.AwaitingChoice waiting -> admit(octets, waiting.outstanding());
            case State.AwaitingMethod waiting -> admit(octets, waiting.outstanding());
        };
    }

    private AuthenticatorStep admit(Octets octets, Octets outstanding) {
        if (++rounds > limits.rounds()) {
            return refuse("more than " + limits.rounds() + " rounds");
        }
        if (octets.length() > limits.packetOctets()) {
            return new AuthenticatorStep.Ignored("a packet of " + octets.length() + " octets", outstanding);
        }
        EapPacket packet;
        try {
            packet = EapCodec.decode(octets);
        } catch (WireException e) {
            return new AuthenticatorStep.Ignored("malformed: " + e.getMessage(), outstanding);
        }
        if (!(packet instanceof EapPacket.Response response)) {
            return new AuthenticatorStep.Ignored("not a Response", outstanding);
        }
        // RFC 3748 section 4.1: "An authenticator receiving a Response whose Identifier value does not match that of
        // the currently outstanding Request MUST silently discard the Response."
        if (response.identifier() != identifier) {
            return new AuthenticatorStep.Ignored(
                    "Identifier " + response.identifier() + " instead of " + identifier, outstanding);
        }
        return switch (state) {
            case State.AwaitingIdentity waiting -> identity(waiting, response);
            case State.AwaitingChoice waiting -> choice(waiting, response);
            case State.AwaitingMethod waiting -> method(waiting.method(), response, outstanding);
            case State.Fresh fresh -> throw new IllegalStateException();
            case State.Over over -> throw new IllegalStateException();
        };
    }

    private AuthenticatorStep identity(State.AwaitingIdentity waiting, EapPacket.Response response) {
        if (!response.type().isSameMethodAs(EapType.IDENTITY)) {
            return new AuthenticatorStep.Ignored(
                    "a Response of type " + response.type() + " to the question for the identity",
                    waiting.outstanding());
        }
        Optional<Nai> claimed = hint;
        // Some peers have nothing to say here: the name they are known by otherwise stands in.
        if (!response.typeData().isEmpty()) {
            try {
                claimed = Optional.of(Nai.of(response.typeData()));
            } catch (WireException e) {
                return refuse("EAP identity refused: " + e.getMessage());
            }
        }
        return propose(chooser.offersFor(claimed), "no method for " + who(claimed));
    }

    private AuthenticatorStep choice(State.AwaitingChoice waiting, EapPacket.Response response) {
        boolean legacyNak = response.type().equals(EapType.NAK);
        boolean expandedNak = response.type().equals(EapType.EXPANDED_NAK)
                && waiting.method().type().form() == EapType.Form.EXPANDED;
        if (!legacyNak && !expandedNak) {
            return method(waiting.method(), response, waiting.outstanding());
        }
        List<EapType> wanted;
        try {
            wanted = EapCodec.wanted(response);
        } catch (WireException e) {
            return new AuthenticatorStep.Ignored("malformed Nak: " + e.getMessage(), waiting.outstanding());
        }
        List<MethodOffer> left = waiting.left().stream()
                .filter(offer -> wanted.stream().anyMatch(type -> type.accepts(offer.type())))
                .toList();
        return propose(
                left,
                "the peer refuses " + waiting.method().name()
                        + (wanted.isEmpty() ? " and wants nothing else" : " and wants EAP type " + wanted));
    }

    private AuthenticatorStep method(ServerMethod method, EapPacket.Response response, Octets outstanding) {
        // An unexpected Nak comes here too: RFC 3748 section 2.1 has it discarded once the method is under way.
        if (!response.type().isSameMethodAs(method.type())) {
            return new AuthenticatorStep.Ignored(
                    "a Response of type " + response.type() + " during " + method.name(), outstanding);
        }
        return switch (method.respond(response.typeData(), next())) {
            case ServerStep.Ask ask -> {
                Octets request = request(method.type(), ask.typeData());
                state = new State.AwaitingMethod(request, method);
                yield new AuthenticatorStep.Ask(request, ask.setback());
            }
            case ServerStep.Done done -> {
                state = new State.Over();
                yield new AuthenticatorStep.Granted(EapCodec.encode(new EapPacket.Success(identifier)), done.result());
            }
            case ServerStep.Failed failed -> refuse(failed.reason());
            case ServerStep.Ignored ignored -> new AuthenticatorStep.Ignored(ignored.reason(), outstanding);
        };
    }

    private AuthenticatorStep propose(List<MethodOffer> all, String otherwise) {
        List<MethodOffer> offers =
                all.stream().filter(offer -> shelter.admits(offer.type())).toList();
        if (offers.isEmpty()) {
            return refuse(otherwise);
        }
        ServerMethod method = offers.getFirst().start().get();
        return switch (method.begin(next())) {
            case ServerStep.Ask ask -> {
                Octets request = request(method.type(), ask.typeData());
                state = new State.AwaitingChoice(request, method, offers.subList(1, offers.size()));
                yield new AuthenticatorStep.Ask(request, ask.setback());
            }
            case ServerStep.Failed failed -> refuse(failed.reason());
            case ServerStep.Done done -> throw new IllegalStateException(method.name() + " asked nothing");
            case ServerStep.Ignored ignored -> throw new IllegalStateException(method.name() + " was asked nothing");
        };
    }

    private AuthenticatorStep refuse(String reason) {
        // A Failure answers a Response (RFC 3748 section 4.2): without one there is none.
        boolean response = rounds > 0 || answered.isPresent();
        state = new State.Over();
        return new AuthenticatorStep.Refused(
                response ? Optional.of(EapCodec.encode(new EapPacket.Failure(identifier))) : Optional.empty(), reason);
    }

    private Octets request(EapType type, Octets typeData) {
        identifier = next();
        return EapCodec.encode(new EapPacket.Request(identifier, type, typeData));
    }

    private int next() {
        return given.orElse(identifier + 1 & 0xff);
    }

    private static String who(Optional<Nai> claimed) {
        return claimed.map(nai -> "'" + nai + "'").orElse("a peer without a name");
    }
}
