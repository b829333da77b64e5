package org.homeport.aaa.radius;

import java.util.Optional;
import java.util.function.Consumer;
import org.homeport.kit.Octets;

/** One request to one server, until it answers or is given up. */
final class Attempt {
    final RadiusRequest request;
    final long begun;
    private final Consumer<Result> result;
    private boolean over;

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
}
