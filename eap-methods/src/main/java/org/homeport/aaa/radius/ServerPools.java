package org.homeport.aaa.radius;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.homeport.aaa.radius.Attempt.Effort;
import org.homeport.aaa.radius.RadiusServerView.Standing;
import org.homeport.kit.RandomSource;

/**
 * All servers, and who of a pool is asked: the first in order of priority that answers. Without sockets and threads; one
 * caller at a time.
 *
 * <p>An Access-Request has a limit to its time, for a peer waits and gives up. Each server has an equal share of what is
 * left of it: with n to ask, its waits are cut to an n-th; what one leaves unused goes to those after it.
 */
final class ServerPools {
    private final Map<String, RadiusServer> servers = new LinkedHashMap<>();
    private final Ticker ticker;
    private final Duration limit;

    /** @param limit how long an Access-Request may take, whoever is asked */
    ServerPools(
            List<RadiusServerSettings> settings,
            Link.Dialer dialer,
            Ticker ticker,
            RandomSource random,
            Duration limit) {
        this.ticker = ticker;
        this.limit = limit;
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
        new Search(order, request, outcome).begin();
    }

    List<RadiusServerView> views() {
        return servers.values().stream().map(RadiusServer::view).toList();
    }

    void close() {
        servers.values().forEach(RadiusServer::close);
    }

    /** One request, going from server to server. */
    private final class Search {
        private final List<RadiusServer> left;
        private final RadiusRequest request;
        private final Consumer<RadiusOutcome> outcome;
        private final List<String> failures = new ArrayList<>();
        /** In the ticker's nanoseconds. Accounting has all the time there is. */
        private final long deadline;

        /** @param until when it may be asked, in the ticker's nanoseconds */
        private record Choice(RadiusServer server, Effort effort, long until) {}

        Search(List<RadiusServer> order, RadiusRequest request, Consumer<RadiusOutcome> outcome) {
            this.left = new ArrayList<>(order);
            this.request = request;
            this.outcome = outcome;
            Duration longest = request.kind() == RadiusRequest.Kind.ACCOUNTING ? Effort.ALL.longest() : limit;
            this.deadline = ticker.nanos() + longest.toNanos();
        }

        void begin() {
            if (request.octets() > RadiusPacket.MAX_OCTETS) {
                outcome.accept(new RadiusOutcome.NoAnswer("a request of " + request.octets() + " octets; "
                        + RadiusPacket.MAX_OCTETS + " are allowed (RFC 2865 section 3)"));
            } else {
                next();
            }
        }

        private void next() {
            Optional<Choice> choice = choice();
            if (choice.isPresent()) {
                ask(choice.get(), Again.ONCE_MORE);
                return;
            }
            left.stream().map(this::notAsked).forEach(failures::add);
            if (isTimeUp()) {
                failures.add("the request is given up after " + limit.toSeconds() + " s");
            }
            outcome.accept(new RadiusOutcome.NoAnswer(
                    failures.isEmpty() ? "there is no RADIUS server to ask" : String.join("; ", failures)));
        }

        private String notAsked(RadiusServer server) {
            String why = isAsked(standing(server))
                    ? " was not asked"
                    : " has not answered for "
                            + destination(server).inThatStanding().toSeconds() + " s";
            return server.settings().name() + why;
        }

        private boolean isTimeUp() {
            return deadline - ticker.nanos() <= 0;
        }

        /**
         * The first that is alive; but one before it whose dead time is over is tried, once and not for long if there is
         * another; those that are suspect come last.
         */
        private Optional<Choice> choice() {
            if (isTimeUp()) {
                return Optional.empty();
            }
            // Who holds a conversation's state is asked whatever is thought of it.
            if (request.server().isPresent()) {
                return left.stream().findFirst().map(this::all);
            }
            if (request.kind() == RadiusRequest.Kind.ACCOUNTING) {
                return acknowledger().map(this::all);
            }
            boolean another = left.stream().map(this::standing).anyMatch(this::isAsked);
            for (RadiusServer server : left) {
                if (standing(server) == Standing.ALIVE) {
                    return Optional.of(all(server));
                }
                if (destination(server).isTrialDue()) {
                    return Optional.of(choice(server, another ? Effort.ONCE : Effort.ALL));
                }
            }
            return left.stream()
                    .filter(server -> isAsked(standing(server)))
                    .findFirst()
                    .map(this::all);
        }

        private Choice all(RadiusServer server) {
            return choice(server, Effort.ALL);
        }

        /** With its share of the time. */
        private Choice choice(RadiusServer server, Effort effort) {
            long candidates = left.stream()
                    .filter(other ->
                            isAsked(standing(other)) || destination(other).isTrialDue())
                    .count();
            long now = ticker.nanos();
            return new Choice(server, effort, now + (deadline - now) / Math.max(1, candidates));
        }

        /** Records have all the time there is: those that are dead are asked too, last. */
        private Optional<RadiusServer> acknowledger() {
            return left.stream().min(Comparator.comparing(server -> switch (standing(server)) {
                case ALIVE -> 0;
                case SUSPECT -> 1;
                case DEAD, PROBING -> 2;
            }));
        }

        private boolean isAsked(Standing standing) {
            return standing == Standing.ALIVE || standing == Standing.SUSPECT;
        }

        private Standing standing(RadiusServer server) {
            return destination(server).standing();
        }

        private Destination destination(RadiusServer server) {
            return server.destination(request.kind());
        }

        /** Whether a link that breaks is made again: once, for a server that closes one that was long idle. */
        private enum Again {
            ONCE_MORE,
            NO
        }

        private void ask(Choice choice, Again again) {
            RadiusServer server = choice.server();
            left.remove(server);
            Effort effort = choice.effort().within(Duration.ofNanos(choice.until() - ticker.nanos()));
            destination(server).ask(request, effort, result -> {
                switch (result) {
                    case Attempt.Result.Answered answered ->
                        outcome.accept(new RadiusOutcome.Answer(
                                answered.packet(),
                                server.settings().name(),
                                answered.requestAuthenticator(),
                                server.secret()));
                    case Attempt.Result.Failed(String why) -> failed(server, why);
                    case Attempt.Result.Lost(String why) -> {
                        if (again == Again.ONCE_MORE && choice.until() - ticker.nanos() > 0) {
                            ask(choice, Again.NO);
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
