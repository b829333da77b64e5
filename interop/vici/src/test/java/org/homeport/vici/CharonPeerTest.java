package org.homeport.vici;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.homeport.vici.Charon.CertificateRole;
import org.homeport.vici.Charon.SharedKind;
import org.homeport.vici.Charon.Target;
import org.homeport.vici.ViciException.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Against Debian's charon, in a network namespace of its own: it talks IKE with itself over the loopback interface,
 * without CHILD_SAs, as the kernel may have no ESP.
 */
@Tag("peers")
class CharonPeerTest {
    private static final Path DAEMON = Path.of("/usr/sbin/charon-systemd");
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @TempDir
    private Path directory;

    private Process process;
    private ViciClient client;
    private Charon charon;

    @BeforeEach
    void startCharon() throws Exception {
        assumeTrue(Files.isExecutable(DAEMON), DAEMON + " is not installed (Debian: charon-systemd)");
        assumeTrue(canUnshare(), "unshare --net is not permitted: charon needs root and a network namespace");
        Path socket = directory.resolve("vici");
        Path config = directory.resolve("strongswan.conf");
        Files.writeString(config, """
                charon-systemd {
                  load_modular = no
                  load = random nonce openssl pem pkcs1 pkcs8 x509 pubkey constraints hmac kdf sha1 sha2 aes gcm \
                curve25519 kernel-netlink socket-default vici
                  port = 500
                  retransmit_tries = 1
                  plugins { vici { socket = unix://%s } }
                  filelog { l { path = %s
                    default = 1 } }
                }
                """.formatted(socket, directory.resolve("charon.log")));
        ProcessBuilder builder =
                new ProcessBuilder("unshare", "--net", "sh", "-c", "ip link set lo up && exec " + DAEMON);
        builder.environment().put("STRONGSWAN_CONF", config.toString());
        process = builder.redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
        await().atMost(TIMEOUT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> Files.exists(socket) && connects(socket));
        client = ViciClient.connect(socket, TIMEOUT, InstantSource.system());
        charon = new Charon(client);
    }

    private static boolean connects(Path socket) {
        try {
            ViciClient.connect(socket, TIMEOUT, InstantSource.system()).close();
            return true;
        } catch (ViciException e) {
            return false;
        }
    }

    private static boolean canUnshare() throws Exception {
        return new ProcessBuilder("unshare", "--net", "true")
                        .redirectErrorStream(true)
                        .start()
                        .waitFor()
                == 0;
    }

    @AfterEach
    void stopCharon() throws Exception {
        if (client != null) {
            client.close();
        }
        if (process != null) {
            process.destroy();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void loadsListsAndRefuses() throws Exception {
        assertThat(charon.version().daemon()).isEqualTo("charon-systemd");
        assertThat(charon.version().version()).matches("[0-9]+\\.[0-9]+.*");
        assertThat(charon.sas()).isEmpty();
        assertThat(charon.connections()).isEmpty();

        charon.loadConnection("home", connection("home"));
        assertThat(charon.connections()).containsExactly("home");
        List<ViciMessage> listed = client.stream("list-conns", "list-conn", ViciMessage.EMPTY);
        assertThat(listed)
                .singleElement()
                .satisfies(message -> assertThat(
                                message.section("home").orElseThrow().list("remote_addrs"))
                        .containsExactly("127.0.0.1"));

        ViciException refused =
                refusal(() -> charon.loadConnection("bad", ViciMessage.EMPTY.with("proposals", List.of("rot13-md5"))));
        assertThat(refused).hasMessageContaining("proposals");
        assertThat(refusal(() -> charon.loadCertificate(CertificateRole.CA, Octets.utf8("no certificate"))))
                .hasMessageContaining("charon refuses load-cert");
        assertThat(refusal(() -> charon.loadKey(Secret.utf8("no key")))).hasMessageContaining("load-key");
        assertThat(refusal(() -> charon.terminate(new Target.Ike(99), Duration.ofSeconds(1))))
                .hasMessageContaining("terminate");

        charon.unloadConnection("home");
        assertThat(charon.connections()).isEmpty();
        ViciException unknown =
                catchThrowableOfType(ViciException.class, () -> client.request("no-such-command", ViciMessage.EMPTY));
        assertThat(unknown.kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(charon.version().daemon()).isEqualTo("charon-systemd");
    }

    @Test
    void setsUpRekeysAndTerminatesAnIkeSa() throws Exception {
        client.subscribe("ike-updown");
        charon.loadShared(
                "psk", SharedKind.IKE, Secret.utf8("open sesame"), List.of("ha@example.org", "mn@example.org"));
        charon.loadConnection("ha", connection("ha"));
        charon.loadConnection("mn", connection("mn"));

        charon.initiate("mn", Optional.empty(), Duration.ofSeconds(5));

        List<IkeSaView> sas = charon.sas();
        assertThat(sas).hasSize(2).allSatisfy(sa -> assertThat(sa.state()).isEqualTo("ESTABLISHED"));
        assertThat(sas).extracting(IkeSaView::connection).containsExactlyInAnyOrder("ha", "mn");
        assertThat(sas.get(0).initiatorSpi())
                .isEqualTo(sas.get(1).initiatorSpi())
                .isNotZero();
        assertThat(client.nextEvent(TIMEOUT))
                .get()
                .extracting(ViciClient.Event::name)
                .isEqualTo("ike-updown");

        assertThat(charon.rekey(new Target.Connection("mn"))).isEqualTo(1);
        await().atMost(TIMEOUT)
                .until(() -> charon.sas().stream()
                        .filter(sa -> sa.state().equals("ESTABLISHED"))
                        .noneMatch(sa -> sa.initiatorSpi() == sas.getFirst().initiatorSpi()));

        IkeSaView rekeyed = charon.sas().stream()
                .filter(sa -> sa.connection().equals("mn") && sa.state().equals("ESTABLISHED"))
                .findFirst()
                .orElseThrow();
        assertThat(charon.terminate(new Target.Ike(rekeyed.uniqueId()), Duration.ofSeconds(5)))
                .isEqualTo(1);
        await().atMost(TIMEOUT).until(() -> charon.sas().isEmpty());
    }

    @Test
    void anInitiationThatTakesTooLongIsRefusedInTime() throws Exception {
        charon.loadConnection(
                "far",
                ViciMessage.EMPTY
                        .with("remote_addrs", List.of("127.0.0.9"))
                        .with("remote_port", "9")
                        .with("local", ViciMessage.EMPTY.with("auth", "psk"))
                        .with("remote", ViciMessage.EMPTY.with("auth", "psk")));
        ViciException late = refusal(() -> charon.initiate("far", Optional.empty(), Duration.ofMillis(200)));
        assertThat(late).hasMessageContaining("charon refuses initiate");
        assertThat(charon.version().daemon()).isEqualTo("charon-systemd");
    }

    private static ViciMessage connection(String name) {
        String other = name.equals("mn") ? "ha" : "mn";
        return ViciMessage.EMPTY
                .with("version", "2")
                .with("childless", "force")
                .with("mobike", "no")
                .with("proposals", List.of("aes256gcm16-prfsha256-x25519"))
                .with("local_addrs", List.of("127.0.0.1"))
                .with("remote_addrs", List.of("127.0.0.1"))
                .with("local", ViciMessage.EMPTY.with("auth", "psk").with("id", name + "@example.org"))
                .with("remote", ViciMessage.EMPTY.with("auth", "psk").with("id", other + "@example.org"));
    }

    private static ViciException refusal(ThrowingCallable call) {
        ViciException refused = catchThrowableOfType(ViciException.class, call);
        assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
        return refused;
    }
}
