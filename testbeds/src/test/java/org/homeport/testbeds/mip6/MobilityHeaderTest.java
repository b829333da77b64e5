package org.homeport.testbeds.mip6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Random;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;
import org.homeport.testbeds.mip6.MobilityHeader.BindingAcknowledgement;
import org.homeport.testbeds.mip6.MobilityHeader.BindingUpdate;
import org.junit.jupiter.api.Test;

class MobilityHeaderTest {
    private static final IpAddress HOME = IpAddress.parse("2001:db8:100::1000");
    private static final IpAddress AGENT = IpAddress.parse("2001:db8:2::1");
    private static final IpAddress CARE_OF = IpAddress.parse("2001:db8:1::10");

    @Test
    void bindingUpdateHasTheLayoutOfRfc6275() throws WireException {
        BindingUpdate update = new BindingUpdate(
                0x1234,
                BindingUpdate.ACKNOWLEDGE | BindingUpdate.HOME | BindingUpdate.KEY_MOBILITY,
                420,
                Optional.of(CARE_OF));

        Octets wire = MobilityHeader.encode(update, HOME, AGENT);

        // Payload proto 59, length 3 (32 octets), type 5, reserved, checksum, sequence, A|H|K, 105 units of 4 s,
        // PadN(0), alternate care-of address.
        assertThat(wire.slice(0, 4)).isEqualTo(Octets.fromHex("3b 03 05 00"));
        assertThat(wire.from(6)).isEqualTo(Octets.fromHex("1234 d000 0069 0100 0310 20010db8000100000000000000000010"));
        assertThat((wire.length() - 16) % 8)
                .as("the option's address is 8n aligned")
                .isZero();
        assertThat(MobilityHeader.decode(wire, HOME, AGENT)).isEqualTo(update);
    }

    @Test
    void acknowledgementRoundTrips() throws WireException {
        BindingAcknowledgement acknowledgement = new BindingAcknowledgement(0, 7, 420);

        Octets wire = MobilityHeader.encode(acknowledgement, AGENT, HOME);

        assertThat(wire.slice(0, 4)).isEqualTo(Octets.fromHex("3b 01 06 00"));
        assertThat(wire.from(6)).isEqualTo(Octets.fromHex("00 00 0007 0069 0102 0000"));
        assertThat(MobilityHeader.decode(wire, AGENT, HOME)).isEqualTo(acknowledgement);
    }

    @Test
    void checksumCoversThePseudoHeader() {
        Octets wire = MobilityHeader.encode(new BindingAcknowledgement(0, 7, 420), AGENT, HOME);

        assertThatThrownBy(() -> MobilityHeader.decode(wire, CARE_OF, HOME)).hasMessageContaining("checksum");
    }

    /** Checked by hand: the one's complement sum over addresses, length 16, protocol 135 and the message is ffff. */
    @Test
    void checksumIsTheInternetChecksum() {
        Octets wire = MobilityHeader.encode(
                new BindingAcknowledgement(0, 0, 0), IpAddress.parse("::"), IpAddress.parse("::"));

        // 3b01 + 0600 + 0000 + 0000 + 0000 + 0102 + 0000 + (0010 + 0087) = 429a, complement bd65.
        assertThat(wire.slice(4, 6)).isEqualTo(Octets.fromHex("bd65"));
    }

    @Test
    void nothingButWireExceptionComesOfDamage() {
        Octets wire =
                MobilityHeader.encode(new BindingUpdate(1, BindingUpdate.HOME, 8, Optional.of(CARE_OF)), HOME, AGENT);
        Octets packet = new SignallingPacket(CARE_OF, AGENT, Optional.of(HOME), Optional.empty(), 135, wire).encode();
        Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = packet.toByteArray();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            Octets damaged = Octets.copyOf(bytes, 0, random.nextInt(bytes.length + 1));
            try {
                SignallingPacket in = SignallingPacket.decode(damaged);
                MobilityHeader.decode(in.payload(), in.logicalSource(), in.destination());
            } catch (WireException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(15_000);
    }

    @Test
    void packetsCarryHomeAddressOptionAndRoutingHeader() throws WireException {
        SignallingPacket update = new SignallingPacket(
                CARE_OF, AGENT, Optional.of(HOME), Optional.empty(), SignallingPacket.ESP, Octets.fromHex("01020304"));
        SignallingPacket answer = new SignallingPacket(
                AGENT, CARE_OF, Optional.empty(), Optional.of(HOME), SignallingPacket.ESP, Octets.fromHex("05060708"));

        Octets wire = update.encode();

        // Destination options: next header ESP, 24 octets, PadN(2), option 201 of 16 octets at 8n+6 (RFC 6275 6.3).
        assertThat(wire.slice(40, 48)).isEqualTo(Octets.fromHex("32 02 01 02 00 00 c9 10"));
        assertThat(SignallingPacket.decode(wire)).isEqualTo(update);
        // Type 2 routing header: next header ESP, 24 octets, type 2, one segment left (RFC 6275 6.4).
        assertThat(answer.encode().slice(40, 48)).isEqualTo(Octets.fromHex("32 02 02 01 00 00 00 00"));
        assertThat(SignallingPacket.decode(answer.encode())).isEqualTo(answer);
        assertThat(update.logicalSource()).isEqualTo(HOME);
        assertThat(answer.logicalDestination()).isEqualTo(HOME);
    }
}
