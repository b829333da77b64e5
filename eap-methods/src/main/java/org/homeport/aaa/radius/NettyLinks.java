package org.homeport.aaa.radius;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslProvider;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.homeport.aaa.radius.RadiusServerSettings.Transport;
import org.homeport.kit.Endpoint;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Links on one event loop of Netty's: UDP sockets connected to their server, and TLS connections. */
final class NettyLinks implements Link.Dialer, Ticker {
    private static final Logger LOG = LoggerFactory.getLogger("homeport.aaa");
    private static final int CONNECT_MILLIS = 5_000;

    private final EventLoop loop;
    private final Map<String, SslContext> contexts = new HashMap<>();

    NettyLinks(EventLoop loop) {
        this.loop = loop;
    }

    /** Prepares TLS for a server. @throws SSLException if certificate and key cannot be used */
    void prepare(RadiusServerSettings server) throws SSLException {
        if (server.transport() instanceof Transport.Tls tls) {
            contexts.put(
                    server.name(),
                    SslContextBuilder.forClient()
                            .sslProvider(SslProvider.JDK)
                            .protocols("TLSv1.3", "TLSv1.2")
                            .keyManager(tls.key(), tls.chain())
                            .trustManager(tls.trustAnchors())
                            .endpointIdentificationAlgorithm("HTTPS")
                            .build());
        }
    }

    @Override
    public long nanos() {
        return loop.ticker().nanoTime();
    }

    @Override
    public Alarm after(Duration delay, Runnable action) {
        var scheduled = loop.schedule(guarded(action), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    public Link dial(RadiusServerSettings server, RadiusRequest.Kind kind, Link.Receiver receiver) {
        NettyLink link = new NettyLink(receiver);
        Endpoint to = kind == RadiusRequest.Kind.ACCOUNTING ? server.accounting() : server.authentication();
        switch (server.transport()) {
            case Transport.Udp udp ->
                connect(
                        server,
                        to,
                        link,
                        new Bootstrap()
                                .group(loop)
                                .channel(NioDatagramChannel.class)
                                // Netty's own buffer has 2,048 octets, and cuts longer datagrams off.
                                .option(
                                        ChannelOption.RECVBUF_ALLOCATOR,
                                        new FixedRecvByteBufAllocator(RadiusPacket.MAX_OCTETS))
                                .handler(new Datagrams(link)));
            case Transport.Tls tls ->
                connect(
                        server,
                        server.authentication(),
                        link,
                        new Bootstrap()
                                .group(loop)
                                .channel(NioSocketChannel.class)
                                .option(ChannelOption.TCP_NODELAY, true)
                                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                                .handler(new ChannelInitializer<>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        SslContext context = Optional.ofNullable(contexts.get(server.name()))
                                                .orElseThrow();
                                        channel.pipeline()
                                                .addLast(context.newHandler(
                                                        channel.alloc(), tls.serverName(), to.port()))
                                                .addLast(new Stream(link));
                                    }
                                }));
        }
        return link;
    }

    private void connect(RadiusServerSettings server, Endpoint to, NettyLink link, Bootstrap bootstrap) {
        InetSocketAddress target = to.toSocketAddress();
        ChannelFuture connecting = server.source()
                .map(source -> bootstrap.connect(target, new Endpoint(source, 0).toSocketAddress()))
                .orElseGet(() -> bootstrap.connect(target));
        link.channel = Optional.of(connecting.channel());
        // A socket that could not even be opened is told at once, or on a thread that is not ours: never while
        // dialling.
        connecting.addListener(future -> loop.execute(guarded(() -> {
            if (!future.isSuccess()) {
                link.gone("cannot connect to " + to + ": " + reason(future.cause()));
            } else if (server.retransmits()) {
                link.stands();
            }
        })));
    }

    /** Nobody sees what a task of the loop throws. */
    private static Runnable guarded(Runnable action) {
        return () -> {
            try {
                action.run();
            } catch (RuntimeException e) {
                LOG.atError().addKeyValue("event", "aaa.bug").setCause(e).log();
            }
        };
    }

    /** What an exception is about: the innermost says it best. */
    private static String reason(Throwable thrown) {
        // Neither has a message.
        if (thrown instanceof ClosedChannelException) {
            return "the server closed the connection";
        }
        if (thrown instanceof PortUnreachableException) {
            return "port unreachable";
        }
        Throwable innermost = thrown;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return Optional.ofNullable(innermost.getMessage())
                .orElse(innermost.getClass().getSimpleName());
    }

    /** A link of either kind, on the loop's thread. */
    private static final class NettyLink implements Link {
        private final Receiver receiver;
        private final Queue<Octets> waiting = new ArrayDeque<>();
        private Optional<Channel> channel = Optional.empty();
        private boolean standing;
        private boolean closed;

        NettyLink(Receiver receiver) {
            this.receiver = receiver;
        }

        @Override
        public void send(Octets packet) {
            if (standing) {
                write(packet);
            } else {
                waiting.add(packet);
            }
        }

        @Override
        public void close() {
            closed = true;
            waiting.clear();
            channel.ifPresent(Channel::close);
        }

        void stands() {
            if (closed) {
                return;
            }
            standing = true;
            waiting.forEach(this::write);
            waiting.clear();
        }

        /** It is there no more, or never was. */
        void gone(String why) {
            if (closed) {
                return;
            }
            close();
            if (standing) {
                receiver.broken(why);
            } else {
                receiver.refused(why);
            }
        }

        void troubled(Throwable what) {
            if (!closed) {
                receiver.troubled(reason(what));
            }
        }

        void received(Octets packet) {
            if (!closed) {
                receiver.received(packet);
            }
        }

        private void write(Octets packet) {
            ByteBuf buffer = Unpooled.wrappedBuffer(packet.toByteArray());
            channel.ifPresent(c -> c.writeAndFlush(buffer).addListener(future -> {
                if (!future.isSuccess()) {
                    troubled(future.cause());
                }
            }));
        }
    }

    /** A connected socket takes packets of its server alone. */
    @ChannelHandler.Sharable
    private static final class Datagrams extends SimpleChannelInboundHandler<DatagramPacket> {
        private final NettyLink link;

        Datagrams(NettyLink link) {
            this.link = link;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            link.received(Octets.wrap(ByteBufUtil.getBytes(packet.content())));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // Anybody can forge an ICMP message: a port that is closed is as good as a server that is silent.
            link.troubled(cause);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            link.gone("the socket was closed");
        }
    }

    /** Packets one behind the other (RFC 6614 section 2.1; RFC 6613 section 2.6.4: what cannot be framed ends it). */
    private static final class Stream extends ChannelInboundHandlerAdapter {
        private static final int LENGTH_KNOWN = 4;

        private final NettyLink link;
        private Octets pending = Octets.EMPTY;

        Stream(NettyLink link) {
            this.link = link;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
            if (event instanceof SslHandshakeCompletionEvent handshake) {
                if (handshake.isSuccess()) {
                    link.stands();
                } else {
                    link.gone("TLS: " + reason(handshake.cause()));
                }
            }
            super.userEventTriggered(context, event);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf buffer = (ByteBuf) message;
            try {
                pending = pending.plus(Octets.wrap(ByteBufUtil.getBytes(buffer)));
            } finally {
                buffer.release();
            }
            try {
                while (pending.length() >= LENGTH_KNOWN && pending.length() >= RadiusCodec.length(pending)) {
                    int length = RadiusCodec.length(pending);
                    Octets packet = pending.slice(0, length);
                    pending = pending.from(length);
                    link.received(packet);
                }
            } catch (WireException e) {
                link.gone("the stream is out of step: " + e.getMessage());
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            link.gone("the server closed the connection");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            link.gone("TLS: " + reason(cause));
        }
    }
}
