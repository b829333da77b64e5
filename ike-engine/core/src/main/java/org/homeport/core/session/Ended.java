package org.homeport.core.session;

import java.time.Duration;
import java.util.Optional;

/** Over: whatever comes is nobody's business any more. */
record Ended() implements State {
    /** How long repetitions of the last request are answered: three of a peer's usual retransmissions. */
    static final Duration LINGER = Duration.ofSeconds(10);

    @Override
    public Phase phase() {
        return Phase.OVER;
    }

    @Override
    public State request(Turn turn, Inbound request) {
        return this;
    }

    @Override
    public State response(Turn turn, Inbound response) {
        return this;
    }

    @Override
    public State unanswered(Turn turn) {
        return this;
    }

    @Override
    public State command(Turn turn, Event.Command command) {
        return this;
    }

    /** Over but for the window, which still repeats the last response. */
    record Lingering(String reason, Output.Cause cause) implements State {
        @Override
        public Optional<Output.Cause> ending() {
            return Optional.of(cause);
        }

        @Override
        public Phase phase() {
            return Phase.OVER;
        }

        @Override
        public State request(Turn turn, Inbound request) {
            return this;
        }

        @Override
        public State response(Turn turn, Inbound response) {
            return this;
        }

        @Override
        public State unanswered(Turn turn) {
            return turn.end(reason, cause);
        }

        @Override
        public State timer(Turn turn, TimerId timer) {
            return timer instanceof TimerId.Linger ? turn.end(reason, cause) : this;
        }

        @Override
        public State command(Turn turn, Event.Command command) {
            return turn.end(reason, cause);
        }
    }
}
