package org.homeport.aaa.radius;

import java.util.Optional;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.homeport.kit.WireException;

/** What a packet that came over a link is to us. */
sealed interface Incoming {
    /** "Unsupported Extension" (RFC 5176 section 3.5). */
    int UNSUPPORTED_EXTENSION = 406;

    record Answers(Attempt attempt, RadiusCode code, Attempt.Result result) implements Incoming {}

    /** Authentic, and too late: yet a sign of life. */
    record Late(Attempt attempt) implements Incoming {}

    /** @param to what it would answer, by its identifier */
    record Discarded(Objection why, Optional<Attempt> to) implements Incoming {}

    static Incoming read(Octets octets, Lane lane, Secret secret) {
        RadiusPacket packet;
        try {
            packet = RadiusCodec.decode(octets);
        } catch (WireException e) {
            return new Discarded(Objection.MALFORMED, Optional.empty());
        }
        Optional<Attempt> asked = lane.at(packet.identifier());
        if (asked.isEmpty()) {
            return new Discarded(Objection.NOTHING_ASKED, Optional.empty());
        }
        Attempt attempt = asked.get();
        Optional<Objection> objection = Objection.to(packet, attempt, secret);
        if (objection.isPresent()) {
            return new Discarded(objection.get(), asked);
        }
        return attempt.isOver() ? new Late(attempt) : new Answers(attempt, packet.code(), result(packet, attempt));
    }

    /** A server that takes no accounting over TLS says so in the acknowledgement (RFC 6614 section 2.5). */
    private static Attempt.Result result(RadiusPacket packet, Attempt attempt) {
        boolean refused = attempt.request.kind() == RadiusRequest.Kind.ACCOUNTING
                && packet.first(AttributeType.ERROR_CAUSE)
                        .map(RadiusAttribute::value)
                        .filter(AttributeCodec.integer(UNSUPPORTED_EXTENSION)::equals)
                        .isPresent();
        return refused
                ? new Attempt.Result.Failed("takes no accounting (Error-Cause " + UNSUPPORTED_EXTENSION + ")")
                : new Attempt.Result.Answered(packet, attempt.authenticator);
    }
}
