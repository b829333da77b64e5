package org.homeport.aaa.radius;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.homeport.kit.Octets;

/** One request to one server, until it answers or is given up. */
final class Attempt {
    final RadiusRequest request;
    final Effort effort;
    final long begun;
    private final Consumer<Result> result;
    private boolean over;
    private int objections;
    private Optional<Objection> objection = Optional.empty();

    Optional<Lane> lane = Optional.empty();
    int identifier;
    Octets packet = Octets.EMPTY;
    Octets authenticator = Octets.EMPTY;
    /** How many waits have begun. */
    int waits;
    /** How often it went out. */
    int sent;
    /** How many authentic answers have come. */
    int answers;

    Optional<Ticker.Alarm> alarm = Optional.empty();

    /**
     * How hard it is tried.
     *
     * @param waits of the settings' waits, at most so many
     * @param longest all of them together at most; the last is cut to it
     */
    record Effort(int waits, Duration longest) {
        /** As often and as long as the settings say. */
        static final Effort ALL = new Effort(Integer.MAX_VALUE, Duration.ofDays(365));
        /** Once, for the first wait. */
        static final Effort ONCE = new Effort(1, ALL.longest);

        Effort within(Duration time) {
            return new Effort(waits, time);
        }
    }

    /** What came of it. */
    sealed interface Result {
        record Answered(RadiusPacket packet, Octets requestAuthenticator) implements Result {}

        /** @param why as "did not answer within 14 s" */
        record Failed(String why) implements Result {}

        /** The link, which had stood, broke under it: nothing is known of the server. */
        record Lost(String why) implements Result {}
    }

    Attempt(RadiusRequest request, Effort effort, long begun, Consumer<Result> result) {
        this.request = request;
        this.effort = effort;
        this.begun = begun;
        this.result = result;
    }

    boolean isSignOfLife() {
        return request.kind() == RadiusRequest.Kind.STATUS;
    }

    /** Something came that was no answer to it. */
    void objected(Objection why) {
        objections++;
        objection = Optional.of(why);
    }

    /** What to say of it when no answer came. @param trouble what else is known to be wrong */
    String silence(Duration age, Optional<String> trouble) {
        return "did not answer within " + age.toSeconds() + " s"
                + trouble.map(what -> " (" + what + ")").orElse("")
                + objection
                        .map(why ->
                                ", but for " + objections + " that were discarded (" + why + ": " + why.hint() + ")")
                        .orElse("");
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
