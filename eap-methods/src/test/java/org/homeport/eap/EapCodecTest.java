package org.homeport.eap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EapCodecTest {
    private static final EapType VENDOR = EapType.expanded(0x00372a, 1);

    @Test
    void packetsAreWhatTheBytesSay() throws WireException {
        assertThat(EapCodec.decode(Octets.fromHex("01 07 0005 01")))
                .isEqualTo(new EapPacket.Request(7, EapType.IDENTITY, Octets.EMPTY));
        assertThat(EapCodec.decode(Octets.fromHex("02 07 0008 01 6d6e31")))
                .isEqualTo(new EapPacket.Response(7, EapType.IDENTITY, Octets.utf8("mn1")));
        assertThat(EapCodec.decode(Octets.fromHex("03 ff 0004"))).isEqualTo(new EapPacket.Success(255));
        assertThat(EapCodec.decode(Octets.fromHex("04 00 0004"))).isEqualTo(new EapPacket.Failure(0));
        assertThat(EapCodec.decode(Octets.fromHex("01 01 000e fe 00372a 00000001 abcd")))
                .isEqualTo(new EapPacket.Request(1, VENDOR, Octets.of(0xab, 0xcd)));
    }

    @Test
    void whatIsWrittenIsReadBack() throws WireException {
        for (EapPacket packet : List.of(
                new EapPacket.Request(0, EapType.MSCHAPV2, Octets.of(1, 2, 3)),
                new EapPacket.Response(255, EapType.expanded(0xffffff, 0xffffffffL), Octets.EMPTY),
                new EapPacket.Success(1),
                new EapPacket.Failure(2))) {
            assertThat(EapCodec.decode(EapCodec.encode(packet))).isEqualTo(packet);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "01",
                "01 00 0004", // a Request without type
                "02 00 0004",
                "01 00 0006 01", // Length beyond the end
                "01 00 0005 01 00", // and short of it
                "03 00 0005 00", // a Success with data
                "04 00 0005 00",
                "00 00 0004",
                "05 00 0005 01",
                "01 00 000b fe 00372a 000001", // expanded type cut short
                "03 00 0000"
            })
    void malformedPacketsAreCheckedErrors(String hex) {
        assertThatThrownBy(() -> EapCodec.decode(Octets.fromHex(hex))).isInstanceOf(WireException.class);
    }

    @Test
    void legacyNakListsTypesInOneOctetEach() throws WireException {
        EapPacket.Request refused = new EapPacket.Request(9, EapType.MD5_CHALLENGE, Octets.EMPTY);
        EapPacket.Response nak = EapCodec.nak(refused, List.of(EapType.MSCHAPV2, VENDOR));
        assertThat(EapCodec.encode(nak)).isEqualTo(Octets.fromHex("02 09 0007 03 1a fe"));
        assertThat(EapCodec.wanted(nak)).containsExactly(EapType.MSCHAPV2, EapType.ANY_EXPANDED);
        assertThat(EapType.ANY_EXPANDED.accepts(VENDOR)).isTrue();
        assertThat(EapType.ANY_EXPANDED.accepts(EapType.MSCHAPV2)).isFalse();
    }

    @Test
    void expandedNakAnswersAnExpandedRequest() throws WireException {
        EapPacket.Request refused = new EapPacket.Request(9, VENDOR, Octets.EMPTY);
        EapPacket.Response nak = EapCodec.nak(refused, List.of(EapType.MSCHAPV2));
        // The example of RFC 3748 section 5.3.2 begins alike: 254, vendor 0, type 3.
        assertThat(EapCodec.encode(nak)).isEqualTo(Octets.fromHex("02 09 0014 fe 000000 00000003 fe 000000 0000001a"));
        assertThat(EapCodec.wanted(nak)).hasSize(1).allMatch(type -> type.isSameMethodAs(EapType.MSCHAPV2));
    }

    @Test
    void nakWithoutAlternativesWantsNothing() throws WireException {
        EapPacket.Response legacy = EapCodec.nak(new EapPacket.Request(9, EapType.MSCHAPV2, Octets.EMPTY), List.of());
        assertThat(EapCodec.encode(legacy)).isEqualTo(Octets.fromHex("02 09 0006 03 00"));
        assertThat(EapCodec.wanted(legacy)).isEmpty();
        EapPacket.Response expanded = EapCodec.nak(new EapPacket.Request(9, VENDOR, Octets.EMPTY), List.of());
        assertThat(EapCodec.encode(expanded))
                .isEqualTo(Octets.fromHex("02 09 0014 fe 000000 00000003 fe 000000 00000000"));
        assertThat(EapCodec.wanted(expanded)).isEmpty();
    }

    @Test
    void expandedNakWithAnythingElseInItIsMalformed() {
        assertThatThrownBy(() -> EapCodec.wanted(
                        new EapPacket.Response(1, EapType.EXPANDED_NAK, Octets.fromHex("1a 000000 0000001a"))))
                .isInstanceOf(WireException.class);
        assertThatThrownBy(() -> EapCodec.wanted(
                        new EapPacket.Response(1, EapType.EXPANDED_NAK, Octets.fromHex("fe 000000 000000"))))
                .isInstanceOf(WireException.class);
    }
}
