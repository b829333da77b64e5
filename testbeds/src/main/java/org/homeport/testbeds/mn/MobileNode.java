package org.homeport.testbeds.mn;

import java.io.IOException;
import java.net.DatagramSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.homeport.core.address.LeaseRequest.Wanted;
import org.homeport.core.auth.PeerIdentity;
import org.homeport.core.crypto.Crypto;
import org.homeport.core.endpoint.EndpointPolicy;
import org.homeport.core.endpoint.IkeEndpoint;
import org.homeport.core.initiator.Initiator;
import org.homeport.core.initiator.InitiatorPolicy;
import org.homeport.core.policy.Connection;
import org.homeport.core.policy.IdentityPattern;
import org.homeport.core.port.SaPort;
import org.homeport.core.port.SessionListener;
import org.homeport.core.responder.Responder;
import org.homeport.core.responder.ResponderPolicy;
import org.homeport.core.session.Environment;
import org.homeport.core.session.Event;
import org.homeport.core.session.Framing;
import org.homeport.core.session.Output;
import org.homeport.core.session.SessionSummary;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;
import org.homeport.runtime.Backends;
import org.homeport.runtime.Engine;
import org.homeport.runtime.EngineCounters;
import org.homeport.runtime.EngineSettings;
import org.homeport.runtime.Listening;
import org.homeport.runtime.Router;
import org.homeport.runtime.SocketPrepared;
import org.homeport.runtime.UdpEdge;

/** A mobile node that finds its way into Mobile IPv6: the core's initiator on the same runtime as the responder. */
public final class MobileNode implements AutoCloseable {
    private static final String SESSION = "mn";
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final NodeSettings settings;
    private final Environment environment;
    private final Engine engine;
    private final Listening listening;
    private final Watch watch;

    /**
     * Where a node runs.
     *
     * @param sas where its SAs go
     * @param listener hears everything
     */
    public record Surroundings(
            Crypto crypto,
            RandomSource random,
            InstantSource clock,
            SaPort sas,
            SocketPrepared sockets,
            SessionListener listener,
            Environment environment) {}

    private MobileNode(
            NodeSettings settings, Environment environment, Engine engine, Listening listening, Watch watch) {
        this.settings = settings;
        this.environment = environment;
        this.engine = engine;
        this.listening = listening;
        this.watch = watch;
    }

    /** Opens the node's sockets. @throws IOException if it cannot */
    public static MobileNode open(NodeSettings settings, Surroundings around) throws IOException {
        Watch watch = new Watch(around.listener());
        EngineCounters counters = new EngineCounters();
        UdpEdge edge = new UdpEdge(around.sockets(), counters);
        Engine engine = new Engine(
                EngineSettings.defaults(1),
                edge,
                Router.of(new IkeEndpoint(EndpointPolicy.defaults(), around.crypto(), around.random())),
                new Responder(
                        around.environment(), () -> new ResponderPolicy(List.of(), settings.timing()), () -> SESSION),
                new Backends(
                        new EapPeerPort(
                                settings.identity().toString(),
                                settings.password().orElse(Secret.utf8("")),
                                around.random()),
                        new NoLeases(),
                        around.sas(),
                        watch),
                around.clock(),
                around.random(),
                counters);
        engine.start();
        try {
            IpAddress careOf =
                    settings.careOf().isPresent() ? settings.careOf().get() : addressTowards(settings.gateway());
            Listening listening = edge.listen(careOf, settings.port(), settings.natPort(), engine)
                    .getFirst();
            return new MobileNode(settings, around.environment(), engine, listening, watch);
        } catch (IOException e) {
            edge.close();
            throw e;
        }
    }

    /** Which of our addresses the system would send from. */
    private static IpAddress addressTowards(Endpoint gateway) throws IOException {
        try (DatagramSocket probe = new DatagramSocket()) {
            probe.connect(gateway.toSocketAddress());
            return IpAddress.of(probe.getLocalAddress());
        }
    }

    public IpAddress careOf() {
        return listening.address();
    }

    /**
     * From nothing but what it was born with to home address and SAs.
     *
     * @throws BootstrapFailedException in one line, also when it takes longer than {@code limit}
     */
    public SessionSummary bootstrap(Duration limit) throws BootstrapFailedException, InterruptedException {
        InitiatorPolicy policy = new InitiatorPolicy(
                connection(),
                settings.askFor() == NodeSettings.AskFor.GATEWAY_IDENTITY
                        ? Optional.of(PeerIdentity.parse(settings.gatewayIdentity()))
                        : Optional.empty(),
                settings.wanted().stream()
                        .map(family -> new Wanted(family, Optional.empty()))
                        .toList(),
                listening.pathTo(settings.gateway(), Framing.PLAIN),
                listening.pathTo(settings.gateway().withPort(settings.gatewayNatPort()), Framing.NON_ESP_MARKER),
                InitiatorPolicy.Floating.BEHIND_NAT);
        engine.initiate(spis -> Initiator.session(SESSION, environment, spis, policy));
        try {
            return watch.established.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new BootstrapFailedException("no result within " + limit.toSeconds() + " s");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new BootstrapFailedException(cause == null ? e.toString() : String.valueOf(cause.getMessage()));
        }
    }

    private Connection connection() {
        return new Connection(
                "home",
                settings.identity(),
                new IdentityPattern(settings.gatewayIdentity()),
                settings.localAuth(),
                settings.remoteAuth(),
                settings.ikeProposals(),
                settings.children(),
                List.of(),
                settings.timing());
    }

    /** What the session is like now; empty when it is over. */
    public Optional<SessionSummary> status() throws InterruptedException {
        try {
            return engine.sessions().get().stream().findFirst();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    public void command(Event.Command command) {
        engine.command(SESSION, command);
    }

    /** The kernel says that an SA reached a lifetime. */
    public void saExpired(Event.SaExpired expired) {
        engine.saExpired(expired);
    }

    /** Done when the session ended, with the reason. */
    public CompletableFuture<String> ended() {
        return watch.closed;
    }

    /** Says good-bye to the home agent and lets go of everything. */
    @Override
    public void close() throws InterruptedException {
        engine.close(FAREWELL);
    }

    /** Turns what the session tells into the two answers a node waits for. */
    private static final class Watch implements SessionListener {
        private final SessionListener next;
        private final CompletableFuture<SessionSummary> established = new CompletableFuture<>();
        private final CompletableFuture<String> closed = new CompletableFuture<>();

        Watch(SessionListener next) {
            this.next = next;
        }

        @Override
        public void trace(String session, Output.Trace trace) {
            next.trace(session, trace);
        }

        @Override
        public void keys(String session, Output.IkeKeys keys) {
            next.keys(session, keys);
        }

        @Override
        public void established(String session, Output.Established event) {
            next.established(session, event);
            established.complete(event.summary());
        }

        @Override
        public void changed(String session, SessionSummary summary) {
            next.changed(session, summary);
        }

        @Override
        public void closed(String session, Output.Closed event) {
            next.closed(session, event);
            established.completeExceptionally(new BootstrapFailedException(event.reason()));
            closed.complete(event.reason());
        }
    }
}
