package org.homeport.testbeds.mip6;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import org.homeport.kit.Octets;

/**
 * IPv6 packets between two programs on one host, each in a UDP datagram on loopback: what a raw socket would carry, without
 * the privilege.
 */
public final class PacketLink implements AutoCloseable {
    private static final int MTU = 1500;

    private final DatagramSocket socket;

    /** A packet and who sent it. */
    public record Arrived(Octets packet, SocketAddress from) {}

    private PacketLink(DatagramSocket socket) {
        this.socket = socket;
    }

    public static PacketLink open(InetAddress loopback) throws IOException {
        return new PacketLink(new DatagramSocket(new InetSocketAddress(loopback, 0)));
    }

    public SocketAddress address() {
        return socket.getLocalSocketAddress();
    }

    public void send(Octets packet, SocketAddress to) throws IOException {
        byte[] bytes = packet.toByteArray();
        socket.send(new DatagramPacket(bytes, bytes.length, to));
    }

    /** @return the next packet; empty when none came in time */
    public Optional<Arrived> receive(Duration limit) throws IOException {
        DatagramPacket datagram = new DatagramPacket(new byte[MTU], MTU);
        socket.setSoTimeout((int) limit.toMillis());
        try {
            socket.receive(datagram);
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        }
        return Optional.of(
                new Arrived(Octets.copyOf(datagram.getData(), 0, datagram.getLength()), datagram.getSocketAddress()));
    }

    @Override
    public void close() {
        socket.close();
    }
}
