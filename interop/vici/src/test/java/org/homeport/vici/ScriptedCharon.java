package org.homeport.vici;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.homeport.kit.Octets;

/** The other end of a VICI socket: answers each packet as a test says. */
final class ScriptedCharon implements AutoCloseable {
    private final ServerSocketChannel server;
    private final List<ViciPacket> heard = new CopyOnWriteArrayList<>();

    /** @param answers what to send back for a packet, octet for octet */
    ScriptedCharon(Path socket, Function<ViciPacket, Octets> answers) throws IOException {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(() -> serve(answers));
    }

    private void serve(Function<ViciPacket, Octets> answers) {
        try (SocketChannel channel = server.accept()) {
            DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
            OutputStream out = Channels.newOutputStream(channel);
            while (true) {
                ViciPacket packet = ViciPacket.decode(Octets.wrap(in.readNBytes(in.readInt())));
                heard.add(packet);
                out.write(answers.apply(packet).toByteArray());
            }
        } catch (Exception e) {
            // The client has gone, or the test wants the end of this.
        }
    }

    List<ViciPacket> heard() {
        return heard;
    }

    /** Packets as the transport carries them. */
    static Octets frames(ViciPacket... packets) {
        Octets all = Octets.EMPTY;
        for (ViciPacket packet : packets) {
            Octets segment = packet.encode();
            byte[] length = ByteBuffer.allocate(4).putInt(segment.length()).array();
            all = Octets.concat(all, Octets.wrap(length), segment);
        }
        return all;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
