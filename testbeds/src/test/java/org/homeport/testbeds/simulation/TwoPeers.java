package org.homeport.testbeds.simulation;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.homeport.core.address.LeaseRequest.Family;
import org.homeport.core.address.LeaseRequest.Wanted;
import org.homeport.core.auth.Authorization;
import org.homeport.core.auth.EapTurn;
import org.homeport.core.auth.PeerIdentity;
import org.homeport.core.child.ProposalParser;
import org.homeport.core.child.SaMode;
import org.homeport.core.crypto.Crypto;
import org.homeport.core.endpoint.EndpointPolicy;
import org.homeport.core.endpoint.IkeEndpoint;
import org.homeport.core.endpoint.Routing;
import org.homeport.core.initiator.Initiator;
import org.homeport.core.initiator.InitiatorPolicy;
import org.homeport.core.message.Proposal;
import org.homeport.core.message.TrafficSelector;
import org.homeport.core.policy.ChildPolicy;
import org.homeport.core.policy.Connection;
import org.homeport.core.policy.IdentityPattern;
import org.homeport.core.policy.LocalAuth;
import org.homeport.core.policy.RemoteAuth;
import org.homeport.core.policy.Timing;
import org.homeport.core.responder.Responder;
import org.homeport.core.responder.ResponderPolicy;
import org.homeport.core.session.Environment;
import org.homeport.core.session.Event;
import org.homeport.core.session.Framing;
import org.homeport.core.session.Path;
import org.homeport.core.session.Session;
import org.homeport.core.session.SpiSource;
import org.homeport.crypto.HomeportCrypto;
import org.homeport.crypto.LegacyAlgorithms;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;

/**
 * A mobile node and a home agent in one process, on a virtual clock, with a network between them that loses, duplicates
 * and reorders by a seed.
 */
final class TwoPeers {
    private static final Crypto CRYPTO = new HomeportCrypto(LegacyAlgorithms.REFUSE);
    private static final Octets MSK_SEED =
            Octets.utf8("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
    private static final Endpoint NODE = new Endpoint(IpAddress.parse("2001:db8:1::10"), 500);
    private static final Endpoint AGENT = new Endpoint(IpAddress.parse("2001:db8:2::1"), 500);
    static final Timing TIMING = new Timing(
            List.of(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(8),
                    Duration.ofSeconds(16)),
            Duration.ofSeconds(40),
            Duration.ofSeconds(30),
            Duration.ofHours(4),
            Duration.ofHours(1),
            Duration.ofSeconds(20));

    /** How a run goes. @param wrongPassword whether EAP ends in failure */
    record Plan(
            double loss,
            double duplication,
            Duration delay,
            Auth auth,
            boolean wrongPassword,
            String ikeProposal,
            String espProposal,
            int fragmentSize,
            int cookieThreshold,
            Side.Faults faults) {}

    enum Auth {
        EAP,
        PSK
    }

    final Simulation simulation;
    final Side node;
    final Side agent;
    private final Plan plan;
    private final RandomSource random;
    private final IkeEndpoint endpoint;
    private final Responder responder;
    private final Map<Octets, Session> halfOpen = new HashMap<>();
    private final Map<String, Integer> rounds = new HashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final AtomicInteger reqids = new AtomicInteger();
    private double loss;
    private final SpiSource spis;

    TwoPeers(Simulation simulation, Plan plan) {
        this.simulation = simulation;
        this.plan = plan;
        this.loss = plan.loss();
        this.random = bytes -> simulation.random.nextBytes(bytes);
        this.spis = () -> random.bits64() | 1;
        Environment environment = new Environment(
                CRYPTO, random, reqids::incrementAndGet, Environment.KeyLogging.OFF, plan.fragmentSize());
        node = new Side("node", simulation, this::carry, this::eapPeer, plan.faults());
        agent = new Side("agent", simulation, this::carry, this::authenticator, plan.faults());
        endpoint = new IkeEndpoint(
                new EndpointPolicy(
                        plan.cookieThreshold(),
                        EndpointPolicy.defaults().halfOpenLimit(),
                        EndpointPolicy.defaults().maxDatagram(),
                        EndpointPolicy.defaults().cookieLifetime(),
                        0),
                CRYPTO,
                random);
        responder = new Responder(
                environment,
                () -> new ResponderPolicy(List.of(agentConnection()), TIMING),
                () -> "agent-" + ids.incrementAndGet());
        Path path = new Path(NODE, AGENT, Framing.PLAIN);
        Path floated = new Path(NODE.withPort(4500), AGENT.withPort(4500), Framing.NON_ESP_MARKER);
        Session session = Initiator.session(
                "node",
                environment,
                spis,
                new InitiatorPolicy(
                        nodeConnection(),
                        Optional.empty(),
                        List.of(new Wanted(Family.IPV6, Optional.empty())),
                        path,
                        floated,
                        simulation.chance(0.5)
                                ? InitiatorPolicy.Floating.ALWAYS
                                : InitiatorPolicy.Floating.BEHIND_NAT));
        node.handle(session, new Event.Command.Start());
    }

    void healNetwork() {
        loss = 0;
    }

    private Connection agentConnection() {
        return new Connection(
                "nodes",
                PeerIdentity.parse("ha.example.org"),
                new IdentityPattern("*@example.org"),
                new LocalAuth.BySharedKey(Secret.utf8("psk of the agent")),
                plan.auth() == Auth.EAP
                        ? new RemoteAuth.ByEap(EapTurn.IdentityQuestion.SKIP, RemoteAuth.WithoutMsk.REFUSE)
                        : new RemoteAuth.BySharedKey(Secret.utf8("psk of the node")),
                ike(),
                List.of(new ChildPolicy(
                        "net",
                        SaMode.TUNNEL,
                        esp(),
                        List.of(TrafficSelector.of(IpPrefix.parse("::/0"))),
                        List.of(),
                        0,
                        0)),
                List.of("home6"),
                TIMING);
    }

    private Connection nodeConnection() {
        String psk = plan.wrongPassword() ? "another psk" : "psk of the node";
        return new Connection(
                "home",
                PeerIdentity.parse("mn1@example.org"),
                new IdentityPattern("ha.example.org"),
                plan.auth() == Auth.EAP
                        ? new LocalAuth.ByEap(PeerIdentity.parse("mn1@example.org"))
                        : new LocalAuth.BySharedKey(Secret.utf8(psk)),
                new RemoteAuth.BySharedKey(Secret.utf8("psk of the agent")),
                ike(),
                List.of(new ChildPolicy(
                        "net",
                        SaMode.TUNNEL,
                        esp(),
                        List.of(),
                        List.of(TrafficSelector.of(IpPrefix.parse("::/0"))),
                        0,
                        0)),
                List.of(),
                TIMING);
    }

    private List<Proposal> ike() {
        return List.of(ProposalParser.ike(plan.ikeProposal()));
    }

    private List<Proposal> esp() {
        return List.of(ProposalParser.esp(plan.espProposal()));
    }

    private void carry(Side from, Path path, Octets message) {
        int copies = simulation.chance(loss) ? 0 : simulation.chance(plan.duplication()) ? 2 : 1;
        Side to = from == node ? agent : node;
        Path theirs = new Path(path.remote(), path.local(), path.framing());
        for (int i = 0; i < copies; i++) {
            simulation.in(simulation.upTo(plan.delay()), () -> deliver(to, theirs, message));
        }
    }

    private void deliver(Side to, Path path, Octets message) {
        switch (endpoint.route(path, message, (int) to.live.size(), simulation.now())) {
            case Routing.ToSession(long spi) ->
                Optional.ofNullable(to.bySpi.get(spi))
                        .ifPresent(session -> to.handle(session, new Event.Received(path, message)));
            case Routing.NewSession fresh -> {
                if (to == agent) {
                    // As the runtime does: the same IKE_SA_INIT again meets the session it made.
                    Session session = halfOpen.get(message);
                    if (session == null || !agent.live.contains(session)) {
                        session = responder.accept(spis, path);
                        halfOpen.put(message, session);
                    }
                    to.handle(session, new Event.Received(path, message));
                }
            }
            case Routing.Answer(Octets answer) -> carry(to, path, answer);
            case Routing.Drop drop -> {}
        }
    }

    /** An authenticator in three rounds, standing in for any method with an MSK. */
    private EapTurn.Outcome authenticator(Session session, EapTurn turn) {
        int round = rounds.merge(session.id(), 1, Integer::sum);
        if (round < 3) {
            return new EapTurn.Outcome.Continue(Octets.of(1, round, 0, 5, 200 + round));
        }
        return plan.wrongPassword()
                ? new EapTurn.Outcome.Rejected(Optional.of(Octets.of(4, round, 0, 4)), "wrong password")
                : new EapTurn.Outcome.Accepted(
                        Optional.of(Octets.of(3, round, 0, 4)),
                        Optional.of(Secret.copyOf(MSK_SEED)),
                        Authorization.of("mn1@example.org"),
                        "TEST");
    }

    private EapTurn.Outcome eapPeer(Session session, EapTurn turn) {
        Octets packet = ((EapTurn.Message) turn).packet();
        return switch (packet.at(0)) {
            case 1 -> new EapTurn.Outcome.Continue(Octets.of(2, packet.at(1), 0, 5, packet.at(4)));
            case 3 ->
                new EapTurn.Outcome.Accepted(
                        Optional.empty(),
                        Optional.of(Secret.copyOf(MSK_SEED)),
                        Authorization.of("ha.example.org"),
                        "TEST");
            default -> new EapTurn.Outcome.Rejected(Optional.empty(), "EAP-Failure");
        };
    }
}
