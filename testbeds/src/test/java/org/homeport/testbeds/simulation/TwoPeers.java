package org.homeport.testbeds.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.homeport.core.address.LeaseRequest.Family;
import org.homeport.core.address.LeaseRequest.Wanted;
import org.homeport.core.auth.Authorization;
import org.homeport.core.auth.EapTurn;
import org.homeport.core.auth.PeerIdentity;
import org.homeport.core.crypto.CertificateVerifier;
import org.homeport.core.crypto.Sha1Policy;
import org.homeport.core.crypto.Signer;
import org.homeport.core.endpoint.EndpointPolicy;
import org.homeport.core.endpoint.IkeEndpoint;
import org.homeport.core.endpoint.Routing;
import org.homeport.core.initiator.Initiator;
import org.homeport.core.initiator.InitiatorPolicy;
import org.homeport.core.policy.Connection;
import org.homeport.core.policy.LocalAuth;
import org.homeport.core.policy.RemoteAuth;
import org.homeport.core.responder.Responder;
import org.homeport.core.responder.ResponderPolicy;
import org.homeport.core.session.Environment;
import org.homeport.core.session.Event;
import org.homeport.core.session.Framing;
import org.homeport.core.session.Path;
import org.homeport.core.session.Session;
import org.homeport.core.session.SpiSource;
import org.homeport.crypto.CertificateAuthority;
import org.homeport.crypto.CertificateAuthority.Purpose;
import org.homeport.crypto.CertificateSubject;
import org.homeport.crypto.KeyKind;
import org.homeport.crypto.SignaturePreference;
import org.homeport.kit.Endpoint;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;

/**
 * A mobile node and a home agent in one process, on a virtual clock, with a network between them that loses, duplicates
 * and reorders by a seed.
 */
final class TwoPeers {
    private static final Endpoint NODE = SampleConnections.NODE;
    private static final Endpoint AGENT = SampleConnections.AGENT;
    private static final Credentials CREDENTIALS = Credentials.make();

    /** How a run goes. @param wrongPassword whether the node's proof fails */
    record Plan(
            double loss,
            double duplication,
            Duration delay,
            Auth nodeAuth,
            Auth agentAuth,
            boolean wrongPassword,
            String ikeProposal,
            String espProposal,
            int fragmentSize,
            int cookieThreshold,
            Side.Faults faults) {}

    /** How long the agent takes a node's EAP for good. */
    static final Duration AUTHORIZED = Duration.ofHours(2);

    private static final int EAP_TLS = 13;

    /** How a side proves itself; EAP is the node's. */
    enum Auth {
        EAP,
        /** The agent's only proof too. */
        EAP_ALONE,
        KEY,
        CERTIFICATE
    }

    /** Made once: keys take their time. @param stranger of an authority nobody trusts */
    private record Credentials(CertificateVerifier verifier, Signer node, Signer agent, Signer stranger) {
        static Credentials make() {
            Random seed = new Random(4);
            RandomSource random = seed::nextBytes;
            Instant now = new Simulation(0).now();
            CertificateAuthority trusted = authority("trusted", now, random);
            return new Credentials(
                    trusted.verifier(),
                    signer(trusted, CertificateSubject.user(SampleConnections.NODE_NAME), Purpose.CLIENT, now, random),
                    signer(trusted, CertificateSubject.host(SampleConnections.AGENT_NAME), Purpose.SERVER, now, random),
                    signer(
                            authority("stranger", now, random),
                            CertificateSubject.user(SampleConnections.NODE_NAME),
                            Purpose.CLIENT,
                            now,
                            random));
        }

        private static CertificateAuthority authority(String name, Instant now, RandomSource random) {
            return CertificateAuthority.create(name, KeyKind.ECDSA_P256, now, Duration.ofDays(1), random);
        }

        private static Signer signer(
                CertificateAuthority authority,
                CertificateSubject subject,
                Purpose purpose,
                Instant now,
                RandomSource random) {
            return authority
                    .issue(subject, purpose, KeyKind.ECDSA_P256, now, Duration.ofDays(1), random)
                    .signer(SignaturePreference.DEFAULT);
        }
    }

    final Simulation simulation;
    final Side node;
    final Side agent;
    final Plan plan;
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
                ScriptedPeer.CRYPTO, random, reqids::incrementAndGet, Environment.KeyLogging.OFF, plan.fragmentSize());
        node = new Side("node", simulation, this::carry, this::eapPeer, plan.faults());
        agent = new Side("agent", simulation, this::carry, this::authenticator, plan.faults());
        endpoint = new IkeEndpoint(
                new EndpointPolicy(
                        plan.cookieThreshold(),
                        EndpointPolicy.defaults().halfOpenLimit(),
                        EndpointPolicy.defaults().maxDatagram(),
                        EndpointPolicy.defaults().cookieLifetime(),
                        0),
                ScriptedPeer.CRYPTO,
                random);
        responder = new Responder(
                environment,
                () -> new ResponderPolicy(List.of(agentConnection()), SampleConnections.TIMING),
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
        return SampleConnections.agent(
                plan.agentAuth() == Auth.CERTIFICATE
                        ? new LocalAuth.BySignature(CREDENTIALS.agent())
                        : new LocalAuth.BySharedKey(SampleConnections.AGENT_KEY),
                switch (plan.nodeAuth()) {
                    case EAP, EAP_ALONE ->
                        SampleConnections.eap(RemoteAuth.WithoutMsk.REFUSE, RemoteAuth.EapOnly.ALLOW);
                    case KEY -> new RemoteAuth.BySharedKey(SampleConnections.NODE_KEY);
                    case CERTIFICATE -> new RemoteAuth.BySignature(CREDENTIALS.verifier(), Sha1Policy.REFUSE);
                },
                plan.ikeProposal(),
                plan.espProposal());
    }

    private Connection nodeConnection() {
        return SampleConnections.node(
                switch (plan.nodeAuth()) {
                    case EAP -> byEap(LocalAuth.EapOnly.WITHHELD);
                    case EAP_ALONE -> byEap(LocalAuth.EapOnly.OFFERED);
                    case KEY ->
                        new LocalAuth.BySharedKey(
                                plan.wrongPassword() ? Secret.utf8("another psk") : SampleConnections.NODE_KEY);
                    case CERTIFICATE ->
                        new LocalAuth.BySignature(plan.wrongPassword() ? CREDENTIALS.stranger() : CREDENTIALS.node());
                },
                plan.agentAuth() == Auth.CERTIFICATE
                        ? new RemoteAuth.BySignature(CREDENTIALS.verifier(), Sha1Policy.REFUSE)
                        : new RemoteAuth.BySharedKey(SampleConnections.AGENT_KEY),
                plan.ikeProposal(),
                plan.espProposal());
    }

    private static LocalAuth byEap(LocalAuth.EapOnly only) {
        return new LocalAuth.ByEap(PeerIdentity.parse(SampleConnections.NODE_NAME), RemoteAuth.WithoutMsk.REFUSE, only);
    }

    /** Good enough to be the only proof, or not. */
    private boolean strong() {
        return plan.nodeAuth() == Auth.EAP_ALONE;
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
            return new EapTurn.Outcome.Continue(Octets.of(1, round, 0, 5, strong() ? EAP_TLS : 200 + round));
        }
        return plan.wrongPassword()
                ? new EapTurn.Outcome.Rejected(Optional.of(Octets.of(4, round, 0, 4)), "wrong password")
                : new EapTurn.Outcome.Accepted(
                        Optional.of(Octets.of(3, round, 0, 4)),
                        Optional.of(SampleConnections.MSK),
                        new Authorization(
                                SampleConnections.NODE_NAME, Optional.of(AUTHORIZED), List.of(), List.of(), List.of()),
                        strong() ? "TLS" : "TEST");
    }

    private EapTurn.Outcome eapPeer(Session session, EapTurn turn) {
        Octets packet = ((EapTurn.Message) turn).packet();
        return switch (packet.at(0)) {
            case 1 -> new EapTurn.Outcome.Continue(Octets.of(2, packet.at(1), 0, 5, packet.at(4)));
            case 3 ->
                new EapTurn.Outcome.Accepted(
                        Optional.empty(),
                        Optional.of(SampleConnections.MSK),
                        Authorization.of(SampleConnections.AGENT_NAME),
                        strong() ? "TLS" : "TEST");
            default -> new EapTurn.Outcome.Rejected(Optional.empty(), "EAP-Failure");
        };
    }
}
