package org.homeport.core.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.homeport.core.message.Proposal;
import org.homeport.core.message.Transform;
import org.homeport.core.registry.EncryptionId;
import org.homeport.core.registry.IntegrityId;
import org.homeport.core.registry.KeyExchangeId;
import org.homeport.core.registry.PrfId;
import org.homeport.core.registry.ProtocolId;
import org.homeport.core.registry.TransformType;
import org.homeport.kit.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProposalParserTest {
    private static final Transform NO_ESN = Transform.of(TransformType.ESN, 0);
    private static final Transform ESN = Transform.of(TransformType.ESN, 1);

    @Test
    void readsAnIkeProposal() {
        assertThat(ProposalParser.ike("aes128gcm16-prfsha256-x25519"))
                .isEqualTo(new Proposal(
                        1,
                        ProtocolId.IKE,
                        Octets.EMPTY,
                        List.of(
                                Transform.of(TransformType.ENCR, EncryptionId.AES_GCM_16.value(), 128),
                                Transform.of(TransformType.PRF, PrfId.HMAC_SHA2_256.value()),
                                Transform.of(TransformType.KE, KeyExchangeId.CURVE25519.value()))));
    }

    @Test
    void severalKeywordsOfAKindAreAlternatives() {
        Proposal proposal = ProposalParser.ike("aes256-aes128-sha384-sha256-modp4096-ecp256");

        assertThat(proposal.of(TransformType.ENCR))
                .containsExactly(
                        Transform.of(TransformType.ENCR, EncryptionId.AES_CBC.value(), 256),
                        Transform.of(TransformType.ENCR, EncryptionId.AES_CBC.value(), 128));
        assertThat(proposal.of(TransformType.KE))
                .extracting(Transform::id)
                .containsExactly(KeyExchangeId.MODP_4096.value(), KeyExchangeId.ECP_256.value());
    }

    @Test
    void withoutPrfTheHashesOfIntegrityServe() {
        assertThat(ProposalParser.ike("aes128-sha384-sha256-ecp256"))
                .isEqualTo(ProposalParser.ike("aes128-sha384-sha256-prfsha384-prfsha256-ecp256"));
    }

    @Test
    void fixedKeyLengthsAreNotWritten() {
        assertThat(ProposalParser.esp("chacha20poly1305"))
                .isEqualTo(new Proposal(
                        1,
                        ProtocolId.ESP,
                        Octets.EMPTY,
                        List.of(Transform.of(TransformType.ENCR, EncryptionId.CHACHA20_POLY1305.value()), NO_ESN)));
    }

    @Test
    void sequenceNumbersAreShortUnlessAskedFor() {
        assertThat(ProposalParser.esp("aes128-sha256-modp2048").of(TransformType.ESN))
                .containsExactly(NO_ESN);
        assertThat(ProposalParser.esp("aes256gcm16-esn").of(TransformType.ESN)).containsExactly(ESN);
        assertThat(ProposalParser.esp("aes256gcm16-esn-noesn").of(TransformType.ESN))
                .containsExactly(ESN, NO_ESN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aes128gcm16-prfsha256-x25519-frodo|'frodo' is none of aes128",
                "aes128gcm16--x25519|'' is none of aes128",
                "aes128gcm16-x25519|one of prfsha256, prfsha384, prfsha512, prfsha1 is missing",
                "aes128gcm16-prfsha256|one of x25519, curve25519, ecp256",
                "prfsha256-x25519|one of aes128, aes128gcm16",
                "aes128-prfsha256-x25519|one of sha256, sha384, sha512, sha1 is missing",
                "aes128gcm16-sha256-prfsha256-x25519|bring their own integrity",
                "aes128gcm16-aes128-sha256-x25519|belong in separate proposals",
                "aes128gcm16-prfsha256-x25519-esn|'esn' is none of",
            })
    void mistakesInIkeProposalsAreNamed(String text, String message) {
        assertThatThrownBy(() -> ProposalParser.ike(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'" + text + "' is not an IKE proposal: ")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aes128|one of sha256",
                "aes128gcm16-prfsha256|'prfsha256' is none of",
                "3des-sha1|'3des' is none of",
                "sha256|one of aes128",
            })
    void mistakesInEspProposalsAreNamed(String text, String message) {
        assertThatThrownBy(() -> ProposalParser.esp(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void legacyAlgorithmsAreUnderstoodAndFlagged() {
        assertThat(ProposalParser.ike("aes128-sha1-modp1024").transforms())
                .filteredOn(ProposalParser::isLegacy)
                .containsExactly(
                        Transform.of(TransformType.INTEG, IntegrityId.HMAC_SHA1_96.value()),
                        Transform.of(TransformType.PRF, PrfId.HMAC_SHA1.value()),
                        Transform.of(TransformType.KE, KeyExchangeId.MODP_1024.value()));
    }

    @Test
    void defaultsAreModernAndReachEverybody() {
        List<Proposal> all = Stream.concat(ProposalParser.ikeDefaults().stream(), ProposalParser.espDefaults().stream())
                .toList();

        assertThat(all).extracting(Proposal::number).containsExactly(1, 2, 1, 2);
        assertThat(all).flatExtracting(Proposal::transforms).noneMatch(ProposalParser::isLegacy);
        for (String peer : List.of(
                "aes256gcm16-prfsha256-x25519",
                "aes128-sha256-prfsha256-modp2048",
                "aes256-sha384-ecp384",
                "chacha20poly1305-prfsha512-modp4096",
                "aes256-sha256-modp3072")) {
            assertThat(ProposalSelector.choose(
                            List.of(ProposalParser.ike(peer)), ProposalParser.ikeDefaults(), t -> true, Set.of()))
                    .as(peer)
                    .isPresent();
        }
    }
}
