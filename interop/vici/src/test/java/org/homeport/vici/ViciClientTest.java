package org.homeport.vici;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.homeport.vici.ScriptedCharon.frames;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.homeport.vici.ViciException.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViciClientTest {
    private static final Duration LONG = Duration.ofSeconds(5);
    private static final Duration SHORT = Duration.ofMillis(60);
    private static final ViciMessage YES = ViciMessage.EMPTY.with("success", "yes");
    private static final ViciPacket SA = new ViciPacket.Event("list-sa", ViciMessage.EMPTY.with("home", sa()));
    private static final ViciPacket LOG = new ViciPacket.Event("log", ViciMessage.EMPTY.with("msg", "hello"));

    @TempDir
    private Path directory;

    private ScriptedCharon charon;

    @AfterEach
    void stop() throws Exception {
        if (charon != null) {
            charon.close();
        }
    }

    private ViciClient connect(Duration timeout, Function<ViciPacket, Octets> answers) throws Exception {
        Path socket = directory.resolve("vici");
        charon = new ScriptedCharon(socket, answers);
        return ViciClient.connect(socket, timeout, InstantSource.system());
    }

    @Test
    void aStreamedCommandCollectsItsEventsAndKeepsOthers() throws Exception {
        try (ViciClient client = connect(LONG, packet -> switch (packet) {
            case ViciPacket.Register(String event) -> frames(new ViciPacket.EventConfirmed(), LOG);
            case ViciPacket.Unregister(String event) -> frames(LOG, new ViciPacket.EventConfirmed());
            default -> frames(SA, LOG, SA, new ViciPacket.Response(ViciMessage.EMPTY));
        })) {
            client.subscribe("log");
            List<IkeSaView> sas = new Charon(client).sas();

            assertThat(sas).hasSize(2);
            assertThat(charon.heard())
                    .containsExactly(
                            new ViciPacket.Register("log"),
                            new ViciPacket.Register("list-sa"),
                            new ViciPacket.Request("list-sas", ViciMessage.EMPTY),
                            new ViciPacket.Unregister("list-sa"));
            for (int i = 0; i < 4; i++) {
                assertThat(client.nextEvent(LONG))
                        .get()
                        .extracting(ViciClient.Event::name)
                        .isEqualTo("log");
            }
            assertThat(client.nextEvent(SHORT)).isEmpty();
        }
    }

    @Test
    void anSaReadsAsReported() throws Exception {
        IkeSaView view = IkeSaView.of(new ViciMessage.Section("home", sa()));

        assertThat(view)
                .isEqualTo(new IkeSaView(
                        "home",
                        7,
                        "ESTABLISHED",
                        "2001:db8:2::1",
                        "ha.example.org",
                        "2001:db8:1::10",
                        "mn1@example.org",
                        Optional.of("mn1"),
                        0xf123456789abcdefL,
                        1,
                        31,
                        List.of("2001:db8:100::1000"),
                        List.of(new IkeSaView.Child(
                                "net",
                                9,
                                2,
                                "INSTALLED",
                                "TUNNEL",
                                0xc1234567L,
                                0xcafebabeL,
                                84,
                                168,
                                List.of("::/0"),
                                List.of("2001:db8:100::1000/128")))));
        ViciException wrong = thrownBy(
                () -> IkeSaView.of(new ViciMessage.Section("home", ViciMessage.EMPTY.with("uniqueid", "many"))));
        assertThat(wrong).hasMessage("charon says uniqueid = 'many', not a number");
    }

    @Test
    void aRefusalCarriesCharonsReasonAndTheConnectionLivesOn() throws Exception {
        ViciMessage no = ViciMessage.EMPTY.with("success", "no").with("errmsg", "no such child");
        try (ViciClient client = connect(LONG, packet -> frames(new ViciPacket.Response(no)))) {
            Charon peer = new Charon(client);
            for (int i = 0; i < 2; i++) {
                ViciException refused = thrownBy(() -> peer.initiate("home", Optional.of("net"), SHORT));
                assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
                assertThat(refused).hasMessage("charon refuses initiate: no such child");
            }
            assertThat(charon.heard().getFirst())
                    .isEqualTo(new ViciPacket.Request(
                            "initiate",
                            ViciMessage.EMPTY
                                    .with("ike", "home")
                                    .with("child", "net")
                                    .with("timeout", "60")));
        }
    }

    @Test
    void secretsAndTargetsGoOutAsCharonWantsThem() throws Exception {
        try (ViciClient client = connect(
                LONG,
                packet ->
                        frames(new ViciPacket.Response(YES.with("matches", "2").with("id", "a1"))))) {
            Charon peer = new Charon(client);
            peer.loadShared("eap-mn1", Charon.SharedKind.EAP, Secret.utf8("sesame"), List.of("mn1"));
            assertThat(peer.loadKey(Secret.wrap(new byte[] {0x30}))).isEqualTo("a1");
            assertThat(peer.terminate(new Charon.Target.Ike(7), Duration.ofSeconds(3)))
                    .isEqualTo(2);
            assertThat(peer.rekey(new Charon.Target.Child(9))).isEqualTo(2);

            assertThat(charon.heard())
                    .containsExactly(
                            new ViciPacket.Request(
                                    "load-shared",
                                    ViciMessage.EMPTY
                                            .with("id", "eap-mn1")
                                            .with("type", "EAP")
                                            .with("data", "sesame")
                                            .with("owners", List.of("mn1"))),
                            new ViciPacket.Request(
                                    "load-key",
                                    ViciMessage.EMPTY.with("type", "any").with("data", Octets.of(0x30))),
                            new ViciPacket.Request(
                                    "terminate",
                                    ViciMessage.EMPTY.with("ike-id", "7").with("timeout", "3000")),
                            new ViciPacket.Request("rekey", ViciMessage.EMPTY.with("child-id", "9")));
        }
    }

    @Test
    void unknownCommandsAndEventsAreToldApart() throws Exception {
        try (ViciClient client = connect(
                LONG,
                packet -> packet instanceof ViciPacket.Request
                        ? frames(new ViciPacket.CommandUnknown())
                        : frames(new ViciPacket.EventUnknown()))) {
            assertThat(thrownBy(() -> client.request("dance", ViciMessage.EMPTY)))
                    .hasMessage("this charon has no command dance");
            assertThat(thrownBy(() -> client.subscribe("dancing"))).hasMessage("this charon has no event dancing");
            assertThat(thrownBy(() -> client.request("dance", ViciMessage.EMPTY))
                            .kind())
                    .isEqualTo(Kind.UNKNOWN);
        }
    }

    @Test
    void aMissingAnswerEndsTheWaitAndTheConnection() throws Exception {
        try (ViciClient client = connect(SHORT, packet -> Octets.EMPTY)) {
            assertThat(thrownBy(() -> client.request("version", ViciMessage.EMPTY)))
                    .hasMessage("charon has not answered version within 60 ms");
            assertThat(thrownBy(() -> client.request("version", ViciMessage.EMPTY))
                            .kind())
                    .isEqualTo(Kind.CLOSED);
        }
    }

    @Test
    void anEventInPiecesIsPutTogetherOverSeveralWaits() throws Exception {
        Octets event = frames(LOG);
        try (ViciClient client = connect(
                LONG,
                packet -> packet instanceof ViciPacket.Register
                        ? Octets.concat(frames(new ViciPacket.EventConfirmed()), event.slice(0, 2))
                        : Octets.concat(event.from(2), frames(new ViciPacket.Response(YES))))) {
            client.subscribe("log");
            assertThat(client.nextEvent(SHORT)).isEmpty();
            assertThat(client.request("clear-creds", ViciMessage.EMPTY)).isEqualTo(YES);
            assertThat(client.nextEvent(LONG)).isPresent();
        }
    }

    @Test
    void aPacketTooLongToBeViciEndsTheConnection() throws Exception {
        try (ViciClient client = connect(LONG, packet -> Octets.fromHex("00080001 01"))) {
            assertThat(thrownBy(() -> client.request("version", ViciMessage.EMPTY)))
                    .hasMessage("charon announces a packet of 524289 octets, not of 1 to 524288");
        }
    }

    @Test
    void whatIsNotViciEndsTheConnection() throws Exception {
        try (ViciClient client = connect(LONG, packet -> Octets.fromHex("00000002 0109"))) {
            ViciException malformed = thrownBy(() -> client.request("version", ViciMessage.EMPTY));
            assertThat(malformed.kind()).isEqualTo(Kind.MALFORMED);
            assertThat(thrownBy(() -> client.request("version", ViciMessage.EMPTY))
                            .kind())
                    .isEqualTo(Kind.CLOSED);
        }
    }

    @Test
    void aConnectionLostInTheMiddleIsSaid() throws Exception {
        try (ViciClient client = connect(LONG, packet -> {
            throw new IllegalStateException("charon crashes");
        })) {
            assertThat(thrownBy(() -> client.request("version", ViciMessage.EMPTY))
                            .kind())
                    .isEqualTo(Kind.CLOSED);
        }
        assertThat(thrownBy(() -> ViciClient.connect(directory.resolve("none"), LONG, InstantSource.system())))
                .hasMessageContaining("cannot reach charon at")
                .hasMessageContaining("is it running");
    }

    private static ViciMessage sa() {
        return ViciMessage.EMPTY
                .with("uniqueid", "7")
                .with("state", "ESTABLISHED")
                .with("local-host", "2001:db8:2::1")
                .with("local-id", "ha.example.org")
                .with("remote-host", "2001:db8:1::10")
                .with("remote-id", "mn1@example.org")
                .with("remote-eap-id", "mn1")
                .with("initiator-spi", "f123456789abcdef")
                .with("responder-spi", "0000000000000001")
                .with("established", "31")
                .with("remote-vips", List.of("2001:db8:100::1000"))
                .with(
                        "child-sas",
                        ViciMessage.EMPTY.with(
                                "net-9",
                                ViciMessage.EMPTY
                                        .with("name", "net")
                                        .with("uniqueid", "9")
                                        .with("reqid", "2")
                                        .with("state", "INSTALLED")
                                        .with("mode", "TUNNEL")
                                        .with("spi-in", "c1234567")
                                        .with("spi-out", "cafebabe")
                                        .with("bytes-in", "84")
                                        .with("bytes-out", "168")
                                        .with("local-ts", List.of("::/0"))
                                        .with("remote-ts", List.of("2001:db8:100::1000/128"))));
    }

    private static ViciException thrownBy(ThrowingCallable call) {
        return catchThrowableOfType(ViciException.class, call);
    }
}
