package org.homeport.testbeds.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeport.core.address.LeaseRequest.Family;
import org.homeport.core.address.LeaseRequest.Wanted;
import org.homeport.core.auth.Authorization;
import org.homeport.core.auth.EapTurn;
import org.homeport.core.exchange.Addresses;
import org.homeport.core.initiator.Initiator;
import org.homeport.core.initiator.InitiatorPolicy;
import org.homeport.core.message.Payload;
import org.homeport.core.policy.Connection;
import org.homeport.core.session.Environment;
import org.homeport.core.session.Event;
import org.homeport.core.session.Framing;
import org.homeport.core.session.Path;
import org.homeport.core.session.Role;
import org.homeport.core.session.Session;
import org.homeport.core.session.SessionSummary;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;

/** A mobile node on a virtual clock, and a responder whose every message is made by hand. */
final class InitiatorBench {
    static final Path PATH = new Path(SampleConnections.NODE, SampleConnections.AGENT, Framing.PLAIN);
    static final Path FLOATED = new Path(
            SampleConnections.NODE.withPort(4500), SampleConnections.AGENT.withPort(4500), Framing.NON_ESP_MARKER);
    static final int CHILD_SPI = 0x2002;

    final Simulation simulation = new Simulation(11);
    final RandomSource random = bytes -> simulation.random.nextBytes(bytes);
    final List<ResponderBench.Sent> sent = new ArrayList<>();
    final Side node;
    final Session session;
    final ScriptedPeer peer;
    final Octets init;
    private int reqids;

    /** What the node's EAP side makes of a packet. */
    Side.EapSide eap = (session, turn) -> {
        Octets packet = ((EapTurn.Message) turn).packet();
        return switch (packet.at(0)) {
            case 1 -> new EapTurn.Outcome.Continue(Octets.of(2, packet.at(1), 0, 5, packet.at(4)));
            case 3 ->
                new EapTurn.Outcome.Accepted(
                        Optional.empty(),
                        Optional.of(SampleConnections.MSK),
                        Authorization.of(SampleConnections.AGENT_NAME),
                        "TEST");
            default -> new EapTurn.Outcome.Rejected(Optional.empty(), "EAP-Failure");
        };
    };

    InitiatorBench(Connection connection) {
        this(connection, new Side.Faults(0, 0, Duration.ZERO));
    }

    InitiatorBench(Connection connection, Side.Faults faults) {
        node = new Side(
                "node",
                simulation,
                (from, path, message) -> sent.add(new ResponderBench.Sent(path, message)),
                (session, turn) -> eap.answer(session, turn),
                faults);
        session = Initiator.session(
                "node",
                new Environment(
                        ScriptedPeer.CRYPTO,
                        random,
                        () -> ++reqids,
                        Environment.KeyLogging.OFF,
                        Environment.DEFAULT_FRAGMENT_SIZE),
                () -> random.bits64() | 1,
                new InitiatorPolicy(
                        connection,
                        Optional.empty(),
                        List.of(new Wanted(Family.IPV6, Optional.empty())),
                        PATH,
                        FLOATED,
                        InitiatorPolicy.Floating.BEHIND_NAT));
        peer = new ScriptedPeer(Role.RESPONDER, random, SampleConnections.IKE);
        init = ResponderBench.only(event(new Event.Command.Start()));
    }

    /** @return what the node sends in return */
    List<Octets> deliver(Octets datagram) {
        return event(new Event.Received(PATH, datagram));
    }

    List<Octets> event(Event event) {
        int before = sent.size();
        node.handle(session, event);
        simulation.run(Duration.ZERO);
        return since(before);
    }

    List<Octets> pass(Duration time) {
        int before = sent.size();
        simulation.run(time);
        return since(before);
    }

    private List<Octets> since(int before) {
        return sent.subList(before, sent.size()).stream()
                .map(ResponderBench.Sent::message)
                .toList();
    }

    boolean isOver() {
        return !node.live.contains(session);
    }

    /** Answers IKE_SA_INIT. @return the node's first IKE_AUTH request */
    Octets initiated() {
        return ResponderBench.only(deliver(peer.answerInit(init)));
    }

    /** IDr and AUTH by the key. */
    List<Payload> identity() {
        Payload.Identification idr = peer.id(SampleConnections.AGENT_NAME);
        return List.of(idr, peer.auth(SampleConnections.AGENT_KEY, idr));
    }

    /** CFG_REPLY and the first child. */
    static List<Payload> gains() {
        return ScriptedPeer.with(
                List.of(Addresses.reply(new Addresses.Assigned(
                        List.of(new SessionSummary.HomeAddress(IpAddress.parse("2001:db8:100::1"), 64)), List.of()))),
                ScriptedPeer.child(CHILD_SPI).toArray(Payload[]::new));
    }

    static List<Payload> both(List<Payload> first, List<Payload> second) {
        return ScriptedPeer.with(first, second.toArray(Payload[]::new));
    }

    /** By key on both sides, with an address and a child. */
    InitiatorBench established() {
        Octets auth = initiated();
        deliver(peer.response(auth, both(identity(), gains())));
        assertThat(session.summary()).isPresent();
        return this;
    }

    void assertNothingLeft() {
        simulation.run(Duration.ofSeconds(60));
        assertThat(node.leftovers()).isEmpty();
        assertThat(node.bugs).isEmpty();
    }
}
