package org.homeport.testbeds.mn;

import java.io.IOException;
import java.net.DatagramSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.homeport.core.address.LeaseRequest.Wanted;
import org.homeport.core.auth.PeerIdentity;
import org.homeport.core.crypto.Crypto;
import org.homeport.core.endpoint.EndpointPolicy;
import org.homeport.core.endpoint.IkeEndpoint;
import org.homeport.core.initiator.Initiator;
import org.homeport.core.initiator.InitiatorPolicy;
import org.homeport.core.policy.Connection;
import org.homeport.core.policy.IdentityPattern;
import org.homeport.core.policy.Timing;
import org.homeport.core.port.SaPort;
import org.homeport.core.port.SessionListener;
import org.homeport.core.responder.Responder;
import org.homeport.core.responder.ResponderPolicy;
import org.homeport.core.session.Environment;
import org.homeport.core.session.Framing;
import org.homeport.core.session.Output;
import org.homeport.core.session.SessionSummary;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.homeport.kit.RandomSource;
import org.homeport.runtime.Backends;
import org.homeport.runtime.Engine;
import org.homeport.runtime.EngineCounters;
import org.homeport.runtime.EngineSettings;
import org.homeport.runtime.Listening;
import org.homeport.runtime.Router;
import org.homeport.runtime.SocketPrepared;
import org.homeport.runtime.UdpEdge;

/** The core's initiator on the same runtime as the responder, at one address: of one mobile node, or of many. */
public final class NodeEngine implements AutoCloseable {
    private static final Duration FAREWELL = Duration.ofSeconds(2);
    /** Nobody may be responder here. */
    private static final String NOBODY = "nobody";

    private final Environment environment;
    private final Engine engine;
    private final Listening listening;
    private final EapPeerPort eap;
    private final Watch watch;

    /**
     * Where nodes run.
     *
     * @param sas where their SAs go
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

    /**
     * How one session gets on.
     *
     * @param established fails with {@link BootstrapFailedException} if it ends before
     * @param ended with the reason
     */
    public record Attempt(CompletableFuture<SessionSummary> established, CompletableFuture<String> ended) {
        Attempt() {
            this(new CompletableFuture<>(), new CompletableFuture<>());
        }
    }

    private NodeEngine(Environment environment, Engine engine, Listening listening, EapPeerPort eap, Watch watch) {
        this.environment = environment;
        this.engine = engine;
        this.listening = listening;
        this.eap = eap;
        this.watch = watch;
    }

    /** Opens the nodes' sockets. @throws IOException if it cannot */
    public static NodeEngine open(NodeSettings settings, Surroundings around) throws IOException {
        Watch watch = new Watch(around.listener());
        EngineCounters counters = new EngineCounters();
        UdpEdge edge = new UdpEdge(around.sockets(), counters);
        EapPeerPort eap = new EapPeerPort(around.random());
        Engine engine = new Engine(
                EngineSettings.defaults(1),
                edge,
                Router.of(new IkeEndpoint(EndpointPolicy.defaults(), around.crypto(), around.random())),
                new Responder(around.environment(), () -> new ResponderPolicy(List.of(), Timing.DEFAULT), () -> NOBODY),
                new Backends(eap, new NoLeases(), around.sas(), watch),
                around.clock(),
                around.random(),
                counters);
        engine.start();
        try {
            IpAddress careOf =
                    settings.careOf().isPresent() ? settings.careOf().get() : addressTowards(settings.gateway());
            Listening listening = edge.listen(careOf, settings.port(), settings.natPort(), engine)
                    .getFirst();
            return new NodeEngine(around.environment(), engine, listening, eap, watch);
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

    public Engine engine() {
        return engine;
    }

    /**
     * Sets out for home address and SAs.
     *
     * @param session of a name that no other had
     */
    public Attempt initiate(String session, NodeSettings settings) {
        InitiatorPolicy policy = new InitiatorPolicy(
                connection(settings),
                settings.askFor() == NodeSettings.AskFor.GATEWAY_IDENTITY
                        ? Optional.of(PeerIdentity.parse(settings.gatewayIdentity()))
                        : Optional.empty(),
                settings.wanted().stream()
                        .map(family -> new Wanted(family, Optional.empty()))
                        .toList(),
                listening.pathTo(settings.gateway(), Framing.PLAIN),
                listening.pathTo(settings.gateway().withPort(settings.gatewayNatPort()), Framing.NON_ESP_MARKER),
                InitiatorPolicy.Floating.BEHIND_NAT);
        eap.expect(session, settings.eap());
        Attempt attempt = watch.expect(session);
        engine.initiate(spis -> Initiator.session(session, environment, spis, policy));
        return attempt;
    }

    private static Connection connection(NodeSettings settings) {
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

    /** Says good-bye to the home agent and lets go of everything. */
    @Override
    public void close() throws InterruptedException {
        engine.close(FAREWELL);
    }

    /** Turns what sessions tell into the two answers that a node waits for. */
    private static final class Watch implements SessionListener {
        private final SessionListener next;
        private final Map<String, Attempt> attempts = new ConcurrentHashMap<>();

        Watch(SessionListener next) {
            this.next = next;
        }

        Attempt expect(String session) {
            return attempts.computeIfAbsent(session, s -> new Attempt());
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
            expect(session).established().complete(event.summary());
        }

        @Override
        public void changed(String session, SessionSummary summary) {
            next.changed(session, summary);
        }

        @Override
        public void closed(String session, Output.Closed event) {
            next.closed(session, event);
            Attempt attempt = expect(session);
            attempt.established().completeExceptionally(new BootstrapFailedException(event.reason()));
            attempt.ended().complete(event.reason());
        }
    }
}
