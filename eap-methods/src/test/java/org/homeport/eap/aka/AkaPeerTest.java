package org.homeport.eap.aka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeport.eap.PeerStep;
import org.homeport.eap.PeerStep.Standing;
import org.homeport.eap.aka.AkaCodec.Sender;
import org.homeport.eap.aka.AkaMessage.Attribute;
import org.homeport.eap.aka.AkaServerSettings.Bidding;
import org.homeport.eap.aka.AkaServerSettings.ResultIndications;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;
import org.junit.jupiter.api.Test;

/** The peer against a server that says what a test wants. */
class AkaPeerTest {
    private static final AkaVector VECTOR =
            AuthenticationCentre.vector(Aka.SIM, new Sqn(32), Octets.zeros(16), Octets.fromHex("8000"));
    private static final Octets WLAN = Octets.utf8("WLAN");

    private final Aka prime = new Aka(AkaVariant.AKA_PRIME);
    private final Octets said = prime.subscription.identity();
    private final AkaKeys keys = AkaKeys.full(AkaVariant.AKA_PRIME, said, VECTOR, WLAN);
    private AkaPeer peer = prime.peer();

    @Test
    void peerTakesTheDerivationThatItKnows() throws WireException {
        PeerStep.Answer asks = answer(challenge(List.of(9, 1), WLAN));
        assertThat(AkaCodec.decode(asks.typeData()))
                .isEqualTo(AkaMessage.of(AkaMessage.CHALLENGE, Attribute.number(AkaCodec.AT_KDF, 1)));
        assertThat(asks.standing()).isInstanceOf(Standing.Undecided.class);
        assertThat(answer(challenge(List.of(1, 9, 1), WLAN)).standing()).isInstanceOf(Standing.Content.class);
    }

    @Test
    void derivationsMayNotChangeOtherwise() throws WireException {
        challenge(List.of(9, 1), WLAN);
        PeerStep.Answer last = answer(challenge(List.of(1, 1), WLAN));
        assertThat(AkaCodec.decode(last.typeData()).subtype()).isEqualTo(AkaMessage.CLIENT_ERROR);
    }

    @Test
    void derivationsThatDoNotFitAreAsAWrongAutn() throws WireException {
        for (List<Integer> kdfs : List.of(List.<Integer>of(), List.of(9), List.of(1, 1), List.of(1, 9, 9))) {
            peer = prime.peer();
            assertRejected(challenge(kdfs, WLAN));
        }
    }

    @Test
    void networkHasToHaveTheRightName() throws WireException {
        assertRejected(challenge(List.of(1), Octets.EMPTY));
        prime.peerSettings = new AkaPeerSettings(
                ResultIndications.NONE, Bidding.NONE, AkaPeerSettings.IdentityPolicy.LIBERAL, Optional.of("HRPD"));
        peer = prime.peer();
        assertRejected(challenge(List.of(1), WLAN));
        prime.peerSettings = new AkaPeerSettings(
                ResultIndications.NONE, Bidding.NONE, AkaPeerSettings.IdentityPolicy.LIBERAL, Optional.of("WLAN:x"));
        peer = prime.peer();
        assertThat(answer(challenge(List.of(1), WLAN)).standing()).isInstanceOf(Standing.Content.class);
    }

    @Test
    void separationBitIsWanted() {
        Usim usim = new Usim(Aka.SIM, Sqn.NONE);
        AkaVector vector = AuthenticationCentre.vector(Aka.SIM, new Sqn(32), Octets.zeros(16), Octets.fromHex("0000"));
        assertThat(usim.authenticate(vector.rand(), vector.autn(), AkaVariant.AKA_PRIME))
                .isInstanceOf(Usim.Verdict.Rejected.class);
        assertThat(usim.authenticate(vector.rand(), vector.autn(), AkaVariant.AKA))
                .isInstanceOf(Usim.Verdict.Accepted.class);
    }

    @Test
    void numberIsTakenOnce() {
        Usim usim = new Usim(Aka.SIM, Sqn.NONE);
        assertThat(usim.authenticate(VECTOR.rand(), VECTOR.autn(), AkaVariant.AKA))
                .isInstanceOf(Usim.Verdict.Accepted.class);
        Usim.Verdict again = usim.authenticate(VECTOR.rand(), VECTOR.autn(), AkaVariant.AKA);
        assertThat(again)
                .isInstanceOfSatisfying(
                        Usim.Verdict.OutOfStep.class,
                        out -> assertThat(AuthenticationCentre.sqnOf(Aka.SIM, VECTOR.rand(), out.auts()))
                                .contains(new Sqn(32)));
    }

    @Test
    void outOfStepRepeatsTheDerivations() throws WireException {
        challenge(List.of(1, 9), WLAN);
        peer = prime.peer();
        AkaMessage message =
                AkaCodec.decode(answer(challenge(List.of(1, 9), WLAN)).typeData());
        assertThat(message.subtype()).isEqualTo(AkaMessage.SYNCHRONIZATION_FAILURE);
        assertThat(message.numbers(AkaCodec.AT_KDF)).containsExactly(1, 9);
        assertThat(message.has(AkaCodec.AT_AUTS)).isTrue();
    }

    @Test
    void biddingDownIsNoticed() throws WireException {
        Aka aka = new Aka(AkaVariant.AKA);
        aka.serverSettings = AkaServerSettings.of(AkaVariant.AKA, Bidding.AKA_PRIME_PREFERRED);
        assertThat(aka.converse().accepted()).isPresent();
        aka = new Aka(AkaVariant.AKA);
        aka.serverSettings = AkaServerSettings.of(AkaVariant.AKA, Bidding.AKA_PRIME_PREFERRED);
        aka.peerSettings = new AkaPeerSettings(
                ResultIndications.NONE,
                Bidding.AKA_PRIME_PREFERRED,
                AkaPeerSettings.IdentityPolicy.LIBERAL,
                Optional.empty());
        assertThat(aka.converse().granted()).isEmpty();
    }

    @Test
    void failureAfterAuthenticationIsLostOnlyUnderTheKeys() {
        challenge(List.of(1), WLAN);
        Octets forged = AkaCodec.encode(AkaMessage.of(
                AkaMessage.NOTIFICATION,
                Attribute.number(AkaCodec.AT_NOTIFICATION, AkaNotification.FAILURE_AFTER_AUTHENTICATION.code())));
        assertThat(((Standing.Lost) answer(peer.handle(forged, 8)).standing()).reason())
                .contains("AT_MAC");
    }

    @Test
    void refusalAfterAuthenticationIsAnswered() throws WireException {
        challenge(List.of(1), WLAN);
        Octets refusal = AkaCodec.signed(
                AkaVariant.AKA_PRIME,
                Sender.SERVER,
                8,
                AkaMessage.of(AkaMessage.NOTIFICATION, Attribute.number(AkaCodec.AT_NOTIFICATION, 1031)),
                keys.teks().kAut(),
                Octets.EMPTY);
        PeerStep.Answer last = answer(peer.handle(refusal, 8));
        assertThat(((Standing.Lost) last.standing()).reason()).contains("not subscribed", "1031");
        assertThat(AkaCodec.isAuthentic(
                        AkaVariant.AKA_PRIME,
                        Sender.PEER,
                        8,
                        last.typeData(),
                        keys.teks().kAut(),
                        Octets.EMPTY))
                .isTrue();
    }

    @Test
    void identityIsAskedForInOrder() throws WireException {
        assertThat(answer(peer.handle(AkaCodec.encode(IdentityRequest.PERMANENT.message()), 1))
                        .standing())
                .isInstanceOf(Standing.Undecided.class);
        PeerStep.Answer last = answer(peer.handle(AkaCodec.encode(IdentityRequest.ANY.message()), 2));
        assertThat(AkaCodec.decode(last.typeData()).subtype()).isEqualTo(AkaMessage.CLIENT_ERROR);
    }

    @Test
    void whatStandsInTheWrongPlaceIsRefused() throws WireException {
        Octets odd = AkaCodec.encode(AkaMessage.of(
                AkaMessage.IDENTITY,
                Attribute.of(AkaCodec.AT_ANY_ID_REQ),
                new Attribute(AkaCodec.AT_RAND, Octets.zeros(16))));
        assertThat(AkaCodec.decode(answer(peer.handle(odd, 1)).typeData()).subtype())
                .isEqualTo(AkaMessage.CLIENT_ERROR);
        peer = prime.peer();
        // 127 must be understood; 200 may be passed over.
        assertThat(((Standing.Lost) answer(peer.handle(Octets.fromHex("05 0000 0d010000 7f010000"), 1))
                                .standing())
                        .reason())
                .contains("attribute 127");
        peer = prime.peer();
        assertThat(answer(peer.handle(Octets.fromHex("05 0000 0d010000 c8010000"), 1))
                        .standing())
                .isInstanceOf(Standing.Undecided.class);
    }

    private PeerStep challenge(List<Integer> kdfs, Octets networkName) {
        List<Attribute> attributes = new ArrayList<>();
        attributes.add(new Attribute(AkaCodec.AT_RAND, VECTOR.rand()));
        attributes.add(new Attribute(AkaCodec.AT_AUTN, VECTOR.autn()));
        kdfs.forEach(kdf -> attributes.add(Attribute.number(AkaCodec.AT_KDF, kdf)));
        attributes.add(new Attribute(AkaCodec.AT_KDF_INPUT, networkName));
        return peer.handle(
                AkaCodec.signed(
                        AkaVariant.AKA_PRIME,
                        Sender.SERVER,
                        7,
                        new AkaMessage(AkaMessage.CHALLENGE, attributes),
                        keys.teks().kAut(),
                        Octets.EMPTY),
                7);
    }

    private static void assertRejected(PeerStep step) throws WireException {
        assertThat(answer(step).standing()).isInstanceOf(Standing.Lost.class);
        assertThat(AkaCodec.decode(answer(step).typeData()).subtype()).isEqualTo(AkaMessage.AUTHENTICATION_REJECT);
    }

    private static PeerStep.Answer answer(PeerStep step) {
        return (PeerStep.Answer) step;
    }
}
