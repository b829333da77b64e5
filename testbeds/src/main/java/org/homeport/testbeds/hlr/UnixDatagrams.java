package org.homeport.testbeds.hlr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.homeport.xfrm.netlink.Errno;
import org.homeport.xfrm.netlink.Libc;

/** A UNIX domain socket for datagrams, which Java has not. */
final class UnixDatagrams implements AutoCloseable {
    /** Of sun_path, with a zero behind. */
    private static final int PATH = 108;

    private static final int BUFFER = 4096;

    private final int fd;
    private final Path path;

    private UnixDatagrams(int fd, Path path) {
        this.fd = fd;
        this.path = path;
    }

    /** In place of a socket that is there already. */
    static UnixDatagrams bind(Path path) throws IOException {
        byte[] address = address(path);
        int fd = check("socket", Libc.socket(Libc.AF_UNIX, Libc.SOCK_DGRAM | Libc.CLOEXEC, 0));
        try {
            Files.deleteIfExists(path);
            check("bind " + path, Libc.bind(fd, address));
            return new UnixDatagrams(fd, path);
        } catch (IOException e) {
            Libc.close(fd);
            throw e;
        }
    }

    /** Waits for a datagram, and answers it. */
    void serve(Function<String, Optional<String>> dialogue) throws IOException {
        byte[] buffer = new byte[BUFFER];
        Libc.Received received = Libc.receiveFrom(fd, buffer);
        if (received.result() == -Errno.EINTR) {
            return;
        }
        int length = check("recvfrom " + path, received.result());
        String request = new String(buffer, 0, Math.min(length, BUFFER), StandardCharsets.US_ASCII);
        Optional<String> answer = dialogue.apply(request);
        if (answer.isPresent()) {
            // Whoever asked may be gone by now.
            int unused = Libc.sendTo(fd, answer.get().getBytes(StandardCharsets.US_ASCII), received.from());
        }
    }

    @Override
    public void close() throws IOException {
        Libc.close(fd);
        Files.deleteIfExists(path);
    }

    /** A sockaddr_un. */
    private static byte[] address(Path path) throws IOException {
        byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
        if (name.length >= PATH) {
            throw new IOException(path + " has " + name.length + " octets; a socket's name may have " + (PATH - 1));
        }
        return ByteBuffer.allocate(2 + PATH)
                .order(ByteOrder.nativeOrder())
                .putShort((short) Libc.AF_UNIX)
                .put(Arrays.copyOf(name, PATH))
                .array();
    }

    private static int check(String what, int result) throws IOException {
        if (result < 0) {
            throw new IOException(what + ": " + Errno.name(-result));
        }
        return result;
    }
}
