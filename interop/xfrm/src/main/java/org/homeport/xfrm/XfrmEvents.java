package org.homeport.xfrm;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.homeport.kit.WireException;
import org.homeport.xfrm.netlink.Errno;
import org.homeport.xfrm.netlink.KernelRefusedException;
import org.homeport.xfrm.netlink.Libc;
import org.homeport.xfrm.netlink.NetlinkMessage;
import org.homeport.xfrm.netlink.NetlinkSocket;

/**
 * Listens to XFRM's multicast groups on a platform thread of its own. A further kind of event is a group here, a case
 * in {@link XfrmEvent} and a decoder.
 */
public final class XfrmEvents implements AutoCloseable {
    private static final List<Integer> GROUPS = List.of(XfrmNumbers.GROUP_EXPIRE);

    private final NetlinkSocket socket;
    private final int stop;
    private final Consumer<XfrmEvent> listener;
    private final Thread thread;
    private volatile boolean closing;

    private XfrmEvents(NetlinkSocket socket, int stop, Consumer<XfrmEvent> listener) {
        this.socket = socket;
        this.stop = stop;
        this.listener = listener;
        this.thread = Thread.ofPlatform().name("xfrm-events").daemon().unstarted(this::listen);
    }

    /**
     * In the network namespace of the calling thread, a platform thread.
     *
     * @param listener called on this object's thread; {@link XfrmSaPort#heard} is made for it
     * @throws XfrmUnavailableException with a sentence for the operator
     */
    public static XfrmEvents open(Consumer<XfrmEvent> listener) throws XfrmUnavailableException {
        try {
            NetlinkSocket socket = NetlinkSocket.listen(XfrmNumbers.NETLINK_XFRM, GROUPS);
            XfrmEvents events = new XfrmEvents(socket, KernelRefusedException.check(Libc.eventDescriptor()), listener);
            events.thread.start();
            return events;
        } catch (KernelRefusedException e) {
            throw new XfrmUnavailableException(KernelSentences.general("listen to XFRM's events", e));
        }
    }

    private void listen() {
        Source source = () -> {
            socket.awaitReadable(stop);
            return closing ? List.of() : socket.receive();
        };
        Next next = Next.LISTEN;
        while (!closing && next == Next.LISTEN) {
            next = hear(source, listener);
        }
    }

    /** Where messages come from. */
    interface Source {
        List<NetlinkMessage> await() throws KernelRefusedException;
    }

    enum Next {
        LISTEN,
        /** The socket is of no more use. */
        END
    }

    /** One turn of listening; whatever goes wrong in it, the listener hears of it. */
    static Next hear(Source source, Consumer<XfrmEvent> listener) {
        try {
            for (NetlinkMessage message : source.await()) {
                decode(message).ifPresent(event -> tell(listener, event));
            }
            return Next.LISTEN;
        } catch (KernelRefusedException e) {
            if (e.errno() == Errno.ENOBUFS) {
                tell(listener, new XfrmEvent.Lost());
                return Next.LISTEN;
            }
            tell(
                    listener,
                    new XfrmEvent.Trouble(KernelSentences.general("go on telling XFRM's events", e)
                            + ": lifetimes of SAs are not heard of any more, restart the engine"));
            return Next.END;
        }
    }

    private static void tell(Consumer<XfrmEvent> listener, XfrmEvent event) {
        try {
            listener.accept(event);
        } catch (RuntimeException e) {
            listener.accept(new XfrmEvent.Trouble("Internal error at " + event + ": " + e));
        }
    }

    static Optional<XfrmEvent> decode(NetlinkMessage message) {
        try {
            return switch (message.type()) {
                case XfrmNumbers.EXPIRE -> XfrmDecoder.expiry(message.body()).map(e -> e);
                default -> Optional.empty();
            };
        } catch (WireException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        closing = true;
        Libc.signal(stop);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        socket.close();
        Libc.close(stop);
    }
}
