package org.homeport.testbeds.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.homeport.core.auth.Authorization;
import org.homeport.core.auth.EapTurn;
import org.homeport.core.endpoint.EndpointPolicy;
import org.homeport.core.endpoint.IkeEndpoint;
import org.homeport.core.endpoint.Routing;
import org.homeport.core.message.IkeHeader;
import org.homeport.core.message.Payload;
import org.homeport.core.policy.Connection;
import org.homeport.core.registry.CpAttributeType;
import org.homeport.core.registry.CpType;
import org.homeport.core.registry.ExchangeType;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.responder.Responder;
import org.homeport.core.responder.ResponderPolicy;
import org.homeport.core.session.Environment;
import org.homeport.core.session.Event;
import org.homeport.core.session.Framing;
import org.homeport.core.session.Path;
import org.homeport.core.session.Role;
import org.homeport.core.session.Session;
import org.homeport.core.session.TimerId;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;

/**
 * A home agent on a virtual clock, and peers whose every message is made by hand. Nothing is sent over: what is delivered
 * is handled at once, backends included unless they are told to pause.
 */
final class ResponderBench {
    static final Path PATH = new Path(SampleConnections.AGENT, SampleConnections.NODE, Framing.PLAIN);
    private static final int EAP_IDENTITY = 1;
    private static final Side.Faults NONE = new Side.Faults(0, 0, Duration.ZERO);

    final Simulation simulation = new Simulation(7);
    final Side agent;
    final RandomSource random = bytes -> simulation.random.nextBytes(bytes);
    final List<Sent> sent = new ArrayList<>();
    private final IkeEndpoint endpoint;
    private final Responder responder;
    private final Map<Octets, Session> halfOpen = new HashMap<>();
    private int sessions;
    private int reqids;
    private int rounds;

    /** The EAP type of the method, after the question for the identity if there is one; unassigned ones by default. */
    OptionalInt eapType = OptionalInt.empty();

    /** How EAP ends, after two rounds. */
    EapTurn.Outcome eapEnd = new EapTurn.Outcome.Accepted(
            Optional.of(Octets.of(3, 3, 0, 4)),
            Optional.of(SampleConnections.MSK),
            Authorization.of(SampleConnections.NODE_NAME),
            "TEST");

    record Sent(Path path, Octets message) {}

    ResponderBench(Connection... connections) {
        this(NONE, 1000, connections);
    }

    ResponderBench(Side.Faults faults, int cookieThreshold, Connection... connections) {
        agent = new Side(
                "agent", simulation, (from, path, message) -> sent.add(new Sent(path, message)), this::eap, faults);
        EndpointPolicy defaults = EndpointPolicy.defaults();
        endpoint = new IkeEndpoint(
                new EndpointPolicy(
                        cookieThreshold,
                        defaults.halfOpenLimit(),
                        defaults.maxDatagram(),
                        defaults.cookieLifetime(),
                        defaults.unprotectedAnswersPerSecond()),
                ScriptedPeer.CRYPTO,
                random);
        responder = new Responder(
                new Environment(
                        ScriptedPeer.CRYPTO,
                        random,
                        () -> ++reqids,
                        Environment.KeyLogging.OFF,
                        Environment.DEFAULT_FRAGMENT_SIZE),
                () -> new ResponderPolicy(List.of(connections), SampleConnections.TIMING),
                () -> "session-" + ++sessions);
    }

    private EapTurn.Outcome eap(Session session, EapTurn turn) {
        rounds = turn instanceof EapTurn.Begin ? 1 : rounds + 1;
        int type = turn instanceof EapTurn.Begin begin && begin.identityQuestion() == EapTurn.IdentityQuestion.ASK
                ? EAP_IDENTITY
                : eapType.orElse(200 + rounds);
        return rounds < 3 ? new EapTurn.Outcome.Continue(Octets.of(1, rounds, 0, 5, type)) : eapEnd;
    }

    ScriptedPeer peer() {
        return new ScriptedPeer(Role.INITIATOR, random, SampleConnections.IKE);
    }

    /** Delivers a datagram as a shard would. @return what the agent sends in return */
    List<Octets> deliver(Octets datagram) {
        return deliver(PATH, datagram);
    }

    List<Octets> deliver(Path path, Octets datagram) {
        int before = sent.size();
        switch (endpoint.route(path, datagram, agent.live.size(), simulation.now())) {
            case Routing.ToSession(long spi) ->
                Optional.ofNullable(agent.bySpi.get(spi))
                        .ifPresent(session -> agent.handle(session, new Event.Received(path, datagram)));
            case Routing.NewSession fresh -> {
                Session session = Optional.ofNullable(halfOpen.get(datagram))
                        .filter(agent.live::contains)
                        .orElseGet(() -> responder.accept(() -> random.bits64() | 1, path));
                halfOpen.put(datagram, session);
                agent.handle(session, new Event.Received(path, datagram));
            }
            case Routing.Answer(Octets answer) -> sent.add(new Sent(path, answer));
            case Routing.Drop drop -> {}
        }
        simulation.run(Duration.ZERO);
        return since(before);
    }

    /** Lets time pass. @return what the agent sends of itself */
    List<Octets> pass(Duration time) {
        int before = sent.size();
        simulation.run(time);
        return since(before);
    }

    List<Octets> command(Event.Command command) {
        return event(command);
    }

    List<Octets> event(Event event) {
        int before = sent.size();
        agent.handle(session(), event);
        simulation.run(Duration.ZERO);
        return since(before);
    }

    /** A timer that is set fires now. */
    List<Octets> fire(TimerId timer) {
        assertThat(agent.awaits(session(), timer)).as("%s is set", timer).isTrue();
        int before = sent.size();
        agent.fire(session(), timer);
        simulation.run(Duration.ZERO);
        return since(before);
    }

    private List<Octets> since(int before) {
        return sent.subList(before, sent.size()).stream().map(Sent::message).toList();
    }

    Session session() {
        assertThat(agent.live).hasSize(1);
        return agent.live.iterator().next();
    }

    /** The one answer to a protected request, opened. */
    List<Payload> ask(ScriptedPeer peer, ExchangeType exchange, Payload... payloads) {
        return ask(peer, exchange, List.of(payloads));
    }

    List<Payload> ask(ScriptedPeer peer, ExchangeType exchange, List<Payload> payloads) {
        Octets answer = only(deliver(peer.request(exchange, payloads)));
        IkeHeader header = ScriptedPeer.decoded(answer).header();
        assertThat(header.isResponse()).isTrue();
        assertThat(header.exchange()).isEqualTo(exchange);
        assertThat(header.messageId()).isEqualTo(peer.nextId - 1);
        return peer.open(answer);
    }

    // How far a peer is

    ScriptedPeer initiated() {
        ScriptedPeer peer = peer();
        peer.initAnswered(only(deliver(peer.init())));
        return peer;
    }

    /** The first IKE_AUTH request, with a CFG_REQUEST and a child. */
    static List<Payload> firstAuth(ScriptedPeer peer, Payload... more) {
        return ScriptedPeer.with(
                ScriptedPeer.with(
                        ScriptedPeer.with(List.of(peer.id(SampleConnections.NODE_NAME)), addressRequest()),
                        ScriptedPeer.child(0x1001).toArray(Payload[]::new)),
                more);
    }

    static Payload.Configuration addressRequest() {
        return new Payload.Configuration(
                CpType.CFG_REQUEST,
                List.of(new Payload.Configuration.Attribute(CpAttributeType.INTERNAL_IP6_ADDRESS, Octets.EMPTY)));
    }

    static Payload.Eap eapResponse(int identifier) {
        return new Payload.Eap(Octets.of(2, identifier, 0, 5, 200));
    }

    /** The EAP conversation up to its end; what the last message said is returned. */
    List<Payload> eapEnded(ScriptedPeer peer) {
        ask(peer, ExchangeType.IKE_AUTH, firstAuth(peer));
        ask(peer, ExchangeType.IKE_AUTH, eapResponse(1));
        return ask(peer, ExchangeType.IKE_AUTH, eapResponse(2));
    }

    /** A peer that proved itself by its key, with its first child. */
    ScriptedPeer established() {
        return established(UnaryOperator.identity());
    }

    ScriptedPeer established(UnaryOperator<List<Payload>> change) {
        ScriptedPeer peer = initiated();
        List<Payload> answer = ask(
                peer,
                ExchangeType.IKE_AUTH,
                change.apply(
                        firstAuth(peer, peer.auth(SampleConnections.NODE_KEY, peer.id(SampleConnections.NODE_NAME)))));
        assertThat(Payload.first(answer, Payload.Authentication.class)).isPresent();
        return peer;
    }

    // What to expect

    static <T> T only(List<T> list) {
        assertThat(list).hasSize(1);
        return list.getFirst();
    }

    static List<NotifyType> notifies(List<Payload> payloads) {
        return payloads.stream()
                .filter(Payload.Notify.class::isInstance)
                .map(p -> ((Payload.Notify) p).notifyType())
                .toList();
    }

    static List<NotifyType> notifies(Octets clear) {
        return notifies(ScriptedPeer.decoded(clear).payloads());
    }

    void assertNoBug() {
        assertThat(agent.bugs).isEmpty();
    }

    /** After whatever lingers is over. */
    void assertNothingLeft() {
        simulation.run(Duration.ofSeconds(60));
        assertThat(agent.leftovers()).isEmpty();
        assertNoBug();
    }

    /** Nothing but a session that still repeats its last word. */
    void assertAllGivenBack() {
        assertThat(agent.kernel).isEmpty();
        assertThat(agent.policies).isEmpty();
        assertThat(agent.leases).isEmpty();
        assertThat(agent.openEap).isEmpty();
        assertNoBug();
    }
}
