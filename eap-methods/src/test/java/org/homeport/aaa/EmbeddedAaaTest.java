package org.homeport.aaa;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.homeport.eap.EapCodec;
import org.homeport.eap.EapLimits;
import org.homeport.eap.EapPacket;
import org.homeport.eap.EapPeer;
import org.homeport.eap.IdentityQuestion;
import org.homeport.eap.Methods;
import org.homeport.eap.Nai;
import org.homeport.eap.PeerMethod;
import org.homeport.eap.PeerTurn;
import org.homeport.eap.md5.Md5Peer;
import org.homeport.eap.mschapv2.MschapV2Peer;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;
import org.homeport.kit.WireException;
import org.junit.jupiter.api.Test;

class EmbeddedAaaTest {
    private static final RandomSource RANDOM = Methods.random(11);
    private static final LocalMethod MSCHAPV2 = new LocalMschapV2("aaa", 1, RANDOM);
    private static final LocalMethod MD5 = new LocalMd5("aaa", RANDOM);
    private static final Executor DIRECT = Runnable::run;

    private final List<String> seen = new ArrayList<>();
    private EmbeddedAaa.Settings settings = new EmbeddedAaa.Settings(List.of(MSCHAPV2, MD5));
    private final UserStore users = UserStore.of(List.of(
            new User(
                    new Nai("mn1@home.example"),
                    password("secret"),
                    List.of(),
                    Optional.of(Duration.ofHours(8)),
                    List.of(IpAddress.parse("2001:db8::5")),
                    List.of("home6"),
                    List.of("staff")),
            User.of("local", password("secret")),
            new User(
                    new Nai("old"),
                    password("secret"),
                    List.of("MD5"),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    List.of()),
            User.of("hashed", new UserSecret.HashedForMschap(Methods.ntHash("secret")))));

    @Test
    void grantComesWithTheKey() {
        AaaReply.Accept accept = accepted("mn1@home.example", mschap("mn1@home.example", "secret"));
        assertThat(accept.method()).isEqualTo("MSCHAPV2");
        assertThat(accept.msk().orElseThrow().length()).isEqualTo(64);
        assertThat(accept.grant())
                .isEqualTo(new AaaGrant(
                        "mn1@home.example",
                        Optional.of(Duration.ofHours(8)),
                        List.of(IpAddress.parse("2001:db8::5")),
                        List.of("home6"),
                        List.of("staff"),
                        AaaProfile.of(AaaProfile.EMBEDDED)));
    }

    @Test
    void storedNtHashIsEnoughForMschap() {
        assertThat(accepted("hashed", mschap("hashed", "secret")).method()).isEqualTo("MSCHAPV2");
    }

    @Test
    void userIsOfferedWhatItMayUse() {
        assertThat(accepted("old", new Md5Peer("old", Secret.utf8("secret"))).method())
                .isEqualTo("MD5");
        assertThat(seen).containsExactly("request 4");
    }

    @Test
    void methodThatUserMayNotUseIsAWrongPassword() {
        assertThat(rejected("mn1@home.example", mschap("old", "secret"))).isEqualTo("user 'old' may not use MSCHAPV2");
    }

    @Test
    void unknownUserLooksLikeAWrongPassword() {
        assertThat(rejected("mn1@home.example", mschap("mn1@home.example", "wrong")))
                .isEqualTo("wrong password for 'mn1@home.example'");
        List<String> wrongPassword = List.copyOf(seen);
        seen.clear();
        assertThat(rejected("mn9@home.example", mschap("mn9@home.example", "wrong")))
                .isEqualTo("unknown user 'mn9@home.example'");
        assertThat(seen).isEqualTo(wrongPassword).hasSize(2);
    }

    @Test
    void whosePasswordWasProvedIsWhoIsAuthenticated() {
        assertThat(accepted("mn1@home.example", mschap("local", "secret"))
                        .grant()
                        .identity())
                .isEqualTo("local");
    }

    @Test
    void realmsThatAreNotOursAreNotLeftOut() {
        assertThat(rejected("local@other.example", mschap("local@other.example", "secret")))
                .startsWith("unknown user");
        assertThat(rejected("OTHER\\local", mschap("OTHER\\local", "secret"))).startsWith("unknown user");
    }

    @Test
    void ourRealmAndOurDomainMayBeLeftOut() {
        settings = new EmbeddedAaa.Settings(List.of(MSCHAPV2), Set.of("Home.Example", "BIGCO"), EapLimits.DEFAULT);
        for (String name : List.of("local@home.example", "bigco\\local", "local")) {
            assertThat(accepted(name, mschap(name, "secret")).grant().identity())
                    .isEqualTo("local");
        }
    }

    @Test
    void bareNameStandsForTheIdentityClaimed() {
        assertThat(accepted("mn1@home.example", mschap("mn1", "secret")).grant().identity())
                .isEqualTo("mn1@home.example");
        assertThat(rejected("mn2@home.example", mschap("mn1", "secret"))).isEqualTo("unknown user 'mn1'");
    }

    @Test
    void identityIsAskedWhereTheClaimSaysNothing() {
        AaaOpening opening = new AaaOpening(
                "c1",
                new ClaimedIdentity(ClaimedIdentity.Kind.ADDRESS, Octets.utf8("192.0.2.1")),
                IdentityQuestion.ASK);
        AaaReply end = run(
                new EmbeddedAaa(settings, users, RANDOM, DIRECT).open(opening),
                new EapPeer(Octets.utf8("local"), List.of(mschap("local", "secret")), EapLimits.DEFAULT));
        assertThat(end).isInstanceOf(AaaReply.Accept.class);
    }

    /** A Request with the Identifier of the question before would be taken for the question again. */
    @Test
    void identityAskedByOthersIsGoneOnFrom() {
        for (int identifier : List.of(0, 254, 255)) {
            AaaOpening opening = new AaaOpening("c1", ClaimedIdentity.nai("x"), IdentityQuestion.ASK)
                    .answered(ClaimedIdentity.nai("local"), identifier);
            AaaReply first = now(new EmbeddedAaa(settings, users, RANDOM, DIRECT)
                    .open(opening)
                    .begin());
            assertThat(((AaaReply.Continue) first).packet().at(1)).isEqualTo(identifier + 1 & 0xff);
        }
    }

    @Test
    void userIsAuthorizedWithoutEapToo() {
        assertThat(authorized("local"))
                .isInstanceOfSatisfying(
                        AaaAuthorizer.Answer.Granted.class,
                        granted -> assertThat(granted.grant().identity()).isEqualTo("local"));
        assertThat(authorized("nobody@nowhere.example"))
                .isInstanceOfSatisfying(
                        AaaAuthorizer.Answer.Refused.class,
                        refused -> assertThat(refused.reason()).contains("unknown user 'nobody@nowhere.example'"));
    }

    private AaaAuthorizer.Answer authorized(String name) {
        return new EmbeddedAaa(settings, users, RANDOM, DIRECT)
                .authorize(new AaaAuthorizer.Question("c1", ClaimedIdentity.nai(name), "CERTIFICATE", Optional.empty()))
                .toCompletableFuture()
                .join();
    }

    @Test
    void namesThatAreNoneAreRefused() {
        for (Octets data :
                List.of(Octets.utf8("mn1\0@home.example"), Octets.utf8("a".repeat(254)), Octets.of(0xff, 0xfe))) {
            AaaConversation conversation = new EmbeddedAaa(settings, users, RANDOM, DIRECT)
                    .open(new AaaOpening(
                            "c1", new ClaimedIdentity(ClaimedIdentity.Kind.NAI, data), IdentityQuestion.SKIP));
            assertThat(now(conversation.begin()))
                    .isInstanceOfSatisfying(
                            AaaReply.Reject.class,
                            reject -> assertThat(reject.reason()).startsWith("identity refused"));
        }
        assertThat(rejected("local", mschap("local\0", "secret"))).contains("U+0000");
    }

    @Test
    void packetsThatAreIgnoredGetTheRequestAgain() {
        AaaConversation conversation = open("local", DIRECT);
        AaaReply first = now(conversation.begin());
        assertThat(now(conversation.answer(Octets.of(1, 2, 3)))).isEqualTo(first);
    }

    @Test
    void setbackIsToldBeforeTheLastAttempt() {
        settings = new EmbeddedAaa.Settings(List.of(new LocalMschapV2("aaa", 2, RANDOM)));
        AaaConversation conversation = open("local", DIRECT);
        EapPeer peer = new EapPeer(Octets.EMPTY, List.of(mschap("local", "wrong")), EapLimits.DEFAULT);
        AaaReply.Continue challenge = (AaaReply.Continue) now(conversation.begin());
        PeerTurn.Send response = (PeerTurn.Send) peer.handle(challenge.packet());
        AaaReply.Continue failure = (AaaReply.Continue) now(conversation.answer(response.response()));
        assertThat(failure.setback()).contains("wrong password for 'local'");
    }

    @Test
    void callerIsNeverHeldUp() {
        Queue<Runnable> work = new ArrayDeque<>();
        AaaConversation conversation = open("local", work::add);
        var begun = conversation.begin().toCompletableFuture();
        var answered = conversation.answer(Octets.EMPTY).toCompletableFuture();
        assertThat(begun).isNotDone();
        assertThat(work).hasSize(1);
        work.remove().run();
        assertThat(begun).isDone();
        assertThat(answered).isNotDone();
        work.remove().run();
        assertThat(answered.join()).isEqualTo(begun.join());
    }

    @Test
    void abandonedConversationAnswersNothingElse() {
        AaaConversation conversation = open("local", DIRECT);
        conversation.begin();
        conversation.abandon();
        conversation.abandon();
        assertThat(now(conversation.answer(Octets.EMPTY))).isInstanceOf(AaaReply.Unavailable.class);
    }

    @Test
    void busyExecutorIsUnavailable() {
        AaaConversation conversation = open("local", task -> {
            throw new RejectedExecutionException();
        });
        assertThat(now(conversation.begin())).isInstanceOf(AaaReply.Unavailable.class);
    }

    @Test
    void storeThatFailsIsUnavailable() {
        UserStore broken = name -> {
            throw new IllegalStateException("disk on fire");
        };
        AaaConversation conversation = new EmbeddedAaa(settings, broken, RANDOM, DIRECT)
                .open(new AaaOpening("c1", ClaimedIdentity.nai("local"), IdentityQuestion.SKIP));
        assertThat(now(conversation.begin())).isInstanceOf(AaaReply.Unavailable.class);
    }

    private AaaReply.Accept accepted(String claimed, PeerMethod method) {
        AaaReply end = converse(claimed, method);
        assertThat(end).isInstanceOf(AaaReply.Accept.class);
        return (AaaReply.Accept) end;
    }

    private String rejected(String claimed, PeerMethod method) {
        AaaReply end = converse(claimed, method);
        assertThat(end).isInstanceOf(AaaReply.Reject.class);
        return ((AaaReply.Reject) end).reason();
    }

    private AaaReply converse(String claimed, PeerMethod method) {
        return run(open(claimed, DIRECT), new EapPeer(Octets.utf8(claimed), List.of(method), EapLimits.DEFAULT));
    }

    private AaaConversation open(String claimed, Executor executor) {
        return new EmbeddedAaa(settings, users, RANDOM, executor)
                .open(new AaaOpening("c1", ClaimedIdentity.nai(claimed), IdentityQuestion.SKIP));
    }

    private AaaReply run(AaaConversation conversation, EapPeer peer) {
        AaaReply reply = now(conversation.begin());
        while (true) {
            switch (reply) {
                case AaaReply.Continue(Octets packet, Optional<String> setback) -> {
                    note(packet);
                    reply = now(conversation.answer(((PeerTurn.Send) peer.handle(packet)).response()));
                }
                case AaaReply.Accept accept -> {
                    PeerTurn turn = peer.handle(accept.packet().orElseThrow());
                    assertThat(turn)
                            .isInstanceOfSatisfying(
                                    PeerTurn.Accepted.class,
                                    accepted ->
                                            assertThat(accepted.result().msk()).isEqualTo(accept.msk()));
                    return accept;
                }
                case AaaReply.Reject reject -> {
                    reject.packet().ifPresent(this::note);
                    return reject;
                }
                case AaaReply.Unavailable unavailable -> {
                    return unavailable;
                }
            }
        }
    }

    private void note(Octets packet) {
        try {
            seen.add(
                    switch (EapCodec.decode(packet)) {
                        case EapPacket.Request request -> "request " + request.type();
                        case EapPacket.Response response -> "response";
                        case EapPacket.Success success -> "success";
                        case EapPacket.Failure failure -> "failure";
                    });
        } catch (WireException e) {
            throw new AssertionError(e);
        }
    }

    private static AaaReply now(CompletionStage<AaaReply> stage) {
        return stage.toCompletableFuture().join();
    }

    private static PeerMethod mschap(String name, String password) {
        return new MschapV2Peer(name, Methods.ntHash(password), RANDOM);
    }

    private static UserSecret password(String text) {
        return new UserSecret.Password(Secret.utf8(text));
    }
}
