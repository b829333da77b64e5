package org.homeport.xfrm.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;
import org.junit.jupiter.api.Test;

class NetlinkMessageTest {
    private static final String TEXT = "Requested type not found";

    @Test
    void datagramHoldsSeveralMessagesEachAligned() throws Exception {
        Octets datagram = message(0x10, NetlinkMessage.MULTI, 7, Octets.of(1, 2, 3))
                .plus(Octets.zeros(1))
                .plus(message(NetlinkMessage.DONE, NetlinkMessage.MULTI, 7, Octets.zeros(4)));
        List<NetlinkMessage> messages = NetlinkMessage.parse(datagram);
        assertThat(messages).extracting(NetlinkMessage::type).containsExactly(0x10, NetlinkMessage.DONE);
        assertThat(messages).extracting(NetlinkMessage::sequence).containsOnly(7);
        assertThat(messages.getFirst().body()).isEqualTo(Octets.of(1, 2, 3));
        assertThat(messages.getLast().refusal()).isEmpty();
    }

    @Test
    void acknowledgementIsNoRefusal() throws Exception {
        assertThat(error(0, NetlinkMessage.CAPPED, Octets.EMPTY).refusal()).isEmpty();
    }

    @Test
    void refusalBringsErrnoAndTheKernelsSentence() throws Exception {
        KernelRefusedException refusal = error(
                        -Errno.EPROTONOSUPPORT, NetlinkMessage.CAPPED | NetlinkMessage.HAS_EXTENDED_ACK, text())
                .refusal()
                .orElseThrow();
        assertThat(refusal.errno()).isEqualTo(Errno.EPROTONOSUPPORT);
        assertThat(refusal.extendedAck()).isEqualTo(TEXT);
        assertThat(refusal).hasMessage("EPROTONOSUPPORT: " + TEXT);
    }

    @Test
    void sentenceFollowsTheEchoedRequestWhereThatWasNotCapped() throws Exception {
        Octets echo = message(0x10, 0, 7, Octets.zeros(8)).from(16);
        assertThat(new NetlinkMessage(
                                NetlinkMessage.ERROR,
                                NetlinkMessage.HAS_EXTENDED_ACK,
                                7,
                                errorBody(-Errno.EINVAL, 24).plus(echo).plus(text()))
                        .refusal()
                        .orElseThrow()
                        .extendedAck())
                .isEqualTo(TEXT);
    }

    @Test
    void refusalWithoutASentenceIsNamed() throws Exception {
        assertThat(error(-131, NetlinkMessage.CAPPED, Octets.EMPTY).refusal().orElseThrow())
                .hasMessage("errno 131");
    }

    @Test
    void dumpMayEndInARefusal() throws Exception {
        try (StructWriter body = new StructWriter()) {
            NetlinkMessage done = new NetlinkMessage(
                    NetlinkMessage.DONE, 0, 7, body.u32(-Errno.ENOMEM).toOctets());
            assertThat(done.refusal().orElseThrow().errno()).isEqualTo(Errno.ENOMEM);
        }
    }

    @Test
    void lengthsThatLieAreRefused() {
        Octets message = message(0x10, 0, 7, Octets.zeros(4));
        assertThatThrownBy(() -> NetlinkMessage.parse(message.slice(0, 19))).isInstanceOf(WireException.class);
        assertThatThrownBy(() -> NetlinkMessage.parse(Octets.zeros(16))).isInstanceOf(WireException.class);
        Octets lyingAttribute = Octets.fromHex("ff000100");
        assertThatThrownBy(() -> error(-1, NetlinkMessage.CAPPED | NetlinkMessage.HAS_EXTENDED_ACK, lyingAttribute)
                        .refusal())
                .isInstanceOf(WireException.class);
    }

    private static NetlinkMessage error(int error, int flags, Octets attributes) {
        return new NetlinkMessage(
                NetlinkMessage.ERROR, flags, 7, errorBody(error, 300).plus(attributes));
    }

    /** struct nlmsgerr, whose echoed header says how long the request was. */
    private static Octets errorBody(int error, int requestLength) {
        try (StructWriter writer = new StructWriter()) {
            return writer.u32(error).u32(requestLength).zeros(12).toOctets();
        }
    }

    private static Octets text() {
        try (StructWriter writer = new StructWriter()) {
            return writer.attribute(
                            1,
                            a -> a.octets(Octets.copyOf(TEXT.getBytes(StandardCharsets.US_ASCII)))
                                    .zeros(1))
                    .toOctets();
        }
    }

    private static Octets message(int type, int flags, int sequence, Octets body) {
        try (StructWriter writer = new StructWriter()) {
            return writer.u32(16 + body.length())
                    .u16(type)
                    .u16(flags)
                    .u32(sequence)
                    .u32(0)
                    .octets(body)
                    .toOctets();
        }
    }
}
