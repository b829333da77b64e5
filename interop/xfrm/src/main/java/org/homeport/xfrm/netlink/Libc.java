package org.homeport.xfrm.netlink;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The C library's socket calls, on a 64-bit Linux. A result below zero is the negated errno, as the kernel itself
 * hands it over. A native call pins the virtual thread that makes it: call from platform threads.
 */
public final class Libc {
    public static final int AF_UNIX = 1;
    public static final int AF_INET = 2;
    public static final int AF_INET6 = 10;
    public static final int AF_NETLINK = 16;
    public static final int SOCK_DGRAM = 2;
    public static final int SOCK_RAW = 3;
    public static final int CLOEXEC = 0x80000;
    public static final int MSG_PEEK = 0x02;
    public static final int MSG_TRUNC = 0x20;
    public static final int SOL_SOCKET = 1;
    public static final int POLLIN = 1;

    /** The longest sockaddr. */
    private static final int SOCKADDR_STORAGE = 128;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));

    private static final MethodHandle SOCKET =
            function("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle BIND =
            function("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle CONNECT =
            function("connect", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SEND =
            function("send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle RECV =
            function("recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle SENDTO = function(
            "sendto", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle RECVFROM = function(
            "recvfrom", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle SETSOCKOPT =
            function("setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle GETSOCKOPT =
            function("getsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle GETSOCKNAME =
            function("getsockname", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle POLL =
            function("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle EVENTFD =
            function("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle EVENTFD_WRITE =
            function("eventfd_write", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle CLOSE = function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private Libc() {}

    /** A new socket's descriptor. */
    public static int socket(int domain, int type, int protocol) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            return orErrno((int) SOCKET.invokeExact(state, domain, type, protocol), state);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /** Binds to a sockaddr. */
    public static int bind(int fd, byte[] address) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment copy = arena.allocateFrom(JAVA_BYTE, address);
            return orErrno((int) BIND.invokeExact(state, fd, copy, address.length), state);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /** Connects to a sockaddr. */
    public static int connect(int fd, byte[] address) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment copy = arena.allocateFrom(JAVA_BYTE, address);
            return orErrno((int) CONNECT.invokeExact(state, fd, copy, address.length), state);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /**
     * The native copy is wiped: what is sent may hold keys.
     *
     * @return octets sent
     */
    public static int send(int fd, byte[] data) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment copy = arena.allocateFrom(JAVA_BYTE, data);
            try {
                return orErrno((long) SEND.invokeExact(state, fd, copy, (long) data.length, 0), state);
            } finally {
                copy.fill((byte) 0);
            }
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /**
     * Receives one datagram, of which what does not fit is lost unless {@link #MSG_PEEK} leaves it there.
     *
     * @param into filled from 0
     * @return octets received; with {@link #MSG_TRUNC} those of the whole datagram
     */
    public static int receive(int fd, byte[] into, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment copy = arena.allocate(Math.max(1, into.length));
            int result = orErrno((long) RECV.invokeExact(state, fd, copy, (long) into.length, flags), state);
            if (result > 0) {
                MemorySegment.copy(copy, JAVA_BYTE, 0, into, 0, Math.min(result, into.length));
                copy.fill((byte) 0);
            }
            return result;
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /**
     * Sends one datagram to a sockaddr.
     *
     * @return octets sent
     */
    public static int sendTo(int fd, byte[] data, byte[] address) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment copy = arena.allocateFrom(JAVA_BYTE, data);
            MemorySegment to = arena.allocateFrom(JAVA_BYTE, address);
            try {
                return orErrno(
                        (long) SENDTO.invokeExact(state, fd, copy, (long) data.length, 0, to, address.length), state);
            } finally {
                copy.fill((byte) 0);
            }
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /**
     * What {@link #receiveFrom} got.
     *
     * @param result octets of the datagram
     * @param from its sender, a sockaddr
     */
    public record Received(int result, byte[] from) {}

    /** Receives one datagram, of which what does not fit is lost. @param into filled from 0 */
    public static Received receiveFrom(int fd, byte[] into) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment copy = arena.allocate(Math.max(1, into.length));
            MemorySegment from = arena.allocate(SOCKADDR_STORAGE);
            MemorySegment length = arena.allocateFrom(JAVA_INT, SOCKADDR_STORAGE);
            int result =
                    orErrno((long) RECVFROM.invokeExact(state, fd, copy, (long) into.length, 0, from, length), state);
            if (result < 0) {
                return new Received(result, new byte[0]);
            }
            MemorySegment.copy(copy, JAVA_BYTE, 0, into, 0, Math.min(result, into.length));
            int filled = Math.min(length.get(JAVA_INT, 0), SOCKADDR_STORAGE);
            return new Received(result, from.asSlice(0, filled).toArray(JAVA_BYTE));
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    public static int setSocketOption(int fd, int level, int option, byte[] value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment copy = arena.allocateFrom(JAVA_BYTE, value);
            return orErrno((int) SETSOCKOPT.invokeExact(state, fd, level, option, copy, value.length), state);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /** A socket option that is an int, and never negative. */
    public static int socketOption(int fd, int level, int option) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment value = arena.allocate(JAVA_INT);
            MemorySegment length = arena.allocateFrom(JAVA_INT, 4);
            int result = orErrno((int) GETSOCKOPT.invokeExact(state, fd, level, option, value, length), state);
            return result < 0 ? result : value.get(JAVA_INT, 0);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /**
     * The local address.
     *
     * @param into filled with a sockaddr
     * @return its length
     */
    public static int socketName(int fd, byte[] into) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment name = arena.allocate(into.length);
            MemorySegment length = arena.allocateFrom(JAVA_INT, into.length);
            int result = orErrno((int) GETSOCKNAME.invokeExact(state, fd, name, length), state);
            if (result < 0) {
                return result;
            }
            MemorySegment.copy(name, JAVA_BYTE, 0, into, 0, into.length);
            return length.get(JAVA_INT, 0);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /**
     * Waits, without limit, until one of the descriptors can be read.
     *
     * @return how many can
     */
    public static int awaitReadable(int... descriptors) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment set = arena.allocate(8L * descriptors.length, 4);
            for (int i = 0; i < descriptors.length; i++) {
                set.set(JAVA_INT, 8L * i, descriptors[i]);
                set.set(JAVA_SHORT, 8L * i + 4, (short) POLLIN);
            }
            return orErrno((int) POLL.invokeExact(state, set, (long) descriptors.length, -1), state);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /** A new descriptor that becomes readable with {@link #signal}. */
    public static int eventDescriptor() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            return orErrno((int) EVENTFD.invokeExact(state, 0, CLOEXEC), state);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    public static int signal(int eventDescriptor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            return orErrno((int) EVENTFD_WRITE.invokeExact(state, eventDescriptor, 1L), state);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    public static int close(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            return orErrno((int) CLOSE.invokeExact(state, fd), state);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    private static int orErrno(long result, MemorySegment state) {
        return result < 0 ? -(int) ERRNO.get(state, 0L) : Math.toIntExact(result);
    }

    /** Restricted: the program allows it by --enable-native-access. */
    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, FunctionDescriptor type) {
        MemorySegment symbol = LINKER.defaultLookup()
                .find(name)
                .orElseThrow(() -> new UnsatisfiedLinkError("the C library has no function " + name));
        return LINKER.downcallHandle(symbol, type, Linker.Option.captureCallState("errno"));
    }

    /** A method handle declares Throwable; a native function throws nothing, so whatever comes is a bug or the VM's. */
    private static RuntimeException broken(Throwable e) {
        return switch (e) {
            case RuntimeException r -> r;
            case Error error -> throw error;
            default -> new IllegalStateException(e);
        };
    }
}
