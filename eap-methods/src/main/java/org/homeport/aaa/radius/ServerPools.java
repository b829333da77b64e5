package org.homeport.aaa.radius;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.homeport.kit.RandomSource;

/**
 * All servers, and who of a pool is asked: the first in order of priority that answers. Without sockets and threads; one
 * caller at a time.
 */
final class ServerPools {
    private final Map<String, RadiusServer> servers = new LinkedHashMap<>();

    ServerPools(List<RadiusServerSettings> settings, Link.Dialer dialer, Ticker ticker, RandomSource random) {
        for (RadiusServerSettings server : settings) {
            servers.put(server.name(), new RadiusServer(server, dialer, ticker, random));
        }
    }

    /**
     * Asks a pool.
     *
     * @param pool names of servers, in order of priority
     * @param outcome told once
     */
    void exchange(List<String> pool, RadiusRequest request, Consumer<RadiusOutcome> outcome) {
        List<RadiusServer> order = request.server().map(List::of).orElse(pool).stream()
                .flatMap(name -> Optional.ofNullable(servers.get(name)).stream())
                .toList();
        new Search(order, request, outcome).next();
    }

    List<RadiusServerView> views() {
        return servers.values().stream().map(RadiusServer::view).toList();
    }

    void close() {
        servers.values().forEach(RadiusServer::close);
    }

    /** One request, going from server to server. */
    private static final class Search {
        private final List<RadiusServer> left;
        private final RadiusRequest request;
        private final Consumer<RadiusOutcome> outcome;
        private final List<String> failures = new ArrayList<>();

        Search(List<RadiusServer> order, RadiusRequest request, Consumer<RadiusOutcome> outcome) {
            this.left = new ArrayList<>(order);
            this.request = request;
            this.outcome = outcome;
        }

        void next() {
            Optional<RadiusServer> choice = choice();
            if (choice.isEmpty()) {
                left.stream().map(RadiusServer::deadFor).forEach(failures::add);
                outcome.accept(new RadiusOutcome.NoAnswer(
                        failures.isEmpty() ? "there is no RADIUS server to ask" : String.join("; ", failures)));
                return;
            }
            ask(choice.get(), Again.ONCE_MORE);
        }

        private Optional<RadiusServer> choice() {
            // Who holds a conversation's state is asked whatever is thought of it.
            if (request.server().isPresent()) {
                return left.stream().findFirst();
            }
            // Accounting has a port of its own and all the time there is: servers that are alive first, then the
            // others.
            return request.kind() == RadiusRequest.Kind.ACCOUNTING
                    ? left.stream()
                            .filter(RadiusServer::isAlive)
                            .findFirst()
                            .or(() -> left.stream().findFirst())
                    : left.stream().filter(RadiusServer::isUsable).findFirst();
        }

        /** Whether a link that breaks is made again: once, for a server that closes one that was long idle. */
        private enum Again {
            ONCE_MORE,
            NO
        }

        private void ask(RadiusServer server, Again again) {
            left.remove(server);
            server.ask(request, result -> {
                switch (result) {
                    case Attempt.Result.Answered answered ->
                        outcome.accept(new RadiusOutcome.Answer(
                                answered.packet(),
                                server.settings().name(),
                                answered.requestAuthenticator(),
                                server.secret()));
                    case Attempt.Result.Failed(String why) -> failed(server, why);
                    case Attempt.Result.Lost(String why) -> {
                        if (again == Again.ONCE_MORE) {
                            ask(server, Again.NO);
                        } else {
                            failed(server, why);
                        }
                    }
                }
            });
        }

        private void failed(RadiusServer server, String why) {
            failures.add(server.settings().name() + " " + why);
            next();
        }
    }
}
