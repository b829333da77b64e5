package org.homeport.testbeds.mn;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.homeport.core.session.Event;
import org.homeport.core.session.SessionSummary;
import org.homeport.kit.IpAddress;

/** A mobile node that finds its way into Mobile IPv6. */
public final class MobileNode implements AutoCloseable {
    private static final String SESSION = "mn";

    private final NodeSettings settings;
    private final NodeEngine nodes;
    private final CompletableFuture<String> ended = new CompletableFuture<>();

    private MobileNode(NodeSettings settings, NodeEngine nodes) {
        this.settings = settings;
        this.nodes = nodes;
    }

    /** Opens the node's sockets. @throws IOException if it cannot */
    public static MobileNode open(NodeSettings settings, NodeEngine.Surroundings around) throws IOException {
        return new MobileNode(settings, NodeEngine.open(settings, around));
    }

    public IpAddress careOf() {
        return nodes.careOf();
    }

    /**
     * From nothing but what it was born with to home address and SAs. Once.
     *
     * @throws BootstrapFailedException in one line, also when it takes longer than {@code limit}
     */
    public SessionSummary bootstrap(Duration limit) throws BootstrapFailedException, InterruptedException {
        NodeEngine.Attempt attempt = nodes.initiate(SESSION, settings);
        CompletableFuture<Void> unused = attempt.ended().thenAccept(ended::complete);
        try {
            return attempt.established().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new BootstrapFailedException("no result within " + limit.toSeconds() + " s");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new BootstrapFailedException(cause == null ? e.toString() : String.valueOf(cause.getMessage()));
        }
    }

    /** What the session is like now; empty when it is over. */
    public Optional<SessionSummary> status() throws InterruptedException {
        try {
            return nodes.engine().sessions().get().stream().findFirst();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    public void command(Event.Command command) {
        nodes.engine().command(SESSION, command);
    }

    /** The kernel says that an SA reached a lifetime. */
    public void saExpired(Event.SaExpired expired) {
        nodes.engine().saExpired(expired);
    }

    /** Done when the session ended, with the reason. */
    public CompletableFuture<String> ended() {
        return ended;
    }

    /** Says good-bye to the home agent and lets go of everything. */
    @Override
    public void close() throws InterruptedException {
        nodes.close();
    }
}
