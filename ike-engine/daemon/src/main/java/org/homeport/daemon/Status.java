package org.homeport.daemon;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.homeport.aaa.AaaGrant;
import org.homeport.aaa.dynauth.DynamicAuthorizationServer;
import org.homeport.core.session.Framing;
import org.homeport.core.session.SessionSummary;
import org.homeport.daemon.config.Configuration;
import org.homeport.daemon.observe.AaaReport;
import org.homeport.daemon.observe.Ages;
import org.homeport.daemon.observe.StatusReport;
import org.homeport.runtime.Engine;
import org.homeport.runtime.Listening;

/** Answers the control socket. */
final class Status {
    private static final long LONGEST_WAIT_SECONDS = 3;

    private final Configuration configuration;
    private final List<Listening> listening;
    private final Engine engine;
    private final Leases leases;
    private final Ages ages;
    private final Optional<AaaSide> aaa;
    private final Grants grants;
    private final Optional<AccountingSide> accounting;
    private final Optional<DynamicAuthorizationServer> orders;
    private final InstantSource clock;
    private final Instant since;

    Status(
            Configuration configuration,
            List<Listening> listening,
            Engine engine,
            Leases leases,
            Ages ages,
            Optional<AaaSide> aaa,
            Grants grants,
            Optional<AccountingSide> accounting,
            Optional<DynamicAuthorizationServer> orders,
            InstantSource clock) {
        this.configuration = configuration;
        this.listening = listening;
        this.engine = engine;
        this.leases = leases;
        this.ages = ages;
        this.aaa = aaa;
        this.grants = grants;
        this.accounting = accounting;
        this.orders = orders;
        this.clock = clock;
        this.since = clock.instant();
    }

    Map<String, Object> answer() {
        List<SessionSummary> sessions;
        try {
            sessions = engine.sessions()
                    .orTimeout(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            return Map.of("error", "the sessions did not answer within " + LONGEST_WAIT_SECONDS + " seconds");
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("pid", ProcessHandle.current().pid());
        object.put("uptime-seconds", Duration.between(since, clock.instant()).toSeconds());
        object.put("identity", configuration.identity().toString());
        object.put("sa-backend", configuration.saBackend().name().toLowerCase(Locale.ROOT));
        object.put("listening", listening.stream().map(Status::shown).toList());
        object.put("sessions", sessions.stream().map(this::session).toList());
        object.put("pools", leases.use().stream().map(StatusReport::pool).toList());
        object.put(
                "aaa-servers",
                aaa.map(AaaSide::servers).orElse(List.of()).stream()
                        .map(AaaReport::server)
                        .toList());
        object.put(
                "accounting",
                accounting.map(AccountingSide::backlogs).orElse(List.of()).stream()
                        .map(backlog -> AaaReport.backlog(backlog, clock.instant()))
                        .toList());
        object.put(
                "orders",
                orders.<Object>map(DynamicAuthorizationServer::counters).orElse(Map.of()));
        object.put("counters", StatusReport.counters(engine.counters()));
        object.put("drops", StatusReport.drops(engine.counters()));
        return object;
    }

    private Map<String, Object> session(SessionSummary summary) {
        Map<String, Object> object = StatusReport.session(summary, ages, clock.instant());
        grants.find(summary.session()).ifPresent(granted -> {
            AaaGrant grant = granted.grant();
            List<String> servers =
                    aaa.map(side -> side.serversOf(grant.profile().route())).orElse(List.of());
            object.put("authorized-by", AaaReport.authorizer(grant, servers, granted.method()));
        });
        return object;
    }

    /** Both ports, where they are not the usual ones too. */
    private static String shown(Listening listening) {
        return listening.endpoint(Framing.PLAIN) + "+" + listening.markerPort();
    }
}
