package org.homeport.testbeds.mn;

import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.homeport.core.child.SaHandle;
import org.homeport.core.port.SaPort;
import org.homeport.core.session.Event;
import org.homeport.core.session.ReqidSource;
import org.homeport.daemon.KernelSockets;
import org.homeport.runtime.SocketPrepared;
import org.homeport.xfrm.NoSaPort;
import org.homeport.xfrm.ReqidRange;
import org.homeport.xfrm.SaCounters;
import org.homeport.xfrm.XfrmEvents;
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
    private final Expiries expiries;
    private final Runnable end;

    enum Kind {
        KERNEL,
        NONE
    }

    private NodeSas(SaPort port, SocketPrepared sockets, Expiries expiries, Runnable end) {
        this.port = port;
        this.sockets = sockets;
        this.expiries = expiries;
        this.end = end;
    }

    static NodeSas open(Kind kind) throws XfrmUnavailableException {
        return switch (kind) {
            case NONE -> new NodeSas(new NoSaPort(), SocketPrepared.NOTHING, new Expiries(), () -> {});
            case KERNEL -> {
                XfrmSettings settings = new XfrmSettings(REQIDS, Set.of(), XfrmSettings.DEFAULT.replayWindow());
                XfrmSweep.sweep(settings);
                Expiries expiries = new Expiries();
                XfrmSaPort port = XfrmSaPort.open(settings, expiries);
                XfrmEvents events = events(port);
                yield new NodeSas(port, new KernelSockets(), expiries, () -> {
                    events.close();
                    port.close();
                });
            }
        };
    }

    private static XfrmEvents events(XfrmSaPort port) throws XfrmUnavailableException {
        try {
            return XfrmEvents.open(port::heard);
        } catch (XfrmUnavailableException e) {
            port.close();
            throw e;
        }
    }

    SaPort port() {
        return port;
    }

    SocketPrepared sockets() {
        return sockets;
    }

    /** Within what the next start sweeps. */
    ReqidSource reqids() {
        return REQIDS.source();
    }

    /** @param listener hears from now on of every SA that reached a lifetime, on the kernel's thread */
    void tellExpiries(Consumer<Event.SaExpired> listener) {
        expiries.listener.set(listener);
    }

    @Override
    public void close() {
        end.run();
    }

    /** Passes expiries on; speaks up only when something is wrong. */
    private static final class Expiries implements XfrmObserver {
        private final AtomicReference<Consumer<Event.SaExpired>> listener = new AtomicReference<>(expired -> {});

        @Override
        public void removed(SaHandle sa, SaCounters last) {}

        @Override
        public void expired(SaHandle sa, Event.SaExpired.Expiry expiry) {
            listener.get().accept(new Event.SaExpired(sa.inboundSpi(), expiry));
        }

        @Override
        public void trouble(String sentence) {
            System.err.println(sentence);
        }
    }
}
