package org.homeport.eap.peap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.homeport.eap.peap.PeapPacket.Verdict;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeapCodecTest {
    private static final Octets SUCCESS = Octets.fromHex("8003 0002 0001");
    private static final Octets BINDING = Octets.fromHex("000c0038 00000001").plus(Octets.zeros(52));

    private static Octets extensions(Octets tlvs) {
        return Octets.of(2, 9, 0, 5 + tlvs.length(), 33).plus(tlvs);
    }

    private static PeapPacket read(Octets tlvs) throws WireException {
        return PeapCodec.decode(extensions(tlvs), PeapCodec.Code.RESPONSE, 0);
    }

    @Test
    void bareResultIsElevenOctets() throws Exception {
        PeapPacket.Result failure = new PeapPacket.Result(9, Verdict.FAILURE);
        assertThat(PeapCodec.encode(failure, PeapCodec.Code.RESPONSE))
                .isEqualTo(Octets.fromHex("0209000b 21 80030002 0002"));
        assertThat(read(Octets.fromHex("80030002 0002"))).isEqualTo(failure);
    }

    @Test
    void resultComesBeforeTheBinding() throws Exception {
        PeapPacket.Result bound = new PeapPacket.Result(
                9, Verdict.SUCCESS, Optional.of(new CryptoBinding(CryptoBinding.Kind.RESPONSE, BINDING)));
        assertThat(PeapCodec.encode(bound, PeapCodec.Code.RESPONSE)).isEqualTo(extensions(SUCCESS.plus(BINDING)));
        assertThat(read(SUCCESS.plus(BINDING))).isEqualTo(bound);
        assertThat(read(BINDING.plus(SUCCESS))).isEqualTo(bound);
    }

    /** M and R have no meaning here, and are covered by the MAC all the same. */
    @Test
    void reservedBitsOfABindingAreKept() throws Exception {
        byte[] bytes = BINDING.toByteArray();
        bytes[0] = (byte) 0xc0;
        bytes[4] = 5;
        PeapPacket.Result result = (PeapPacket.Result) read(SUCCESS.plus(Octets.wrap(bytes)));
        assertThat(result.binding()).contains(new CryptoBinding(CryptoBinding.Kind.RESPONSE, Octets.wrap(bytes)));
    }

    @Test
    void optionalStrangersArePassedOver() throws Exception {
        assertThat(read(Octets.fromHex("00070001ff").plus(SUCCESS)))
                .isEqualTo(new PeapPacket.Result(9, Verdict.SUCCESS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "80",
                "8003",
                "80030002 00",
                "80030001 01",
                "80030002 0000",
                "80030002 0003",
                "80030003 000100",
                "80030002 0001 80030002 0001",
                "80030002 0001 80070000",
                "80030002 0001 000c0000",
                "80030002 0001 000cffff"
            })
    void brokenOnesAreNone(String hex) {
        assertThatThrownBy(() -> read(Octets.fromHex(hex))).isInstanceOf(WireException.class);
    }

    @ParameterizedTest
    @CsvSource({"5, version 2", "7, subtype 2"})
    void bindingsOfAnotherVersionAreNone(int at, String why) {
        byte[] bytes = BINDING.toByteArray();
        bytes[at] = 2;
        assertThatThrownBy(() -> read(SUCCESS.plus(Octets.wrap(bytes)))).hasMessageContaining(why);
    }

    @Test
    void oneBindingIsEnough() {
        assertThatThrownBy(() -> read(SUCCESS.plus(BINDING).plus(BINDING))).hasMessageContaining("twice");
    }
}
