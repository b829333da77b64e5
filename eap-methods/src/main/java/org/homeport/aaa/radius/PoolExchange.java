package org.homeport.aaa.radius;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/** A conversation with the servers of one pool: with the first that answers, to the end. */
public final class PoolExchange implements AccessExchange {
    private final BiFunction<List<String>, RadiusRequest, CompletionStage<RadiusOutcome>> client;
    private final List<String> pool;
    private volatile Optional<String> server = Optional.empty();

    /**
     * For one conversation.
     *
     * @param client {@link RadiusClient#exchange}
     * @param pool names of servers, in order of priority
     */
    public PoolExchange(
            BiFunction<List<String>, RadiusRequest, CompletionStage<RadiusOutcome>> client, List<String> pool) {
        this.client = client;
        this.pool = List.copyOf(pool);
    }

    @Override
    public CompletionStage<Outcome> ask(List<RadiusAttribute> attributes) {
        return client.apply(pool, RadiusRequest.access(attributes, server)).thenApply(this::outcome);
    }

    private Outcome outcome(RadiusOutcome outcome) {
        return switch (outcome) {
            case RadiusOutcome.Answer answer -> {
                server = Optional.of(answer.server());
                yield new Outcome.Answered(ServerAnswer.of(
                        answer.packet(), answer.server(), answer.requestAuthenticator(), answer.secret()));
            }
            case RadiusOutcome.NoAnswer(String reason) -> new Outcome.NoAnswer(reason);
        };
    }
}
