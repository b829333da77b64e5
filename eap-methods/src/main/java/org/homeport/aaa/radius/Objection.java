package org.homeport.aaa.radius;

import java.util.Locale;
import java.util.Optional;
import org.homeport.kit.Secret;

/** Why a packet is no answer. */
enum Objection {
    MALFORMED,
    /** Nobody asked, or not with this identifier. */
    NOTHING_ASKED,
    WRONG_CODE,
    WRONG_AUTHENTICATOR,
    NO_MESSAGE_AUTHENTICATOR,
    /** Wrong, or there are several. */
    WRONG_MESSAGE_AUTHENTICATOR,
    /** Authentic, to a request that was given up or answered before. */
    LATE;

    /**
     * Whether a packet answers an attempt: its code is one that answers such a request, its Response Authenticator is
     * right (RFC 2865 section 3), and so is its Message-Authenticator (RFC 3579 section 3.2), of which there is exactly
     * one. Answers to Access-Requests need it, for Response Authenticator can be forged; of others it is enough: those to
     * Status-Server MAY have a Message-Authenticator (RFC 5997 section 3), those to accounting have none by rule (RFC 2866
     * section 4.2). One that is there and wrong is never passed over.
     *
     * @return empty if it does
     */
    static Optional<Objection> to(RadiusPacket packet, Attempt attempt, Secret secret) {
        if (!answers(packet.code(), attempt.request.kind())) {
            return Optional.of(WRONG_CODE);
        }
        if (!RadiusAuthenticators.isResponseAuthentic(packet, attempt.authenticator, secret)) {
            return Optional.of(WRONG_AUTHENTICATOR);
        }
        if (packet.first(AttributeType.MESSAGE_AUTHENTICATOR).isEmpty()) {
            return attempt.request.kind() == RadiusRequest.Kind.ACCESS
                    ? Optional.of(NO_MESSAGE_AUTHENTICATOR)
                    : Optional.empty();
        }
        return RadiusAuthenticators.isMessageAuthentic(packet, attempt.authenticator, secret)
                ? Optional.empty()
                : Optional.of(WRONG_MESSAGE_AUTHENTICATOR);
    }

    private static boolean answers(RadiusCode code, RadiusRequest.Kind kind) {
        return switch (kind) {
            case ACCESS ->
                code == RadiusCode.ACCESS_ACCEPT
                        || code == RadiusCode.ACCESS_REJECT
                        || code == RadiusCode.ACCESS_CHALLENGE;
            case ACCOUNTING -> code == RadiusCode.ACCOUNTING_RESPONSE;
            case STATUS -> code == RadiusCode.ACCESS_ACCEPT || code == RadiusCode.ACCOUNTING_RESPONSE;
        };
    }

    /** Whether "the TCP connection MUST be closed" by it (RFC 6613 section 2.6.4). */
    boolean endsStreams() {
        return switch (this) {
            case MALFORMED, WRONG_AUTHENTICATOR, WRONG_MESSAGE_AUTHENTICATOR -> true;
            case NOTHING_ASKED, WRONG_CODE, NO_MESSAGE_AUTHENTICATOR, LATE -> false;
        };
    }

    /** What the operator may look at. */
    String hint() {
        return switch (this) {
            case WRONG_AUTHENTICATOR, WRONG_MESSAGE_AUTHENTICATOR -> "is the shared secret the same on both sides?";
            case NO_MESSAGE_AUTHENTICATOR ->
                "the server has to send it in every answer, also when it rejects; FreeRADIUS: 3.2.5 or newer,"
                        + " and eap in Post-Auth-Type REJECT";
            case MALFORMED, NOTHING_ASKED, WRONG_CODE, LATE -> "is there something else than a RADIUS server?";
        };
    }

    /** As counters name it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
