package org.homeport.aaa.accounting.radius;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.homeport.aaa.accounting.AccountingRecord;
import org.homeport.aaa.accounting.AccountingSink;
import org.homeport.aaa.radius.RadiusAttribute;
import org.homeport.aaa.radius.RadiusClient;
import org.homeport.aaa.radius.RadiusOutcome;
import org.homeport.aaa.radius.RadiusRequest;
import org.homeport.aaa.radius.eap.NasSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends records to the RADIUS servers of their route. Each attempt is a packet of its own: its Acct-Delay-Time is. */
public final class RadiusAccountingSink implements AccountingSink {
    private static final Logger LOG = LoggerFactory.getLogger("homeport.accounting");

    /** Routes whose Class attributes were too many. */
    private final Set<String> toldOfClasses = ConcurrentHashMap.newKeySet();

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
                .map(servers -> servers.ask(attributes(route, record, delay)))
                .orElseGet(() -> CompletableFuture.completedFuture(
                        new Delivery.Failed("the route '" + route + "' has no RADIUS servers")));
    }

    private List<RadiusAttribute> attributes(String route, AccountingRecord record, Duration delay) {
        AccountingAttributes attributes = AccountingAttributes.of(record, nas, delay);
        if (attributes.classesLeftOut() > 0 && toldOfClasses.add(route)) {
            LOG.atError()
                    .addKeyValue("event", "accounting.class-left-out")
                    .addKeyValue("route", route)
                    .addKeyValue("record", record.id())
                    .addKeyValue("left-out", attributes.classesLeftOut())
                    .log(
                            "the Class attributes of its Access-Accepts do not fit into a record of 4,096 octets: send fewer");
        }
        return attributes.all();
    }
}
