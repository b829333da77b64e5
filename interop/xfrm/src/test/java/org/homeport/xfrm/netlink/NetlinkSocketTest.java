package org.homeport.xfrm.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** With the real kernel, through the one family that answers everybody: NETLINK_ROUTE. */
@EnabledOnOs(OS.LINUX)
class NetlinkSocketTest {
    private static final int NETLINK_ROUTE = 0;
    private static final int NEW_LINK = 16;
    private static final int GET_LINK = 18;
    private static final int SET_LINK = 19;
    private static final int ENODEV = 19;
    private static final int LOOPBACK = 1;

    private NetlinkSocket socket;

    @BeforeEach
    void open() throws Exception {
        socket = NetlinkSocket.open(NETLINK_ROUTE, Duration.ofSeconds(5));
    }

    @AfterEach
    void close() {
        socket.close();
    }

    @Test
    void oneThingIsAskedFor() throws Exception {
        try (StructWriter link = link(LOOPBACK)) {
            NetlinkMessage answer = socket.ask(GET_LINK, link);
            assertThat(answer.type()).isEqualTo(NEW_LINK);
            assertThat(StructView.of(answer.body(), 16, "ifinfomsg").u32(4)).isEqualTo(LOOPBACK);
        }
    }

    @Test
    void allIsListed() throws Exception {
        try (StructWriter any = link(0)) {
            List<NetlinkMessage> links = socket.dump(GET_LINK, any);
            assertThat(links).isNotEmpty().allMatch(m -> m.type() == NEW_LINK);
        }
    }

    @Test
    void refusalIsThrownAndTheSocketGoesOn() throws Exception {
        try (StructWriter missing = link(0x7ffffffe);
                StructWriter loopback = link(LOOPBACK)) {
            assertThatThrownBy(() -> socket.ask(GET_LINK, missing))
                    .isInstanceOfSatisfying(
                            KernelRefusedException.class,
                            e -> assertThat(e.errno()).isEqualTo(ENODEV));
            assertThatThrownBy(() -> socket.order(SET_LINK, 0, missing)).isInstanceOf(KernelRefusedException.class);
            assertThat(socket.ask(GET_LINK, loopback).type()).isEqualTo(NEW_LINK);
        }
    }

    @Test
    void silenceOfTheKernelEndsInATimeout() throws Exception {
        try (NetlinkSocket impatient = NetlinkSocket.open(NETLINK_ROUTE, Duration.ofMillis(10))) {
            assertThatThrownBy(impatient::receive)
                    .isInstanceOfSatisfying(
                            KernelRefusedException.class,
                            e -> assertThat(e.errno()).isEqualTo(Errno.ETIMEDOUT));
        }
    }

    @Test
    void protocolThatTheKernelHasNotIsRefused() {
        assertThatThrownBy(() -> NetlinkSocket.open(31, Duration.ofSeconds(1)))
                .isInstanceOf(KernelRefusedException.class);
    }

    @Test
    void virtualThreadIsTurnedAway() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        socket.receive();
                    } catch (KernelRefusedException | RuntimeException e) {
                        thrown.set(e);
                    }
                })
                .join();
        assertThat(thrown.get()).isInstanceOf(IllegalStateException.class);
    }

    /** struct ifinfomsg. */
    private static StructWriter link(int index) {
        return new StructWriter().u8(0).u8(0).u16(0).u32(index).u32(0).u32(0);
    }
}
