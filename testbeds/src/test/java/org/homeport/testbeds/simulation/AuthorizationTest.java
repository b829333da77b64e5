package org.homeport.testbeds.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.testbeds.simulation.ResponderBench.notifies;
import static org.homeport.testbeds.simulation.ResponderBench.only;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.homeport.core.address.LeaseOutcome;
import org.homeport.core.address.LeaseRequest;
import org.homeport.core.auth.Authorization;
import org.homeport.core.auth.AuthorizationQuestion;
import org.homeport.core.auth.AuthorizationQuestion.Outcome;
import org.homeport.core.auth.PeerIdentity;
import org.homeport.core.message.Payload;
import org.homeport.core.policy.Connection;
import org.homeport.core.policy.Connection.Authorizing;
import org.homeport.core.policy.RemoteAuth;
import org.homeport.core.registry.ExchangeType;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.session.Output;
import org.homeport.core.session.SessionSummary;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Octets;
import org.junit.jupiter.api.Test;

/** A peer that proved itself by its key, and what somebody else says it may have. */
class AuthorizationTest {
    private static final IpAddress HOME = IpAddress.parse("2001:db8:100::42");

    private final ResponderBench bench = new ResponderBench(asking());
    private final ScriptedPeer peer = bench.initiated();

    private static Connection asking() {
        Connection plain = SampleConnections.agent(new RemoteAuth.BySharedKey(SampleConnections.NODE_KEY));
        return new Connection(
                plain.name(),
                plain.local(),
                plain.remote(),
                plain.localAuth(),
                plain.remoteAuth(),
                Authorizing.BY_BACKEND,
                plain.ikeProposals(),
                plain.children(),
                plain.pools(),
                plain.timing());
    }

    private static Outcome granted(Optional<Duration> timeout, Optional<String> refusal) {
        return new Outcome.Granted(new Authorization(
                SampleConnections.NODE_NAME, timeout, List.of(HOME), List.of("home6"), List.of("staff"), refusal));
    }

    private List<Payload> byKey() {
        return ResponderBench.firstAuth(
                peer, peer.auth(SampleConnections.NODE_KEY, peer.id(SampleConnections.NODE_NAME)));
    }

    private List<Payload> authenticated(Outcome outcome) {
        bench.agent.aaa = question -> outcome;
        return bench.ask(peer, ExchangeType.IKE_AUTH, byKey());
    }

    @Test
    void peerIsAskedAboutOnceItHasProvedItself() {
        authenticated(granted(Optional.empty(), Optional.empty()));
        assertThat(bench.agent.asked)
                .containsExactly(new AuthorizationQuestion(
                        PeerIdentity.parse(SampleConnections.NODE_NAME), "PSK", SampleConnections.NODE, "nodes"));
    }

    @Test
    void nobodyIsAskedAboutWhoeverProvesNothing() {
        List<Payload> answer = bench.ask(
                peer,
                ExchangeType.IKE_AUTH,
                ResponderBench.firstAuth(
                        peer, peer.auth(SampleConnections.AGENT_KEY, peer.id(SampleConnections.NODE_NAME))));
        assertThat(notifies(answer)).containsExactly(NotifyType.AUTHENTICATION_FAILED);
        assertThat(bench.agent.asked).isEmpty();
        bench.assertNothingLeft();
    }

    @Test
    void grantDecidesOfAddressesAndTime() {
        LeaseRequest[] asked = new LeaseRequest[1];
        bench.agent.pool = request -> {
            asked[0] = request;
            return new LeaseOutcome.None("only looking");
        };
        List<Payload> answer = authenticated(granted(Optional.of(Duration.ofMinutes(10)), Optional.empty()));
        assertThat(asked[0].authorization().addresses()).containsExactly(HOME);
        assertThat(asked[0].authorization().groups()).containsExactly("staff");
        assertThat(notifies(answer)).contains(NotifyType.AUTH_LIFETIME);
        SessionSummary summary = bench.session().summary().orElseThrow();
        assertThat(summary.authorizedUntil()).contains(bench.simulation.now().plusSeconds(600));
    }

    @Test
    void refusalOfTheAaaIsAnsweredWithAuthenticationFailed() {
        List<Payload> answer = authenticated(new Outcome.Refused("home rejects 'mn1@example.org'"));
        assertThat(notifies(answer)).containsExactly(NotifyType.AUTHENTICATION_FAILED);
        assertThat(bench.agent.story)
                .filteredOn(line -> line.contains(".refused"))
                .singleElement()
                .asString()
                .contains("NotAuthorized", "home rejects");
        bench.assertAllGivenBack();
        bench.assertNothingLeft();
    }

    @Test
    void knownPeerWithoutTheServiceGetsNeitherAddressNorSa() {
        List<Payload> answer = authenticated(granted(Optional.empty(), Optional.of("no mobility for visitors")));
        assertThat(notifies(answer)).containsExactly(NotifyType.AUTHENTICATION_FAILED);
        assertThat(bench.agent.story).anyMatch(line -> line.contains("service.refused"));
        bench.assertNothingLeft();
    }

    @Test
    void aaaThatIsNotThereLetsNobodyIn() {
        assertThat(notifies(authenticated(new Outcome.Unavailable("home did not answer"))))
                .containsExactly(NotifyType.AUTHENTICATION_FAILED);
        bench.assertNothingLeft();
    }

    @Test
    void repetitionWhileAaaThinksIsDroppedAndAnsweredFromTheWindowLater() {
        bench.agent.pause = Duration.ofSeconds(2);
        bench.agent.aaa = question -> granted(Optional.empty(), Optional.empty());
        Octets request = peer.request(ExchangeType.IKE_AUTH, byKey());
        assertThat(bench.deliver(request)).isEmpty();
        assertThat(bench.deliver(request)).isEmpty();
        Octets answer = only(bench.pass(Duration.ofSeconds(6)));
        assertThat(bench.deliver(request)).containsExactly(answer);
        assertThat(bench.agent.asked).hasSize(1);
    }

    @Test
    void answerThatComesAfterTheTimeOfAnInitialExchangeServesNobody() {
        bench.agent.pause = Duration.ofSeconds(50);
        bench.agent.aaa = question -> granted(Optional.empty(), Optional.empty());
        assertThat(bench.deliver(peer.request(ExchangeType.IKE_AUTH, byKey()))).isEmpty();
        Octets word = only(bench.pass(Duration.ofSeconds(41)));
        assertThat(notifies(peer.open(word))).containsExactly(NotifyType.AUTHENTICATION_FAILED);
        bench.pass(Duration.ofSeconds(60));
        assertThat(bench.agent.ends).containsExactly(Output.Cause.NEVER_ESTABLISHED);
        bench.assertNothingLeft();
    }
}
