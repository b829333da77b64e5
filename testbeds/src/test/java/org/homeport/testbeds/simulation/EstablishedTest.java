package org.homeport.testbeds.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.testbeds.simulation.ResponderBench.notifies;
import static org.homeport.testbeds.simulation.ResponderBench.only;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.homeport.core.child.SaMode;
import org.homeport.core.child.SaPlan;
import org.homeport.core.message.IkeHeader;
import org.homeport.core.message.Payload;
import org.homeport.core.message.TrafficSelector;
import org.homeport.core.policy.RemoteAuth;
import org.homeport.core.registry.ExchangeType;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.registry.PayloadType;
import org.homeport.core.registry.ProtocolId;
import org.homeport.core.session.Event;
import org.homeport.core.session.Framing;
import org.homeport.core.session.Path;
import org.homeport.core.session.Role;
import org.homeport.core.session.TimerId;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.Octets;
import org.junit.jupiter.api.Test;

/** The peer's requests on an established IKE SA (RFC 7296 sections 1.3, 1.4, 2.1 to 2.11, 2.25). */
class EstablishedTest {
    private final ResponderBench bench =
            new ResponderBench(SampleConnections.agent(new RemoteAuth.BySharedKey(SampleConnections.NODE_KEY)));
    private final ScriptedPeer peer = bench.established();

    private List<SaPlan> children() {
        return bench.agent.established().orElseThrow().children();
    }

    private int outboundSpi() {
        return only(children()).outbound().spi();
    }

    private static Payload.Notify rekeyOf(int spi) {
        return new Payload.Notify(ProtocolId.ESP, ScriptedPeer.spi(spi), NotifyType.REKEY_SA, Octets.EMPTY);
    }

    private List<Payload> childRequest(int spi, Payload... more) {
        return ScriptedPeer.with(
                ScriptedPeer.with(ScriptedPeer.child(spi), new Payload.Nonce(bench.random.octets(32))), more);
    }

    private static Payload.Delete deleteIke() {
        return new Payload.Delete(ProtocolId.IKE, List.of());
    }

    private static Payload.Delete delete(int spi) {
        return new Payload.Delete(ProtocolId.ESP, List.of(ScriptedPeer.spi(spi)));
    }

    // Probes, repeats, addresses

    @Test
    void emptyInformationalIsAnsweredEmpty() {
        assertThat(bench.ask(peer, ExchangeType.INFORMATIONAL)).isEmpty();
    }

    @Test
    void repeatedRequestGetsTheSameBytes() {
        Octets request = peer.request(ExchangeType.CREATE_CHILD_SA, childRequest(0x1002));
        Octets answer = only(bench.deliver(request));
        assertThat(bench.deliver(request)).containsExactly(answer);
        assertThat(bench.deliver(request)).containsExactly(answer);
        assertThat(children()).hasSize(2);
    }

    @Test
    void requestOlderThanTheLastIsDropped() {
        Octets first = peer.request(ExchangeType.INFORMATIONAL);
        bench.deliver(first);
        bench.deliver(peer.request(ExchangeType.INFORMATIONAL));
        assertThat(bench.deliver(first)).isEmpty();
    }

    @Test
    void requestAheadOfTheWindowIsDropped() {
        peer.nextId += 1;
        assertThat(bench.deliver(peer.request(ExchangeType.INFORMATIONAL))).isEmpty();
        peer.nextId -= 2;
        assertThat(bench.ask(peer, ExchangeType.INFORMATIONAL)).isEmpty();
    }

    @Test
    void stillWorkingRequestIsDropped() {
        bench.agent.pause = Duration.ofSeconds(3);
        Octets request = peer.request(ExchangeType.CREATE_CHILD_SA, childRequest(0x1002));
        assertThat(bench.deliver(request)).isEmpty();
        assertThat(bench.deliver(request)).isEmpty();
        assertThat(bench.pass(Duration.ofSeconds(3))).hasSize(1);
        assertThat(children()).hasSize(2);
    }

    @Test
    void fragmentedRequestIsAnsweredOnceItIsWhole() {
        List<Octets> fragments = peer.fragments(ExchangeType.CREATE_CHILD_SA, 120, childRequest(0x1002));
        assertThat(fragments).hasSizeGreaterThan(2);
        for (Octets fragment : fragments.subList(0, fragments.size() - 1)) {
            assertThat(bench.deliver(fragment)).isEmpty();
        }
        assertThat(bench.deliver(fragments.getLast())).hasSize(1);
    }

    // Children

    @Test
    void furtherChildIsInstalledBeforeItIsAnswered() {
        List<Payload> answer = bench.ask(peer, ExchangeType.CREATE_CHILD_SA, childRequest(0x1002));
        assertThat(notifies(answer)).isEmpty();
        assertThat(bench.agent.kernel).hasSize(2);
        assertThat(children().stream().map(SaPlan::reqid).distinct()).hasSize(2);
    }

    @Test
    void selectorsOutsideTheLeaseAreUnacceptableAndTheIkeSaStands() {
        List<Payload> answer = bench.ask(
                peer,
                ExchangeType.CREATE_CHILD_SA,
                ScriptedPeer.esp(SampleConnections.ESP, 0x1002),
                new Payload.Nonce(bench.random.octets(32)),
                ScriptedPeer.initiatorSelectors(TrafficSelector.of(IpPrefix.parse("2001:db8:666::/64"))),
                ScriptedPeer.responderSelectors(SampleConnections.EVERYTHING));
        assertThat(notifies(answer)).containsExactly(NotifyType.TS_UNACCEPTABLE);
        assertThat(bench.ask(peer, ExchangeType.INFORMATIONAL)).isEmpty();
        assertThat(bench.agent.kernel).hasSize(1);
    }

    @Test
    void refusedInstallationIsTemporaryAndLeavesNoSa() {
        ResponderBench unlucky = new ResponderBench(
                new Side.Faults(1, 0, Duration.ZERO),
                1000,
                SampleConnections.agent(new RemoteAuth.BySharedKey(SampleConnections.NODE_KEY)));
        ScriptedPeer other = unlucky.established();
        assertThat(notifies(unlucky.ask(
                        other,
                        ExchangeType.CREATE_CHILD_SA,
                        ScriptedPeer.with(
                                List.of(
                                        ScriptedPeer.esp(SampleConnections.ESP, 0x1002),
                                        ScriptedPeer.initiatorSelectors(SampleConnections.EVERYTHING),
                                        ScriptedPeer.responderSelectors(SampleConnections.EVERYTHING)),
                                new Payload.Nonce(unlucky.random.octets(32))))))
                .containsExactly(NotifyType.TEMPORARY_FAILURE);
        assertThat(unlucky.agent.kernel).isEmpty();
        assertThat(unlucky.agent.policies).isEmpty();
        assertThat(unlucky.ask(other, ExchangeType.INFORMATIONAL)).isEmpty();
    }

    @Test
    void rekeyedChildKeepsReqidModeAndSelectors() {
        SaPlan old = only(children());
        bench.ask(peer, ExchangeType.CREATE_CHILD_SA, childRequest(0x1002, rekeyOf(outboundSpi())));
        SaPlan fresh = children().getLast();
        assertThat(fresh.reqid()).isEqualTo(old.reqid());
        assertThat(fresh.mode()).isEqualTo(old.mode());
        assertThat(fresh.localSelectors()).isEqualTo(old.localSelectors());
        assertThat(fresh.remoteSelectors()).isEqualTo(old.remoteSelectors());
        List<Payload> deleted = bench.ask(
                peer, ExchangeType.INFORMATIONAL, delete(old.outbound().spi()));
        assertThat(deleted).containsExactly(delete(old.inbound().spi()));
        assertThat(children()).containsExactly(fresh);
        assertThat(bench.agent.kernel).containsOnlyKeys(fresh.handle());
        assertThat(bench.agent.policies).containsExactly(fresh.reqid());
    }

    @Test
    void rekeyOfAnUnknownChildIsToldByItsSpi() {
        List<Payload> answer = bench.ask(peer, ExchangeType.CREATE_CHILD_SA, childRequest(0x1002, rekeyOf(0x7fff0001)));
        Payload.Notify notify = (Payload.Notify) only(answer);
        assertThat(notify.notifyType()).isEqualTo(NotifyType.CHILD_SA_NOT_FOUND);
        assertThat(notify.spi()).isEqualTo(ScriptedPeer.spi(0x7fff0001));
    }

    @Test
    void onePeerHoldsSixteenChildrenAtMost() {
        for (int i = 1; i < 16; i++) {
            assertThat(notifies(bench.ask(peer, ExchangeType.CREATE_CHILD_SA, childRequest(0x1100 + i))))
                    .isEmpty();
        }
        assertThat(notifies(bench.ask(peer, ExchangeType.CREATE_CHILD_SA, childRequest(0x1200))))
                .containsExactly(NotifyType.NO_ADDITIONAL_SAS);
    }

    @Test
    void deleteIsAnsweredByOurInboundSpi() {
        SaPlan child = only(children());
        assertThat(bench.ask(
                        peer,
                        ExchangeType.INFORMATIONAL,
                        delete(child.outbound().spi())))
                .containsExactly(delete(child.inbound().spi()));
        assertThat(bench.agent.kernel).isEmpty();
        assertThat(bench.agent.policies).isEmpty();
        assertThat(bench.agent.leases).as("the IKE SA keeps its address").hasSize(1);
    }

    @Test
    void deleteOfAnUnknownChildIsAnsweredEmpty() {
        assertThat(bench.ask(peer, ExchangeType.INFORMATIONAL, delete(0x7fff0001)))
                .isEmpty();
        assertThat(bench.agent.kernel).hasSize(1);
    }

    @Test
    void crossingDeletesAreAnsweredWithoutADelete() {
        SaPlan child = only(children());
        Octets ours =
                only(bench.command(new Event.Command.DeleteChild(child.inbound().spi())));
        assertThat(peer.open(ours)).containsExactly(delete(child.inbound().spi()));
        assertThat(bench.ask(
                        peer,
                        ExchangeType.INFORMATIONAL,
                        delete(child.outbound().spi())))
                .isEmpty();
        bench.deliver(peer.response(ours));
        assertThat(children()).isEmpty();
        assertThat(bench.agent.kernel).isEmpty();
    }

    @Test
    void rekeyOfAChildThatWeDeleteIsTemporarilyRefused() {
        SaPlan child = only(children());
        bench.command(new Event.Command.DeleteChild(child.inbound().spi()));
        assertThat(notifies(bench.ask(
                        peer,
                        ExchangeType.CREATE_CHILD_SA,
                        childRequest(0x1002, rekeyOf(child.outbound().spi())))))
                .containsExactly(NotifyType.TEMPORARY_FAILURE);
    }

    // The IKE SA

    @Test
    void deletedIkeSaGivesAllBackAndAnswersRepetitions() {
        Octets request = peer.request(ExchangeType.INFORMATIONAL, deleteIke());
        Octets answer = only(bench.deliver(request));
        assertThat(peer.open(answer)).isEmpty();
        bench.assertAllGivenBack();
        assertThat(bench.deliver(request)).containsExactly(answer);
        bench.assertNothingLeft();
    }

    @Test
    void peerThatRefusesOurProofEndsTheSession() {
        assertThat(bench.ask(peer, ExchangeType.INFORMATIONAL, Payload.Notify.of(NotifyType.AUTHENTICATION_FAILED)))
                .isEmpty();
        bench.assertAllGivenBack();
        bench.assertNothingLeft();
    }

    @Test
    void rekeyedIkeSaBeginsWithMessageIdZeroAndTakesTheChildrenAlong() {
        SaPlan child = only(children());
        ScriptedPeer next = peer.successor(Role.INITIATOR);
        next.succeeds(peer, bench.ask(peer, ExchangeType.CREATE_CHILD_SA, next.rekeyPayloads()));
        assertThat(bench.ask(peer, ExchangeType.INFORMATIONAL, deleteIke())).isEmpty();
        assertThat(next.nextId).isZero();
        assertThat(bench.ask(next, ExchangeType.INFORMATIONAL)).isEmpty();
        assertThat(children()).containsExactly(child);
        Octets probe = only(bench.command(new Event.Command.Probe()));
        IkeHeader header = ScriptedPeer.decoded(probe).header();
        assertThat(header.messageId()).isZero();
        assertThat(header.fromInitiator())
                .as("who began the rekey is the initiator")
                .isFalse();
        assertThat(header.spiInitiator()).isEqualTo(next.spiInitiator);
        bench.deliver(next.response(probe));
        assertThat(bench.agent.awaits(bench.session(), new TimerId.RekeyIke())).isTrue();
        assertThat(bench.agent.live).hasSize(1);
    }

    @Test
    void rekeyedIkeSaForgetsTheOldOneWithoutItsDelete() {
        ScriptedPeer next = peer.successor(Role.INITIATOR);
        next.succeeds(peer, bench.ask(peer, ExchangeType.CREATE_CHILD_SA, next.rekeyPayloads()));
        assertThat(bench.agent.bySpi).hasSize(2);
        bench.pass(Duration.ofSeconds(31));
        assertThat(bench.agent.bySpi).hasSize(1);
    }

    @Test
    void childIsNotMadeOnAnIkeSaThatWasRekeyed() {
        ScriptedPeer next = peer.successor(Role.INITIATOR);
        next.succeeds(peer, bench.ask(peer, ExchangeType.CREATE_CHILD_SA, next.rekeyPayloads()));
        assertThat(notifies(bench.ask(peer, ExchangeType.CREATE_CHILD_SA, childRequest(0x1002))))
                .containsExactly(NotifyType.TEMPORARY_FAILURE);
    }

    @Test
    void ikeRekeyDuringAnExchangeOfOursIsTemporarilyRefused() {
        bench.command(new Event.Command.RekeyIke());
        assertThat(notifies(bench.ask(
                        peer,
                        ExchangeType.CREATE_CHILD_SA,
                        peer.successor(Role.INITIATOR).rekeyPayloads())))
                .containsExactly(NotifyType.TEMPORARY_FAILURE);
    }

    @Test
    void childDuringOurIkeRekeyIsTemporarilyRefused() {
        bench.command(new Event.Command.RekeyIke());
        assertThat(notifies(bench.ask(peer, ExchangeType.CREATE_CHILD_SA, childRequest(0x1002))))
                .containsExactly(NotifyType.TEMPORARY_FAILURE);
    }

    @Test
    void ikeAuthOnAnEstablishedIkeSaEndsIt() {
        assertThat(notifies(bench.ask(peer, ExchangeType.IKE_AUTH, ResponderBench.eapResponse(1))))
                .containsExactly(NotifyType.INVALID_SYNTAX);
        bench.assertAllGivenBack();
        bench.assertNothingLeft();
    }

    @Test
    void initialContactSupersedesOtherSessionsOfTheIdentity() {
        ResponderBench other =
                new ResponderBench(SampleConnections.agent(new RemoteAuth.BySharedKey(SampleConnections.NODE_KEY)));
        other.established(payloads -> ScriptedPeer.with(payloads, Payload.Notify.of(NotifyType.INITIAL_CONTACT)));
        assertThat(other.agent.superseded).containsExactly(SampleConnections.NODE_NAME);
        assertThat(bench.agent.superseded).isEmpty();
    }

    @Test
    void silentPeerIsProbedAndGivenUp() {
        List<Octets> sent = bench.pass(Duration.ofSeconds(30));
        assertThat(peer.open(only(sent))).isEmpty();
        List<Octets> repeats = bench.pass(Duration.ofSeconds(31));
        assertThat(repeats).hasSize(4).containsOnly(sent.getFirst());
        assertThat(bench.agent.live).isEmpty();
        assertThat(bench.agent.leftovers()).isEmpty();
    }

    @Test
    void peerThatWasHeardIsNotProbed() {
        bench.pass(Duration.ofSeconds(20));
        bench.ask(peer, ExchangeType.INFORMATIONAL);
        assertThat(bench.pass(Duration.ofSeconds(29))).isEmpty();
        assertThat(bench.pass(Duration.ofSeconds(1))).hasSize(1);
    }

    @Test
    void nothingIsAnsweredToAResponseNobodyAwaits() {
        Octets unasked = peer.sealed(ExchangeType.INFORMATIONAL, IkeHeader.RESPONSE, 0, List.of());
        assertThat(bench.deliver(unasked)).isEmpty();
        assertThat(bench.ask(peer, ExchangeType.INFORMATIONAL)).isEmpty();
    }

    @Test
    void ikeRekeyWithSpiZeroIsNoProposal() {
        ScriptedPeer next = peer.successor(Role.INITIATOR);
        next.spiInitiator = 0;
        assertThat(notifies(bench.ask(peer, ExchangeType.CREATE_CHILD_SA, next.rekeyPayloads())))
                .containsExactly(NotifyType.NO_PROPOSAL_CHOSEN);
    }

    @Test
    void responseGoesWhereTheRequestCameFrom() {
        Path elsewhere =
                new Path(SampleConnections.AGENT, new Endpoint(IpAddress.parse("2001:db8:9::9"), 4501), Framing.PLAIN);
        bench.deliver(elsewhere, peer.request(ExchangeType.INFORMATIONAL));
        assertThat(bench.sent.getLast().path()).isEqualTo(elsewhere);
        // Nobody is behind a NAT here: what we send of ourselves goes where it always went (RFC 7296 section 2.23).
        bench.command(new Event.Command.Probe());
        assertThat(bench.sent.getLast().path()).isEqualTo(ResponderBench.PATH);
    }

    @Test
    void refusalOnTheOldIkeSaLeavesTheNewOnesRequestAlone() {
        ScriptedPeer next = peer.successor(Role.INITIATOR);
        next.succeeds(peer, bench.ask(peer, ExchangeType.CREATE_CHILD_SA, next.rekeyPayloads()));
        bench.agent.pause = Duration.ofSeconds(3);
        assertThat(bench.deliver(next.request(ExchangeType.CREATE_CHILD_SA, childRequest(0x1002))))
                .isEmpty();
        assertThat(notifies(bench.ask(peer, ExchangeType.CREATE_CHILD_SA, childRequest(0x1003))))
                .containsExactly(NotifyType.TEMPORARY_FAILURE);
        assertThat(notifies(next.open(only(bench.pass(Duration.ofSeconds(3)))))).isEmpty();
        bench.agent.pause = Duration.ZERO;
        assertThat(bench.ask(next, ExchangeType.INFORMATIONAL)).isEmpty();
    }

    @Test
    void malformedResponseEndsTheSessionAndIsNotAnswered() {
        Octets probe = only(bench.command(new Event.Command.Probe()));
        List<Octets> sent = bench.deliver(peer.response(probe, new Payload.Nonce(Octets.zeros(3))));
        Octets word = only(sent);
        assertThat(ScriptedPeer.decoded(word).header().isResponse()).isFalse();
        assertThat(peer.open(word)).containsExactly(deleteIke());
        assertThat(bench.agent.leftovers()).isEmpty();
        bench.assertNoBug();
    }

    @Test
    void nothingIsSentOnADeletedIkeSa() {
        bench.command(new Event.Command.Probe());
        bench.deliver(peer.request(ExchangeType.INFORMATIONAL, deleteIke()));
        assertThat(bench.pass(Duration.ofSeconds(60))).isEmpty();
        bench.assertNothingLeft();
    }

    @Test
    void whatLingersCannotBeKeptAlive() {
        bench.deliver(peer.request(ExchangeType.INFORMATIONAL, deleteIke()));
        for (int i = 0; i < 5; i++) {
            bench.pass(Duration.ofSeconds(4));
            assertThat(bench.deliver(peer.request(
                            ExchangeType.INFORMATIONAL, new Payload.Unknown(new PayloadType(200), true, Octets.EMPTY))))
                    .isEmpty();
        }
        assertThat(bench.agent.live).isEmpty();
    }

    @Test
    void onlyTheFirstFragmentOfARepetitionBringsTheAnswerAgain() {
        List<Octets> fragments = peer.fragments(ExchangeType.CREATE_CHILD_SA, 120, childRequest(0x1002));
        List<Octets> answer = new ArrayList<>();
        fragments.forEach(fragment -> answer.addAll(bench.deliver(fragment)));
        assertThat(answer).hasSize(1);
        assertThat(bench.deliver(fragments.getFirst())).isEqualTo(answer);
        for (Octets other : fragments.subList(1, fragments.size())) {
            assertThat(bench.deliver(other)).isEmpty();
        }
    }

    @Test
    void policiesOutliveAChildWhoseSuccessorIsBeingInstalled() {
        SaPlan old = only(children());
        bench.agent.pause = Duration.ofSeconds(3);
        bench.deliver(peer.request(ExchangeType.CREATE_CHILD_SA, childRequest(0x1002, rekeyOf(outboundSpi()))));
        Octets delete = only(bench.event(new Event.SaExpired(old.inbound().spi(), Event.SaExpired.Expiry.HARD)));
        bench.deliver(peer.response(delete));
        bench.pass(Duration.ofSeconds(3));
        assertThat(bench.agent.kernel).hasSize(1).doesNotContainKey(old.handle());
        assertThat(bench.agent.policies).containsExactly(old.reqid());
    }

    @Test
    void rekeysWithoutDeletesComeToAnEnd() {
        int spi = outboundSpi();
        List<NotifyType> answers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            answers.addAll(
                    notifies(bench.ask(peer, ExchangeType.CREATE_CHILD_SA, childRequest(0x1100 + i, rekeyOf(spi)))));
        }
        assertThat(answers).isNotEmpty().containsOnly(NotifyType.NO_ADDITIONAL_SAS);
        assertThat(bench.agent.kernel).hasSizeLessThanOrEqualTo(32);
    }

    @Test
    void transportIsAnsweredWhereItIsAskedForAndAllowed() {
        TrafficSelector home = TrafficSelector.of(
                IpPrefix.host(bench.agent
                        .established()
                        .orElseThrow()
                        .homeAddresses()
                        .getFirst()
                        .address()),
                135);
        TrafficSelector agent = TrafficSelector.of(IpPrefix.host(SampleConnections.AGENT.address()), 135);
        // The tunnel of the first policy would take these as well: ask for the second by its own offer.
        List<Payload> answer = bench.ask(
                peer,
                ExchangeType.CREATE_CHILD_SA,
                ScriptedPeer.esp(SampleConnections.ESP, 0x1002),
                new Payload.Nonce(bench.random.octets(32)),
                ScriptedPeer.initiatorSelectors(home),
                ScriptedPeer.responderSelectors(agent),
                Payload.Notify.of(NotifyType.USE_TRANSPORT_MODE));
        assertThat(notifies(answer)).containsExactly(NotifyType.USE_TRANSPORT_MODE);
        assertThat(children().getLast().mode()).isEqualTo(SaMode.TRANSPORT);
    }
}
