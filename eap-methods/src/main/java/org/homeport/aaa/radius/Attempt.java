package org.homeport.aaa.radius;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/** One request to one server, until it answers or is given up. */
final class Attempt {
    static final String WRONG_AUTHENTICATOR = "wrong-authenticator";
    static final String NO_MESSAGE_AUTHENTICATOR = "no-message-authenticator";
    static final String WRONG_MESSAGE_AUTHENTICATOR = "wrong-message-authenticator";

    final RadiusRequest request;
    final long begun;
    private final Consumer<Result> result;
    private boolean over;
    private int objections;
    private String objection = "";

    /** Set once it is on its way. */
    Octets packet = Octets.EMPTY;

    Octets authenticator = Octets.EMPTY;
    int sent;
    Optional<Ticker.Alarm> alarm = Optional.empty();

    /** What came of it. */
    sealed interface Result {
        record Answered(RadiusPacket packet, Octets requestAuthenticator) implements Result {}

        /** @param why as "did not answer within 14 s" */
        record Failed(String why) implements Result {}

        /** The link broke under it: nothing is known of the server. */
        record Lost(String why) implements Result {}
    }

    Attempt(RadiusRequest request, long begun, Consumer<Result> result) {
        this.request = request;
        this.begun = begun;
        this.result = result;
    }

    /** Something came that was no answer to it. @param reason as counted */
    void objected(String reason) {
        objections++;
        objection = reason;
    }

    /** What to say of it when no answer came. */
    String silence(Duration age) {
        String silence = "did not answer within " + age.toSeconds() + " s";
        return objections == 0
                ? silence
                : silence + ", but for " + objections + " that were discarded (" + objection + ": "
                        + switch (objection) {
                            case WRONG_AUTHENTICATOR, WRONG_MESSAGE_AUTHENTICATOR ->
                                "is the shared secret the same on both sides?";
                            case NO_MESSAGE_AUTHENTICATOR ->
                                "the server has to send it in every answer, also when it rejects; FreeRADIUS: 3.2.5 or newer,"
                                        + " and eap in Post-Auth-Type REJECT";
                            default -> "is there something else than a RADIUS server?";
                        }
                        + ")";
    }

    boolean isOver() {
        return over;
    }

    void end(Result how) {
        if (!over) {
            over = true;
            alarm.ifPresent(Ticker.Alarm::cancel);
            result.accept(how);
        }
    }

    /** Why a packet is no answer to this; empty if it is one. */
    Optional<String> objection(RadiusPacket packet, Secret secret) {
        boolean fits = switch (request.kind()) {
            case ACCESS ->
                packet.code() == RadiusCode.ACCESS_ACCEPT
                        || packet.code() == RadiusCode.ACCESS_REJECT
                        || packet.code() == RadiusCode.ACCESS_CHALLENGE;
            case ACCOUNTING -> packet.code() == RadiusCode.ACCOUNTING_RESPONSE;
            case STATUS -> packet.code() == RadiusCode.ACCESS_ACCEPT || packet.code() == RadiusCode.ACCOUNTING_RESPONSE;
        };
        if (!fits) {
            return Optional.of("wrong-code");
        }
        if (!RadiusAuthenticators.isResponseAuthentic(packet, authenticator, secret)) {
            return Optional.of(WRONG_AUTHENTICATOR);
        }
        boolean signed = packet.first(AttributeType.MESSAGE_AUTHENTICATOR).isPresent();
        if (!signed && packet.code() != RadiusCode.ACCOUNTING_RESPONSE) {
            return Optional.of(NO_MESSAGE_AUTHENTICATOR);
        }
        return signed && !RadiusAuthenticators.isMessageAuthentic(packet, authenticator, secret)
                ? Optional.of(WRONG_MESSAGE_AUTHENTICATOR)
                : Optional.empty();
    }
}
