package org.homeport.testbeds.radius;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.homeport.aaa.AaaConversation;
import org.homeport.aaa.AaaOpening;
import org.homeport.aaa.AaaReply;
import org.homeport.aaa.AccountingIds;
import org.homeport.aaa.ClaimedIdentity;
import org.homeport.aaa.EmbeddedAaa;
import org.homeport.aaa.LocalMschapV2;
import org.homeport.aaa.User;
import org.homeport.aaa.UserSecret;
import org.homeport.aaa.UserStore;
import org.homeport.aaa.radius.PoolExchange;
import org.homeport.aaa.radius.RadiusClient;
import org.homeport.aaa.radius.RadiusServerSettings;
import org.homeport.aaa.radius.eap.ConflictCounts;
import org.homeport.aaa.radius.eap.NasSettings;
import org.homeport.aaa.radius.eap.RadiusBackend;
import org.homeport.eap.EapLimits;
import org.homeport.eap.EapPeer;
import org.homeport.eap.IdentityQuestion;
import org.homeport.eap.PeerTurn;
import org.homeport.eap.mschapv2.MschapV2Peer;
import org.homeport.eap.mschapv2.NtHash;
import org.homeport.kit.Endpoint;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Client and pass-through against every lie there is, over real sockets: nobody gets in by one, and nobody is stuck. */
class RadiusLiesTest {
    private static final Secret SECRET = Secret.utf8("testing123");
    private static final String USER = "alice@example.org";

    /** After these nobody is let in: the answer is authentic, and wrong. */
    private static final Set<Lie> REFUSED = EnumSet.of(
            Lie.ACCEPT_AT_ONCE,
            Lie.REJECT_THEN_ACCEPT,
            Lie.ACCEPT_WITHOUT_EAP,
            Lie.ACCEPT_WITH_FAILURE,
            Lie.ACCEPT_WITH_OTHER_IDENTIFIER,
            Lie.ACCEPT_WITHOUT_KEYS,
            Lie.ACCEPT_WITH_BAD_TIMEOUT,
            Lie.CHALLENGE_WITHOUT_EAP,
            Lie.CHALLENGE_WITH_SUCCESS,
            Lie.STALE_STATE,
            Lie.TWO_STATES,
            Lie.EMPTY_EAP_MESSAGE);

    /** After these we have another key than the peer: IKE_AUTH is where that ends. */
    private static final Set<Lie> KEYS = EnumSet.of(Lie.ACCEPT_WITH_WRONG_KEYS);

    private final RandomSource random = RandomSource.of(new Random(17));
    private GenuineServer server = genuine();
    private final Queue<String> told = new ConcurrentLinkedQueue<>();

    private record End(AaaReply reply, Optional<Secret> peersKey) {}

    @BeforeEach
    @AfterEach
    void anew() {
        server.close();
        server = genuine();
    }

    @ParameterizedTest
    @EnumSource
    void nobodyGetsInByALie(Lie lie) throws IOException {
        try (LyingProxy proxy = proxy(lie, Integer.MAX_VALUE)) {
            End right = converse(proxy, "secret");
            assertToldUnless(lie == Lie.TRUTH || lie == Lie.ACCEPT_FOR_REJECT, lie);
            if (lie == Lie.SILENCE) {
                assertThat(right.reply()).isInstanceOf(AaaReply.Unavailable.class);
            } else if (REFUSED.contains(lie)) {
                assertThat(right.reply()).isInstanceOf(AaaReply.Reject.class);
            } else {
                AaaReply.Accept accept = (AaaReply.Accept) right.reply();
                assertThat(accept.msk().equals(right.peersKey())).isEqualTo(!KEYS.contains(lie));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SILENCE")
    void wrongPasswordIsNotHelpedByALie(Lie lie) throws IOException {
        try (LyingProxy proxy = proxy(lie, Integer.MAX_VALUE)) {
            AaaReply reply = converse(proxy, "wrong").reply();
            if (lie == Lie.ACCEPT_FOR_REJECT) {
                assertToldUnless(false, lie);
                // Only whoever has the shared secret can tell this one; the peer has no key to match.
                assertThat(((AaaReply.Accept) reply).msk()).contains(Secret.copyOf(Octets.zeros(64)));
            } else {
                assertThat(reply).isInstanceOf(AaaReply.Reject.class);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterALieTheTruthIsBelieved(Lie lie) throws IOException {
        try (LyingProxy proxy = proxy(lie, 1)) {
            converse(proxy, "secret");
            End second = converse(proxy, "secret");
            assertThat(second.reply()).isInstanceOf(AaaReply.Accept.class);
            assertThat(((AaaReply.Accept) second.reply()).msk()).isEqualTo(second.peersKey());
        }
    }

    @Test
    void everyLieIsNamedOnce() {
        assertThat(EnumSet.allOf(Lie.class)).extracting(Lie::words).doesNotHaveDuplicates();
        assertThat(new LyingAaaCommand.LieName().convert("no-message-authenticator"))
                .isEqualTo(Lie.NO_MESSAGE_AUTHENTICATOR);
    }

    private void assertToldUnless(boolean nothingToLieAbout, Lie lie) {
        assertThat(told.stream().anyMatch(line -> line.startsWith("told " + lie + " ")))
                .as("told: %s", told)
                .isNotEqualTo(nothingToLieAbout);
    }

    private End converse(LyingProxy proxy, String password) throws IOException {
        Endpoint endpoint = Endpoint.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port()));
        RadiusServerSettings settings = new RadiusServerSettings(
                "liar",
                endpoint,
                endpoint,
                new RadiusServerSettings.Transport.Udp(SECRET),
                Optional.empty(),
                List.of(Duration.ofMillis(300), Duration.ofMillis(300)),
                Duration.ofSeconds(1),
                RadiusServerSettings.Probing.NONE);
        try (RadiusClient client = RadiusClient.open(List.of(settings), random)) {
            AaaConversation conversation = new RadiusBackend(
                            new RadiusBackend.Settings("example.org", nas(), EapLimits.DEFAULT),
                            () -> new PoolExchange(client::exchange, List.of("liar")),
                            new AccountingIds("boot"),
                            new ConflictCounts(),
                            random)
                    .open(new AaaOpening("c1", ClaimedIdentity.nai(USER), IdentityQuestion.SKIP));
            EapPeer peer = new EapPeer(
                    Octets.utf8(USER),
                    List.of(new MschapV2Peer(USER, NtHash.ofPassword(Secret.utf8(password)), random)),
                    EapLimits.DEFAULT);
            AaaReply reply = conversation.begin().toCompletableFuture().join();
            while (reply instanceof AaaReply.Continue next) {
                Octets response =
                        peer.handle(next.packet()) instanceof PeerTurn.Send send ? send.response() : Octets.EMPTY;
                reply = conversation.answer(response).toCompletableFuture().join();
            }
            Optional<Secret> key = reply instanceof AaaReply.Accept accept
                            && peer.handle(accept.packet().orElseThrow()) instanceof PeerTurn.Accepted accepted
                    ? accepted.result().msk()
                    : Optional.empty();
            return new End(reply, key);
        }
    }

    private LyingProxy proxy(Lie lie, int times) throws IOException {
        LyingProxy proxy = new LyingProxy(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                server.address(),
                SECRET,
                lie,
                times,
                random,
                told::add);
        Thread.ofVirtual().start(() -> {
            try {
                proxy.run();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        return proxy;
    }

    private GenuineServer genuine() {
        try {
            return new GenuineServer(
                    new EmbeddedAaa(
                            new EmbeddedAaa.Settings(List.of(new LocalMschapV2("aaa", 1, random))),
                            UserStore.of(List.of(User.of(USER, new UserSecret.Password(Secret.utf8("secret"))))),
                            random,
                            Runnable::run),
                    SECRET,
                    random);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static NasSettings nas() {
        return new NasSettings(
                "ha",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1120,
                OptionalLong.empty());
    }
}
