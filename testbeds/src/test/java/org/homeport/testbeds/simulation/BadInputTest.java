package org.homeport.testbeds.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.testbeds.simulation.ResponderBench.notifies;
import static org.homeport.testbeds.simulation.ResponderBench.only;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.homeport.core.message.IkeHeader;
import org.homeport.core.message.Payload;
import org.homeport.core.message.Proposal;
import org.homeport.core.policy.LocalAuth;
import org.homeport.core.policy.RemoteAuth;
import org.homeport.core.registry.ExchangeType;
import org.homeport.core.registry.KeyExchangeId;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.registry.PayloadType;
import org.homeport.core.registry.ProtocolId;
import org.homeport.core.session.Event;
import org.homeport.core.session.Output;
import org.homeport.core.session.Role;
import org.homeport.core.session.TimerId;
import org.homeport.kit.Octets;
import org.junit.jupiter.api.Test;

/** Whatever comes in: silence or the notify that the RFC names, nothing left behind, and never an exception. */
class BadInputTest {
    private static final PayloadType STRANGE = new PayloadType(200);

    private final ResponderBench fresh = bench(SampleConnections.ESP);
    private final ResponderBench bench = bench(SampleConnections.ESP);
    private final ScriptedPeer peer = bench.established();

    private static ResponderBench bench(String esp) {
        return new ResponderBench(SampleConnections.agent(
                new LocalAuth.BySharedKey(SampleConnections.AGENT_KEY),
                new RemoteAuth.BySharedKey(SampleConnections.NODE_KEY),
                SampleConnections.IKE,
                esp));
    }

    /** The established session is as it was: it answers at once, and holds what it held. */
    private void assertUnharmed() {
        assertThat(bench.ask(peer, ExchangeType.INFORMATIONAL)).isEmpty();
        assertThat(bench.agent.live).hasSize(1);
        assertThat(bench.agent.kernel).hasSize(1);
        assertThat(bench.agent.leases).hasSize(1);
        bench.assertNoBug();
    }

    private Octets random(int length) {
        return bench.random.octets(length);
    }

    private static Octets changed(Octets message, int at, int value) {
        byte[] bytes = message.toByteArray();
        bytes[at] = (byte) value;
        return Octets.wrap(bytes);
    }

    private List<Payload> childRequest(Payload... more) {
        return ScriptedPeer.with(ScriptedPeer.with(ScriptedPeer.child(0x1002), new Payload.Nonce(random(32))), more);
    }

    // Datagrams

    @Test
    void randomDatagramsAreMetWithSilence() {
        for (int i = 0; i < 2000; i++) {
            Octets noise = random(bench.simulation.random.nextInt(200));
            if (noise.length() > 17 && noise.at(17) >>> 4 == 2) {
                assertThat(fresh.deliver(noise)).isEmpty();
            } else {
                assertThat(fresh.deliver(noise)).hasSizeLessThanOrEqualTo(1);
            }
        }
        assertThat(fresh.agent.leftovers()).isEmpty();
        fresh.assertNoBug();
    }

    @Test
    void noiseBehindAValidHeaderLeavesNoState() {
        ScriptedPeer stranger = fresh.peer();
        Octets header =
                stranger.clear(ExchangeType.IKE_SA_INIT, 0, 0, List.of()).slice(0, IkeHeader.LENGTH);
        for (int i = 0; i < 2000; i++) {
            int length = IkeHeader.LENGTH + fresh.simulation.random.nextInt(120);
            Octets datagram =
                    changed(changed(header.plus(fresh.random.octets(length - IkeHeader.LENGTH)), 27, length), 16, 33);
            fresh.deliver(datagram);
        }
        assertThat(fresh.agent.leftovers()).isEmpty();
        fresh.assertNoBug();
    }

    @Test
    void truncatedInitIsMetWithSilence() {
        Octets init = fresh.peer().init();
        for (int length = 0; length < init.length(); length++) {
            assertThat(fresh.deliver(init.slice(0, length))).isEmpty();
            assertThat(fresh.deliver(changed(init, 27, length).slice(0, length).plus(Octets.EMPTY)))
                    .isEmpty();
        }
        assertThat(fresh.agent.leftovers()).isEmpty();
        fresh.assertNoBug();
    }

    @Test
    void oversizedDatagramIsDroppedUnread() {
        Octets init = fresh.peer().init();
        assertThat(fresh.deliver(init.plus(Octets.zeros(70_000)))).isEmpty();
        assertThat(fresh.agent.leftovers()).isEmpty();
        assertThat(bench.deliver(peer.request(ExchangeType.INFORMATIONAL).plus(Octets.zeros(70_000))))
                .isEmpty();
        peer.nextId--;
        assertUnharmed();
    }

    @Test
    void everyChangedOctetOfAnInitLeavesAtMostAHandshakeThatRunsOut() {
        ScriptedPeer stranger = fresh.peer();
        Octets init = stranger.init();
        for (int at = 0; at < init.length(); at++) {
            fresh.deliver(changed(init, at, init.at(at) ^ 0xff));
            fresh.deliver(changed(init, at, init.at(at) ^ 1));
        }
        fresh.assertNoBug();
        fresh.assertNothingLeft();
    }

    @Test
    void unknownMajorVersionIsToldOurs() {
        Octets init = changed(fresh.peer().init(), 17, 0x30);
        Octets answer = only(fresh.deliver(init));
        assertThat(notifies(answer)).containsExactly(NotifyType.INVALID_MAJOR_VERSION);
        assertThat(ScriptedPeer.decoded(answer).header().version()).isEqualTo(IkeHeader.VERSION_2_0);
        assertThat(fresh.agent.leftovers()).isEmpty();
        bench.deliver(changed(peer.request(ExchangeType.INFORMATIONAL), 17, 0x30));
        peer.nextId--;
        assertUnharmed();
    }

    @Test
    void ikeVersion1IsMetWithSilence() {
        assertThat(fresh.deliver(changed(fresh.peer().init(), 17, 0x10))).isEmpty();
        assertThat(fresh.agent.leftovers()).isEmpty();
    }

    // An established session, from outside

    @Test
    void truncatedMessagesDoNotTouchASession() {
        Octets genuine = peer.request(ExchangeType.CREATE_CHILD_SA, childRequest());
        for (int length = 0; length < genuine.length(); length++) {
            assertThat(bench.deliver(genuine.slice(0, length))).isEmpty();
        }
        assertThat(notifies(peer.open(only(bench.deliver(genuine))))).isEmpty();
    }

    @Test
    void everyChangedOctetIsNoticedAndTheGenuineRequestAnsweredAtOnce() {
        Octets genuine = peer.request(ExchangeType.INFORMATIONAL);
        for (int at = 0; at < genuine.length(); at++) {
            if (at != 17) {
                assertThat(bench.deliver(changed(genuine, at, genuine.at(at) ^ 1)))
                        .as("octet %d", at)
                        .isEmpty();
            }
        }
        assertThat(bench.deliver(genuine)).hasSize(1);
        assertUnharmed();
    }

    @Test
    void forgedFragmentsDoNotSpoilTheGenuineOnes() {
        List<Octets> genuine = peer.fragments(ExchangeType.CREATE_CHILD_SA, 120, childRequest());
        List<Octets> sent = new ArrayList<>();
        for (Octets fragment : genuine) {
            assertThat(bench.deliver(ScriptedPeer.forged(fragment))).isEmpty();
            sent.addAll(bench.deliver(fragment));
        }
        assertThat(sent).hasSize(1);
    }

    @Test
    void forgedResponseDoesNotEndOurRequest() {
        Octets probe = only(bench.command(new Event.Command.Probe()));
        Octets genuine = peer.response(probe);
        assertThat(bench.deliver(ScriptedPeer.forged(genuine))).isEmpty();
        assertThat(bench.deliver(peer.clear(ExchangeType.INFORMATIONAL, IkeHeader.RESPONSE, 0, List.of())))
                .isEmpty();
        assertThat(bench.session())
                .satisfies(s -> assertThat(bench.agent.awaits(s, new TimerId.Retransmit()))
                        .isTrue());
        bench.deliver(genuine);
        assertThat(bench.agent.awaits(bench.session(), new TimerId.Retransmit()))
                .isFalse();
        assertUnharmed();
    }

    @Test
    void ourOwnMessagesReflectedAreDropped() {
        Octets probe = only(bench.command(new Event.Command.Probe()));
        assertThat(bench.deliver(probe)).isEmpty();
        Octets answer = only(bench.deliver(peer.request(ExchangeType.INFORMATIONAL)));
        assertThat(bench.deliver(answer)).isEmpty();
        assertUnharmed();
    }

    @Test
    void replayedRequestMakesNothingASecondTime() {
        Octets request = peer.request(ExchangeType.CREATE_CHILD_SA, childRequest());
        Octets answer = only(bench.deliver(request));
        assertThat(bench.deliver(request)).containsExactly(answer);
        bench.ask(peer, ExchangeType.INFORMATIONAL);
        assertThat(bench.deliver(request)).isEmpty();
        assertThat(bench.agent.kernel).hasSize(2);
    }

    @Test
    void replayedHandshakeOfAnotherTimeOpensNothing() {
        Octets auth = peer.initRequest;
        ResponderBench later = bench(SampleConnections.ESP);
        only(later.deliver(auth));
        later.assertNothingLeft();
    }

    // An authenticated peer

    @Test
    void unknownCriticalPayloadIsNamedAndTheSessionGoesOn() {
        for (ExchangeType exchange : List.of(ExchangeType.CREATE_CHILD_SA, ExchangeType.INFORMATIONAL)) {
            Payload.Notify notify = (Payload.Notify) only(bench.ask(
                    peer,
                    exchange,
                    exchange.equals(ExchangeType.INFORMATIONAL)
                            ? List.of(new Payload.Unknown(STRANGE, true, Octets.EMPTY))
                            : childRequest(new Payload.Unknown(STRANGE, true, Octets.EMPTY))));
            assertThat(notify.notifyType()).isEqualTo(NotifyType.UNSUPPORTED_CRITICAL_PAYLOAD);
            assertThat(notify.data()).isEqualTo(Octets.of(200));
        }
        assertUnharmed();
    }

    @Test
    void unknownUncriticalPayloadIsPassedOver() {
        assertThat(bench.ask(peer, ExchangeType.INFORMATIONAL, new Payload.Unknown(STRANGE, false, random(9))))
                .isEmpty();
        assertThat(notifies(bench.ask(
                        peer,
                        ExchangeType.CREATE_CHILD_SA,
                        childRequest(new Payload.Unknown(STRANGE, false, random(9))))))
                .isEmpty();
    }

    @Test
    void emptyProposalIsNone() {
        assertThat(notifies(bench.ask(
                        peer,
                        ExchangeType.CREATE_CHILD_SA,
                        new Payload.SecurityAssociation(
                                List.of(new Proposal(1, ProtocolId.ESP, ScriptedPeer.spi(0x1002), List.of()))),
                        new Payload.Nonce(random(32)),
                        ScriptedPeer.initiatorSelectors(SampleConnections.EVERYTHING),
                        ScriptedPeer.responderSelectors(SampleConnections.EVERYTHING))))
                .containsExactly(NotifyType.NO_PROPOSAL_CHOSEN);
        assertUnharmed();
    }

    @Test
    void spiZeroIsNoProposal() {
        assertThat(notifies(bench.ask(
                        peer,
                        ExchangeType.CREATE_CHILD_SA,
                        ScriptedPeer.with(ScriptedPeer.child(0), new Payload.Nonce(random(32))))))
                .containsExactly(NotifyType.NO_PROPOSAL_CHOSEN);
        assertUnharmed();
    }

    @Test
    void keyExchangeOfAnotherGroupIsToldOurs() {
        ResponderBench pfs = bench("aes128gcm16-x25519");
        ScriptedPeer other = pfs.established();
        List<Payload> answer = pfs.ask(
                other,
                ExchangeType.CREATE_CHILD_SA,
                ScriptedPeer.esp("aes128gcm16-x25519", 0x1002),
                new Payload.Nonce(pfs.random.octets(32)),
                new Payload.KeyExchange(KeyExchangeId.ECP_256, Octets.zeros(64)),
                ScriptedPeer.initiatorSelectors(SampleConnections.EVERYTHING),
                ScriptedPeer.responderSelectors(SampleConnections.EVERYTHING));
        assertThat(notifies(answer)).containsExactly(NotifyType.INVALID_KE_PAYLOAD);
        assertThat(pfs.ask(other, ExchangeType.INFORMATIONAL)).isEmpty();
    }

    @Test
    void degeneratePublicValueInAnExchangeEndsTheSession() {
        ScriptedPeer next = peer.successor(Role.INITIATOR);
        List<Payload> payloads = next.rekeyPayloads().stream()
                .map(p ->
                        p instanceof Payload.KeyExchange ke ? new Payload.KeyExchange(ke.group(), Octets.zeros(32)) : p)
                .toList();
        assertThat(notifies(bench.ask(peer, ExchangeType.CREATE_CHILD_SA, payloads)))
                .containsExactly(NotifyType.INVALID_SYNTAX);
        bench.assertAllGivenBack();
        bench.assertNothingLeft();
    }

    @Test
    void exchangeWeDoNotTakePartInEndsTheSession() {
        assertThat(notifies(bench.ask(peer, new ExchangeType(43), List.of(new Payload.Nonce(random(32))))))
                .containsExactly(NotifyType.INVALID_SYNTAX);
        bench.assertNothingLeft();
    }

    @Test
    void deleteOfAThousandChildrenIsAnsweredOnce() {
        assertThat(bench.ask(
                        peer,
                        ExchangeType.INFORMATIONAL,
                        new Payload.Delete(ProtocolId.ESP, Collections.nCopies(1000, ScriptedPeer.spi(0x77777777)))))
                .isEmpty();
        assertUnharmed();
    }

    @Test
    void fragmentsWithoutEndAreRefused() {
        List<Octets> many =
                peer.fragments(ExchangeType.INFORMATIONAL, 80, List.of(new Payload.VendorId(Octets.zeros(3000))));
        assertThat(many).hasSizeGreaterThan(64);
        Octets answer = only(bench.deliver(many.getFirst()));
        assertThat(notifies(peer.open(answer))).containsExactly(NotifyType.INVALID_SYNTAX);
        bench.assertNothingLeft();
    }

    @Test
    void sealedNonsenseIsASyntaxErrorAndNeverAnException() {
        PayloadType[] kinds = {
            PayloadType.SA,
            PayloadType.KE,
            PayloadType.IDI,
            PayloadType.IDR,
            PayloadType.CERT,
            PayloadType.CERTREQ,
            PayloadType.AUTH,
            PayloadType.NONCE,
            PayloadType.NOTIFY,
            PayloadType.DELETE,
            PayloadType.VENDOR,
            PayloadType.TSI,
            PayloadType.TSR,
            PayloadType.CP,
            PayloadType.EAP,
            PayloadType.SK,
            PayloadType.SKF
        };
        ExchangeType[] exchanges = {
            ExchangeType.IKE_AUTH, ExchangeType.CREATE_CHILD_SA, ExchangeType.INFORMATIONAL, ExchangeType.IKE_SA_INIT
        };
        ResponderBench victim = bench(SampleConnections.ESP);
        for (int i = 0; i < 400; i++) {
            ScriptedPeer attacker = i % 2 == 0 ? victim.established() : victim.initiated();
            for (int messages = 0; messages < 3; messages++) {
                List<Payload> payloads = new ArrayList<>();
                for (int n = victim.simulation.random.nextInt(5); n >= 0; n--) {
                    payloads.add(new Payload.Unknown(
                            kinds[victim.simulation.random.nextInt(kinds.length)],
                            false,
                            victim.random.octets(victim.simulation.random.nextInt(60))));
                }
                victim.deliver(attacker.request(exchanges[victim.simulation.random.nextInt(4)], payloads));
            }
            List.copyOf(victim.agent.live)
                    .forEach(s -> victim.agent.handle(s, new Event.Command.Close("next", Output.Cause.ADMIN_RESET)));
            victim.pass(Duration.ofSeconds(60));
        }
        victim.assertNothingLeft();
    }
}
