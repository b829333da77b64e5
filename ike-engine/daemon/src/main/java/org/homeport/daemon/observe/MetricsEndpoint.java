package org.homeport.daemon.observe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.homeport.kit.Endpoint;

/** Where Prometheus reads {@code /metrics}. */
public final class MetricsEndpoint implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Metrics metrics;

    private MetricsEndpoint(HttpServer server, Metrics metrics) {
        this.server = server;
        this.metrics = metrics;
    }

    /**
     * Begins to answer.
     *
     * @param at port 0 for any
     */
    public static MetricsEndpoint open(Endpoint at, Metrics metrics) throws IOException {
        MetricsEndpoint endpoint = new MetricsEndpoint(HttpServer.create(at.toSocketAddress(), 0), metrics);
        endpoint.server.createContext("/metrics", endpoint::answer);
        endpoint.server.setExecutor(endpoint.threads);
        endpoint.server.start();
        return endpoint;
    }

    /** Where it is bound, the port resolved. */
    public Endpoint endpoint() {
        return Endpoint.of(server.getAddress());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] page = metrics.page().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
