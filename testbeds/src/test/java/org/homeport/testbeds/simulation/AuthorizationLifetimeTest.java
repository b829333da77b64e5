package org.homeport.testbeds.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.testbeds.simulation.ResponderBench.only;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.homeport.core.auth.Authorization;
import org.homeport.core.auth.EapTurn;
import org.homeport.core.message.Payload;
import org.homeport.core.policy.LocalAuth;
import org.homeport.core.policy.RemoteAuth.WithoutMsk;
import org.homeport.core.registry.ExchangeType;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.registry.ProtocolId;
import org.homeport.core.session.Event;
import org.homeport.core.session.Output;
import org.homeport.core.session.Role;
import org.homeport.core.session.SessionSummary;
import org.homeport.kit.Octets;
import org.junit.jupiter.api.Test;

/** How long an authentication counts: AUTH_LIFETIME (RFC 4478) and Session-Timeout (RFC 2865 section 5.27, RFC 5176). */
class AuthorizationLifetimeTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final ResponderBench bench =
            new ResponderBench(SampleConnections.agent(SampleConnections.eap(WithoutMsk.REFUSE)));
    private final ScriptedPeer peer = bench.initiated();

    private static Payload.Notify lifetime(int seconds) {
        return Payload.Notify.of(
                NotifyType.AUTH_LIFETIME,
                Octets.of(seconds >>> 24, seconds >>> 16 & 0xff, seconds >>> 8 & 0xff, seconds & 0xff));
    }

    private static Payload.Delete deleteIke() {
        return new Payload.Delete(ProtocolId.IKE, List.of());
    }

    /** @return the last IKE_AUTH response */
    private List<Payload> admitted(Optional<Duration> sessionTimeout) {
        bench.eapEnd = new EapTurn.Outcome.Accepted(
                Optional.of(Octets.of(3, 3, 0, 4)),
                Optional.of(SampleConnections.MSK),
                new Authorization(SampleConnections.NODE_NAME, sessionTimeout, List.of(), List.of(), List.of()),
                "TEST");
        bench.eapEnded(peer);
        return bench.ask(
                peer, ExchangeType.IKE_AUTH, peer.auth(SampleConnections.MSK, peer.id(SampleConnections.NODE_NAME)));
    }

    private Optional<Instant> end() {
        return bench.session().summary().orElseThrow().authorizedUntil();
    }

    private List<Octets> authorize(Optional<Duration> timeout) {
        return bench.command(new Event.Command.Authorize(timeout));
    }

    /** The peer sends signs of life, so that nothing but the authorization ends the session. */
    private List<Octets> passAlive(ScriptedPeer alive, Duration time) {
        for (Duration gone = Duration.ZERO; gone.compareTo(time) < 0; gone = gone.plusSeconds(20)) {
            Duration rest = time.minus(gone);
            List<Octets> sent = bench.pass(rest.compareTo(Duration.ofSeconds(20)) < 0 ? rest : Duration.ofSeconds(20));
            if (!sent.isEmpty()) {
                return sent;
            }
            bench.ask(alive, ExchangeType.INFORMATIONAL);
        }
        return List.of();
    }

    // The responder

    @Test
    void lastResponseTellsHowLongTheAuthorizationLasts() {
        assertThat(admitted(Optional.of(Duration.ofMinutes(10)))).contains(lifetime(600));
        assertThat(end()).contains(bench.simulation.now().plusSeconds(600));
    }

    @Test
    void authorizationWithoutEndIsNotMentioned() {
        assertThat(ResponderBench.notifies(admitted(Optional.empty()))).isEmpty();
        assertThat(end()).isEmpty();
    }

    @Test
    void sessionIsDeletedWhenTheAuthorizationIsOver() {
        admitted(Optional.of(Duration.ofMinutes(10)));
        assertThat(passAlive(peer, Duration.ofSeconds(599))).isEmpty();
        Octets delete = only(bench.pass(Duration.ofSeconds(1)));
        assertThat(peer.open(delete)).containsExactly(deleteIke());
        bench.deliver(peer.response(delete));
        assertThat(bench.agent.ends).containsExactly(Output.Cause.AUTHORIZATION_EXPIRED);
        bench.assertNothingLeft();
    }

    @Test
    void rekeyingDoesNotProlongIt() {
        admitted(Optional.of(Duration.ofMinutes(10)));
        Optional<Instant> end = end();
        assertThat(passAlive(peer, Duration.ofMinutes(5))).isEmpty();
        ScriptedPeer next = peer.successor(Role.INITIATOR);
        next.succeeds(peer, bench.ask(peer, ExchangeType.CREATE_CHILD_SA, next.rekeyPayloads()));
        bench.ask(peer, ExchangeType.INFORMATIONAL, deleteIke());
        assertThat(end()).isEqualTo(end);
        assertThat(passAlive(next, Duration.ofSeconds(299))).isEmpty();
        assertThat(next.open(only(bench.pass(Duration.ofSeconds(1))))).containsExactly(deleteIke());
    }

    @Test
    void changedTimeoutCountsFromTheOrderAndIsTold() {
        admitted(Optional.of(Duration.ofMinutes(10)));
        passAlive(peer, Duration.ofMinutes(5));
        Octets told = only(authorize(Optional.of(HOUR)));
        assertThat(peer.open(told)).containsExactly(lifetime(3600));
        bench.deliver(peer.response(told));
        assertThat(end()).contains(bench.simulation.now().plus(HOUR));
        assertThat(only(bench.agent.changes).authorizedUntil()).isEqualTo(end());
        assertThat(passAlive(peer, Duration.ofMinutes(10)))
                .as("the old end is none")
                .isEmpty();
    }

    @Test
    void shorterTimeoutIsEnforced() {
        admitted(Optional.of(HOUR));
        bench.deliver(peer.response(only(authorize(Optional.of(Duration.ofSeconds(15))))));
        assertThat(peer.open(only(bench.pass(Duration.ofSeconds(15))))).containsExactly(deleteIke());
    }

    @Test
    void whatWaitedForTheWindowIsToldAsWhatIsLeft() {
        admitted(Optional.of(HOUR));
        Octets probe = only(bench.command(new Event.Command.Probe()));
        assertThat(authorize(Optional.of(Duration.ofMinutes(10)))).isEmpty();
        bench.pass(Duration.ofMillis(2500));
        assertThat(peer.open(only(bench.deliver(peer.response(probe))))).containsExactly(lifetime(597));
    }

    @Test
    void liftedLimitEndsNothing() {
        admitted(Optional.of(Duration.ofMinutes(10)));
        assertThat(authorize(Optional.empty())).isEmpty();
        assertThat(end()).isEmpty();
        assertThat(passAlive(peer, Duration.ofMinutes(20))).isEmpty();
    }

    /** RFC 4478 section 2: "the original responder SHOULD allow a reasonable time". */
    @Test
    void peerThatIsToAuthenticateAtOnceHasAMinuteForIt() {
        admitted(Optional.empty());
        Octets told = only(authorize(Optional.of(Duration.ZERO)));
        assertThat(peer.open(told)).containsExactly(lifetime(0));
        bench.deliver(peer.response(told));
        assertThat(passAlive(peer, Duration.ofSeconds(59))).isEmpty();
        assertThat(peer.open(only(bench.pass(Duration.ofSeconds(1))))).containsExactly(deleteIke());
    }

    @Test
    void hugeTimeoutIsToldAsFarAsItCanBe() {
        assertThat(admitted(Optional.of(Duration.ofSeconds(Long.MAX_VALUE)))).contains(lifetime(-1));
    }

    @Test
    void initiatorHasNothingToSayAboutIt() {
        admitted(Optional.of(Duration.ofMinutes(10)));
        Optional<Instant> end = end();
        assertThat(bench.ask(peer, ExchangeType.INFORMATIONAL, lifetime(100_000)))
                .isEmpty();
        assertThat(end()).isEqualTo(end);
    }

    // The initiator

    private static InitiatorBench node(Payload.Notify... told) {
        InitiatorBench node =
                new InitiatorBench(SampleConnections.node(new LocalAuth.BySharedKey(SampleConnections.NODE_KEY)));
        Octets auth = node.initiated();
        node.deliver(node.peer.response(
                auth, ScriptedPeer.with(InitiatorBench.both(node.identity(), InitiatorBench.gains()), told)));
        node.peer.nextId = 0;
        return node;
    }

    private static Optional<SessionSummary> summary(InitiatorBench node) {
        return node.session.summary();
    }

    @Test
    void nodeRemembersWhenItHasToAuthenticateAnew() {
        InitiatorBench node = node(lifetime(600));
        assertThat(summary(node).orElseThrow().authorizedUntil())
                .contains(node.simulation.now().plusSeconds(600));
        assertThat(node.node.story).anyMatch(line -> line.contains("auth.lifetime") && line.contains("600"));
    }

    @Test
    void nodeThatIsToldNothingExpectsNoEnd() {
        assertThat(summary(node()).orElseThrow().authorizedUntil()).isEmpty();
    }

    @Test
    void nodeHearsOfAChange() {
        InitiatorBench node = node(lifetime(600));
        Octets answer = only(node.deliver(node.peer.request(ExchangeType.INFORMATIONAL, lifetime(0))));
        assertThat(node.peer.open(answer)).isEmpty();
        assertThat(summary(node).orElseThrow().authorizedUntil()).contains(node.simulation.now());
        assertThat(only(node.node.changes)).isEqualTo(summary(node).orElseThrow());
    }

    @Test
    void nodeLeavesTheEndToTheResponder() {
        InitiatorBench node = node(lifetime(10));
        assertThat(node.pass(Duration.ofSeconds(20))).isEmpty();
        assertThat(node.isOver()).isFalse();
    }

    @Test
    void lifetimeOfAnotherLengthSaysNothing() {
        InitiatorBench node = node(Payload.Notify.of(NotifyType.AUTH_LIFETIME, Octets.of(1, 2, 3)));
        assertThat(summary(node).orElseThrow().authorizedUntil()).isEmpty();
    }

    @Test
    void nodeDoesNotGrantItselfAnything() {
        InitiatorBench node = node(lifetime(600));
        Optional<Instant> end = summary(node).orElseThrow().authorizedUntil();
        assertThat(node.event(new Event.Command.Authorize(Optional.of(HOUR)))).isEmpty();
        assertThat(summary(node).orElseThrow().authorizedUntil()).isEqualTo(end);
    }
}
