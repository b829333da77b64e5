package org.homeport.xfrm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.homeport.xfrm.netlink.Errno;
import org.homeport.xfrm.netlink.KernelRefusedException;
import org.junit.jupiter.api.Test;

class XfrmEventsTest {
    private final List<XfrmEvent> heard = new ArrayList<>();

    private static XfrmEvents.Source failing(int errno) {
        return () -> {
            throw new KernelRefusedException(errno, "");
        };
    }

    @Test
    void overflowIsToldAndListeningGoesOn() {
        assertThat(XfrmEvents.hear(failing(Errno.ENOBUFS), heard::add)).isEqualTo(XfrmEvents.Next.LISTEN);
        assertThat(heard).containsExactly(new XfrmEvent.Lost());
    }

    @Test
    void brokenSocketIsToldAndEndsListening() {
        assertThat(XfrmEvents.hear(failing(Errno.EINVAL), heard::add)).isEqualTo(XfrmEvents.Next.END);
        assertThat(heard).singleElement().isInstanceOf(XfrmEvent.Trouble.class);
    }

    @Test
    void failingListenerIsToldAndListeningGoesOn() {
        XfrmEvents.Next next = XfrmEvents.hear(failing(Errno.ENOBUFS), event -> {
            if (event instanceof XfrmEvent.Lost) {
                throw new IllegalStateException("a mistake");
            }
            heard.add(event);
        });
        assertThat(next).isEqualTo(XfrmEvents.Next.LISTEN);
        assertThat(heard).singleElement().asString().contains("a mistake");
    }
}
