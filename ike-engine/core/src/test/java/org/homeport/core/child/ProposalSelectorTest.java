package org.homeport.core.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.homeport.core.message.Proposal;
import org.homeport.core.message.Transform;
import org.homeport.core.registry.IntegrityId;
import org.homeport.core.registry.KeyExchangeId;
import org.homeport.core.registry.ProtocolId;
import org.homeport.core.registry.TransformType;
import org.homeport.kit.Octets;
import org.junit.jupiter.api.Test;

class ProposalSelectorTest {
    private static final Octets PEER_SPI = Octets.of(0x05, 0x23, 0x57, 0xbb);
    private static final Predicate<Transform> EVERYTHING = transform -> true;
    private static final Transform NO_INTEGRITY = Transform.of(TransformType.INTEG, IntegrityId.NONE.value());
    private static final Transform NO_GROUP = Transform.of(TransformType.KE, KeyExchangeId.NONE.value());

    @Test
    void oneTransformOfEachTypeIsChosenInOurOrder() {
        Proposal offer = ike(1, "aes128-aes256-sha256-sha512-prfsha256-prfsha512-modp2048-ecp256");
        Proposal policy = ike(1, "aes256-aes128-sha512-sha256-prfsha512-prfsha256-ecp256-modp2048");

        assertThat(choose(List.of(offer), List.of(policy))).contains(ike(1, "aes256-sha512-prfsha512-ecp256"));
    }

    @Test
    void ourFirstProposalIsPreferredToTheirs() {
        List<Proposal> offered = List.of(ike(1, "aes128-sha256-x25519"), ike(2, "aes128gcm16-prfsha256-x25519"));
        List<Proposal> allowed = List.of(ike(1, "aes128gcm16-prfsha256-x25519"), ike(2, "aes128-sha256-x25519"));

        assertThat(choose(offered, allowed)).contains(ike(2, "aes128gcm16-prfsha256-x25519"));
    }

    @Test
    void theAnswerCarriesNumberAndSpiOfTheOffer() {
        Proposal answer = choose(List.of(esp(7, "aes128gcm16", PEER_SPI)), List.of(ProposalParser.esp("aes128gcm16")))
                .orElseThrow();

        assertThat(answer.number()).isEqualTo(7);
        assertThat(answer.spi()).isEqualTo(PEER_SPI);
    }

    @Test
    void keyLengthsHaveToBeEqual() {
        Proposal policy = ProposalParser.esp("aes256gcm16");
        Proposal withoutLength =
                replace(esp(1, "aes256gcm16", PEER_SPI), TransformType.ENCR, Transform.of(TransformType.ENCR, 20));

        assertThat(choose(List.of(esp(1, "aes128gcm16", PEER_SPI)), List.of(policy)))
                .isEmpty();
        assertThat(choose(List.of(withoutLength), List.of(policy))).isEmpty();
        assertThat(choose(List.of(esp(1, "aes256gcm16", PEER_SPI)), List.of(policy)))
                .isPresent();
    }

    @Test
    void whatWeCannotDoIsNotChosen() {
        Proposal both = ike(1, "aes128gcm16-prfsha256-x25519-ecp256");
        Predicate<Transform> withoutX25519 = t -> !t.equals(
                ike(1, "aes128gcm16-prfsha256-x25519").of(TransformType.KE).getFirst());

        assertThat(ProposalSelector.choose(List.of(both), List.of(both), withoutX25519, Set.of()))
                .contains(ike(1, "aes128gcm16-prfsha256-ecp256"));
    }

    @Test
    void aProposalWithAnUnknownTypeIsUnusableAndTheOthersAreNot() {
        Proposal plain = esp(2, "aes128gcm16", PEER_SPI);
        Proposal newer = plus(esp(1, "aes128gcm16", PEER_SPI), Transform.of(new TransformType(6), 35));

        assertThat(choose(List.of(newer, plain), List.of(ProposalParser.esp("aes128gcm16"))))
                .contains(plain);
        assertThat(choose(List.of(newer), List.of(ProposalParser.esp("aes128gcm16"))))
                .isEmpty();
    }

    @Test
    void aTransformWithAnUnknownAttributeIsUnusableAndTheOthersAreNot() {
        Transform odd = new Transform(
                TransformType.ENCR, 20, OptionalInt.of(128), List.of(new Transform.Attribute(0x8030, Octets.zeros(2))));
        Proposal offer = esp(1, "aes128gcm16", PEER_SPI);

        assertThat(choose(List.of(replace(offer, TransformType.ENCR, odd)), List.of(ProposalParser.esp("aes128gcm16"))))
                .isEmpty();
        assertThat(choose(List.of(plus(offer, odd)), List.of(ProposalParser.esp("aes128gcm16"))))
                .contains(offer);
    }

    @Test
    void combinedCiphersGoWithoutIntegrityOrWithNone() {
        Proposal policy = ProposalParser.esp("aes128gcm16");
        Proposal offer = esp(1, "aes128gcm16", PEER_SPI);
        Transform sha256 = Transform.of(TransformType.INTEG, IntegrityId.HMAC_SHA2_256_128.value());

        assertThat(choose(List.of(plus(offer, NO_INTEGRITY)), List.of(policy)))
                .hasValueSatisfying(
                        chosen -> assertThat(chosen.of(TransformType.INTEG)).containsExactly(NO_INTEGRITY));
        assertThat(choose(List.of(plus(offer, sha256)), List.of(policy))).isEmpty();
    }

    @Test
    void otherCiphersNeverGoWithoutIntegrity() {
        Proposal policy = ProposalParser.esp("aes128-sha256");
        Proposal none = replace(esp(1, "aes128-sha256", PEER_SPI), TransformType.INTEG, NO_INTEGRITY);
        Proposal nothing = without(none, TransformType.INTEG);

        assertThat(choose(List.of(none, nothing), List.of(policy, none))).isEmpty();
    }

    @Test
    void mandatoryTypesMayNotBeMissing() {
        Proposal esp = esp(1, "aes128gcm16", PEER_SPI);
        Proposal ike = ike(1, "aes128gcm16-prfsha256-x25519");

        assertThat(choose(List.of(without(esp, TransformType.ESN)), List.of(esp)))
                .isEmpty();
        for (TransformType type : List.of(TransformType.ENCR, TransformType.PRF, TransformType.KE)) {
            assertThat(choose(List.of(without(ike, type)), List.of(ike)))
                    .as("%s", type)
                    .isEmpty();
        }
        assertThat(choose(List.of(new Proposal(1, ProtocolId.IKE, Octets.EMPTY, List.of())), List.of(ike)))
                .isEmpty();
    }

    @Test
    void theChildOfIkeAuthHasNoKeyExchange() {
        Proposal offer = esp(1, "aes128gcm16-x25519", PEER_SPI);

        for (String policy : List.of("aes128gcm16-modp2048", "aes128gcm16-x25519", "aes128gcm16")) {
            assertThat(ProposalSelector.choose(
                            List.of(offer), List.of(ProposalParser.esp(policy)), EVERYTHING, Set.of(TransformType.KE)))
                    .as(policy)
                    .contains(esp(1, "aes128gcm16", PEER_SPI));
        }
    }

    @Test
    void keyExchangeIsAgreedOnAsFarAsEitherInsists() {
        Proposal without = esp(1, "aes128gcm16", PEER_SPI);
        Proposal with = esp(1, "aes128gcm16-x25519", PEER_SPI);
        Proposal either = esp(1, "aes128gcm16-x25519-modpnone", PEER_SPI);

        assertThat(choose(List.of(without), List.of(with))).isEmpty();
        assertThat(choose(List.of(with), List.of(without))).isEmpty();
        assertThat(choose(List.of(without), List.of(either))).contains(without);
        assertThat(choose(List.of(with), List.of(either))).contains(with);
        assertThat(choose(List.of(either), List.of(with))).contains(with);
        assertThat(choose(List.of(either), List.of(without))).contains(plus(without, NO_GROUP, TransformType.ESN));
    }

    @Test
    void sequenceNumbersAreAgreedOn() {
        Proposal onlyExtended = esp(1, "aes128gcm16-esn", PEER_SPI);

        assertThat(choose(List.of(onlyExtended), List.of(ProposalParser.esp("aes128gcm16"))))
                .isEmpty();
        assertThat(choose(List.of(onlyExtended), List.of(ProposalParser.esp("aes128gcm16-noesn-esn"))))
                .contains(onlyExtended);
    }

    @Test
    void spisHaveTheSizeOfTheirProtocol() {
        Proposal policy = ProposalParser.esp("aes128gcm16");
        for (Octets spi :
                List.of(Octets.EMPTY, Octets.zeros(4), Octets.of(1, 2, 3), Octets.of(1, 2, 3, 4, 5, 6, 7, 8))) {
            assertThat(choose(List.of(esp(1, "aes128gcm16", spi)), List.of(policy)))
                    .as("%s", spi)
                    .isEmpty();
        }
    }

    @Test
    void anAnswerIsASubsetOfOneProposal() {
        List<Proposal> offered =
                List.of(ike(1, "aes128gcm16-aes256gcm16-prfsha256-x25519-ecp256"), ike(2, "aes128-sha256-x25519"));

        assertThat(verify(offered, ike(1, "aes256gcm16-prfsha256-ecp256"))).isTrue();
        assertThat(verify(offered, ike(2, "aes128-sha256-x25519"))).isTrue();
        assertThat(verify(offered, plus(ike(1, "aes256gcm16-prfsha256-ecp256"), NO_INTEGRITY)))
                .isTrue();
    }

    @Test
    void anAnswerThatIsNoSubsetFailsTheExchange() {
        List<Proposal> offered =
                List.of(ike(1, "aes128gcm16-aes256gcm16-prfsha256-x25519-ecp256"), ike(2, "aes128-sha256-x25519"));
        Proposal good = ike(1, "aes256gcm16-prfsha256-ecp256");

        assertThat(ProposalSelector.verifyAnswer(offered, List.of())).isEmpty();
        assertThat(ProposalSelector.verifyAnswer(offered, List.of(good, good))).isEmpty();
        // Another number, a group not offered, two groups, none, a weaker key, a foreign protocol, an SPI.
        assertThat(verify(offered, ike(3, "aes256gcm16-prfsha256-ecp256"))).isFalse();
        assertThat(verify(offered, ike(2, "aes256gcm16-prfsha256-ecp256"))).isFalse();
        assertThat(verify(offered, ike(1, "aes256gcm16-prfsha256-modp2048"))).isFalse();
        assertThat(verify(offered, ike(1, "aes256gcm16-prfsha256-ecp256-x25519")))
                .isFalse();
        assertThat(verify(offered, without(good, TransformType.KE))).isFalse();
        assertThat(verify(offered, without(good, TransformType.PRF))).isFalse();
        assertThat(verify(offered, new Proposal(1, ProtocolId.ESP, Octets.EMPTY, good.transforms())))
                .isFalse();
        assertThat(verify(offered, new Proposal(1, ProtocolId.IKE, Octets.zeros(8), good.transforms())))
                .isFalse();
    }

    @Test
    void anAnswerCannotTakeIntegrityAway() {
        List<Proposal> offered = List.of(ike(1, "aes128-sha256-x25519"));

        assertThat(verify(offered, replace(offered.getFirst(), TransformType.INTEG, NO_INTEGRITY)))
                .isFalse();
        assertThat(verify(offered, without(offered.getFirst(), TransformType.INTEG)))
                .isFalse();
    }

    @Test
    void whatChooseAnswersVerifyAnswerTakes() {
        List<Proposal> offered = ProposalParser.espDefaults().stream()
                .map(p -> new Proposal(p.number(), p.protocol(), PEER_SPI, p.transforms()))
                .toList();

        Proposal answer = choose(offered, ProposalParser.espDefaults()).orElseThrow();

        assertThat(ProposalSelector.verifyAnswer(offered, List.of(answer))).contains(answer);
        assertThat(answer).isEqualTo(esp(1, "aes256gcm16-x25519", PEER_SPI));
    }

    private static Optional<Proposal> choose(List<Proposal> offered, List<Proposal> allowed) {
        return ProposalSelector.choose(offered, allowed, EVERYTHING, Set.of());
    }

    private static boolean verify(List<Proposal> offered, Proposal answer) {
        return ProposalSelector.verifyAnswer(offered, List.of(answer)).isPresent();
    }

    private static Proposal ike(int number, String text) {
        return new Proposal(
                number, ProtocolId.IKE, Octets.EMPTY, ProposalParser.ike(text).transforms());
    }

    private static Proposal esp(int number, String text, Octets spi) {
        return new Proposal(
                number, ProtocolId.ESP, spi, ProposalParser.esp(text).transforms());
    }

    private static Proposal plus(Proposal proposal, Transform transform) {
        return with(
                proposal,
                Stream.concat(proposal.transforms().stream(), Stream.of(transform))
                        .toList());
    }

    private static Proposal plus(Proposal proposal, Transform transform, TransformType before) {
        List<Transform> transforms = new ArrayList<>(proposal.transforms());
        transforms.add(transforms.indexOf(proposal.of(before).getFirst()), transform);
        return with(proposal, transforms);
    }

    private static Proposal without(Proposal proposal, TransformType type) {
        return with(
                proposal,
                proposal.transforms().stream()
                        .filter(t -> !t.type().equals(type))
                        .toList());
    }

    private static Proposal replace(Proposal proposal, TransformType type, Transform transform) {
        return plus(without(proposal, type), transform);
    }

    private static Proposal with(Proposal proposal, List<Transform> transforms) {
        return new Proposal(proposal.number(), proposal.protocol(), proposal.spi(), transforms);
    }
}
