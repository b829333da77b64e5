package org.homeport.testbeds.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.testbeds.simulation.ResponderBench.only;

import java.time.Duration;
import java.util.List;
import org.homeport.core.message.IkeHeader;
import org.homeport.core.message.IkeMessage;
import org.homeport.core.message.Payload;
import org.homeport.core.message.Proposal;
import org.homeport.core.policy.LocalAuth;
import org.homeport.core.policy.RemoteAuth;
import org.homeport.core.registry.ExchangeType;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.registry.PayloadType;
import org.homeport.core.registry.ProtocolId;
import org.homeport.core.session.Event;
import org.homeport.core.session.Output;
import org.homeport.core.session.Role;
import org.homeport.crypto.CertificateAuthority;
import org.homeport.crypto.CertificateSubject;
import org.homeport.crypto.KeyKind;
import org.homeport.crypto.SignaturePreference;
import org.homeport.kit.Octets;
import org.junit.jupiter.api.Test;

/** IKE_SA_INIT at the initiator: whoever answers is not known yet (RFC 7296 sections 1.2, 2.6, 2.7, 2.21.1, 2.23). */
class AwaitingInitResponseTest {
    private static final LocalAuth BY_KEY = new LocalAuth.BySharedKey(SampleConnections.NODE_KEY);

    private final InitiatorBench bench = new InitiatorBench(SampleConnections.node(BY_KEY));

    private static InitiatorBench with(String ike) {
        return new InitiatorBench(SampleConnections.node(
                BY_KEY, new RemoteAuth.BySharedKey(SampleConnections.AGENT_KEY), ike, SampleConnections.ESP));
    }

    private Octets unprotected(InitiatorBench at, Payload... payloads) {
        at.peer.spiInitiator = ScriptedPeer.decoded(at.init).header().spiInitiator();
        return at.peer.clear(ExchangeType.IKE_SA_INIT, IkeHeader.RESPONSE, 0, List.of(payloads));
    }

    private static Payload.Notify cookie(int value) {
        return Payload.Notify.of(NotifyType.COOKIE, Octets.of(value, value, value));
    }

    private static Payload.Notify invalidKe(int group) {
        return Payload.Notify.of(NotifyType.INVALID_KE_PAYLOAD, Octets.of(group >> 8, group & 0xff));
    }

    /** The genuine response still works. */
    private static void assertStillOpen(InitiatorBench at) {
        assertThat(at.isOver()).isFalse();
        IkeMessage next = ScriptedPeer.decoded(at.initiated());
        assertThat(next.header().exchange()).isEqualTo(ExchangeType.IKE_AUTH);
        assertThat(next.header().messageId()).isEqualTo(1);
        assertThat(at.node.bugs).isEmpty();
    }

    @Test
    void requestIsRepeatedUnchangedUntilItIsGivenUp() {
        assertThat(bench.pass(Duration.ofSeconds(31))).hasSize(4).containsOnly(bench.init);
        assertThat(bench.isOver()).isTrue();
        bench.assertNothingLeft();
    }

    @Test
    void cookieComesFirstAndAllElseStays() {
        Octets again = only(bench.deliver(unprotected(bench, cookie(7))));
        List<Payload> before = ScriptedPeer.decoded(bench.init).payloads();
        List<Payload> after = ScriptedPeer.decoded(again).payloads();
        assertThat(after.getFirst()).isEqualTo(cookie(7));
        assertThat(after.subList(1, after.size())).isEqualTo(before);
        assertThat(ScriptedPeer.decoded(again).header().messageId()).isZero();
    }

    @Test
    void cookieIsKeptForAnotherGroupAndTheWholeOfferIsRepeated() {
        InitiatorBench two = with("aes128gcm16-prfsha256-x25519-ecp256");
        two.deliver(unprotected(two, cookie(7)));
        Octets again = only(two.deliver(unprotected(two, invalidKe(19))));
        List<Payload> payloads = ScriptedPeer.decoded(again).payloads();
        assertThat(payloads.getFirst()).isEqualTo(cookie(7));
        assertThat(Payload.first(payloads, Payload.KeyExchange.class)
                        .orElseThrow()
                        .group()
                        .value())
                .isEqualTo(19);
        assertThat(Payload.first(payloads, Payload.SecurityAssociation.class))
                .isEqualTo(Payload.first(ScriptedPeer.decoded(two.init).payloads(), Payload.SecurityAssociation.class));
    }

    @Test
    void proofCoversTheLatestRequest() {
        Octets again = only(bench.deliver(unprotected(bench, cookie(7))));
        Octets auth = only(bench.deliver(bench.peer.answerInit(again)));
        List<Payload> payloads = bench.peer.open(auth);
        Payload.Identification idi = (Payload.Identification) payloads.getFirst();
        assertThat(Payload.first(payloads, Payload.Authentication.class).orElseThrow())
                .isEqualTo(bench.peer.initiatorAuth(SampleConnections.NODE_KEY, idi));
    }

    @Test
    void cookiesDoNotSendUsRoundForEver() {
        int answers = 0;
        for (int i = 0; i < 20; i++) {
            answers += bench.deliver(unprotected(bench, cookie(i))).size();
        }
        assertThat(answers).isEqualTo(5);
        assertThat(bench.isOver()).isFalse();
        bench.pass(Duration.ofSeconds(31));
        bench.assertNothingLeft();
    }

    @Test
    void groupsDoNotSendUsRoundForEver() {
        InitiatorBench two = with("aes128gcm16-prfsha256-x25519-ecp256");
        int answers = 0;
        for (int i = 0; i < 20; i++) {
            answers += two.deliver(unprotected(two, invalidKe(i % 2 == 0 ? 19 : 31)))
                    .size();
        }
        assertThat(answers).isLessThanOrEqualTo(5);
    }

    @Test
    void groupWeDidNotOfferIsPassedOver() {
        assertThat(bench.deliver(unprotected(bench, invalidKe(14)))).isEmpty();
        assertThat(bench.deliver(unprotected(bench, invalidKe(9999)))).isEmpty();
        assertThat(bench.deliver(unprotected(bench, invalidKe(31))))
                .as("the one just used")
                .isEmpty();
        assertStillOpen(bench);
    }

    @Test
    void cookieOfAWrongLengthIsPassedOver() {
        assertThat(bench.deliver(unprotected(bench, Payload.Notify.of(NotifyType.COOKIE))))
                .isEmpty();
        assertThat(bench.deliver(unprotected(bench, Payload.Notify.of(NotifyType.COOKIE, Octets.zeros(65)))))
                .isEmpty();
        assertStillOpen(bench);
    }

    @Test
    void unprotectedRefusalIsNotTheLastWord() {
        assertThat(bench.deliver(unprotected(bench, Payload.Notify.of(NotifyType.NO_PROPOSAL_CHOSEN))))
                .isEmpty();
        assertStillOpen(bench);
    }

    @Test
    void answerWeDidNotOfferIsPassedOver() {
        ScriptedPeer weak = new ScriptedPeer(Role.RESPONDER, bench.random, "aes128-sha256-prfsha256-x25519");
        assertThat(bench.deliver(weak.answerInit(bench.init))).isEmpty();
        assertStillOpen(bench);
    }

    @Test
    void answerOfTwoProposalsOrNoneIsPassedOver() {
        Proposal ours = bench.peer.proposal;
        for (List<Proposal> answer :
                List.of(List.of(ours, ours), List.of(new Proposal(1, ProtocolId.IKE, Octets.EMPTY, List.of())))) {
            assertThat(bench.deliver(unprotected(
                            bench,
                            new Payload.SecurityAssociation(answer),
                            bench.peer.publicValue(),
                            new Payload.Nonce(bench.peer.nonce))))
                    .isEmpty();
        }
        assertStillOpen(bench);
    }

    @Test
    void answerWithoutAnSpiIsPassedOver() {
        long spi = bench.peer.spiResponder;
        bench.peer.spiResponder = 0;
        assertThat(bench.deliver(unprotected(
                        bench, bench.peer.offer(), bench.peer.publicValue(), new Payload.Nonce(bench.peer.nonce))))
                .isEmpty();
        bench.peer.spiResponder = spi;
        assertStillOpen(bench);
    }

    @Test
    void degeneratePublicValueIsPassedOver() {
        assertThat(bench.deliver(unprotected(
                        bench,
                        bench.peer.offer(),
                        new Payload.KeyExchange(bench.peer.suite.group(), Octets.zeros(32)),
                        new Payload.Nonce(bench.peer.nonce))))
                .isEmpty();
        assertStillOpen(bench);
    }

    @Test
    void unknownCriticalPayloadIsPassedOver() {
        assertThat(bench.deliver(unprotected(
                        bench,
                        bench.peer.offer(),
                        bench.peer.publicValue(),
                        new Payload.Nonce(bench.peer.nonce),
                        new Payload.Unknown(new PayloadType(200), true, Octets.EMPTY))))
                .isEmpty();
        assertStillOpen(bench);
    }

    @Test
    void ikeMovesToPort4500BehindANat() {
        bench.deliver(bench.peer.answerInit(
                bench.init,
                ScriptedPeer.with(
                        bench.peer.initPayloads(),
                        Payload.Notify.of(NotifyType.NAT_DETECTION_SOURCE_IP, Octets.zeros(20)),
                        Payload.Notify.of(NotifyType.NAT_DETECTION_DESTINATION_IP, Octets.zeros(20)))));
        assertThat(bench.sent.getLast().path()).isEqualTo(InitiatorBench.FLOATED);
    }

    @Test
    void closedMeanwhileIsOverAtOnce() {
        assertThat(bench.event(new Event.Command.Close("enough", Output.Cause.ADMIN_RESET)))
                .isEmpty();
        assertThat(bench.isOver()).isTrue();
        bench.assertNothingLeft();
    }

    @Test
    void forgedRequestDoesNotEndTheAttempt() {
        bench.peer.spiInitiator = ScriptedPeer.decoded(bench.init).header().spiInitiator();
        for (ExchangeType exchange :
                List.of(ExchangeType.IKE_SA_INIT, ExchangeType.INFORMATIONAL, ExchangeType.IKE_AUTH)) {
            assertThat(bench.deliver(bench.peer.clear(exchange, 0, 0, bench.peer.initPayloads())))
                    .isEmpty();
        }
        assertStillOpen(bench);
    }

    @Test
    void keyThatFitsNothingTheResponderVerifiesEndsTheAttempt() {
        CertificateAuthority authority = CertificateAuthority.create(
                "ca", KeyKind.ECDSA_P256, bench.simulation.now(), Duration.ofDays(1), bench.random);
        InitiatorBench signing = new InitiatorBench(SampleConnections.node(new LocalAuth.BySignature(authority
                .issue(
                        CertificateSubject.user(SampleConnections.NODE_NAME),
                        CertificateAuthority.Purpose.CLIENT,
                        KeyKind.ED25519,
                        bench.simulation.now(),
                        Duration.ofDays(1),
                        bench.random)
                .signer(SignaturePreference.DEFAULT))));
        // SHA2-256 alone: Ed25519 needs Identity (RFC 8420 section 2).
        Octets answer = signing.peer.answerInit(
                signing.init,
                ScriptedPeer.with(
                        signing.peer.initPayloads(),
                        Payload.Notify.of(NotifyType.SIGNATURE_HASH_ALGORITHMS, Octets.of(0, 2))));
        assertThat(signing.deliver(answer)).isEmpty();
        assertThat(signing.isOver()).isTrue();
        signing.assertNothingLeft();
    }
}
