package org.homeport.aaa;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.homeport.eap.EapLimits;
import org.homeport.eap.EapPeer;
import org.homeport.eap.IdentityQuestion;
import org.homeport.eap.Methods;
import org.homeport.eap.Nai;
import org.homeport.eap.PeerMethod;
import org.homeport.eap.PeerTurn;
import org.homeport.eap.gtc.GtcPeer;
import org.homeport.eap.md5.Md5Peer;
import org.homeport.eap.mschapv2.MschapV2Peer;
import org.homeport.eap.peap.BindingPolicy;
import org.homeport.eap.peap.PeapPeer;
import org.homeport.eap.tls.TestCa;
import org.homeport.eap.tls.TlsVersion;
import org.homeport.eap.ttls.TtlsCredential;
import org.homeport.eap.ttls.TtlsPeer;
import org.homeport.eap.tunnel.Tunnels;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.junit.jupiter.api.Test;

/** TTLS and PEAP with the embedded AAA: whom the inside makes the peer. */
class LocalTunnelsTest {
    private static final TunnelSettings SETTINGS = new TunnelSettings(Tunnels.SERVER.certifiedKey(), "aaa");
    private static final LocalTtls TTLS = new LocalTtls(SETTINGS, TestCa.CLOCK, Tunnels.RANDOM);
    private static final LocalPeap PEAP = new LocalPeap(SETTINGS, BindingPolicy.REQUIRED, TestCa.CLOCK, Tunnels.RANDOM);

    private final UserStore users = UserStore.of(List.of(
            User.of("mn1@example.org", new UserSecret.Password(Secret.utf8("secret"))),
            User.of("mn2@example.org", new UserSecret.HashedForMschap(Methods.ntHash("secret"))),
            User.of("mn3@example.org", new UserSecret.Certificate()),
            only("mn4@example.org", "TTLS"),
            only("mn5@example.org", "MSCHAPV2")));

    private static User only(String name, String method) {
        return new User(
                new Nai(name),
                new UserSecret.Password(Secret.utf8("secret")),
                List.of(method),
                Optional.<Duration>empty(),
                List.of(),
                List.of(),
                List.of());
    }

    @Test
    void identityInsideCounts() {
        for (LocalMethod method : List.<LocalMethod>of(TTLS, PEAP)) {
            AaaReply.Accept accept = accepted(method, eapMschapV2(method, "mn1@example.org", "secret"));
            assertThat(accept.grant().identity()).isEqualTo("mn1@example.org");
            assertThat(accept.method()).isEqualTo(method.name());
            assertThat(accept.msk().orElseThrow().length()).isEqualTo(64);
        }
    }

    @Test
    void hashIsEnoughForAllButMd5() {
        String user = "mn2@example.org";
        Secret secret = Secret.utf8("secret");
        assertThat(accepted(TTLS, ttls(new TtlsCredential.Pap(user, secret)))
                        .grant()
                        .identity())
                .isEqualTo(user);
        assertThat(accepted(TTLS, ttls(new TtlsCredential.MschapV2(user, Methods.ntHash("secret"))))
                        .grant()
                        .identity())
                .isEqualTo(user);
        assertThat(accepted(PEAP, peap(user, new GtcPeer(secret))).grant().identity())
                .isEqualTo(user);
        assertThat(rejected(TTLS, ttls(new TtlsCredential.Eap(inner(user, new Md5Peer(user, secret))))))
                .contains("the peer refuses");
        assertThat(accepted(
                                TTLS,
                                ttls(new TtlsCredential.Eap(
                                        inner("mn1@example.org", new Md5Peer("mn1@example.org", secret)))))
                        .grant()
                        .identity())
                .isEqualTo("mn1@example.org");
    }

    @Test
    void wrongPasswordsAndUnknownUsersAreRefused() {
        assertThat(rejected(TTLS, ttls(new TtlsCredential.Pap("mn1@example.org", Secret.utf8("wrong")))))
                .contains("wrong password for 'mn1@example.org'");
        assertThat(rejected(TTLS, ttls(new TtlsCredential.Pap("mn9@example.org", Secret.utf8("secret")))))
                .contains("unknown user 'mn9@example.org'");
        assertThat(rejected(PEAP, peap("mn2@example.org", new GtcPeer(Secret.utf8("wrong")))))
                .contains("wrong password for 'mn2@example.org'");
        assertThat(rejected(TTLS, ttls(new TtlsCredential.Pap("mn3@example.org", Secret.utf8("")))))
                .contains("user 'mn3@example.org' may not use TTLS with GTC");
    }

    @Test
    void methodOfAUserIsTheOneOutside() {
        assertThat(accepted(TTLS, eapMschapV2(TTLS, "mn4@example.org", "secret"))
                        .method())
                .isEqualTo("TTLS");
        assertThat(rejected(PEAP, eapMschapV2(PEAP, "mn4@example.org", "secret")))
                .contains("may not use PEAP with MSCHAPV2");
        assertThat(rejected(TTLS, eapMschapV2(TTLS, "mn5@example.org", "secret")))
                .contains("may not use TTLS with MSCHAPV2");
    }

    private static PeerMethod eapMschapV2(LocalMethod method, String user, String password) {
        MschapV2Peer peer = new MschapV2Peer(user, Methods.ntHash(password), Tunnels.RANDOM);
        return method == TTLS ? ttls(new TtlsCredential.Eap(inner(user, peer))) : peap(user, peer);
    }

    private static PeerMethod ttls(TtlsCredential credential) {
        return TtlsPeer.of(Tunnels.clientSide(TlsVersion.TLS_1_3), 1024, credential, Tunnels.RANDOM);
    }

    private static PeerMethod peap(String user, PeerMethod method) {
        return PeapPeer.of(
                Tunnels.clientSide(TlsVersion.TLS_1_2),
                1024,
                inner(user, method),
                BindingPolicy.REQUIRED,
                Tunnels.RANDOM);
    }

    private static EapPeer inner(String user, PeerMethod method) {
        return EapPeer.inTunnel(Octets.utf8(user), List.of(method), EapLimits.DEFAULT);
    }

    private AaaReply.Accept accepted(LocalMethod method, PeerMethod peer) {
        AaaReply end = converse(method, peer);
        assertThat(end).isInstanceOf(AaaReply.Accept.class);
        return (AaaReply.Accept) end;
    }

    private String rejected(LocalMethod method, PeerMethod peer) {
        AaaReply end = converse(method, peer);
        assertThat(end).isInstanceOf(AaaReply.Reject.class);
        return ((AaaReply.Reject) end).reason();
    }

    private AaaReply converse(LocalMethod method, PeerMethod peer) {
        AaaConversation conversation = new EmbeddedAaa(
                        new EmbeddedAaa.Settings(List.of(method)), users, Tunnels.RANDOM, Runnable::run)
                .open(new AaaOpening("c1", ClaimedIdentity.nai("anonymous@example.org"), IdentityQuestion.SKIP));
        EapPeer outer = Tunnels.eapPeer(peer);
        AaaReply reply = conversation.begin().toCompletableFuture().join();
        while (reply instanceof AaaReply.Continue next) {
            PeerTurn.Send send = (PeerTurn.Send) outer.handle(next.packet());
            reply = conversation.answer(send.response()).toCompletableFuture().join();
        }
        return reply;
    }
}
