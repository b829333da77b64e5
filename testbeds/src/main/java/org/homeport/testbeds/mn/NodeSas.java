package org.homeport.testbeds.mn;

import java.util.Set;
import org.homeport.core.child.SaHandle;
import org.homeport.core.port.SaPort;
import org.homeport.core.session.Event;
import org.homeport.daemon.KernelSockets;
import org.homeport.runtime.SocketPrepared;
import org.homeport.xfrm.NoSaPort;
import org.homeport.xfrm.ReqidRange;
import org.homeport.xfrm.SaCounters;
import org.homeport.xfrm.XfrmObserver;
import org.homeport.xfrm.XfrmSaPort;
import org.homeport.xfrm.XfrmSettings;
import org.homeport.xfrm.XfrmSweep;
import org.homeport.xfrm.XfrmUnavailableException;

/** Where a node's SAs go: the kernel, with its own reqids beside those of a home agent on the same host, or nowhere. */
final class NodeSas implements AutoCloseable {
    private static final ReqidRange REQIDS =
            new ReqidRange(ReqidRange.DEFAULT.first() + ReqidRange.DEFAULT.count(), 1024);

    private final SaPort port;
    private final SocketPrepared sockets;
    private final Runnable end;

    enum Kind {
        KERNEL,
        NONE
    }

    private NodeSas(SaPort port, SocketPrepared sockets, Runnable end) {
        this.port = port;
        this.sockets = sockets;
        this.end = end;
    }

    static NodeSas open(Kind kind) throws XfrmUnavailableException {
        return switch (kind) {
            case NONE -> new NodeSas(new NoSaPort(), SocketPrepared.NOTHING, () -> {});
            case KERNEL -> {
                XfrmSettings settings = new XfrmSettings(REQIDS, Set.of(), XfrmSettings.DEFAULT.replayWindow());
                XfrmSweep.sweep(settings);
                XfrmSaPort port = XfrmSaPort.open(settings, new Silent());
                yield new NodeSas(port, new KernelSockets(), port::close);
            }
        };
    }

    SaPort port() {
        return port;
    }

    SocketPrepared sockets() {
        return sockets;
    }

    int firstReqid() {
        return REQIDS.first();
    }

    @Override
    public void close() {
        end.run();
    }

    /** Speaks up only when something is wrong. */
    private static final class Silent implements XfrmObserver {
        @Override
        public void removed(SaHandle sa, SaCounters last) {}

        @Override
        public void expired(SaHandle sa, Event.SaExpired.Expiry expiry) {}

        @Override
        public void trouble(String sentence) {
            System.err.println(sentence);
        }
    }
}
