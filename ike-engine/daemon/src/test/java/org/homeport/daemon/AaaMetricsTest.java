package org.homeport.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.homeport.aaa.dynauth.OrderCount;
import org.homeport.aaa.radius.AttributeType;
import org.homeport.aaa.radius.RadiusAttribute;
import org.homeport.aaa.radius.RadiusAuthenticators;
import org.homeport.aaa.radius.RadiusClient;
import org.homeport.aaa.radius.RadiusCode;
import org.homeport.aaa.radius.RadiusOutcome;
import org.homeport.aaa.radius.RadiusRequest;
import org.homeport.aaa.radius.RadiusServerSettings;
import org.homeport.daemon.ScriptedRadius.Said;
import org.homeport.daemon.observe.Metrics;
import org.homeport.daemon.observe.MetricsEndpoint;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;
import org.homeport.runtime.EngineCounters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus reads of RADIUS servers and their orders. */
class AaaMetricsTest {
    private static final String SECRET = "testing123testing123";
    private static final Endpoint ANYWHERE = new Endpoint(IpAddress.parse("127.0.0.1"), 0);

    private static final Duration PATIENT = Duration.ofSeconds(10);
    private static final Duration HASTY = Duration.ofMillis(100);

    @TempDir
    Path directory;

    @Test
    void serverThatAnswersAndOneThatDoesNotAreTold() throws Exception {
        try (ScriptedRadius home = new ScriptedRadius(SECRET, request -> Said.of(RadiusCode.ACCESS_REJECT));
                ScriptedRadius mute = new ScriptedRadius(SECRET, request -> Optional.empty());
                ScriptedRadius idle = new ScriptedRadius(SECRET, request -> Optional.empty());
                RadiusClient client = RadiusClient.open(
                        List.of(
                                server("home", home.port(), PATIENT),
                                server("mute", mute.port(), HASTY),
                                server("idle", idle.port(), HASTY)),
                        RandomSource.of(new SecureRandom()))) {
            assertThat(ask(client, "home")).isInstanceOf(RadiusOutcome.Answer.class);
            assertThat(ask(client, "home")).isInstanceOf(RadiusOutcome.Answer.class);
            assertThat(ask(client, "mute")).isInstanceOf(RadiusOutcome.NoAnswer.class);

            Metrics metrics = new Metrics(new EngineCounters(), List::of);
            metrics.aaa(client::servers, () -> List.of(new OrderCount("coa", "acknowledged", 3)));
            try (MetricsEndpoint endpoint = MetricsEndpoint.open(ANYWHERE, metrics)) {
                assertThat(page(endpoint.endpoint()))
                        .contains("homeport_aaa_requests_total{server=\"home\"} 2.0")
                        .contains("homeport_aaa_answers_total{kind=\"access-reject\",server=\"home\"} 2.0")
                        .contains("homeport_aaa_timeouts_total{server=\"home\"} 0.0")
                        .contains("homeport_aaa_up{server=\"home\"} 1.0")
                        .containsPattern("homeport_aaa_round_trip_seconds\\{server=\"home\"} [0-9.E-]+\n")
                        .contains("homeport_aaa_requests_total{server=\"mute\"} 1.0")
                        .contains("homeport_aaa_retransmissions_total{server=\"mute\"} 1.0")
                        .contains("homeport_aaa_timeouts_total{server=\"mute\"} 1.0")
                        .contains("homeport_aaa_pending{server=\"mute\"} 0.0")
                        .contains("homeport_aaa_up{server=\"mute\"} 0.0")
                        .contains("homeport_aaa_round_trip_seconds{server=\"mute\"} NaN")
                        .contains("homeport_aaa_requests_total{server=\"idle\"} 0.0")
                        .contains("homeport_dynauth_orders_total{kind=\"coa\",result=\"acknowledged\"} 3.0");
            }
        }
    }

    @Test
    void answerThatIsNotBelievedIsCountedByItsReason() throws Exception {
        try (DatagramSocket liar = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                RadiusClient client = RadiusClient.open(
                        List.of(server("liar", liar.getLocalPort(), PATIENT)), RandomSource.of(new SecureRandom()))) {
            Metrics metrics = new Metrics(new EngineCounters(), List::of);
            metrics.aaa(client::servers, List::of);
            assertThat(metrics.page()).doesNotContain("homeport_aaa_discarded_total");

            client.exchange(List.of("liar"), request());
            byte[] rubbish = new byte[100];
            DatagramPacket asked = new DatagramPacket(rubbish, rubbish.length);
            liar.receive(asked);
            liar.send(new DatagramPacket(new byte[10], 10, asked.getSocketAddress()));
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(metrics.page())
                            .contains("homeport_aaa_discarded_total{reason=\"malformed\",server=\"liar\"} 1.0"));
        }
    }

    @Test
    void serverThatIsTakenAwayIsToldNoMore() throws Exception {
        try (ScriptedRadius home = new ScriptedRadius(SECRET, request -> Said.of(RadiusCode.ACCESS_REJECT));
                ScriptedRadius kept = new ScriptedRadius(SECRET, request -> Optional.empty());
                RadiusClient before = RadiusClient.open(
                        List.of(server("home", home.port(), PATIENT), server("kept", kept.port(), PATIENT)),
                        RandomSource.of(new SecureRandom()));
                RadiusClient after = RadiusClient.open(
                        List.of(server("kept", kept.port(), PATIENT)), RandomSource.of(new SecureRandom()))) {
            ask(before, "home");
            AtomicReference<RadiusClient> current = new AtomicReference<>(before);
            Metrics metrics = new Metrics(new EngineCounters(), List::of);
            metrics.aaa(() -> current.get().servers(), List::of);
            assertThat(metrics.page())
                    .contains("homeport_aaa_answers_total{kind=\"access-reject\",server=\"home\"} 1.0");

            current.set(after);
            assertThat(metrics.page())
                    .doesNotContain("server=\"home\"")
                    .contains("homeport_aaa_requests_total{server=\"kept\"} 0.0");

            current.set(before);
            assertThat(metrics.page())
                    .as("and if it comes again")
                    .contains("homeport_aaa_answers_total{kind=\"access-reject\",server=\"home\"} 1.0");
        }
    }

    @Test
    void ordersAreCountedByKindAndResult() throws Exception {
        Installation installation = Installation.in(directory.resolve("hp"));
        Files.writeString(directory.resolve("hp/orders.secret"), SECRET + "\n");
        int port = freePort();
        installation.append("metrics: 127.0.0.1:0\ndynamic-authorization:\n  listen: {address: 127.0.0.1, port: " + port
                + "}\n  clients: {home: {address: 127.0.0.1, secret-file: orders.secret}}\n");
        try (HomeportDaemon daemon = HomeportDaemon.start(installation.configuration());
                DatagramSocket home = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            byte[] order = RadiusAuthenticators.dynamicRequest(
                            RadiusCode.DISCONNECT_REQUEST,
                            7,
                            List.of(
                                    RadiusAttribute.text(AttributeType.ACCT_SESSION_ID, "nobody's"),
                                    RadiusAttribute.integer(
                                            AttributeType.EVENT_TIMESTAMP,
                                            Instant.now().getEpochSecond())),
                            Secret.utf8(SECRET))
                    .toByteArray();
            home.send(new DatagramPacket(order, order.length, InetAddress.getLoopbackAddress(), port));
            byte[] forged = order.clone();
            forged[0] = (byte) RadiusCode.COA_REQUEST.number();
            home.send(new DatagramPacket(forged, forged.length, InetAddress.getLoopbackAddress(), port));
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(page(daemon.metrics().orElseThrow()))
                            .contains(
                                    "homeport_dynauth_orders_total{kind=\"disconnect\",result=\"refused-503\"} 1.0",
                                    "homeport_dynauth_orders_total{kind=\"coa\",result=\"discarded-wrong-authenticator\"}"
                                            + " 1.0"));
        }
    }

    private static RadiusServerSettings server(String name, int port, Duration wait) {
        Endpoint at = new Endpoint(IpAddress.parse("127.0.0.1"), port);
        return new RadiusServerSettings(
                name,
                at,
                at,
                new RadiusServerSettings.Transport.Udp(Secret.utf8(SECRET)),
                Optional.empty(),
                List.of(wait, wait),
                Duration.ofSeconds(30),
                RadiusServerSettings.Probing.NONE);
    }

    private static RadiusOutcome ask(RadiusClient client, String server) {
        return client.exchange(List.of(server), request()).toCompletableFuture().join();
    }

    private static RadiusRequest request() {
        return RadiusRequest.access(
                List.of(RadiusAttribute.text(AttributeType.USER_NAME, "alice@example.org")), Optional.empty());
    }

    private static int freePort() throws Exception {
        try (DatagramSocket any = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    private static String page(Endpoint endpoint) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://" + endpoint + "/metrics"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }
}
