package org.homeport.testbeds.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.testbeds.simulation.ResponderBench.notifies;
import static org.homeport.testbeds.simulation.ResponderBench.only;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.homeport.core.auth.PeerProved;
import org.homeport.core.crypto.CertificateVerifier;
import org.homeport.core.crypto.Sha1Policy;
import org.homeport.core.message.Payload;
import org.homeport.core.message.TrafficSelector;
import org.homeport.core.policy.Connection;
import org.homeport.core.policy.LocalAuth;
import org.homeport.core.policy.RemoteAuth;
import org.homeport.core.registry.CpAttributeType;
import org.homeport.core.registry.CpType;
import org.homeport.core.registry.ExchangeType;
import org.homeport.core.registry.IdType;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.registry.PayloadType;
import org.homeport.core.registry.ProtocolId;
import org.homeport.core.session.Framing;
import org.homeport.core.session.Path;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.junit.jupiter.api.Test;

/** The first IKE_AUTH request (RFC 7296 sections 1.2, 2.15, 2.21.2). */
class AwaitingFirstAuthTest {
    private final ResponderBench bench =
            new ResponderBench(SampleConnections.agent(new RemoteAuth.BySharedKey(SampleConnections.NODE_KEY)));

    private static List<Payload> byKey(ScriptedPeer peer) {
        return ResponderBench.firstAuth(
                peer, peer.auth(SampleConnections.NODE_KEY, peer.id(SampleConnections.NODE_NAME)));
    }

    private void assertRefused(ScriptedPeer peer, NotifyType why, List<Payload> request) {
        assertThat(notifies(bench.ask(peer, ExchangeType.IKE_AUTH, request))).containsExactly(why);
        bench.assertAllGivenBack();
        bench.assertNothingLeft();
    }

    @Test
    void peerThatProvesItselfGetsIdentityProofAddressAndChild() {
        ScriptedPeer peer = bench.initiated();
        List<Payload> answer = bench.ask(peer, ExchangeType.IKE_AUTH, byKey(peer));
        assertThat(answer.stream().map(Payload::type))
                .containsExactly(
                        PayloadType.IDR,
                        PayloadType.AUTH,
                        PayloadType.CP,
                        PayloadType.SA,
                        PayloadType.TSI,
                        PayloadType.TSR);
        assertThat(bench.agent.kernel).hasSize(1);
        assertThat(bench.agent.leases).hasSize(1);
        assertThat(bench.agent.established()).isPresent();
    }

    @Test
    void repeatedRequestGetsTheSameBytes() {
        ScriptedPeer peer = bench.initiated();
        Octets request = peer.request(ExchangeType.IKE_AUTH, byKey(peer));
        Octets answer = only(bench.deliver(request));
        assertThat(bench.deliver(request)).containsExactly(answer);
        assertThat(bench.agent.leases).hasSize(1);
        assertThat(bench.agent.kernel).hasSize(1);
    }

    @Test
    void repeatedInitIsStillAnsweredUntilTheNextRequestIs() {
        ScriptedPeer peer = bench.initiated();
        assertThat(bench.deliver(peer.initRequest)).containsExactly(peer.initResponse);
        bench.deliver(peer.request(ExchangeType.IKE_AUTH, byKey(peer)));
        assertThat(bench.agent.live).hasSize(1);
    }

    @Test
    void forgedRequestDoesNotStandInTheWayOfTheGenuineOne() {
        ScriptedPeer peer = bench.initiated();
        Octets genuine = peer.request(ExchangeType.IKE_AUTH, byKey(peer));
        assertThat(bench.deliver(ScriptedPeer.forged(genuine))).isEmpty();
        assertThat(bench.deliver(genuine)).hasSize(1);
        assertThat(bench.agent.established()).isPresent();
    }

    @Test
    void anotherKeyIsRefused() {
        ScriptedPeer peer = bench.initiated();
        assertRefused(
                peer,
                NotifyType.AUTHENTICATION_FAILED,
                ResponderBench.firstAuth(
                        peer, peer.auth(Secret.utf8("a guess"), peer.id(SampleConnections.NODE_NAME))));
    }

    @Test
    void proofOverAnotherIdentityIsRefused() {
        ScriptedPeer peer = bench.initiated();
        assertRefused(
                peer,
                NotifyType.AUTHENTICATION_FAILED,
                ResponderBench.firstAuth(peer, peer.auth(SampleConnections.NODE_KEY, peer.id("mn2@example.org"))));
    }

    @Test
    void reservedOctetsOfTheIdentityAreCoveredByTheProof() {
        ScriptedPeer peer = bench.initiated();
        Payload.Identification odd = new Payload.Identification(
                PayloadType.IDI, IdType.RFC822_ADDR, Octets.of(1, 2, 3), Octets.utf8(SampleConnections.NODE_NAME));
        List<Payload> answer = bench.ask(
                peer,
                ExchangeType.IKE_AUTH,
                ScriptedPeer.with(
                        List.of(odd, peer.auth(SampleConnections.NODE_KEY, odd)),
                        ScriptedPeer.child(0x1001).toArray(Payload[]::new)));
        assertThat(Payload.first(answer, Payload.Authentication.class)).isPresent();
    }

    @Test
    void strangerIsRefused() {
        ScriptedPeer peer = bench.initiated();
        Payload.Identification stranger = peer.id("mn1@elsewhere.org");
        assertRefused(
                peer,
                NotifyType.AUTHENTICATION_FAILED,
                ScriptedPeer.with(
                        List.of(stranger, peer.auth(SampleConnections.NODE_KEY, stranger)),
                        ScriptedPeer.child(0x1001).toArray(Payload[]::new)));
    }

    @Test
    void nulInTheNameIsRefusedAndNotLogged() {
        ScriptedPeer peer = bench.initiated();
        Payload.Identification id = Payload.Identification.of(
                PayloadType.IDI, IdType.RFC822_ADDR, Octets.utf8("mn1@example.org\0@example.org"));
        assertRefused(
                peer,
                NotifyType.AUTHENTICATION_FAILED,
                ScriptedPeer.with(
                        List.of(id, peer.auth(Secret.utf8("a guess"), id)),
                        ScriptedPeer.child(0x1001).toArray(Payload[]::new)));
        assertThat(bench.agent.story).anyMatch(line -> line.contains("\\u0000"));
        assertThat(bench.agent.story).noneMatch(line -> line.indexOf('\0') >= 0);
    }

    @Test
    void eapIsRefusedWhereAKeyIsDue() {
        ScriptedPeer peer = bench.initiated();
        assertRefused(peer, NotifyType.AUTHENTICATION_FAILED, ResponderBench.firstAuth(peer));
    }

    @Test
    void otherIdentityOfOursIsRefused() {
        ScriptedPeer peer = bench.initiated();
        assertRefused(
                peer,
                NotifyType.AUTHENTICATION_FAILED,
                ScriptedPeer.with(
                        byKey(peer),
                        Payload.Identification.of(PayloadType.IDR, IdType.FQDN, Octets.utf8("another.example.org"))));
    }

    @Test
    void laterConnectionIsNoWayAroundTheFirstThatIsForThePeer() {
        ResponderBench two = new ResponderBench(
                SampleConnections.agent(SampleConnections.eap(RemoteAuth.WithoutMsk.REFUSE)),
                SampleConnections.agent(new RemoteAuth.BySharedKey(SampleConnections.NODE_KEY)));
        ScriptedPeer peer = two.initiated();
        assertThat(notifies(two.ask(peer, ExchangeType.IKE_AUTH, byKey(peer))))
                .containsExactly(NotifyType.AUTHENTICATION_FAILED);
        two.assertNothingLeft();
        assertThat(two.agent.story)
                .anyMatch(line ->
                        line.contains("connection 'nodes' takes EAP, the peer came with AUTH method SHARED_KEY"));
    }

    @Test
    void connectionForAnotherIdentityOfOursIsPassedOver() {
        Connection elsewhere =
                SampleConnections.agent(SampleConnections.eap(RemoteAuth.WithoutMsk.REFUSE), "other.example.org");
        ResponderBench two = new ResponderBench(
                elsewhere, SampleConnections.agent(new RemoteAuth.BySharedKey(SampleConnections.NODE_KEY)));
        ScriptedPeer peer = two.initiated();
        List<Payload> answer = two.ask(
                peer,
                ExchangeType.IKE_AUTH,
                ScriptedPeer.with(
                        byKey(peer),
                        Payload.Identification.of(
                                PayloadType.IDR, IdType.FQDN, Octets.utf8(SampleConnections.AGENT_NAME))));
        assertThat(Payload.first(answer, Payload.Authentication.class)).isPresent();
    }

    @Test
    void suiteOfAnotherConnectionIsRefused() {
        RemoteAuth key = new RemoteAuth.BySharedKey(SampleConnections.NODE_KEY);
        ResponderBench two = new ResponderBench(
                SampleConnections.agent(
                        new LocalAuth.BySharedKey(SampleConnections.AGENT_KEY),
                        key,
                        "aes256gcm16-prfsha256-x25519",
                        SampleConnections.ESP),
                SampleConnections.agent(key, "other.example.org"));
        ScriptedPeer peer = two.initiated();
        assertThat(notifies(two.ask(peer, ExchangeType.IKE_AUTH, byKey(peer))))
                .containsExactly(NotifyType.AUTHENTICATION_FAILED);
        two.assertNothingLeft();
        assertThat(two.agent.story).anyMatch(line -> line.contains("the ike-proposals of connection 'nodes'"));
    }

    @Test
    void identitiesAreTheSameInAnySpelling() {
        ScriptedPeer peer = bench.initiated();
        Payload.Identification shouted = peer.id("mn1@EXAMPLE.org");
        List<Payload> answer = bench.ask(
                peer,
                ExchangeType.IKE_AUTH,
                ScriptedPeer.with(
                        List.of(
                                shouted,
                                peer.auth(SampleConnections.NODE_KEY, shouted),
                                Payload.Identification.of(PayloadType.IDR, IdType.FQDN, Octets.utf8("HA.Example.ORG")),
                                ResponderBench.addressRequest()),
                        ScriptedPeer.child(0x1001).toArray(Payload[]::new)));
        assertThat(Payload.first(answer, Payload.Authentication.class)).isPresent();
        assertThat(bench.agent.established().orElseThrow().authorization().identity())
                .isEqualTo(SampleConnections.NODE_NAME);
    }

    @Test
    void certificateIsOneIdentityHoweverItIsSpelled() throws Exception {
        CertificateVerifier believesAnything = new CertificateVerifier() {
            @Override
            public Octets authorities() {
                return Octets.EMPTY;
            }

            @Override
            public void verify(
                    List<Octets> certificates,
                    Payload.Identification identity,
                    Payload.Authentication authentication,
                    Octets signedOctets,
                    Sha1Policy sha1,
                    Instant now) {}
        };
        ScriptedPeer peer = bench.initiated();
        Payload.Identification shouted = peer.id("MN1@EXAMPLE.org");
        PeerProved proved = PeerProved.bySignature(
                believesAnything,
                List.of(),
                shouted,
                peer.auth(SampleConnections.NODE_KEY, shouted),
                Octets.EMPTY,
                Sha1Policy.REFUSE,
                Instant.EPOCH);
        assertThat(proved.authorization().identity()).isEqualTo(SampleConnections.NODE_NAME);
    }

    @Test
    void missingIdentityIsASyntaxError() {
        ScriptedPeer peer = bench.initiated();
        assertRefused(peer, NotifyType.INVALID_SYNTAX, ScriptedPeer.child(0x1001));
    }

    @Test
    void unreadableRequestIsASyntaxError() {
        ScriptedPeer peer = bench.initiated();
        assertRefused(peer, NotifyType.INVALID_SYNTAX, List.of(new Payload.Nonce(Octets.zeros(3))));
    }

    @Test
    void unknownCriticalPayloadEndsTheAttempt() {
        ScriptedPeer peer = bench.initiated();
        assertRefused(
                peer,
                NotifyType.UNSUPPORTED_CRITICAL_PAYLOAD,
                ScriptedPeer.with(byKey(peer), new Payload.Unknown(new PayloadType(201), true, Octets.EMPTY)));
    }

    @Test
    void childExchangeBeforeAuthenticationIsRefused() {
        ScriptedPeer peer = bench.initiated();
        assertRefused(peer, NotifyType.INVALID_SYNTAX, List.of());
        ScriptedPeer other = bench.initiated();
        assertThat(notifies(bench.ask(
                        other,
                        ExchangeType.CREATE_CHILD_SA,
                        ScriptedPeer.with(ScriptedPeer.child(0x1001), new Payload.Nonce(bench.random.octets(32))))))
                .containsExactly(NotifyType.INVALID_SYNTAX);
        bench.assertNothingLeft();
    }

    @Test
    void refusedPeerGetsItsRefusalAgain() {
        ScriptedPeer peer = bench.initiated();
        Octets request = peer.request(ExchangeType.IKE_AUTH, ResponderBench.firstAuth(peer));
        Octets refusal = only(bench.deliver(request));
        assertThat(bench.deliver(request)).containsExactly(refusal);
        bench.assertNothingLeft();
        assertThat(bench.deliver(request)).isEmpty();
    }

    @Test
    void selectorsOutsideTheLeaseLeaveTheIkeSaUp() {
        ScriptedPeer peer = bench.initiated();
        List<Payload> answer = bench.ask(
                peer,
                ExchangeType.IKE_AUTH,
                peer.id(SampleConnections.NODE_NAME),
                peer.auth(SampleConnections.NODE_KEY, peer.id(SampleConnections.NODE_NAME)),
                ResponderBench.addressRequest(),
                ScriptedPeer.esp(SampleConnections.ESP, 0x1001),
                ScriptedPeer.initiatorSelectors(TrafficSelector.of(IpPrefix.parse("2001:db8:666::/64"))),
                ScriptedPeer.responderSelectors(SampleConnections.EVERYTHING));
        assertThat(notifies(answer)).containsExactly(NotifyType.TS_UNACCEPTABLE);
        assertThat(Payload.first(answer, Payload.Authentication.class)).isPresent();
        assertThat(Payload.first(answer, Payload.Configuration.class)).isPresent();
        assertThat(bench.agent.kernel).isEmpty();
        assertThat(bench.ask(peer, ExchangeType.INFORMATIONAL)).isEmpty();
    }

    @Test
    void unknownEspSuiteLeavesTheIkeSaUp() {
        ScriptedPeer peer = bench.initiated();
        List<Payload> answer = bench.ask(
                peer,
                ExchangeType.IKE_AUTH,
                peer.id(SampleConnections.NODE_NAME),
                peer.auth(SampleConnections.NODE_KEY, peer.id(SampleConnections.NODE_NAME)),
                ScriptedPeer.esp("aes256-sha512", 0x1001),
                ScriptedPeer.initiatorSelectors(SampleConnections.EVERYTHING),
                ScriptedPeer.responderSelectors(SampleConnections.EVERYTHING));
        assertThat(notifies(answer)).containsExactly(NotifyType.NO_PROPOSAL_CHOSEN);
        assertThat(bench.ask(peer, ExchangeType.INFORMATIONAL)).isEmpty();
    }

    @Test
    void childlessPeerIsEstablishedWithoutAChild() {
        ScriptedPeer peer = bench.initiated();
        List<Payload> answer = bench.ask(
                peer,
                ExchangeType.IKE_AUTH,
                peer.id(SampleConnections.NODE_NAME),
                peer.auth(SampleConnections.NODE_KEY, peer.id(SampleConnections.NODE_NAME)));
        assertThat(notifies(answer)).isEmpty();
        assertThat(bench.agent.established().orElseThrow().children()).isEmpty();
        assertThat(bench.agent.leases).isEmpty();
    }

    @Test
    void thousandAddressesAskedForAreOneGiven() {
        ScriptedPeer peer = bench.initiated();
        Payload.Configuration greedy = new Payload.Configuration(
                CpType.CFG_REQUEST,
                Collections.nCopies(
                        1000, new Payload.Configuration.Attribute(CpAttributeType.INTERNAL_IP6_ADDRESS, Octets.EMPTY)));
        List<Payload> answer = bench.ask(
                peer,
                ExchangeType.IKE_AUTH,
                ScriptedPeer.with(
                        List.of(
                                peer.id(SampleConnections.NODE_NAME),
                                peer.auth(SampleConnections.NODE_KEY, peer.id(SampleConnections.NODE_NAME)),
                                greedy),
                        ScriptedPeer.child(0x1001).toArray(Payload[]::new)));
        assertThat(Payload.first(answer, Payload.Configuration.class)
                        .orElseThrow()
                        .attributes())
                .hasSize(1);
        assertThat(bench.agent.leases).hasSize(1);
    }

    @Test
    void answersFollowThePeerToPort4500() {
        ScriptedPeer peer = bench.initiated();
        Path floated = new Path(
                SampleConnections.AGENT.withPort(4500), SampleConnections.NODE.withPort(4500), Framing.NON_ESP_MARKER);
        bench.deliver(floated, peer.request(ExchangeType.IKE_AUTH, byKey(peer)));
        assertThat(bench.sent.getLast().path()).isEqualTo(floated);
        assertThat(bench.pass(Duration.ofSeconds(30))).hasSize(1);
        assertThat(bench.sent.getLast().path()).isEqualTo(floated);
    }

    @Test
    void peerThatGivesUpIsAnsweredEmptyAndForgotten() {
        ScriptedPeer peer = bench.initiated();
        assertThat(bench.ask(peer, ExchangeType.INFORMATIONAL, Payload.Notify.of(NotifyType.AUTHENTICATION_FAILED)))
                .isEmpty();
        bench.assertNothingLeft();
        ScriptedPeer other = bench.initiated();
        assertThat(bench.ask(other, ExchangeType.INFORMATIONAL, new Payload.Delete(ProtocolId.IKE, List.of())))
                .isEmpty();
        bench.assertNothingLeft();
    }
}
