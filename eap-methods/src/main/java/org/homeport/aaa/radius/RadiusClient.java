package org.homeport.aaa.radius;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.homeport.kit.RandomSource;

/**
 * Asks RADIUS servers, on one thread of its own; nobody who asks waits. A server that hangs costs those that asked it a
 * bounded time, and nobody else any.
 */
public final class RadiusClient implements AutoCloseable {
    /** How long an Access-Request may take unless said otherwise: peers and their half-open limit wait for it. */
    public static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final long LONGEST_END_MILLIS = 500;

    private final EventLoopGroup group;
    private final EventLoop loop;
    private final ServerPools pools;

    private RadiusClient(EventLoopGroup group, EventLoop loop, ServerPools pools) {
        this.group = group;
        this.loop = loop;
        this.pools = pools;
    }

    /** As below, with {@link #PATIENCE}. */
    public static RadiusClient open(List<RadiusServerSettings> servers, RandomSource random) throws SSLException {
        return open(servers, PATIENCE, random);
    }

    /**
     * Makes a client; nothing is sent yet.
     *
     * @param patience how long an Access-Request may take, all servers of its pool together; each has an equal share of
     *     what is left
     * @param random unpredictable
     * @throws SSLException naming the server whose certificate or key cannot be used
     */
    public static RadiusClient open(List<RadiusServerSettings> servers, Duration patience, RandomSource random)
            throws SSLException {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        EventLoop loop = group.next();
        NettyLinks links = new NettyLinks(loop);
        for (RadiusServerSettings server : servers) {
            try {
                links.prepare(server);
            } catch (SSLException | IllegalArgumentException e) {
                group.shutdownGracefully();
                throw new SSLException("RADIUS server " + server.name() + ": " + e.getMessage(), e);
            }
        }
        return new RadiusClient(group, loop, new ServerPools(servers, links, links, random, patience));
    }

    /**
     * Asks.
     *
     * @param pool names of servers, in order of priority
     * @return completed once, on the client's thread; it never fails
     */
    public CompletionStage<RadiusOutcome> exchange(List<String> pool, RadiusRequest request) {
        CompletableFuture<RadiusOutcome> outcome = new CompletableFuture<>();
        try {
            loop.execute(() -> {
                try {
                    pools.exchange(pool, request, outcome::complete);
                } catch (RuntimeException e) {
                    outcome.complete(new RadiusOutcome.NoAnswer("internal error of the RADIUS client: " + e));
                }
            });
        } catch (RejectedExecutionException e) {
            outcome.complete(new RadiusOutcome.NoAnswer("the RADIUS client has ended"));
        }
        return outcome.minimalCompletionStage();
    }

    /** All servers as they are now; may wait for the client's thread. Empty when it has ended. */
    public List<RadiusServerView> servers() {
        try {
            return loop.submit(pools::views).get(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
            return List.of();
        }
    }

    @Override
    public void close() {
        try {
            loop.execute(pools::close);
        } catch (RejectedExecutionException alreadyClosed) {
            return;
        }
        group.shutdownGracefully(0, LONGEST_END_MILLIS, TimeUnit.MILLISECONDS);
    }
}
