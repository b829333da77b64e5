package org.homeport.xfrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import org.homeport.xfrm.netlink.Libc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(OS.LINUX)
class UdpSocketOptionsTest {
    private static final int SO_TYPE = 3;
    private static final int SOCK_DGRAM = 2;

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.77"})
    void channelsDescriptorIsFoundByItsAddress(String address) throws Exception {
        try (DatagramChannel channel = open(address, 0);
                DatagramChannel neighbour = open(address, 0)) {
            assertThat(UdpSocketOptions.descriptors((InetSocketAddress) channel.getLocalAddress()))
                    .singleElement()
                    .satisfies(fd -> assertThat(Libc.socketOption(fd, Libc.SOL_SOCKET, SO_TYPE))
                            .isEqualTo(SOCK_DGRAM));
            assertThat(UdpSocketOptions.descriptors((InetSocketAddress) neighbour.getLocalAddress()))
                    .doesNotContainAnyElementsOf(
                            UdpSocketOptions.descriptors((InetSocketAddress) channel.getLocalAddress()));
        }
    }

    @Test
    void sameAddressAndPortOfTcpIsNotMeant() throws Exception {
        try (ServerSocketChannel tcp = ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
                DatagramChannel udp = open("127.0.0.1", ((InetSocketAddress) tcp.getLocalAddress()).getPort())) {
            assertThat(UdpSocketOptions.descriptors((InetSocketAddress) udp.getLocalAddress()))
                    .hasSize(1);
        }
    }

    @Test
    void addressThatNothingIsBoundToIsASentence() {
        assertThatThrownBy(() -> UdpSocketOptions.decapsulateEsp(new InetSocketAddress("127.0.0.1", 9)))
                .isInstanceOf(XfrmUnavailableException.class)
                .hasMessageContaining("No UDP socket of this process is bound to /127.0.0.1:9");
    }

    @Test
    void dualStackSocketIsTurnedAwayWithAnExplanation() throws Exception {
        try (DatagramChannel dual =
                DatagramChannel.open().bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0))) {
            assertThatThrownBy(() -> UdpSocketOptions.bypass((InetSocketAddress) dual.getLocalAddress()))
                    .isInstanceOf(XfrmUnavailableException.class)
                    .hasMessageContaining("open it as an IPv4 socket");
        }
    }

    private static DatagramChannel open(String address, int port) throws Exception {
        return DatagramChannel.open(StandardProtocolFamily.INET).bind(new InetSocketAddress(address, port));
    }
}
