package org.homeport.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.homeport.daemon.Installation.homeport;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.homeport.daemon.HomeportDaemon.Part;
import org.homeport.daemon.Installation.Ran;
import org.homeport.daemon.observe.Json;
import org.homeport.runtime.Listening;
import org.homeport.xfrm.NoSaPort;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeportDaemonTest {
    @TempDir
    Path directory;

    private Installation installation = new Installation(Path.of("."));

    @BeforeEach
    void install() throws Exception {
        installation = Installation.in(directory.resolve("hp"));
    }

    @Test
    void runningDaemonAnswersStatus() throws Exception {
        try (HomeportDaemon daemon = HomeportDaemon.start(installation.configuration())) {
            Listening listening = daemon.listening().getFirst();
            assertThat(listening.plainPort()).isPositive().isNotEqualTo(listening.markerPort());

            Ran status = homeport("status", "-c", installation.file().toString());
            assertThat(status.exitCode()).isZero();
            assertThat(status.out())
                    .contains("ha.example.org, up", "SA backend none", "127.0.0.1:" + listening.plainPort())
                    .contains("No session is established.")
                    .containsPattern("home4 +0 of 25[0-9] addresses held");

            Ran json = homeport("status", "--json", "-c", installation.file().toString());
            assertThat(Json.readObject(json.out()).objects("pools")).hasSize(2);
        }
        assertThat(directory.resolve("hp/homeport.sock")).doesNotExist();
    }

    @Test
    void rubbishIsDroppedAndCounted() throws Exception {
        installation.append("metrics: 127.0.0.1:0");
        try (HomeportDaemon daemon = HomeportDaemon.start(installation.configuration());
                DatagramSocket peer = new DatagramSocket()) {
            int port = daemon.listening().getFirst().plainPort();
            byte[] rubbish = new byte[100];
            peer.send(new DatagramPacket(rubbish, rubbish.length, InetAddress.getLoopbackAddress(), port));
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(page(daemon))
                            .contains("homeport_datagrams_in_total 1.0", "homeport_drops_total{reason=")
                            .contains("homeport_sessions 0.0", "homeport_half_open 0.0")
                            .contains("homeport_pool_addresses_held{pool=\"home6\"} 0.0"));
        }
    }

    @Test
    void secondStartOnTheSamePortsSaysWhy() throws Exception {
        try (HomeportDaemon first = HomeportDaemon.start(installation.configuration())) {
            Listening taken = first.listening().getFirst();
            Installation second = Installation.in(directory.resolve("second"));
            second.replace("port: 0, nat-port: 0", "port: " + taken.plainPort() + ", nat-port: 0");
            assertThatExceptionOfType(StartFailedException.class)
                    .isThrownBy(
                            () -> HomeportDaemon.start(second.configuration()).close())
                    .withMessageContaining("cannot listen on UDP 127.0.0.1:" + taken.plainPort());
            // Nothing stays behind: the same directory starts once the port is another.
            second.replace("port: " + taken.plainPort() + ", nat-port: 0", "port: 0, nat-port: 0");
            HomeportDaemon.start(second.configuration()).close();
        }
    }

    /** What a killed run left behind is swept away at the start: what a living one has must not be taken for that. */
    @Test
    void secondStartBesideALivingRunTouchesNeitherItsSasNorItsLeases() throws Exception {
        AtomicInteger opened = new AtomicInteger();
        Surroundings counting = Surroundings.real().withSas(() -> {
            opened.incrementAndGet();
            return new NoSaPort();
        });
        try (HomeportDaemon first = HomeportDaemon.start(installation.configuration(), counting)) {
            assertThat(opened).hasValue(1);
            assertThatExceptionOfType(StartFailedException.class)
                    .isThrownBy(() -> HomeportDaemon.start(installation.configuration(), counting)
                            .close())
                    .withMessageContaining("another homeport is running");

            Installation elsewhere = Installation.in(directory.resolve("elsewhere"));
            int taken = first.listening().getFirst().markerPort();
            elsewhere.replace("port: 0, nat-port: 0", "port: 0, nat-port: " + taken);
            assertThatExceptionOfType(StartFailedException.class)
                    .isThrownBy(() -> HomeportDaemon.start(elsewhere.configuration(), counting)
                            .close())
                    .withMessageContaining("cannot listen on UDP 127.0.0.1:" + taken);

            assertThat(opened).hasValue(1);
            assertThat(elsewhere.configuration().leaseStore()).doesNotExist();
            assertThat(homeport("status", "-c", installation.file().toString()).exitCode())
                    .isZero();
        }
    }

    @Test
    void partThatHangsHoldsUpNeitherTheEndNorTheOthers() {
        AtomicInteger ended = new AtomicInteger();
        CountDownLatch never = new CountDownLatch(1);
        Deque<Part> parts = new ArrayDeque<>();
        parts.add(new Part("store", ended::incrementAndGet));
        parts.add(new Part("kernel", never::await));
        parts.add(new Part("sessions", never::await));
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> HomeportDaemon.end(parts, Duration.ofMillis(100)));
        assertThat(ended).hasValue(1);
    }

    @Test
    void wrongKeyFileStopsTheStartByName() throws Exception {
        Files.copy(directory.resolve("hp/ca.key"), directory.resolve("hp/ha.key"), StandardCopyOption.REPLACE_EXISTING);
        assertThatExceptionOfType(StartFailedException.class)
                .isThrownBy(
                        () -> HomeportDaemon.start(installation.configuration()).close())
                .withMessageContaining("ha.key")
                .withMessageContaining("not for this private key");
    }

    @Test
    void sharedKeyNeedsNoCertificate() throws Exception {
        Files.writeString(directory.resolve("hp/psk"), "0x0102030405060708090a0b0c0d0e0f10\n");
        installation.replace("certificate: ha.crt\nprivate-key: ha.key\n", "");
        installation.replace("auth: eap ", "auth: psk\n    psk-file: psk ");
        HomeportDaemon.start(installation.configuration()).close();
    }

    private static String page(HomeportDaemon daemon) throws Exception {
        URI page = URI.create("http://" + daemon.metrics().orElseThrow() + "/metrics");
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString())
                    .body();
        }
    }
}
