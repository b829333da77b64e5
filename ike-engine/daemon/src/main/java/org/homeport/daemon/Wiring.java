package org.homeport.daemon;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.homeport.aaa.AaaAuthorizer;
import org.homeport.aaa.AccountingIds;
import org.homeport.aaa.dynauth.DynamicAuthorizationServer;
import org.homeport.core.auth.EapTurn;
import org.homeport.core.crypto.Crypto;
import org.homeport.core.endpoint.EndpointPolicy;
import org.homeport.core.endpoint.IkeEndpoint;
import org.homeport.core.policy.Connection;
import org.homeport.core.port.AuthorizationPort;
import org.homeport.core.port.EapPort;
import org.homeport.core.port.SaPort;
import org.homeport.core.port.SessionListener;
import org.homeport.core.responder.Responder;
import org.homeport.core.responder.ResponderPolicy;
import org.homeport.core.session.Environment;
import org.homeport.core.session.Environment.KeyLogging;
import org.homeport.core.session.Event;
import org.homeport.core.session.Output;
import org.homeport.crypto.HomeportCrypto;
import org.homeport.crypto.LegacyAlgorithms;
import org.homeport.daemon.HomeportDaemon.Part;
import org.homeport.daemon.config.Configuration;
import org.homeport.daemon.config.ConnectionSettings.Authorize;
import org.homeport.daemon.config.LimitSettings;
import org.homeport.daemon.config.ListenSettings;
import org.homeport.daemon.observe.Ages;
import org.homeport.daemon.observe.ControlSocket;
import org.homeport.daemon.observe.EventLog;
import org.homeport.daemon.observe.KeyLog;
import org.homeport.daemon.observe.Listeners;
import org.homeport.daemon.observe.Metrics;
import org.homeport.daemon.observe.MetricsEndpoint;
import org.homeport.kit.Endpoint;
import org.homeport.kit.RandomSource;
import org.homeport.runtime.Backends;
import org.homeport.runtime.Engine;
import org.homeport.runtime.EngineCounters;
import org.homeport.runtime.EngineSettings;
import org.homeport.runtime.Ingress;
import org.homeport.runtime.Listening;
import org.homeport.runtime.Router;
import org.homeport.runtime.SocketPrepared;
import org.homeport.runtime.UdpEdge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where everything is made and put together, by hand: reading {@link #start} from top to bottom is reading the program.
 */
final class Wiring {
    private static final Logger LOG = LoggerFactory.getLogger("homeport");
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final Configuration configuration;
    private final InstantSource clock;
    private final RandomSource random;
    private final Optional<Supplier<SaPort>> givenSas;
    private final EngineCounters counters = new EngineCounters();
    /** What has to be ended, the last one first. */
    private final Deque<Part> parts = new ArrayDeque<>();

    Wiring(Configuration configuration, Surroundings surroundings) {
        this.configuration = configuration;
        this.clock = surroundings.clock();
        this.random = surroundings.random();
        this.givenSas = surroundings.sas();
    }

    HomeportDaemon start() throws StartFailedException {
        try {
            return putTogether();
        } catch (StartFailedException | RuntimeException e) {
            HomeportDaemon.end(parts);
            throw e;
        }
    }

    private HomeportDaemon putTogether() throws StartFailedException {
        LOG.atInfo()
                .addKeyValue(EventLog.EVENT, "start")
                .addKeyValue("configuration", configuration.file())
                .log();
        Crypto crypto = new HomeportCrypto(
                switch (configuration.algorithms()) {
                    case CURRENT -> LegacyAlgorithms.REFUSE;
                    case WITH_LEGACY -> LegacyAlgorithms.ACCEPT;
                });
        List<Connection> connections = Connections.load(configuration);
        SocketPrepared sockets = sockets();
        // Who holds the control socket and the ports is the only one: what is in the kernel and in the lease store may
        // be touched from here on. What peers send until the engine runs is lost, as on the way; they repeat it.
        ControlSocket control = control();
        UdpEdge edge = new UdpEdge(sockets, counters);
        parts.add(new Part("sockets", edge));
        AtomicReference<Ingress> ingress = new AtomicReference<>((path, message) -> {});
        List<Listening> listening =
                listen(edge, (path, message) -> ingress.get().received(path, message));
        SaSide sas = sas();
        Leases leases = Leases.open(configuration, clock, random, parts);
        AccountingIds accountingIds = AccountingIds.random(random);
        Optional<AaaSide> aaa = aaa(accountingIds);
        Grants grants = new Grants();
        GrantDesk desk = new GrantDesk(configuration.authorization(), grants);
        EapPort eap =
                aaa.<EapPort>map(side -> new EapAdaptor(side.backend(), desk)).orElse(Wiring::nobody);
        Optional<AccountingSide> accounting = accounting(aaa, accountingIds, sas, grants);
        Ages ages = new Ages(clock);
        Metrics metrics = new Metrics(counters, leases::use);
        accounting.ifPresent(side -> metrics.accounting(side::backlogs, clock));
        SessionListener listener = listeners(ages, metrics, accounting, grants);

        Environment environment = new Environment(
                crypto,
                random,
                SaSide.reqids(),
                configuration.keyLog().isPresent() ? KeyLogging.ON : KeyLogging.OFF,
                configuration.limits().fragmentSize());
        ResponderPolicy policy =
                new ResponderPolicy(connections, connections.getFirst().timing());
        Responder responder = new Responder(environment, () -> policy, new SessionIds(random));
        Engine engine = new Engine(
                EngineSettings.defaults(),
                edge,
                Router.of(new IkeEndpoint(endpointPolicy(), crypto, random)),
                responder,
                new Backends(eap, authorizations(aaa, desk), leases.service(), sas.port(), listener),
                clock,
                random,
                counters);
        sas.expiries().set(engine::saExpired);
        accounting.ifPresent(side -> side.closer()
                .set((session, reason) -> engine.command(session, new Event.Command.Close(reason, Output.Cause.IDLE))));
        engine.start();
        parts.add(new Part("sessions", () -> engine.close(FAREWELL)));
        Optional<DynamicAuthorizationServer> orders = orders(new LivingSessions(
                LivingSessions.Source.of(engine),
                grants,
                accountingIds,
                accounting.map(AccountingSide::accounting),
                configuration.identity().toString(),
                configuration.authorization(),
                AaaSide.orderRoutes(configuration)));
        metrics.aaa(
                () -> aaa.map(AaaSide::servers).orElse(List.of()),
                () -> orders.map(DynamicAuthorizationServer::orders).orElse(List.of()));

        Optional<Endpoint> scraped = configuration.metrics().isPresent()
                ? Optional.of(metrics(configuration.metrics().orElseThrow(), metrics))
                : Optional.empty();
        Status status =
                new Status(configuration, listening, engine, leases, ages, aaa, grants, accounting, orders, clock);
        Reload reload = new Reload(configuration, aaa);
        LeaseOrders leaseOrders =
                new LeaseOrders(leases.service(), engine, configuration.leaseRest(), Leases.ENGINE_NAME, clock);
        control.answer(question -> switch (question.text("command")) {
            case "status" -> status.answer();
            case "reload" -> reload.answer();
            case "leases" -> leaseOrders.list(question);
            case "leases-export" -> leaseOrders.export();
            case "leases-release" -> leaseOrders.release(question);
            default ->
                Map.of(
                        "error",
                        "unknown command '" + question.text("command")
                                + "'; known here: status, reload, leases, leases-export, leases-release");
        });
        ingress.set(engine);
        LOG.atInfo()
                .addKeyValue(EventLog.EVENT, "started")
                .addKeyValue("identity", configuration.identity())
                .addKeyValue("connections", connections.size())
                .addKeyValue("sa-backend", configuration.saBackend())
                .log();
        return new HomeportDaemon(engine, listening, scraped, parts);
    }

    /** What IKE's sockets need so that SAs and policies leave them alone. */
    private SocketPrepared sockets() throws StartFailedException {
        if (givenSas.isPresent()) {
            return SocketPrepared.NOTHING;
        }
        return switch (configuration.saBackend()) {
            case KERNEL -> {
                SaSide.checkKernel(configuration, random);
                yield new KernelSockets();
            }
            case NONE -> SocketPrepared.NOTHING;
        };
    }

    private SaSide sas() throws StartFailedException {
        if (givenSas.isPresent()) {
            return SaSide.of(givenSas.get().get());
        }
        return switch (configuration.saBackend()) {
            case KERNEL -> SaSide.kernel(configuration, parts);
            case NONE -> SaSide.none();
        };
    }

    private Optional<AaaSide> aaa(AccountingIds sessions) throws StartFailedException {
        return configuration.aaa().isPresent()
                ? Optional.of(
                        AaaSide.open(configuration.aaa().orElseThrow(), configuration, sessions, clock, random, parts))
                : Optional.empty();
    }

    private AuthorizationPort authorizations(Optional<AaaSide> aaa, GrantDesk desk) {
        Map<String, AaaAuthorizer> byConnection = new HashMap<>();
        configuration.connections().stream()
                .filter(connection -> connection.authorize() == Authorize.AAA)
                .forEach(connection -> aaa.ifPresent(side -> byConnection.put(connection.name(), side.authorizer())));
        return new AuthorizationAdaptor(byConnection, desk);
    }

    private static void nobody(String session, EapTurn turn, Consumer<EapTurn.Outcome> answer) {
        if (!(turn instanceof EapTurn.Abandon)) {
            answer.accept(new EapTurn.Outcome.Unavailable("no AAA is configured"));
        }
    }

    private SessionListener listeners(Ages ages, Metrics metrics, Optional<AccountingSide> accounting, Grants grants)
            throws StartFailedException {
        List<SessionListener> all = new ArrayList<>(List.of(new EventLog(), ages, metrics));
        if (configuration.keyLog().isPresent()) {
            Path file = configuration.keyLog().orElseThrow();
            try {
                KeyLog keyLog = KeyLog.open(file);
                parts.add(new Part("key log", keyLog));
                all.add(keyLog);
            } catch (IOException e) {
                throw new StartFailedException("key log " + file + ": " + e);
            }
        }
        accounting.ifPresent(side -> all.add(side.listener()));
        all.add(grants);
        return new Listeners(all);
    }

    private Optional<AccountingSide> accounting(Optional<AaaSide> aaa, AccountingIds ids, SaSide sas, Grants grants)
            throws StartFailedException {
        if (configuration.accounting().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(AccountingSide.open(
                configuration.accounting().orElseThrow(),
                AaaSide.accounting(aaa, configuration),
                ids,
                sas,
                grants,
                clock,
                random,
                parts));
    }

    /** Those that may end and change sessions. */
    private Optional<DynamicAuthorizationServer> orders(LivingSessions sessions) throws StartFailedException {
        if (configuration.dynamicAuthorization().isEmpty()) {
            return Optional.empty();
        }
        try {
            DynamicAuthorizationServer server = DynamicAuthorizationServer.open(
                    AaaSide.orders(configuration.dynamicAuthorization().orElseThrow(), configuration), sessions, clock);
            parts.add(new Part("dynamic authorization", server));
            return Optional.of(server);
        } catch (IOException e) {
            throw new StartFailedException("dynamic-authorization: " + e.getMessage());
        }
    }

    private EndpointPolicy endpointPolicy() {
        EndpointPolicy usual = EndpointPolicy.defaults();
        LimitSettings limits = configuration.limits();
        return new EndpointPolicy(
                limits.cookieThreshold(),
                limits.halfOpen(),
                usual.maxDatagram(),
                usual.cookieLifetime(),
                usual.unprotectedAnswersPerSecond());
    }

    private List<Listening> listen(UdpEdge edge, Ingress ingress) throws StartFailedException {
        List<Listening> listening = new ArrayList<>();
        for (ListenSettings settings : configuration.listen()) {
            try {
                listening.addAll(edge.listen(settings.address(), settings.port(), settings.natPort(), ingress));
            } catch (IOException e) {
                throw new StartFailedException(e.getMessage() + ": is another IKE daemon running, does this host have"
                        + " the address, and may this user open the port? ('homeport check' tells)");
            }
        }
        return listening;
    }

    private Endpoint metrics(Endpoint at, Metrics metrics) throws StartFailedException {
        try {
            MetricsEndpoint endpoint = MetricsEndpoint.open(at, metrics);
            parts.add(new Part("metrics", endpoint));
            return endpoint.endpoint();
        } catch (IOException e) {
            throw new StartFailedException("metrics on " + at + ": " + e.getMessage());
        }
    }

    private ControlSocket control() throws StartFailedException {
        Path path = configuration.control();
        try {
            ControlSocket control = ControlSocket.claim(path);
            parts.add(new Part("control", control));
            return control;
        } catch (IOException e) {
            throw new StartFailedException("control socket " + path + ": " + e.getMessage());
        }
    }
}
