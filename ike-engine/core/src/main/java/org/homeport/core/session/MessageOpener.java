package org.homeport.core.session;

import java.util.List;
import java.util.Optional;
import org.homeport.core.failure.Failure;
import org.homeport.core.failure.FailureException;
import org.homeport.core.message.Direction;
import org.homeport.core.message.IkeMessage;
import org.homeport.core.message.MessageDecoder;
import org.homeport.core.message.Payload;
import org.homeport.core.message.PayloadRules;
import org.homeport.core.message.RuleViolation;
import org.homeport.core.protection.FragmentAssembler;
import org.homeport.core.protection.Unsealed;
import org.homeport.core.registry.ExchangeType;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;

/** From a datagram of an IKE SA to its payloads: decoding, integrity, fragments, the rules of its exchange. */
final class MessageOpener {
    private MessageOpener() {}

    /**
     * What does not decode before integrity is checked is met with silence.
     *
     * @return empty: nothing to act on, yet or at all
     * @throws WireException for what the peer did write: its integrity holds
     */
    static Optional<List<Payload>> open(Turn turn, IkeSa sa, Octets datagram, FragmentAssembler fragments)
            throws WireException {
        IkeMessage outer;
        try {
            outer = MessageDecoder.decode(datagram);
        } catch (WireException e) {
            return dropped(turn, "malformed: " + e.getMessage());
        }
        if (!sa.isProtected()) {
            return outer.header().exchange().equals(ExchangeType.IKE_SA_INIT)
                    ? Optional.of(outer.payloads())
                    : dropped(turn, "protected message before there are keys");
        }
        Optional<Unsealed> unsealed = sa.messages().open(datagram, outer);
        if (unsealed.isEmpty()) {
            return dropped(turn, "integrity check failed");
        }
        return switch (unsealed.get()) {
            case Unsealed.Whole whole -> Optional.of(whole.payloads());
            case Unsealed.Fragment fragment -> fragments.add(fragment);
        };
    }

    private static Optional<List<Payload>> dropped(Turn turn, String why) {
        turn.debug("ike.dropped", "why", why);
        return Optional.empty();
    }

    /**
     * Whether these octets ask for the last response again. What differs from the request we answered may be a fragment
     * of another size; it counts if it is genuine and the first (RFC 7383 section 2.6.1).
     */
    static boolean isRepetition(IkeSa sa, Octets datagram) {
        return !isLaterFragment(datagram)
                && (sa.window().isLastRequest(datagram) || isGenuineFirstFragment(sa, datagram));
    }

    private static boolean isLaterFragment(Octets datagram) {
        try {
            return MessageDecoder.decode(datagram).payloads().stream()
                    .anyMatch(payload -> payload instanceof Payload.EncryptedFragment f && f.number() > 1);
        } catch (WireException e) {
            return false;
        }
    }

    private static boolean isGenuineFirstFragment(IkeSa sa, Octets datagram) {
        if (!sa.isProtected()) {
            return false;
        }
        try {
            return sa.messages()
                    .open(datagram, MessageDecoder.decode(datagram))
                    .filter(unsealed -> !(unsealed instanceof Unsealed.Fragment f) || f.number() == 1)
                    .isPresent();
        } catch (WireException e) {
            return false;
        }
    }

    /** The table of payloads per exchange. */
    static void check(Inbound message, Direction direction) throws FailureException {
        Optional<RuleViolation> violation = PayloadRules.check(message.exchange(), direction, message.payloads());
        if (violation.isPresent()) {
            throw new FailureException(
                    switch (violation.get()) {
                        case RuleViolation.UnsupportedCritical v -> new Failure.UnsupportedCritical(v.type());
                        case RuleViolation.TooFew v ->
                            new Failure.Malformed(
                                    v.count() + " " + v.type() + " payloads in " + message.exchange() + ", at least "
                                            + v.min() + " are due",
                                    "RFC 7296 1.2");
                        case RuleViolation.TooMany v ->
                            new Failure.Malformed(
                                    v.count() + " " + v.type() + " payloads in " + message.exchange() + ", at most "
                                            + v.max() + " may be",
                                    "RFC 7296 1.2");
                        case RuleViolation.UnknownExchange v ->
                            new Failure.Malformed("exchange type " + v.exchange(), "RFC 7296 3.1");
                    });
        }
    }
}
