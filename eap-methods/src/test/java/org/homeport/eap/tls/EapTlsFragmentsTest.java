package org.homeport.eap.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.homeport.eap.tls.EapTlsFragments.Arrival;
import org.homeport.kit.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EapTlsFragmentsTest {
    private final EapTlsFragments here = new EapTlsFragments(0, 100);
    private final EapTlsFragments there = new EapTlsFragments(0, 100);

    @ParameterizedTest
    @ValueSource(ints = {1, 94, 95, 96, 190, 191, 65536})
    void messageArrivesWhole(int length) {
        Octets message = numbered(length);
        List<Octets> packets = new ArrayList<>();
        packets.add(here.send(message));
        Arrival arrival = there.take(packets.getFirst());
        while (arrival instanceof Arrival.Answered(Octets ack)) {
            assertThat(ack).isEqualTo(Octets.of(0));
            packets.add(((Arrival.Answered) here.take(ack)).typeData());
            arrival = there.take(packets.getLast());
        }
        assertThat(arrival).isEqualTo(new Arrival.Message(0, message));
        assertThat(packets).allSatisfy(packet -> assertThat(packet.length()).isLessThanOrEqualTo(100));
        assertThat(packets.size()).isEqualTo((length + 94) / 95);
        assertThat(packets.getFirst().at(0)).isEqualTo(length <= 95 ? 0 : 0xc0);
        assertThat(packets.getLast().at(0)).isEqualTo(0);
    }

    @Test
    void startAndVersionAreSeen() {
        EapTlsFragments server = new EapTlsFragments(1, 100);
        assertThat(server.start()).isEqualTo(Octets.of(0x21));
        assertThat(here.take(server.start())).isEqualTo(new Arrival.Begun(1, Octets.EMPTY));
        assertThat(here.take(server.send(Octets.of(7)))).isEqualTo(new Arrival.Message(1, Octets.of(7)));
    }

    @Test
    void lengthIsStatedAlwaysIfItIsToBe() {
        EapTlsFragments stating = new EapTlsFragments(0, 100, EapTlsFragments.LengthField.ALWAYS);
        assertThat(stating.send(Octets.of(7, 8))).isEqualTo(Octets.fromHex("80 00000002 0708"));
        assertThat(stating.send(numbered(95)).length()).isEqualTo(100);
        assertThat(stating.send(numbered(96)).slice(0, 5)).isEqualTo(Octets.fromHex("c0 00000060"));
        assertThat(stating.send(Octets.EMPTY)).isEqualTo(Octets.of(0));
    }

    @Test
    void messageIsUnderWayUntilItsLastFragment() {
        assertThat(here.isMidMessage()).isFalse();
        here.send(numbered(100));
        assertThat(here.isMidMessage()).isTrue();
        here.take(Octets.of(0));
        assertThat(here.isMidMessage()).isFalse();
        here.take(Octets.of(0x40, 1));
        assertThat(here.isMidMessage()).isTrue();
        here.take(Octets.of(0, 1));
        assertThat(here.isMidMessage()).isFalse();
    }

    @Test
    void reservedBitsAreIgnored() {
        assertThat(here.take(Octets.of(0x18, 5))).isEqualTo(new Arrival.Message(0, Octets.of(5)));
    }

    @Test
    void lengthIsTakenInEveryFragmentAndInAWholeMessage() {
        assertThat(here.take(Octets.fromHex("80 00000002 0102"))).isEqualTo(new Arrival.Message(0, Octets.of(1, 2)));
        assertThat(here.take(Octets.fromHex("c0 00000002 01"))).isEqualTo(new Arrival.Answered(Octets.of(0)));
        assertThat(here.take(Octets.fromHex("80 00000002 02"))).isEqualTo(new Arrival.Message(0, Octets.of(1, 2)));
    }

    @ParameterizedTest
    @CsvSource({
        "'', needs 1 octets",
        "80000000, needs",
        "c00001000101, 65536 are allowed",
        "80ffffffff01, 65536 are allowed",
        "800000000301, 1 octets of a message of 3",
        "80000000010102, 2 octets of a message of 1",
        "40, without data",
        "c000000003, without data",
    })
    void forgedFragmentIsRefused(String packet, String why) {
        assertThat(here.take(Octets.fromHex(packet)))
                .isInstanceOfSatisfying(
                        Arrival.Broken.class,
                        broken -> assertThat(broken.reason()).contains(why));
    }

    @Test
    void lengthMayNotChangeUnderWay() {
        here.take(Octets.fromHex("c0 00000004 01"));
        assertThat(here.take(Octets.fromHex("c0 00000005 02"))).isInstanceOf(Arrival.Broken.class);
    }

    @Test
    void messageWithoutLengthIsBoundedAsWell() {
        Octets fragment = Octets.of(0x40).plus(Octets.zeros(60_000));
        assertThat(here.take(fragment)).isInstanceOf(Arrival.Answered.class);
        assertThat(here.take(fragment)).isInstanceOf(Arrival.Broken.class);
    }

    @Test
    void dataInPlaceOfAnAcknowledgementIsRefused() {
        here.send(numbered(200));
        assertThat(here.take(Octets.of(0, 1))).isInstanceOf(Arrival.Broken.class);
    }

    @Test
    void startInTheMidstOfAMessageIsRefused() {
        here.take(Octets.of(0x40, 1));
        assertThat(here.take(Octets.of(0x20))).isInstanceOf(Arrival.Broken.class);
    }

    @Test
    void sizesThatCannotWorkAreOurMistake() {
        assertThatThrownBy(() -> new EapTlsFragments(8, 100)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EapTlsFragments(0, 10)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Octets numbered(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return Octets.wrap(bytes);
    }
}
