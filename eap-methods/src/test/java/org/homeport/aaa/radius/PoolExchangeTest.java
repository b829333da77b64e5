package org.homeport.aaa.radius;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.homeport.kit.WireException;
import org.junit.jupiter.api.Test;

class PoolExchangeTest {
    private static final Octets AUTHENTICATOR = Octets.fromHex("000102030405060708090a0b0c0d0e0f");
    private static final Secret SECRET = Secret.utf8("shared");

    private final List<RadiusRequest> requests = new ArrayList<>();
    private RadiusOutcome next = new RadiusOutcome.NoAnswer("nobody there");

    @Test
    void serverThatAnsweredIsAskedToTheEnd() throws WireException {
        PoolExchange exchange = exchange();
        MppeKeys keys = new MppeKeys(Secret.utf8("r".repeat(32)), Secret.utf8("s".repeat(32)));
        next = new RadiusOutcome.Answer(
                new RadiusPacket(
                        RadiusCode.ACCESS_ACCEPT,
                        1,
                        Octets.zeros(16),
                        keys.toAttributes(AUTHENTICATOR, SECRET, bytes -> {})),
                "home2",
                AUTHENTICATOR,
                SECRET);
        ServerAnswer answer = ((AccessExchange.Outcome.Answered) ask(exchange)).answer();
        assertThat(answer.server()).isEqualTo("home2");
        assertThat(answer.key().read()).contains(Secret.utf8("r".repeat(32) + "s".repeat(32)));
        ask(exchange);
        assertThat(requests).extracting(RadiusRequest::server).containsExactly(Optional.empty(), Optional.of("home2"));
        ask(exchange());
        assertThat(requests.getLast().server()).isEmpty();
    }

    @Test
    void silenceIsToldInTheClientsWords() {
        assertThat(ask(exchange())).isEqualTo(new AccessExchange.Outcome.NoAnswer("nobody there"));
    }

    private PoolExchange exchange() {
        return new PoolExchange(
                (pool, request) -> {
                    assertThat(pool).containsExactly("home1", "home2");
                    requests.add(request);
                    return CompletableFuture.completedStage(next);
                },
                List.of("home1", "home2"));
    }

    private static AccessExchange.Outcome ask(AccessExchange exchange) {
        return exchange.ask(List.of()).toCompletableFuture().join();
    }
}
