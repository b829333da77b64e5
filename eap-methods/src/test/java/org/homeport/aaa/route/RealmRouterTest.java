package org.homeport.aaa.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.homeport.aaa.AaaConversation;
import org.homeport.aaa.AaaGrant;
import org.homeport.aaa.AaaOpening;
import org.homeport.aaa.AaaProfile;
import org.homeport.aaa.AaaReply;
import org.homeport.aaa.ClaimedIdentity;
import org.homeport.eap.EapCodec;
import org.homeport.eap.EapPacket;
import org.homeport.eap.EapType;
import org.homeport.eap.IdentityQuestion;
import org.homeport.eap.Methods;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.homeport.kit.WireException;
import org.junit.jupiter.api.Test;

class RealmRouterTest {
    private final ScriptedBackend home = new ScriptedBackend();
    private final ScriptedBackend partner = new ScriptedBackend();
    private final AtomicReference<RealmRoutes> routes = new AtomicReference<>(routes("home", "partner"));
    private final RealmRouter router = new RealmRouter(routes::get, Methods.random(5));

    @Test
    void claimedRealmIsServedByItsBackend() {
        AaaConversation conversation = open("alice@home.example", IdentityQuestion.SKIP);
        assertThat(now(conversation.begin())).isEqualTo(ScriptedBackend.REPLY);
        assertThat(now(conversation.answer(Octets.of(9)))).isEqualTo(ScriptedBackend.REPLY);
        assertThat(home.names()).containsExactly("alice@home.example");
        assertThat(home.answers).containsExactly(Octets.of(9));
        assertThat(partner.openings).isEmpty();
    }

    @Test
    void unknownRealmIsRefusedInWords() {
        assertThat(reason(open("bob@c.example", IdentityQuestion.SKIP).begin())).contains("'c.example'");
        assertThat(home.openings).isEmpty();
    }

    @Test
    void namesThatAreNoneAreRefused() {
        AaaOpening opening = new AaaOpening(
                "c1", new ClaimedIdentity(ClaimedIdentity.Kind.NAI, Octets.of(0xff)), IdentityQuestion.SKIP);
        assertThat(reason(router.open(opening).begin())).startsWith("identity refused");
    }

    @Test
    void askedIdentityDecides() {
        AaaConversation conversation = open("alice@home.example", IdentityQuestion.ASK);
        int identifier = asked(now(conversation.begin()));
        assertThat(now(conversation.answer(identity(identifier, "@partner.example"))))
                .isEqualTo(ScriptedBackend.REPLY);
        assertThat(partner.openings)
                .containsExactly(new AaaOpening(
                        "c1",
                        ClaimedIdentity.nai("@partner.example"),
                        IdentityQuestion.SKIP,
                        Optional.empty(),
                        OptionalInt.of(identifier)));
        assertThat(home.openings).isEmpty();
        conversation.answer(Octets.of(7));
        assertThat(partner.answers).containsExactly(Octets.of(7));
    }

    @Test
    void emptyAnswerLeavesTheClaimedName() {
        AaaConversation conversation = open("alice@home.example", IdentityQuestion.ASK);
        conversation.answer(identity(asked(now(conversation.begin())), ""));
        assertThat(home.names()).containsExactly("alice@home.example");
    }

    @Test
    void askedIdentityOfAnUnknownRealmIsRefusedWithFailure() {
        AaaConversation conversation = open("alice@home.example", IdentityQuestion.ASK);
        int identifier = asked(now(conversation.begin()));
        assertThat(now(conversation.answer(identity(identifier, "bob@c.example"))))
                .isInstanceOfSatisfying(AaaReply.Reject.class, reject -> {
                    assertThat(reject.packet()).contains(EapCodec.encode(new EapPacket.Failure(identifier)));
                    assertThat(reject.reason()).contains("'c.example'");
                });
    }

    @Test
    void answersThatAreNoneGetTheQuestionAgainAndAreCounted() {
        AaaConversation conversation = open("alice@home.example", IdentityQuestion.ASK);
        AaaReply question = now(conversation.begin());
        int identifier = asked(question);
        List<Octets> noise = List.of(
                Octets.EMPTY,
                identity(identifier + 1 & 0xff, "alice@home.example"),
                EapCodec.encode(new EapPacket.Response(identifier, EapType.NAK, Octets.of(13))),
                EapCodec.encode(new EapPacket.Request(identifier, EapType.IDENTITY, Octets.EMPTY)));
        for (Octets packet : noise) {
            assertThat(now(conversation.answer(packet))).isEqualTo(question);
        }
        for (int i = noise.size(); i < 9; i++) {
            conversation.answer(Octets.EMPTY);
        }
        assertThat(reason(conversation.answer(Octets.EMPTY))).contains("10 times");
    }

    @Test
    void badAnswerIsRefused() {
        AaaConversation conversation = open("alice@home.example", IdentityQuestion.ASK);
        Octets response = identity(asked(now(conversation.begin())), "a\0@home.example");
        assertThat(reason(conversation.answer(response))).contains("U+0000");
        assertThat(home.openings).isEmpty();
    }

    @Test
    void decoratedNameReachesItsHomeUndecorated() {
        open("partner.example!bob@home.example", IdentityQuestion.SKIP);
        assertThat(partner.names()).containsExactly("bob@partner.example");
    }

    @Test
    void removedRouteRefusesTheNextRequest() {
        AaaConversation conversation = open("alice@home.example", IdentityQuestion.SKIP);
        conversation.begin();
        routes.set(RealmRoutes.all(new RealmRoute.Refused()));
        assertThat(reason(conversation.answer(Octets.of(1)))).contains("removed under way");
        assertThat(home.abandoned).isEqualTo(1);
        assertThat(home.answers).isEmpty();
        assertThat(reason(open("alice@home.example", IdentityQuestion.SKIP).begin()))
                .contains("has no route");
    }

    @Test
    void reloadThatChangesNothingDisturbsNobody() {
        AaaConversation conversation = open("alice@home.example", IdentityQuestion.SKIP);
        conversation.begin();
        routes.set(routes("home", "partner"));
        assertThat(now(conversation.answer(Octets.of(1)))).isEqualTo(ScriptedBackend.REPLY);
        routes.set(routes("other", "partner"));
        assertThat(reason(conversation.answer(Octets.of(1)))).contains("changed from home to other");
    }

    @Test
    void aaaThatNamesAPeerOfAnotherRouteIsNotBelieved() {
        Secret msk = Secret.utf8("key");
        AaaConversation conversation = open("bob@partner.example", IdentityQuestion.SKIP);
        partner.reply = accept("alice@HOME.example", msk);
        assertThat(reason(conversation.answer(Octets.of(1)))).contains("'alice@HOME.example'", "route partner");
        assertThatThrownBy(msk::expose).isInstanceOf(IllegalStateException.class);
    }

    /** Outer and inner realm may differ, where one AAA answers for both (RFC 7542 section 2.4). */
    @Test
    void aaaOfTwoRealmsMayNameEithersPeers() {
        routes.set(new RealmRoutes(
                Map.of(
                        new Realm("home.example"),
                        new RealmRoute.Served("home", home, Set.of("home1", "home2")),
                        new Realm("staff.home.example"),
                        new RealmRoute.Served("staff", partner, Set.of("home2"))),
                new RealmRoute.Refused(),
                Optional.empty(),
                Set.of()));
        AaaConversation conversation = open("@home.example", IdentityQuestion.SKIP);
        home.reply = accept("alice@staff.home.example", Secret.utf8("key"));
        assertThat(now(conversation.answer(Octets.of(1)))).isEqualTo(home.reply);
    }

    @Test
    void otherNamesOfItsPeersAreTheAaasOwnAffair() {
        assertBelieved("bob@partner.example", partner, "robert@PARTNER.example");
    }

    @Test
    void realmThatIsNobodysIsNotTheAaas() {
        for (String name : List.of("bob@inner.example", "bob", "CORP\\bob", "bob@")) {
            assertThat(disbelieved("bob@partner.example", partner, name)).contains("'" + name + "'", "route partner");
        }
        assertThat(disbelieved("bob@partner.example", partner, "bob@inner.example"))
                .contains("the realm 'inner.example' has no route");
    }

    @Test
    void realmThatIsRefusedIsNotTheAaas() {
        routes.set(with(new RealmRoute.Refused(), Optional.empty()));
        assertThat(disbelieved("bob@partner.example", partner, "bob@gone.example"))
                .contains("'gone.example' are refused by configuration");
    }

    @Test
    void nameWithoutRealmIsOneOfTheDefaultRealm() {
        routes.set(with(new RealmRoute.Refused(), Optional.of(new Realm("home.example"))));
        for (String name : List.of("alice", "LAPTOP-7\\alice")) {
            assertThat(disbelieved("bob@partner.example", partner, name)).contains("route home");
            assertBelieved("alice@home.example", home, name);
        }
    }

    @Test
    void realmOfAllOthersIsTheirsWhoServeThem() {
        ScriptedBackend others = new ScriptedBackend();
        routes.set(with(new RealmRoute.Served("*", others), Optional.empty()));
        for (String name : List.of("eve@inner.example", "eve")) {
            assertThat(disbelieved("bob@partner.example", partner, name)).contains("route *");
            assertBelieved("eve@else.example", others, name);
        }
        assertThat(disbelieved("eve@else.example", others, "alice@home.example"))
                .contains("route home");
        assertThat(disbelieved("eve@else.example", others, "eve@gone.example")).contains("are refused");
    }

    private RealmRoutes with(RealmRoute others, Optional<Realm> defaultRealm) {
        return new RealmRoutes(
                Map.of(
                        new Realm("home.example"),
                        new RealmRoute.Served("home", home),
                        new Realm("partner.example"),
                        new RealmRoute.Served("partner", partner),
                        new Realm("gone.example"),
                        new RealmRoute.Refused()),
                others,
                defaultRealm,
                Set.of());
    }

    private void assertBelieved(String claimed, ScriptedBackend aaa, String told) {
        AaaConversation conversation = open(claimed, IdentityQuestion.SKIP);
        aaa.reply = accept(told, Secret.utf8("key"));
        assertThat(now(conversation.answer(Octets.of(1)))).isEqualTo(aaa.reply);
    }

    private String disbelieved(String claimed, ScriptedBackend aaa, String told) {
        AaaConversation conversation = open(claimed, IdentityQuestion.SKIP);
        aaa.reply = accept(told, Secret.utf8("key"));
        AaaReply reply = now(conversation.answer(Octets.of(1)));
        assertThat(reply).as(told).isInstanceOf(AaaReply.Reject.class);
        return ((AaaReply.Reject) reply).reason();
    }

    @Test
    void abandonedQuestionOpensNothing() {
        AaaConversation conversation = open("alice@home.example", IdentityQuestion.ASK);
        int identifier = asked(now(conversation.begin()));
        conversation.abandon();
        assertThat(now(conversation.answer(identity(identifier, "alice@home.example"))))
                .isInstanceOf(AaaReply.Unavailable.class);
        assertThat(home.openings).isEmpty();
    }

    private RealmRoutes routes(String homeName, String partnerName) {
        return new RealmRoutes(
                Map.of(
                        new Realm("home.example"),
                        new RealmRoute.Served(homeName, home),
                        new Realm("partner.example"),
                        new RealmRoute.Served(partnerName, partner)),
                new RealmRoute.Refused(),
                Optional.empty(),
                Set.of(new Realm("home.example")));
    }

    private static AaaReply accept(String identity, Secret msk) {
        AaaGrant grant =
                new AaaGrant(identity, Optional.empty(), List.of(), List.of(), List.of(), AaaProfile.of("partner"));
        return new AaaReply.Accept(Optional.empty(), Optional.of(msk), "TLS", grant);
    }

    private AaaConversation open(String claimed, IdentityQuestion question) {
        return router.open(new AaaOpening("c1", ClaimedIdentity.nai(claimed), question));
    }

    private static int asked(AaaReply reply) {
        try {
            EapPacket packet = EapCodec.decode(((AaaReply.Continue) reply).packet());
            assertThat(((EapPacket.Request) packet).type()).isEqualTo(EapType.IDENTITY);
            return packet.identifier();
        } catch (WireException e) {
            throw new AssertionError(e);
        }
    }

    private static Octets identity(int identifier, String name) {
        return EapCodec.encode(new EapPacket.Response(identifier, EapType.IDENTITY, Octets.utf8(name)));
    }

    private static String reason(CompletionStage<AaaReply> stage) {
        return ((AaaReply.Reject) now(stage)).reason();
    }

    private static AaaReply now(CompletionStage<AaaReply> stage) {
        return stage.toCompletableFuture().join();
    }
}
