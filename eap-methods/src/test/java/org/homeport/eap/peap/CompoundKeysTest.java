package org.homeport.eap.peap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.homeport.eap.peap.PeapPacket.Verdict;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.junit.jupiter.api.Test;

/** Against the samples of [MS-PEAP] 4.4.1.3.2.3 (server), 4.4.2.3.2.3 (peer) and 4.4.3 (keys). */
class CompoundKeysTest {
    private static final Octets T1 = Octets.fromHex("3A911C255473E83E9A0CC333AE1F8A35CDC74163");
    private static final Octets T2 = Octets.fromHex("E7F60F6C65EF71C26442AAACA2B6F1EB4F25ECA3");
    private static final Octets T3 = Octets.fromHex("3355353B6920D074C782E475DFB0999D4DB467EB");
    private static final CompoundKeys KEYS = new CompoundKeys(Secret.copyOf(T1.plus(T2)), Secret.copyOf(T3));

    private static final Octets REQUEST = Octets.fromHex("000C0038 00000000"
            + "BDA7A599FA816521AD3064C2BDDBD16EAA949E7D98A8D7943147CF425D85DA7B"
            + "0CBF105E91755748224FBB83000626911CFB1B0F");
    private static final Octets RESPONSE = Octets.fromHex("000C0038 00000001"
            + "6C6BA38784237457CCC90B1A908CBDF4711B69994D0CFE8D3DB44ECBCDAD37E9"
            + "42E086071D1C8B8C8E458F7021F06A6EAB16B646");

    @Test
    void requestIsTheSample() {
        assertThat(KEYS.bind(CryptoBinding.Kind.REQUEST, REQUEST.slice(8, 40)).tlv())
                .isEqualTo(REQUEST);
    }

    @Test
    void responseIsTheSample() {
        assertThat(KEYS.bind(CryptoBinding.Kind.RESPONSE, RESPONSE.slice(8, 40)).tlv())
                .isEqualTo(RESPONSE);
    }

    /** Windows has the Result TLV behind the other. */
    @Test
    void sampleIsReadAndProves() throws Exception {
        Octets packet = Octets.fromHex("02090047 21").plus(RESPONSE).plus(Octets.fromHex("8003 0002 0001"));
        PeapPacket.Result result = (PeapPacket.Result) PeapCodec.decode(packet, PeapCodec.Code.RESPONSE, 0);
        assertThat(result.verdict()).isEqualTo(Verdict.SUCCESS);
        CryptoBinding binding = result.binding().orElseThrow();
        assertThat(KEYS.prove(binding, CryptoBinding.Kind.RESPONSE)).isTrue();
        assertThat(KEYS.prove(binding, CryptoBinding.Kind.REQUEST)).isFalse();
    }

    @Test
    void everyBitIsCovered() throws Exception {
        for (int at = 0; at < 8 * RESPONSE.length(); at++) {
            byte[] flipped = RESPONSE.toByteArray();
            flipped[at / 8] ^= (byte) (1 << at % 8);
            assertThat(KEYS.prove(
                            new CryptoBinding(CryptoBinding.Kind.RESPONSE, Octets.wrap(flipped)),
                            CryptoBinding.Kind.RESPONSE))
                    .as("bit %s", at)
                    .isFalse();
        }
    }

    @Test
    void sessionKeyIsTheSample() {
        Octets seed = Octets.utf8("Session Key Generating Function\0");
        Octets all = Octets.fromHex("6A02D782201BC7138BF8EFF733B496970D7CAB30 0AC9577278E1DDD5AEF766971752D4E584A1C895"
                + "039B4D05E3BC9A8484DDC2AA6E2CE162765C4068 BFF65A4510E3057485DB98B799D86E66763C64D4"
                + "9889B4DD1B273DC8A2CA73D60D11AFB22C52BAAD D351E0CB7BB2E72C7D9373857E03C14A32C8F7E5"
                + "959F46680E86E65C89F880C8A6DA00563AFB19C0");
        assertThat(CompoundKeys.prfPlus(KEYS.ipmk(), seed, 140).expose()).isEqualTo(all);
        Octets receive = Octets.fromHex("6A02D782201BC7138BF8EFF733B496970D7CAB300AC9577278E1DDD5AEF76697");
        Octets send = Octets.fromHex("1752D4E584A1C895039B4D05E3BC9A8484DDC2AA6E2CE162765C4068BFF65A45");
        assertThat(KEYS.msk().expose()).isEqualTo(receive.plus(send));
    }

    @Test
    void methodWithoutKeyCountsAsZeros() {
        Secret tunnel = Secret.copyOf(Octets.zeros(64));
        assertThat(CompoundKeys.of(tunnel, Optional.empty()))
                .isEqualTo(CompoundKeys.of(tunnel, Optional.of(Secret.copyOf(Octets.zeros(64)))));
    }
}
