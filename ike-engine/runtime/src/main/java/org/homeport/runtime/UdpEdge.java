package org.homeport.runtime;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.homeport.core.session.Framing;
import org.homeport.core.session.Path;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Octets;
import org.homeport.runtime.EngineCounters.Count;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * IKE over UDP: for each local address one socket for bare IKE (port 500) and one for IKE behind the non-ESP marker (port
 * 4500), so that an answer leaves from where it was asked (RFC 7296 section 2.23, RFC 3948). All sockets have one thread,
 * which receives, routes and sends and does nothing that takes long.
 */
public final class UdpEdge implements Edge {
    /** No UDP datagram is longer, so none is cut. */
    private static final int LONGEST_DATAGRAM = 65_535;

    private static final Logger LOG = LoggerFactory.getLogger(UdpEdge.class);
    private static final int READS_AT_ONCE = 64;
    private static final int SOCKET_BUFFER = 4 << 20;
    private static final int CLOSE_LIMIT_MILLIS = 500;
    private static final int KEEPALIVE = 0xff;

    private final EventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("udp-edge"), NioIoHandler.newFactory());
    private final Map<Socket, Channel> channels = new ConcurrentHashMap<>();
    private final SocketPrepared prepared;
    private final EngineCounters counters;

    private record Socket(Endpoint local, Framing framing) {}

    public UdpEdge(SocketPrepared prepared, EngineCounters counters) {
        this.prepared = prepared;
        this.counters = counters;
    }

    /**
     * Opens both sockets of an address, or of every address of this host that can be reached from another link if it is
     * the unspecified address (0.0.0.0 or ::). More may be opened while others are in use. Addresses that come later are
     * not found by themselves.
     *
     * @param plainPort 500; 0 for any
     * @param markerPort 4500; 0 for any
     * @throws IOException naming the socket, if one cannot be opened; those opened before it are closed again
     */
    public List<Listening> listen(IpAddress address, int plainPort, int markerPort, Ingress ingress)
            throws IOException {
        List<Listening> opened = new ArrayList<>();
        try {
            for (IpAddress concrete : address.isUnspecified() ? addressesOfHost(address) : List.of(address)) {
                Endpoint plain = open(new Endpoint(concrete, plainPort), Framing.PLAIN, ingress);
                try {
                    Endpoint marked = open(new Endpoint(concrete, markerPort), Framing.NON_ESP_MARKER, ingress);
                    opened.add(new Listening(concrete, plain.port(), marked.port()));
                } catch (IOException e) {
                    shut(new Socket(plain, Framing.PLAIN));
                    throw e;
                }
            }
            return opened;
        } catch (IOException e) {
            opened.forEach(this::stop);
            throw e;
        }
    }

    /** Closes both sockets of an address again; idempotent. */
    public void stop(Listening listening) {
        for (Framing framing : Framing.values()) {
            shut(new Socket(listening.endpoint(framing), framing));
        }
    }

    @Override
    public Delivery send(Path path, Octets message) {
        Channel channel = channels.get(new Socket(path.local(), path.framing()));
        if (channel == null) {
            return Delivery.NO_CHANNEL;
        }
        if (!channel.isWritable()) {
            return Delivery.CONGESTED;
        }
        ByteBuf datagram = channel.alloc().buffer(UdpReceiver.MARKER_LENGTH + message.length());
        switch (path.framing()) {
            case PLAIN -> {}
            case NON_ESP_MARKER -> datagram.writeZero(UdpReceiver.MARKER_LENGTH);
        }
        datagram.writeBytes(message.toByteArray());
        return write(channel, path, datagram, Count.DATAGRAMS_OUT);
    }

    @Override
    public Delivery sendKeepalive(Path path) {
        Channel channel = channels.get(new Socket(path.local(), path.framing()));
        if (channel == null) {
            return Delivery.NO_CHANNEL;
        }
        return write(channel, path, channel.alloc().buffer(1).writeByte(KEEPALIVE), Count.KEEPALIVES_OUT);
    }

    @Override
    public void close() {
        // A channel's close is queued behind its writes, so what was ordered to be sent is sent. A loop that is told to
        // end does not wait for them: it closes its channels first and looks into its queue then.
        List<ChannelFuture> closing =
                List.copyOf(channels.values()).stream().map(Channel::close).toList();
        channels.clear();
        closing.forEach(channel -> channel.awaitUninterruptibly(CLOSE_LIMIT_MILLIS));
        loop.shutdownGracefully(0, CLOSE_LIMIT_MILLIS, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(2 * CLOSE_LIMIT_MILLIS);
    }

    private Delivery write(Channel channel, Path path, ByteBuf datagram, Count count) {
        channel.writeAndFlush(new DatagramPacket(datagram, path.remote().toSocketAddress()))
                .addListener(done -> counters.add(done.isSuccess() ? count : Count.SEND_FAILED));
        return Delivery.SENT;
    }

    private Endpoint open(Endpoint wanted, Framing framing, Ingress ingress) throws IOException {
        DatagramChannel socket = DatagramChannel.open(
                wanted.address().isV6() ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
        try {
            socket.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
            socket.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER);
            socket.bind(wanted.toSocketAddress());
            Endpoint local = wanted.withPort(socket.socket().getLocalPort());
            prepared.prepare(socket, local, framing);
            register(socket, new Socket(local, framing), ingress);
            return local;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw new IOException("cannot listen on UDP %s: %s".formatted(wanted, e.getMessage()), e);
        }
    }

    private void register(DatagramChannel datagrams, Socket socket, Ingress ingress) throws IOException {
        var registered = new Bootstrap()
                .group(loop)
                .channelFactory(() -> new NioDatagramChannel(datagrams))
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(LONGEST_DATAGRAM).maxMessagesPerRead(READS_AT_ONCE))
                .handler(new UdpReceiver(socket.local(), socket.framing(), ingress, counters))
                .register()
                .awaitUninterruptibly();
        if (!registered.isSuccess()) {
            throw new IOException("the event loop refuses the socket", registered.cause());
        }
        channels.put(socket, registered.channel());
        LOG.info("listening on UDP {}", socket.local());
    }

    private void shut(Socket socket) {
        Channel channel = channels.remove(socket);
        if (channel != null) {
            channel.close().addListener(closed -> LOG.info("UDP {} is closed", socket.local()));
        }
    }

    private static List<IpAddress> addressesOfHost(IpAddress unspecified) throws IOException {
        List<IpAddress> found = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLinkLocalAddress() && !address.isMulticastAddress())
                .map(IpAddress::of)
                .filter(address -> address.isV6() == unspecified.isV6())
                .distinct()
                .sorted()
                .toList();
        if (found.isEmpty()) {
            throw new IOException("this host has no address to listen on in place of " + unspecified);
        }
        return found;
    }
}
