package org.homeport.xfrm.netlink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;

/**
 * One netlink socket, in the network namespace of the thread that opened it. Used by one thread at a time, and never
 * by a virtual one: native calls pin it. Connected to the kernel, so that no other process can answer in its place.
 */
public final class NetlinkSocket implements AutoCloseable {
    private static final int SOL_NETLINK = 270;
    private static final int ADD_MEMBERSHIP = 1;
    private static final int CAP_ACK = 10;
    private static final int EXT_ACK = 11;
    private static final int SO_RCVTIMEO = 20;
    private static final int DUMP_ATTEMPTS = 5;

    private final int fd;
    private byte[] buffer = new byte[32 * 1024];
    private int sequence;

    private NetlinkSocket(int fd) {
        this.fd = fd;
    }

    /**
     * A socket that asks and is answered.
     *
     * @param protocol as NETLINK_XFRM, 6
     * @param patience how long the kernel may take for one answer
     */
    public static NetlinkSocket open(int protocol, Duration patience) throws KernelRefusedException {
        requirePlatformThread();
        int fd = KernelRefusedException.check(Libc.socket(Libc.AF_NETLINK, Libc.SOCK_RAW | Libc.CLOEXEC, protocol));
        NetlinkSocket socket = new NetlinkSocket(fd);
        try (StructWriter kernel = new StructWriter();
                StructWriter timeout = new StructWriter()) {
            kernel.u16(Libc.AF_NETLINK).zeros(10);
            KernelRefusedException.check(Libc.connect(fd, kernel.copy()));
            // Without CAP_ACK an error message would bring our request, keys included, back to us.
            socket.option(SOL_NETLINK, CAP_ACK, 1);
            socket.option(SOL_NETLINK, EXT_ACK, 1);
            timeout.u64(patience.toSeconds()).u64(patience.toNanosPart() / 1000);
            KernelRefusedException.check(Libc.setSocketOption(fd, Libc.SOL_SOCKET, SO_RCVTIMEO, timeout.copy()));
            return socket;
        } catch (KernelRefusedException e) {
            socket.close();
            throw e;
        }
    }

    /** A socket that hears what the kernel tells these multicast groups. */
    public static NetlinkSocket listen(int protocol, List<Integer> groups) throws KernelRefusedException {
        NetlinkSocket socket = open(protocol, Duration.ZERO);
        try {
            for (int group : groups) {
                socket.option(SOL_NETLINK, ADD_MEMBERSHIP, group);
            }
            return socket;
        } catch (KernelRefusedException e) {
            socket.close();
            throw e;
        }
    }

    /** Gives an order and waits for the acknowledgement. */
    public void order(int type, int flags, StructWriter body) throws KernelRefusedException {
        int request = send(type, flags | NetlinkMessage.REQUEST | NetlinkMessage.ACK, body);
        while (true) {
            for (NetlinkMessage message : answersTo(request)) {
                if (message.type() == NetlinkMessage.ERROR) {
                    throwIfRefused(message);
                    return;
                }
            }
        }
    }

    /** Asks for one thing. */
    public NetlinkMessage ask(int type, StructWriter body) throws KernelRefusedException {
        int request = send(type, NetlinkMessage.REQUEST, body);
        while (true) {
            for (NetlinkMessage message : answersTo(request)) {
                if (message.type() == NetlinkMessage.ERROR) {
                    throwIfRefused(message);
                } else {
                    return message;
                }
            }
        }
    }

    /** Asks for all there is; asks again when it changed while it was listed. */
    public List<NetlinkMessage> dump(int type, StructWriter body) throws KernelRefusedException {
        for (int attempt = 1; ; attempt++) {
            Optional<List<NetlinkMessage>> all = dumpOnce(type, body);
            if (all.isPresent()) {
                return all.get();
            }
            if (attempt == DUMP_ATTEMPTS) {
                throw new KernelRefusedException(
                        Errno.EAGAIN, "the list changed each of the " + DUMP_ATTEMPTS + " times it was read");
            }
        }
    }

    private Optional<List<NetlinkMessage>> dumpOnce(int type, StructWriter body) throws KernelRefusedException {
        int request = send(type, NetlinkMessage.REQUEST | NetlinkMessage.DUMP, body);
        List<NetlinkMessage> all = new ArrayList<>();
        boolean consistent = true;
        while (true) {
            for (NetlinkMessage message : answersTo(request)) {
                consistent &= (message.flags() & NetlinkMessage.DUMP_INTERRUPTED) == 0;
                switch (message.type()) {
                    case NetlinkMessage.ERROR, NetlinkMessage.DONE -> {
                        throwIfRefused(message);
                        return consistent ? Optional.of(all) : Optional.empty();
                    }
                    default -> all.add(message);
                }
            }
        }
    }

    /** The next datagram's messages; blocks, on a listening socket without limit. */
    public List<NetlinkMessage> receive() throws KernelRefusedException {
        requirePlatformThread();
        int length;
        do {
            length = Libc.receive(fd, new byte[0], Libc.MSG_PEEK | Libc.MSG_TRUNC);
        } while (length == -Errno.EINTR);
        if (length == -Errno.EAGAIN) {
            throw new KernelRefusedException(Errno.ETIMEDOUT, "the kernel did not answer");
        }
        KernelRefusedException.check(length);
        if (length > buffer.length) {
            buffer = new byte[Integer.highestOneBit(length) * 2];
        }
        int received = KernelRefusedException.check(Libc.receive(fd, buffer, 0));
        Octets datagram = Octets.copyOf(buffer, 0, received);
        Arrays.fill(buffer, 0, received, (byte) 0);
        try {
            return NetlinkMessage.parse(datagram);
        } catch (WireException e) {
            throw new KernelRefusedException(Errno.EPROTO, String.valueOf(e.getMessage()));
        }
    }

    /** Waits until there is something to receive, or the other descriptor can be read. */
    public void awaitReadable(int orThis) throws KernelRefusedException {
        requirePlatformThread();
        int ready;
        do {
            ready = Libc.awaitReadable(orThis, fd);
        } while (ready == -Errno.EINTR);
        KernelRefusedException.check(ready);
    }

    /** Answers to requests that were given up (a timeout) are passed over. */
    private List<NetlinkMessage> answersTo(int request) throws KernelRefusedException {
        return receive().stream().filter(m -> m.sequence() == request).toList();
    }

    private int send(int type, int flags, StructWriter body) throws KernelRefusedException {
        requirePlatformThread();
        sequence++;
        byte[] content = body.copy();
        byte[] message;
        try (StructWriter header = new StructWriter()) {
            header.u32(NetlinkMessage.HEADER + content.length)
                    .u16(type)
                    .u16(flags)
                    .u32(sequence)
                    .u32(0);
            message = Arrays.copyOf(header.copy(), NetlinkMessage.HEADER + content.length);
        }
        System.arraycopy(content, 0, message, NetlinkMessage.HEADER, content.length);
        try {
            KernelRefusedException.check(Libc.send(fd, message));
        } finally {
            Arrays.fill(content, (byte) 0);
            Arrays.fill(message, (byte) 0);
        }
        return sequence;
    }

    private static void throwIfRefused(NetlinkMessage message) throws KernelRefusedException {
        Optional<KernelRefusedException> refusal;
        try {
            refusal = message.refusal();
        } catch (WireException e) {
            refusal = Optional.of(new KernelRefusedException(Errno.EPROTO, String.valueOf(e.getMessage())));
        }
        if (refusal.isPresent()) {
            throw refusal.get();
        }
    }

    private void option(int level, int option, int value) throws KernelRefusedException {
        try (StructWriter writer = new StructWriter()) {
            KernelRefusedException.check(
                    Libc.setSocketOption(fd, level, option, writer.u32(value).copy()));
        }
    }

    private static void requirePlatformThread() {
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("netlink on a virtual thread would pin its carrier");
        }
    }

    @Override
    public void close() {
        Libc.close(fd);
    }
}
