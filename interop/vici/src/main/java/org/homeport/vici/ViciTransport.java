package org.homeport.vici;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.homeport.kit.Octets;
import org.homeport.vici.ViciException.Kind;

/** Segments over a UNIX-domain stream socket: 32-bit length, data. Every wait ends. For one thread at a time. */
final class ViciTransport implements AutoCloseable {
    private final Path socket;
    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final InstantSource clock;
    private final ByteBuffer length = ByteBuffer.allocate(4);
    private ByteBuffer data = ByteBuffer.allocate(0);

    private ViciTransport(Path socket, SocketChannel channel, Selector selector, InstantSource clock)
            throws IOException {
        this.socket = socket;
        this.channel = channel;
        this.selector = selector;
        this.clock = clock;
        channel.configureBlocking(false);
        this.key = channel.register(selector, 0);
    }

    static ViciTransport connect(Path socket, InstantSource clock) throws ViciException {
        try {
            // A UNIX-domain connect succeeds or fails at once.
            SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
            try {
                return new ViciTransport(socket, channel, Selector.open(), clock);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new ViciException(
                    Kind.CLOSED,
                    "cannot reach charon at " + socket + " (" + e.getMessage()
                            + "): is it running, and is that its vici socket?",
                    e);
        }
    }

    Instant deadline(Duration timeout) {
        return clock.instant().plus(timeout);
    }

    void send(Octets segment, Instant deadline) throws ViciException {
        if (segment.length() > ViciPacket.MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a VICI packet of " + segment.length() + " octets, at most " + ViciPacket.MAX_LENGTH + " fit");
        }
        ByteBuffer out = ByteBuffer.allocate(4 + segment.length());
        out.putInt(segment.length()).put(segment.toByteArray()).flip();
        try {
            while (channel.write(out) >= 0 && out.hasRemaining()) {
                if (!isReady(SelectionKey.OP_WRITE, deadline)) {
                    throw new ViciException(Kind.TIMEOUT, "charon does not take a command at " + socket);
                }
            }
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /**
     * The next segment.
     *
     * @return empty if it was not there, or not all of it, by the deadline: what was, is kept for the next call
     */
    Optional<Octets> receive(Instant deadline) throws ViciException {
        try {
            if (length.hasRemaining()) {
                if (!isFilled(length, deadline)) {
                    return Optional.empty();
                }
                data = ByteBuffer.allocate(announced());
            }
            if (!isFilled(data, deadline)) {
                return Optional.empty();
            }
            length.clear();
            return Optional.of(Octets.wrap(data.array()));
        } catch (IOException e) {
            throw lost(e);
        }
    }

    private int announced() throws ViciException {
        int announced = length.getInt(0);
        if (announced < 1 || announced > ViciPacket.MAX_LENGTH) {
            throw new ViciException(
                    Kind.MALFORMED,
                    "charon announces a packet of " + Integer.toUnsignedString(announced) + " octets, not of 1 to "
                            + ViciPacket.MAX_LENGTH);
        }
        return announced;
    }

    private boolean isFilled(ByteBuffer buffer, Instant deadline) throws IOException {
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer);
            if (read < 0) {
                throw new EOFException("it hung up");
            }
            if (read == 0 && !isReady(SelectionKey.OP_READ, deadline)) {
                return false;
            }
        }
        return true;
    }

    private boolean isReady(int operation, Instant deadline) throws IOException {
        long millis = Duration.between(clock.instant(), deadline).toMillis();
        if (millis <= 0) {
            return false;
        }
        key.interestOps(operation);
        selector.select(millis);
        selector.selectedKeys().clear();
        return true;
    }

    private ViciException lost(IOException failure) {
        return new ViciException(
                Kind.CLOSED, "the connection to charon at " + socket + " is gone: " + failure.getMessage(), failure);
    }

    @Override
    public void close() {
        try (selector;
                channel) {
            key.cancel();
        } catch (IOException e) {
            // Nobody waits for anything from it any more.
            key.cancel();
        }
    }
}
