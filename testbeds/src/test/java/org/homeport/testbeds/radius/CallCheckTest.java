package org.homeport.testbeds.radius;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.homeport.aaa.radius.AttributeType;
import org.homeport.aaa.radius.RadiusAttribute;
import org.homeport.aaa.radius.RadiusAuthenticators;
import org.homeport.aaa.radius.RadiusCode;
import org.homeport.aaa.radius.RadiusCodec;
import org.homeport.aaa.radius.RadiusPacket;
import org.homeport.core.crypto.Crypto;
import org.homeport.core.session.SessionSummary;
import org.homeport.crypto.HomeportCrypto;
import org.homeport.crypto.LegacyAlgorithms;
import org.homeport.daemon.HomeportDaemon;
import org.homeport.daemon.cli.Homeport;
import org.homeport.daemon.config.ConfigurationReader;
import org.homeport.daemon.observe.ControlClient;
import org.homeport.daemon.observe.Json;
import org.homeport.daemon.observe.JsonObject;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;
import org.homeport.kit.WireException;
import org.homeport.testbeds.demo.Quiet;
import org.homeport.testbeds.mn.BootstrapFailedException;
import org.homeport.testbeds.mn.MobileNode;
import org.homeport.testbeds.mn.PskNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node with a pre-shared key, the program, and a RADIUS server that is asked by Call Check: over real sockets. */
class CallCheckTest {
    private static final Secret SECRET = Secret.utf8("testing123testing123");
    private static final String NODE = "mn1@example.org";
    private static final IpAddress LOOPBACK = IpAddress.parse("127.0.0.1");
    private static final IpAddress HOME = IpAddress.parse("2001:db8:100::42");
    private static final long CALL_CHECK = 10;

    private static final String CONFIGURATION = """
            listen: {address: 127.0.0.1, port: 0, nat-port: 0}
            identity: ha.example.org
            sa-backend: none
            aaa:
              servers:
                home: {address: 127.0.0.1, port: %d, secret-file: home.secret, retransmits: [10s]}
              realms: {example.org: %s}
            authorization:
              - {group: visitors, decision: refuse}
            pools: {home6: 2001:db8:100::/64}
            connections:
              nodes: {auth: psk, psk-file: psk, authorize: %s}
            log: {level: warn}
            """;

    @TempDir
    Path directory;

    private final List<RadiusPacket> asked = new CopyOnWriteArrayList<>();
    private final RandomSource random = RandomSource.of(new SecureRandom());
    private final Crypto crypto = new HomeportCrypto(LegacyAlgorithms.REFUSE);
    private final List<RadiusAttribute> said = new ArrayList<>();
    private RadiusCode code = RadiusCode.ACCESS_ACCEPT;
    private Optional<DatagramSocket> server = Optional.empty();

    @BeforeEach
    void open() throws IOException {
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        server = Optional.of(socket);
        Thread.ofVirtual().start(() -> serve(socket));
        Files.writeString(directory.resolve("psk"), "psk of the node\n");
        Files.writeString(directory.resolve("home.secret"), "testing123testing123\n");
        configure("home", "aaa");
    }

    @AfterEach
    void close() {
        server.ifPresent(DatagramSocket::close);
    }

    private void configure(String answerer, String authorize) throws IOException {
        Files.writeString(
                directory.resolve("homeport.yaml"),
                CONFIGURATION.formatted(server.orElseThrow().getLocalPort(), answerer, authorize));
    }

    private void serve(DatagramSocket socket) {
        try {
            while (true) {
                DatagramPacket datagram = new DatagramPacket(new byte[5000], 5000);
                socket.receive(datagram);
                RadiusPacket request = RadiusCodec.decode(Octets.copyOf(datagram.getData(), 0, datagram.getLength()));
                asked.add(request);
                byte[] answer = RadiusAuthenticators.response(
                                code, request.identifier(), request.authenticator(), said, SECRET)
                        .toByteArray();
                socket.send(new DatagramPacket(answer, answer.length, datagram.getSocketAddress()));
            }
        } catch (IOException e) {
            // Closed.
        } catch (WireException e) {
            throw new IllegalStateException(e);
        }
    }

    private HomeportDaemon daemon() throws Exception {
        return HomeportDaemon.start(ConfigurationReader.read(directory.resolve("homeport.yaml")));
    }

    private MobileNode node(HomeportDaemon daemon) throws IOException {
        return PskNode.open(daemon, NODE, Secret.utf8("psk of the node"), crypto, random, new Quiet());
    }

    private SessionSummary bootstrap(HomeportDaemon daemon) throws Exception {
        try (MobileNode node = node(daemon)) {
            return node.bootstrap(Duration.ofSeconds(20));
        }
    }

    private void assertRefused(HomeportDaemon daemon) {
        assertThatExceptionOfType(BootstrapFailedException.class)
                .isThrownBy(() -> bootstrap(daemon))
                .withMessageContaining("AUTHENTICATION_FAILED");
    }

    private JsonObject ask(String command) throws IOException {
        return Json.readObject(ControlClient.ask(directory.resolve("homeport.sock"), command));
    }

    private String status() {
        StringWriter out = new StringWriter();
        Homeport.commandLine()
                .setOut(new PrintWriter(out, true))
                .execute(
                        "status", "--socket", directory.resolve("homeport.sock").toString());
        return out.toString();
    }

    @Test
    void grantOfTheServerIsAppliedAsWithEap() throws Exception {
        said.add(RadiusAttribute.address(AttributeType.FRAMED_IPV6_ADDRESS, HOME));
        said.add(RadiusAttribute.integer(AttributeType.SESSION_TIMEOUT, 600));
        try (HomeportDaemon daemon = daemon();
                MobileNode node = node(daemon)) {
            SessionSummary summary = node.bootstrap(Duration.ofSeconds(20));
            assertThat(summary.homeAddresses())
                    .extracting(SessionSummary.HomeAddress::address)
                    .containsExactly(HOME);
            assertThat(summary.authorizedUntil().orElseThrow())
                    .isBetween(Instant.now().plusSeconds(500), Instant.now().plusSeconds(601));

            assertThat(asked).hasSize(1);
            RadiusPacket request = asked.getFirst();
            assertThat(request.first(AttributeType.USER_NAME).orElseThrow().text())
                    .isEqualTo(NODE);
            assertThat(request.first(AttributeType.SERVICE_TYPE).orElseThrow().integer())
                    .isEqualTo(CALL_CHECK);
            assertThat(request.first(AttributeType.CALLING_STATION_ID)
                            .orElseThrow()
                            .text())
                    .startsWith("127.0.0.1:");
            assertThat(request.eapMessage()).isEmpty();

            JsonObject session = ask("status").objects("sessions").getFirst();
            assertThat(session.number("authorized-seconds")).isBetween(500L, 600L);
            assertThat(Instant.parse(session.text("authorized-until"))).isAfter(Instant.now());
            JsonObject by = session.object("authorized-by").orElseThrow();
            assertThat(by.text("realm")).isEqualTo("example.org");
            assertThat(by.texts("servers")).containsExactly("home");
            assertThat(by.text("method")).isEqualTo("SHARED-KEY");
            assertThat(status())
                    .containsPattern("authorized +until 20[0-9TZ:.-]+, for (9m|10m)")
                    .containsPattern("authorized by +realm example.org \\(home\\), proved with SHARED-KEY");
        }
    }

    @Test
    void rejectKeepsTheNodeOut() throws Exception {
        code = RadiusCode.ACCESS_REJECT;
        try (HomeportDaemon daemon = daemon()) {
            assertRefused(daemon);
            assertThat(ask("status").objects("sessions")).isEmpty();
        }
        assertThat(asked).hasSize(1);
    }

    @Test
    void ruleOnWhatTheServerSaysKeepsTheNodeOut() throws Exception {
        said.add(RadiusAttribute.text(AttributeType.FILTER_ID, "visitors"));
        try (HomeportDaemon daemon = daemon()) {
            assertRefused(daemon);
        }
    }

    @Test
    void nobodyIsAskedWhereTheConfigurationSaysItAll() throws Exception {
        configure("home", "local");
        try (HomeportDaemon daemon = daemon()) {
            assertThat(bootstrap(daemon).homeAddresses()).hasSize(1);
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void rulesBindWhoeverProvedItselfHereToo() throws Exception {
        configure("home", "local");
        Path file = directory.resolve("homeport.yaml");
        Files.writeString(file, Files.readString(file).replace("group: visitors", "method: shared-key"));
        try (HomeportDaemon daemon = daemon()) {
            assertRefused(daemon);
        }
    }

    @Test
    void realmThatIsTakenAwayIsRefusedAtOnceAndItsSessionsStay() throws Exception {
        try (HomeportDaemon daemon = daemon();
                MobileNode before = node(daemon)) {
            before.bootstrap(Duration.ofSeconds(20));
            configure("refuse", "aaa");
            assertThat(ask("reload").has("reloaded")).isTrue();
            assertRefused(daemon);
            assertThat(asked).hasSize(1);
            assertThat(ask("status").objects("sessions")).hasSize(1);

            configure("home", "aaa");
            assertThat(ask("reload").has("reloaded")).isTrue();
            assertThat(bootstrap(daemon).homeAddresses()).hasSize(1);
            assertThat(asked).hasSize(2);
        }
    }

    @Test
    void reloadOfWhatIsWrongChangesNothing() throws Exception {
        try (HomeportDaemon daemon = daemon()) {
            configure("[home, elsewhere]", "aaa");
            assertThat(ask("reload").texts("problems"))
                    .singleElement()
                    .asString()
                    .contains("elsewhere");
            configure("home", "aaa");
            Files.delete(directory.resolve("home.secret"));
            assertThat(ask("reload").texts("problems"))
                    .singleElement()
                    .asString()
                    .contains("home.secret");
            assertThat(bootstrap(daemon).homeAddresses()).hasSize(1);
        }
    }

    @Test
    void realmWithoutAQueueForItsAccountingIsNotTakenOver() throws Exception {
        Path file = directory.resolve("homeport.yaml");
        configure("refuse", "aaa");
        Files.writeString(file, Files.readString(file) + "accounting:\n");
        try (HomeportDaemon daemon = daemon()) {
            configure("home", "aaa");
            assertThat(ask("reload").texts("problems"))
                    .singleElement()
                    .asString()
                    .contains("example.org", "no queue for its accounting");
            assertRefused(daemon);
        }
        assertThat(asked).isEmpty();
    }
}
