package org.homeport.aaa.accounting.radius;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.homeport.aaa.accounting.AccountingRecord;
import org.homeport.aaa.accounting.AccountingSink;
import org.homeport.aaa.radius.RadiusClient;
import org.homeport.aaa.radius.RadiusOutcome;
import org.homeport.aaa.radius.RadiusRequest;
import org.homeport.aaa.radius.eap.NasSettings;

/** Sends records to the RADIUS servers of their route. Each attempt is a packet of its own: its Acct-Delay-Time is. */
public final class RadiusAccountingSink implements AccountingSink {
    private final NasSettings nas;
    private final Map<String, AccountingExchange> routes;

    /** @param routes by name */
    public RadiusAccountingSink(NasSettings nas, Map<String, AccountingExchange> routes) {
        this.nas = nas;
        this.routes = Map.copyOf(routes);
    }

    /** @param pools servers of each route, in order of priority */
    public static RadiusAccountingSink over(NasSettings nas, RadiusClient client, Map<String, List<String>> pools) {
        Map<String, AccountingExchange> routes = new HashMap<>();
        pools.forEach((route, servers) -> routes.put(
                route,
                attributes -> client.exchange(servers, RadiusRequest.accounting(attributes))
                        .thenApply(RadiusAccountingSink::delivery)));
        return new RadiusAccountingSink(nas, routes);
    }

    private static Delivery delivery(RadiusOutcome outcome) {
        return switch (outcome) {
            case RadiusOutcome.Answer _ -> new Delivery.Delivered();
            case RadiusOutcome.NoAnswer(String reason) -> new Delivery.Failed(reason);
        };
    }

    @Override
    public CompletionStage<Delivery> deliver(String route, AccountingRecord record, Duration delay) {
        return Optional.ofNullable(routes.get(route))
                .map(servers -> servers.ask(AccountingAttributes.of(record, nas, delay)))
                .orElseGet(() -> CompletableFuture.completedFuture(
                        new Delivery.Failed("the route '" + route + "' has no RADIUS servers")));
    }
}
