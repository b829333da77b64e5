package org.homeport.testbeds.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.testbeds.simulation.ResponderBench.only;

import java.time.Duration;
import java.util.List;
import org.homeport.core.child.SaPlan;
import org.homeport.core.message.IkeHeader;
import org.homeport.core.message.Payload;
import org.homeport.core.policy.LocalAuth;
import org.homeport.core.policy.RemoteAuth;
import org.homeport.core.registry.ExchangeType;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.registry.ProtocolId;
import org.homeport.core.session.Event;
import org.homeport.core.session.Role;
import org.homeport.core.session.TimerId;
import org.homeport.kit.Octets;
import org.junit.jupiter.api.Test;

/** Our own exchanges on an established IKE SA, and what the peer may answer (RFC 7296 sections 1.3, 1.4, 2.8, 2.25). */
class OwnExchangesTest {
    /** With key exchange in children, of two groups to choose from. */
    private static final String ESP = "aes128gcm16-x25519-ecp256";

    private final ResponderBench bench = new ResponderBench(SampleConnections.agent(
            new LocalAuth.BySharedKey(SampleConnections.AGENT_KEY),
            new RemoteAuth.BySharedKey(SampleConnections.NODE_KEY),
            "aes128gcm16-prfsha256-x25519-ecp256",
            ESP));
    private final ScriptedPeer peer = bench.established();

    private List<SaPlan> children() {
        return bench.agent.established().orElseThrow().children();
    }

    private int inboundSpi() {
        return children().getFirst().inbound().spi();
    }

    private static Payload.Notify invalidKe(int group) {
        return Payload.Notify.of(NotifyType.INVALID_KE_PAYLOAD, Octets.of(group >> 8, group & 0xff));
    }

    private int groupOf(Octets request) {
        return Payload.first(peer.open(request), Payload.KeyExchange.class)
                .orElseThrow()
                .group()
                .value();
    }

    /** Agrees to our rekey of a child. */
    private Octets agreed(Octets request, int spi) {
        List<Payload> asked = peer.open(request);
        return peer.response(
                request,
                ScriptedPeer.esp("aes128gcm16-x25519", spi),
                new Payload.Nonce(bench.random.octets(32)),
                peer.successor(Role.RESPONDER).publicValue(),
                asked.stream()
                        .filter(Payload.TrafficSelectors.class::isInstance)
                        .findFirst()
                        .orElseThrow(),
                ScriptedPeer.responderSelectors(
                        children().getFirst().remoteSelectors().getFirst()));
    }

    /** Agrees to our rekey of the IKE SA. @return the new one */
    private ScriptedPeer ikeRekeyed(Octets request) {
        ScriptedPeer next = peer.successor(Role.RESPONDER);
        next.succeeds(peer, peer.open(request));
        return next;
    }

    // Children

    @Test
    void refusedGroupIsReplacedByAnotherOfOurs() {
        Octets request = only(bench.command(new Event.Command.RekeyChild(inboundSpi())));
        assertThat(groupOf(request)).isEqualTo(31);
        Octets again = only(bench.deliver(peer.response(request, invalidKe(19))));
        assertThat(groupOf(again)).isEqualTo(19);
    }

    @Test
    void temporaryFailureOfARekeyIsTriedAgainLater() {
        Octets request = only(bench.command(new Event.Command.RekeyChild(inboundSpi())));
        assertThat(bench.deliver(peer.response(request, Payload.Notify.of(NotifyType.TEMPORARY_FAILURE))))
                .isEmpty();
        assertThat(bench.pass(Duration.ofSeconds(4))).isEmpty();
        assertThat(bench.pass(Duration.ofSeconds(7))).isNotEmpty();
    }

    @Test
    void childThePeerDoesNotKnowIsDropped() {
        Octets request = only(bench.command(new Event.Command.RekeyChild(inboundSpi())));
        bench.deliver(peer.response(
                request,
                new Payload.Notify(
                        ProtocolId.ESP, ScriptedPeer.spi(inboundSpi()), NotifyType.CHILD_SA_NOT_FOUND, Octets.EMPTY)));
        assertThat(children()).isEmpty();
        assertThat(bench.agent.kernel).isEmpty();
    }

    @Test
    void rekeyNamesOurInboundSpiAndDeletesTheOldPairAfterTheNewIsInPlace() {
        SaPlan old = only(children());
        Octets request = only(bench.command(new Event.Command.RekeyChild(inboundSpi())));
        Payload.Notify rekey =
                Payload.first(peer.open(request), Payload.Notify.class).orElseThrow();
        assertThat(rekey.notifyType()).isEqualTo(NotifyType.REKEY_SA);
        assertThat(rekey.spi()).isEqualTo(ScriptedPeer.spi(old.inbound().spi()));
        Octets delete = only(bench.deliver(agreed(request, 0x3001)));
        assertThat(peer.open(delete))
                .containsExactly(new Payload.Delete(
                        ProtocolId.ESP, List.of(ScriptedPeer.spi(old.inbound().spi()))));
        bench.deliver(peer.response(delete));
        SaPlan fresh = only(children());
        assertThat(fresh.reqid()).isEqualTo(old.reqid());
        assertThat(fresh.remoteSelectors()).isEqualTo(old.remoteSelectors());
        assertThat(bench.agent.kernel).containsOnlyKeys(fresh.handle());
        assertThat(bench.agent.policies).containsExactly(fresh.reqid());
        assertThat(bench.agent.awaits(
                        bench.session(), new TimerId.RekeyChild(fresh.inbound().spi())))
                .isTrue();
    }

    // The IKE SA

    @Test
    void rekeyedIkeSaIsDeletedOnItself() {
        Octets request = only(bench.command(new Event.Command.RekeyIke()));
        ScriptedPeer next = ikeRekeyed(request);
        Octets delete = only(bench.deliver(peer.response(request, next.rekeyPayloads())));
        assertThat(peer.open(delete)).containsExactly(new Payload.Delete(ProtocolId.IKE, List.of()));
        bench.deliver(peer.response(delete));
        assertThat(bench.agent.bySpi).hasSize(1);
        next.nextId = 0;
        assertThat(bench.ask(next, ExchangeType.INFORMATIONAL)).isEmpty();
        Octets probe = only(bench.command(new Event.Command.Probe()));
        assertThat(ScriptedPeer.decoded(probe).header().flags() & IkeHeader.INITIATOR)
                .isNotZero();
        assertThat(ScriptedPeer.decoded(probe).header().messageId()).isZero();
        assertThat(children()).hasSize(1);
    }

    @Test
    void refusedIkeRekeyIsTriedAgainLater() {
        Octets request = only(bench.fire(new TimerId.RekeyIke()));
        assertThat(bench.deliver(peer.response(request, Payload.Notify.of(NotifyType.TEMPORARY_FAILURE))))
                .isEmpty();
        assertThat(bench.agent.awaits(bench.session(), new TimerId.RekeyIke())).isTrue();
        assertThat(bench.agent.bySpi).hasSize(1);
    }

    @Test
    void peersDeleteOfTheIkeSaWeRekeyEndsBoth() {
        bench.command(new Event.Command.RekeyIke());
        assertThat(bench.ask(peer, ExchangeType.INFORMATIONAL, new Payload.Delete(ProtocolId.IKE, List.of())))
                .isEmpty();
        bench.assertAllGivenBack();
        assertThat(bench.pass(Duration.ofSeconds(60))).isEmpty();
        bench.assertNothingLeft();
    }

    @Test
    void ordersWaitForTheExchangeUnderWay() {
        Octets probe = only(bench.command(new Event.Command.Probe()));
        assertThat(bench.command(new Event.Command.RekeyChild(inboundSpi()))).isEmpty();
        Octets next = only(bench.deliver(peer.response(probe)));
        assertThat(ScriptedPeer.decoded(next).header().exchange()).isEqualTo(ExchangeType.CREATE_CHILD_SA);
    }

    @Test
    void requestOfThePeerIsAnsweredWhileOursIsOutstanding() {
        bench.command(new Event.Command.Probe());
        assertThat(bench.ask(peer, ExchangeType.INFORMATIONAL)).isEmpty();
    }

    @Test
    void expiredPairIsRekeyedSoftAndDeletedHard() {
        Octets rekey = only(bench.event(new Event.SaExpired(inboundSpi(), Event.SaExpired.Expiry.SOFT)));
        assertThat(ScriptedPeer.decoded(rekey).header().exchange()).isEqualTo(ExchangeType.CREATE_CHILD_SA);
        Octets delete = only(bench.deliver(agreed(rekey, 0x3001)));
        bench.deliver(peer.response(delete));
        Octets hard = only(bench.event(new Event.SaExpired(inboundSpi(), Event.SaExpired.Expiry.HARD)));
        bench.deliver(peer.response(hard));
        assertThat(children()).isEmpty();
        assertThat(bench.agent.kernel).isEmpty();
    }

    @Test
    void downgradedAnswerEndsTheSession() {
        Octets request = only(bench.command(new Event.Command.RekeyChild(inboundSpi())));
        SaPlan old = only(children());
        Octets word = only(bench.deliver(peer.response(
                request,
                ScriptedPeer.esp("aes128-sha256", 0x3001),
                new Payload.Nonce(bench.random.octets(32)),
                ScriptedPeer.initiatorSelectors(SampleConnections.EVERYTHING),
                ScriptedPeer.responderSelectors(old.remoteSelectors().getFirst()))));
        assertThat(peer.open(word)).containsExactly(new Payload.Delete(ProtocolId.IKE, List.of()));
        assertThat(bench.agent.leftovers()).isEmpty();
        bench.assertNoBug();
    }

    @Test
    void lingeringOfOneOldIkeSaDoesNotCutTheDeleteOfTheNext() {
        ScriptedPeer second = peer.successor(Role.INITIATOR);
        second.succeeds(peer, bench.ask(peer, ExchangeType.CREATE_CHILD_SA, second.rekeyPayloads()));
        bench.pass(Duration.ofSeconds(25));
        Octets request = only(bench.command(new Event.Command.RekeyIke()));
        ScriptedPeer third = second.successor(Role.RESPONDER);
        third.succeeds(second, second.open(request));
        Octets delete = only(bench.deliver(second.response(request, third.rekeyPayloads())));
        bench.pass(Duration.ofSeconds(6));
        bench.deliver(second.response(delete));
        assertThat(bench.command(new Event.Command.Probe()))
                .as("the next exchange is free to begin")
                .hasSize(1);
    }

    @Test
    void unansweredDeleteOfARekeyedIkeSaLeavesTheNewOne() {
        Octets request = only(bench.command(new Event.Command.RekeyIke()));
        ScriptedPeer next = ikeRekeyed(request);
        bench.deliver(peer.response(request, next.rekeyPayloads()));
        // The peer has let the old IKE SA go; its last response was lost.
        for (int i = 0; i < 4; i++) {
            bench.pass(Duration.ofSeconds(10));
            bench.ask(next, ExchangeType.INFORMATIONAL);
        }
        assertThat(bench.agent.live).hasSize(1);
        assertThat(bench.agent.bySpi).hasSize(1);
        assertThat(bench.agent.kernel).hasSize(1);
        assertThat(bench.command(new Event.Command.Probe())).hasSize(1);
    }

    @Test
    void groupWeNeverOfferedIsARefusal() {
        Octets request = only(bench.fire(new TimerId.RekeyChild(inboundSpi())));
        assertThat(bench.deliver(peer.response(request, invalidKe(9999)))).isEmpty();
        assertThat(bench.agent.awaits(bench.session(), new TimerId.RekeyChild(inboundSpi())))
                .as("tried again, later")
                .isTrue();
        Octets create = only(bench.command(new Event.Command.CreateChild("net")));
        assertThat(bench.deliver(peer.response(create, invalidKe(9999)))).isEmpty();
        Octets ike = only(bench.fire(new TimerId.RekeyIke()));
        assertThat(bench.deliver(peer.response(ike, invalidKe(9999)))).isEmpty();
        assertThat(bench.agent.awaits(bench.session(), new TimerId.RekeyIke())).isTrue();
        bench.assertNoBug();
    }

    @Test
    void peerCannotSendUsToAndFroBetweenGroups() {
        Octets request = only(bench.command(new Event.Command.RekeyChild(inboundSpi())));
        Octets again = only(bench.deliver(peer.response(request, invalidKe(19))));
        assertThat(bench.deliver(peer.response(again, invalidKe(31)))).isEmpty();
        Octets ike = only(bench.command(new Event.Command.RekeyIke()));
        Octets ikeAgain = only(bench.deliver(peer.response(ike, invalidKe(19))));
        assertThat(bench.deliver(peer.response(ikeAgain, invalidKe(31)))).isEmpty();
    }

    @Test
    void rekeyThatTheKernelRefusesIsTakenBackAndTriedAgainLater() {
        ResponderBench unlucky = new ResponderBench(SampleConnections.agent(
                new LocalAuth.BySharedKey(SampleConnections.AGENT_KEY),
                new RemoteAuth.BySharedKey(SampleConnections.NODE_KEY),
                SampleConnections.IKE,
                SampleConnections.ESP));
        ScriptedPeer other = unlucky.established();
        SaPlan old = only(unlucky.agent.established().orElseThrow().children());
        unlucky.agent.faults = new Side.Faults(1, 0, Duration.ZERO);
        Octets request = only(unlucky.fire(new TimerId.RekeyChild(old.inbound().spi())));
        Octets delete = only(unlucky.deliver(other.response(
                request,
                ScriptedPeer.esp(SampleConnections.ESP, 0x3001),
                new Payload.Nonce(unlucky.random.octets(32)),
                ScriptedPeer.initiatorSelectors(SampleConnections.EVERYTHING),
                ScriptedPeer.responderSelectors(old.remoteSelectors().getFirst()))));
        assertThat(other.open(delete)).hasAtLeastOneElementOfType(Payload.Delete.class);
        unlucky.deliver(other.response(delete));
        assertThat(unlucky.agent.kernel).containsOnlyKeys(old.handle());
        assertThat(unlucky.agent.policies).containsExactly(old.reqid());
        assertThat(unlucky.agent.awaits(
                        unlucky.session(), new TimerId.RekeyChild(old.inbound().spi())))
                .isTrue();
    }
}
