package org.homeport.daemon;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.homeport.aaa.AaaGrant;
import org.homeport.aaa.AaaProfile;
import org.homeport.aaa.AccountingIds;
import org.homeport.aaa.accounting.Accounting;
import org.homeport.aaa.authorize.MobilityService;
import org.homeport.aaa.authorize.ServiceSubject;
import org.homeport.aaa.dynauth.Change;
import org.homeport.aaa.dynauth.SessionView;
import org.homeport.aaa.dynauth.Sessions;
import org.homeport.core.session.Event;
import org.homeport.core.session.Output;
import org.homeport.core.session.SessionSummary;
import org.homeport.daemon.Grants.Granted;
import org.homeport.daemon.Grants.Proof;
import org.homeport.runtime.Engine;

/**
 * The engine's sessions, as those that send orders know them.
 *
 * @param identity ours: Called-Station-Id
 * @param service decides anew when AAA changes what a peer's groups are
 * @param routes whose sessions a client may name, by its name; those without an entry may name all
 */
record LivingSessions(
        Source engine,
        Grants grants,
        AccountingIds ids,
        Optional<Accounting> accounting,
        String identity,
        MobilityService service,
        Map<String, Set<String>> routes)
        implements Sessions {
    LivingSessions {
        routes = Map.copyOf(routes);
    }

    /** Where sessions live. */
    interface Source {
        CompletionStage<List<SessionSummary>> sessions();

        /** @return whether the session is there */
        CompletionStage<Boolean> command(String session, Event.Command command);

        static Source of(Engine engine) {
            return new Source() {
                @Override
                public CompletionStage<List<SessionSummary>> sessions() {
                    return engine.sessions();
                }

                @Override
                public CompletionStage<Boolean> command(String session, Event.Command command) {
                    return engine.command(session, command);
                }
            };
        }
    }

    @Override
    public CompletionStage<List<SessionView>> living(String client) {
        return engine.sessions()
                .thenApply(sessions -> sessions.stream()
                        .filter(summary -> isOf(client, summary))
                        .map(this::view)
                        .toList());
    }

    /** A server has no say in what another one's realm granted (RFC 5176 section 6.1). */
    private boolean isOf(String client, SessionSummary summary) {
        return Optional.ofNullable(routes.get(client))
                .map(own -> grants.find(summary.session())
                        .map(granted -> granted.grant().profile().route())
                        .filter(own::contains)
                        .isPresent())
                .orElse(true);
    }

    private SessionView view(SessionSummary summary) {
        Optional<Granted> granted = grants.find(summary.session());
        Optional<AaaProfile> profile = granted.map(Granted::grant).map(AaaGrant::profile);
        return new SessionView(
                summary.session(),
                names(summary, granted),
                ids.sessionId(summary.session()),
                accounting.flatMap(a -> a.multiSessionId(summary.session())),
                summary.path().remote().toString(),
                identity,
                summary.homeAddresses().stream()
                        .map(SessionSummary.HomeAddress::address)
                        .toList(),
                profile.flatMap(AaaProfile::chargeableUserIdentity));
    }

    /** What was proved: with EAP IDi is a mere claim, and could be anybody's name (RFC 7296 section 2.16). */
    private static List<String> names(SessionSummary summary, Optional<Granted> granted) {
        String authenticated = summary.authorization().identity();
        Proof proof = granted.map(Granted::proof).orElse(Proof.BY_US);
        return switch (proof) {
            case BY_AAA -> List.of(authenticated);
            case BY_US ->
                Stream.of(authenticated, summary.peer().toString()).distinct().toList();
        };
    }

    @Override
    public CompletionStage<Boolean> disconnect(String id) {
        return engine.command(id, new Event.Command.Close("disconnected by AAA", Output.Cause.ADMIN_RESET));
    }

    /**
     * Filters are groups: with other ones a peer may lose its service. Who has no grant has none, and keeps the rest of
     * what it has too: a request is met as a whole or not at all (RFC 5176 section 2.2).
     */
    @Override
    public CompletionStage<Boolean> change(String id, Change change) {
        if (change.filters().isPresent() && grants.find(id).isEmpty()) {
            return CompletableFuture.completedStage(false);
        }
        Optional<String> refusal = change.filters().flatMap(filters -> regroup(id, filters));
        if (refusal.isPresent()) {
            return engine.command(
                    id, new Event.Command.Close("AAA changed its filters: " + refusal.get(), Output.Cause.ADMIN_RESET));
        }
        return change.sessionTimeout().isPresent()
                ? engine.command(id, new Event.Command.Authorize(change.sessionTimeout()))
                : CompletableFuture.completedStage(grants.find(id).isPresent());
    }

    private Optional<String> regroup(String id, List<String> filters) {
        return grants.find(id).flatMap(before -> {
            Granted after = new Granted(
                    before.grant().withFilters(filters), before.method(), before.proof(), before.connection());
            grants.put(id, after);
            return service.decide(ServiceSubject.of(after.grant(), after.method(), Optional.of(after.connection())))
                    .refusal();
        });
    }
}
