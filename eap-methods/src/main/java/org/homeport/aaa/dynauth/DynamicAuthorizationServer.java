package org.homeport.aaa.dynauth;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.homeport.aaa.dynauth.DynamicAuthorization.Receipt;
import org.homeport.aaa.dynauth.DynamicAuthorization.Ticket;
import org.homeport.aaa.radius.RadiusCode;
import org.homeport.aaa.radius.RadiusPacket;
import org.homeport.kit.Endpoint;
import org.homeport.kit.Octets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Listens for those that may end and change sessions (RFC 5176), on one thread of its own. What a request wants is done
 * for all sessions that it matches.
 */
public final class DynamicAuthorizationServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("homeport.dynauth");
    private static final long LONGEST_WORK_SECONDS = 3;
    private static final long QUIET_END_MILLIS = 0;
    private static final long LONGEST_END_MILLIS = 500;

    private final Sessions sessions;
    private final InstantSource clock;
    private final DynamicAuthorization requests;
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<Channel> channels = new ArrayList<>();
    private final Map<Met, LongAdder> counters = new ConcurrentHashMap<>();

    private record Met(Kind kind, String result) {}

    /** What a request is for, by its first octet. */
    private enum Kind {
        DISCONNECT,
        COA,
        OTHER;

        static Kind of(Octets datagram) {
            int code = datagram.isEmpty() ? 0 : datagram.at(0);
            return code == RadiusCode.DISCONNECT_REQUEST.number()
                    ? DISCONNECT
                    : code == RadiusCode.COA_REQUEST.number() ? COA : OTHER;
        }

        static Kind of(Ticket ticket) {
            return ticket.request().code() == RadiusCode.DISCONNECT_REQUEST ? DISCONNECT : COA;
        }
    }

    private DynamicAuthorizationServer(DynamicAuthorizationSettings settings, Sessions sessions, InstantSource clock) {
        this.sessions = sessions;
        this.clock = clock;
        this.requests = new DynamicAuthorization(settings);
    }

    /**
     * Listens on all addresses of the settings.
     *
     * @throws IOException naming the address that cannot be listened on; nothing stays behind
     */
    public static DynamicAuthorizationServer open(
            DynamicAuthorizationSettings settings, Sessions sessions, InstantSource clock) throws IOException {
        DynamicAuthorizationServer server = new DynamicAuthorizationServer(settings, sessions, clock);
        for (Endpoint endpoint : settings.listen()) {
            ChannelFuture bound = new Bootstrap()
                    .group(server.loop)
                    .channel(NioDatagramChannel.class)
                    // Netty's own buffer has 2,048 octets, and cuts longer datagrams off.
                    .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(RadiusPacket.MAX_OCTETS))
                    .handler(server.new Handler())
                    .bind(endpoint.toSocketAddress())
                    .awaitUninterruptibly();
            if (!bound.isSuccess()) {
                server.close();
                throw new IOException("cannot listen on UDP " + endpoint + ": "
                        + String.valueOf(bound.cause().getMessage()));
            }
            server.channels.add(bound.channel());
        }
        return server;
    }

    /** Where it listens, ports resolved. */
    public List<Endpoint> listening() {
        return channels.stream()
                .map(channel -> Endpoint.of((InetSocketAddress) channel.localAddress()))
                .toList();
    }

    /** How many requests were acknowledged, refused and discarded, each by its reason. */
    public Map<String, Long> counters() {
        Map<String, Long> all = new TreeMap<>();
        counters.forEach((met, count) -> all.merge(met.result(), count.sum(), Long::sum));
        return all;
    }

    /** The same by kind, in no order. */
    public List<OrderCount> orders() {
        List<OrderCount> all = new ArrayList<>();
        counters.forEach((met, count) ->
                all.add(new OrderCount(met.kind().name().toLowerCase(Locale.ROOT), met.result(), count.sum())));
        return all;
    }

    @Override
    public void close() {
        loop.shutdownGracefully(QUIET_END_MILLIS, LONGEST_END_MILLIS, TimeUnit.MILLISECONDS);
    }

    private final class Handler extends SimpleChannelInboundHandler<DatagramPacket> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            InetSocketAddress from = packet.sender();
            Octets datagram = Octets.wrap(ByteBufUtil.getBytes(packet.content()));
            receive(context.channel(), from, datagram);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            count(Kind.OTHER, "failed");
            LOG.atError().addKeyValue("event", "dynauth.failed").setCause(cause).log();
        }
    }

    private void receive(Channel channel, InetSocketAddress sender, Octets datagram) {
        Endpoint from = Endpoint.of(sender);
        switch (requests.receive(from, datagram, clock.instant())) {
            case Receipt.Discarded(String reason, String why) -> {
                count(Kind.of(datagram), "discarded-" + reason);
                // Strangers may send as much as they like: the counter has them.
                LOG.atLevel(reason.equals(DynamicAuthorization.UNKNOWN_CLIENT) ? Level.DEBUG : Level.WARN)
                        .addKeyValue("event", "dynauth.discarded")
                        .addKeyValue("from", from)
                        .addKeyValue("why", why)
                        .log();
            }
            case Receipt.Again(Octets answer) -> {
                count(Kind.of(datagram), "repeated");
                send(channel, sender, answer);
            }
            case Receipt.Refused(Octets answer, Ticket ticket, ErrorCause cause, String why) -> {
                refused(ticket, from, cause, why);
                send(channel, sender, answer);
            }
            case Receipt.Accepted(Order order, Ticket ticket) ->
                carryOut(order, ticket.client().name())
                        .orTimeout(LONGEST_WORK_SECONDS, TimeUnit.SECONDS)
                        .whenCompleteAsync(
                                (outcome, failed) -> send(
                                        channel,
                                        sender,
                                        answer(
                                                ticket,
                                                from,
                                                order,
                                                outcome != null
                                                        ? outcome
                                                        : new Outcome.NotDone(
                                                                ErrorCause.RESOURCES_UNAVAILABLE,
                                                                "the sessions did not answer: " + failed))),
                                loop);
        }
    }

    /** What became of an order. */
    private sealed interface Outcome {
        /** @param sessions how many */
        record Done(int sessions) implements Outcome {}

        record NotDone(ErrorCause cause, String why) implements Outcome {}
    }

    private CompletableFuture<Outcome> carryOut(Order order, String client) {
        Function<SessionView, CompletionStage<Boolean>> act = switch (order) {
            case Order.Disconnect disconnect -> session -> sessions.disconnect(session.id());
            case Order.Alter alter -> session -> sessions.change(session.id(), alter.change());
        };
        return sessions.living(client).toCompletableFuture().thenCompose(living -> {
            List<SessionView> chosen =
                    living.stream().filter(order.selection()::matches).toList();
            List<CompletableFuture<Boolean>> acts = chosen.stream()
                    .map(session -> act.apply(session).toCompletableFuture())
                    .toList();
            return CompletableFuture.allOf(acts.toArray(CompletableFuture<?>[]::new))
                    .thenApply(all -> outcome(acts));
        });
    }

    /** A session that ended by itself meanwhile is as the request wanted it, or needs no change any more. */
    private static Outcome outcome(List<CompletableFuture<Boolean>> acts) {
        int done = (int) acts.stream().filter(CompletableFuture::join).count();
        return done > 0
                ? new Outcome.Done(done)
                : new Outcome.NotDone(ErrorCause.SESSION_CONTEXT_NOT_FOUND, "no session matches");
    }

    private Octets answer(Ticket ticket, Endpoint from, Order order, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done(int count) -> {
                count(Kind.of(ticket), "acknowledged");
                LOG.atInfo()
                        .addKeyValue("event", "dynauth.done")
                        .addKeyValue("client", ticket.client().name())
                        .addKeyValue("from", from)
                        .addKeyValue("request", ticket.request().code())
                        .addKeyValue("for", order.selection())
                        .addKeyValue("sessions", count)
                        .log();
                yield requests.acknowledge(ticket);
            }
            case Outcome.NotDone(ErrorCause cause, String why) -> {
                refused(ticket, from, cause, why + " (" + order.selection() + ")");
                yield requests.refuse(ticket, cause);
            }
        };
    }

    private void refused(Ticket ticket, Endpoint from, ErrorCause cause, String why) {
        count(Kind.of(ticket), "refused-" + cause.number());
        LOG.atWarn()
                .addKeyValue("event", "dynauth.refused")
                .addKeyValue("client", ticket.client().name())
                .addKeyValue("from", from)
                .addKeyValue("request", ticket.request().code())
                .addKeyValue("error-cause", cause.number())
                .addKeyValue("why", why)
                .log();
    }

    private void count(Kind kind, String result) {
        counters.computeIfAbsent(new Met(kind, result), m -> new LongAdder()).increment();
    }

    private static void send(Channel channel, InetSocketAddress to, Octets answer) {
        channel.writeAndFlush(new DatagramPacket(Unpooled.wrappedBuffer(answer.toByteArray()), to));
    }
}
