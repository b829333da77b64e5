package org.homeport.testbeds.leases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.homeport.core.crypto.Crypto;
import org.homeport.core.port.SessionListener;
import org.homeport.core.session.Output;
import org.homeport.core.session.SessionSummary;
import org.homeport.crypto.HomeportCrypto;
import org.homeport.crypto.LegacyAlgorithms;
import org.homeport.daemon.HomeportDaemon;
import org.homeport.daemon.cli.Homeport;
import org.homeport.daemon.config.ConfigurationReader;
import org.homeport.daemon.observe.Json;
import org.homeport.daemon.observe.JsonObject;
import org.homeport.kit.IpAddress;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;
import org.homeport.testbeds.mn.MobileNode;
import org.homeport.testbeds.mn.PskNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node, the program, and an operator at the command line: over real sockets. */
class LeasesOverControlSocketTest {
    private static final String NODE = "mn1@example.org";
    private static final Secret KEY = Secret.utf8("psk of the node");

    @TempDir
    Path directory;

    private final RandomSource random = RandomSource.of(new SecureRandom());
    private final Crypto crypto = new HomeportCrypto(LegacyAlgorithms.REFUSE);
    /** Events at the node. */
    private final List<String> heard = new CopyOnWriteArrayList<>();

    private record Ran(int exitCode, String out, String err) {}

    @BeforeEach
    void configure() throws IOException {
        Files.writeString(directory.resolve("psk"), "psk of the node\n");
        Files.writeString(directory.resolve("homeport.yaml"), """
                listen: {address: 127.0.0.1, port: 0, nat-port: 0}
                identity: ha.example.org
                sa-backend: none
                pools: {home6: 2001:db8:100::/64}
                connections:
                  nodes: {auth: psk, psk-file: psk}
                log: {level: warn}
                """);
    }

    @Test
    void sessionsLeaseIsShownAndEndsWithItsSessionAtTheOperatorsWord() throws Exception {
        try (HomeportDaemon daemon =
                        HomeportDaemon.start(ConfigurationReader.read(directory.resolve("homeport.yaml")));
                MobileNode node = node(daemon)) {
            Instant before = Instant.now();
            IpAddress home = node.bootstrap(Duration.ofSeconds(20))
                    .homeAddresses()
                    .getFirst()
                    .address();
            JsonObject session = Json.readObject(run("status", "--json").out())
                    .objects("sessions")
                    .getFirst();

            JsonObject lease = lease();
            assertThat(lease.text("address")).isEqualTo(home + "/64");
            assertThat(lease.text("identity")).isEqualTo(NODE);
            assertThat(lease.text("pool")).isEqualTo("home6");
            assertThat(lease.text("state")).isEqualTo("held");
            assertThat(lease.text("session")).isEqualTo(session.text("session"));
            assertThat(lease.text("care-of")).isEqualTo(session.text("care-of")).startsWith("127.0.0.1:");
            assertThat(Instant.parse(lease.text("since"))).isBetween(before.minusMillis(1), Instant.now());

            Ran refused = run("leases", "release", home.toString());
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.err()).contains(home + " is held by '" + NODE + "'", "--disconnect");
            assertThat(lease().text("state")).isEqualTo("held");

            Instant held = Instant.now();
            Ran released = run("leases", "release", "--identity", NODE, "--disconnect");
            assertThat(released.exitCode()).as(released.err()).isZero();
            assertThat(released.out())
                    .contains("Released " + home + ", was held for " + NODE + " (session " + session.text("session"));
            assertThat(Json.readObject(run("leases", "--json").out()).objects("leases"))
                    .isEmpty();
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(heard).contains("ike.deleted"));
            assertThat(Json.readObject(run("status", "--json").out()).objects("sessions"))
                    .isEmpty();

            JsonObject then = Json.readObject(
                            run("leases", "--json", "--address", home.toString(), "--at", held.toString())
                                    .out())
                    .objects("leases")
                    .getFirst();
            assertThat(then.text("identity")).isEqualTo(NODE);
            assertThat(then.text("care-of")).isEqualTo(session.text("care-of"));
            assertThat(then.text("authority")).isEqualTo("pool home6");
            assertThat(Instant.parse(then.text("until"))).isBetween(held.minusMillis(1), Instant.now());
        }
    }

    private JsonObject lease() {
        Ran ran = run("leases", "--json");
        assertThat(ran.err()).isEmpty();
        return Json.readObject(ran.out()).objects("leases").getFirst();
    }

    private Ran run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("-c", directory.resolve("homeport.yaml").toString()));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Homeport.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
        return new Ran(code, out.toString(), err.toString());
    }

    private MobileNode node(HomeportDaemon daemon) throws IOException {
        return PskNode.open(daemon, NODE, KEY, crypto, random, new Hearing());
    }

    /** At the node, which lingers for a while once it is told of the end. */
    private final class Hearing implements SessionListener {
        @Override
        public void trace(String session, Output.Trace trace) {
            heard.add(trace.event());
        }

        @Override
        public void keys(String session, Output.IkeKeys keys) {}

        @Override
        public void established(String session, Output.Established established) {}

        @Override
        public void changed(String session, SessionSummary summary) {}

        @Override
        public void closed(String session, Output.Closed closed) {}
    }
}
