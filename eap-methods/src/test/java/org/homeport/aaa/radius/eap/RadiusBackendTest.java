package org.homeport.aaa.radius.eap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.homeport.aaa.radius.eap.ScriptedServer.attribute;
import static org.homeport.aaa.radius.eap.ScriptedServer.failure;
import static org.homeport.aaa.radius.eap.ScriptedServer.number;
import static org.homeport.aaa.radius.eap.ScriptedServer.request;
import static org.homeport.aaa.radius.eap.ScriptedServer.response;
import static org.homeport.aaa.radius.eap.ScriptedServer.state;
import static org.homeport.aaa.radius.eap.ScriptedServer.success;
import static org.homeport.aaa.radius.eap.ScriptedServer.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.homeport.aaa.AaaConversation;
import org.homeport.aaa.AaaOpening;
import org.homeport.aaa.AaaReply;
import org.homeport.aaa.AccountingIds;
import org.homeport.aaa.ClaimedIdentity;
import org.homeport.aaa.radius.AttributeType;
import org.homeport.aaa.radius.MppeKeys;
import org.homeport.aaa.radius.RadiusAttribute;
import org.homeport.aaa.radius.RadiusCode;
import org.homeport.aaa.radius.RadiusPacket;
import org.homeport.aaa.radius.ServerAnswer;
import org.homeport.aaa.route.Realm;
import org.homeport.eap.EapCodec;
import org.homeport.eap.EapLimits;
import org.homeport.eap.EapPacket;
import org.homeport.eap.EapType;
import org.homeport.eap.IdentityQuestion;
import org.homeport.eap.Methods;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.homeport.kit.WireException;
import org.junit.jupiter.api.Test;

class RadiusBackendTest {
    private static final EapType TLS = EapType.legacy(13);
    private static final EapType TTLS = EapType.legacy(21);
    private static final NasSettings NAS = new NasSettings(
            "ha.example.org",
            Optional.of(IpAddress.parse("192.0.2.1")),
            Optional.of(IpAddress.parse("2001:db8::1")),
            Optional.of("2001:db8::1"),
            Optional.of("example.org"),
            1120,
            OptionalLong.of(NasSettings.MIP6_INTEGRATED));

    private final ScriptedServer server = new ScriptedServer();
    private final ConflictCounts conflicts = new ConflictCounts();
    private final RadiusBackend backend = new RadiusBackend(
            new RadiusBackend.Settings("example.org", NAS, EapLimits.DEFAULT),
            () -> server,
            new AccountingIds("boot"),
            conflicts,
            Methods.random(3));

    @Test
    void methodPassesThroughToTheGrant() throws WireException {
        Octets start = request(9, TLS, 0x20);
        server.challenge(start, state(1, 2))
                .challenge(request(10, TLS, 1), state(3))
                .accept(success(10));
        AaaConversation conversation = open("alice@example.org");
        assertThat(now(conversation.begin())).isEqualTo(new AaaReply.Continue(start, Optional.empty()));
        assertThat(EapCodec.decode(server.lastEap())).isInstanceOfSatisfying(EapPacket.Response.class, identity -> {
            assertThat(identity.type()).isEqualTo(EapType.IDENTITY);
            assertThat(identity.typeData()).isEqualTo(Octets.utf8("alice@example.org"));
        });
        assertThat(server.last(AttributeType.STATE)).isEmpty();

        now(conversation.answer(response(9, TLS, 5)));
        assertThat(server.lastEap()).isEqualTo(response(9, TLS, 5));
        assertThat(server.last(AttributeType.STATE)).containsExactly(Octets.of(1, 2));
        AaaReply.Accept accept = (AaaReply.Accept) now(conversation.answer(response(10, TLS, 6)));
        assertThat(server.last(AttributeType.STATE)).containsExactly(Octets.of(3));
        assertThat(server.requests)
                .allSatisfy(attributes -> assertThat(attributes.getFirst())
                        .isEqualTo(text(AttributeType.USER_NAME, "alice@example.org")));
        assertThat(accept.packet()).contains(success(10));
        assertThat(accept.method()).isEqualTo("TLS");
        assertThat(accept.msk()).contains(Secret.copyOf(ScriptedServer.MSK));
        assertThat(accept.grant().identity()).isEqualTo("alice@example.org");
        assertThat(accept.grant().profile().route()).isEqualTo("example.org");
        assertThat(accept.remark()).isEmpty();
    }

    @Test
    void requestsSayWhoAsksAndForWhat() {
        open("alice@example.org").begin();
        assertThat(server.requests.getLast())
                .contains(
                        number(AttributeType.SERVICE_TYPE, 2),
                        number(AttributeType.FRAMED_MTU, 1120),
                        text(AttributeType.NAS_IDENTIFIER, "ha.example.org"),
                        attribute(AttributeType.NAS_IP_ADDRESS, Octets.of(192, 0, 2, 1)),
                        attribute(
                                AttributeType.NAS_IPV6_ADDRESS,
                                IpAddress.parse("2001:db8::1").octets()),
                        number(AttributeType.NAS_PORT_TYPE, 5),
                        text(AttributeType.NAS_PORT_ID, "c1"),
                        text(AttributeType.CALLED_STATION_ID, "2001:db8::1"),
                        text(AttributeType.CALLING_STATION_ID, "[2001:db8:77::2]:4500"),
                        text(AttributeType.ACCT_SESSION_ID, "boot-c1"),
                        text(AttributeType.OPERATOR_NAME, "1example.org"),
                        attribute(AttributeType.CHARGEABLE_USER_IDENTITY, Octets.of(0)),
                        attribute(AttributeType.MIP6_FEATURE_VECTOR, Octets.fromHex("0000000000000001")),
                        number(AttributeType.EAP_LOWER_LAYER, 5));
    }

    @Test
    void newConversationHasNoState() {
        server.challenge(request(9, TLS, 0), state(1)).challenge(request(9, TLS, 0), state(2));
        open("alice@example.org").begin();
        open("alice@example.org").begin();
        assertThat(server.last(AttributeType.STATE)).isEmpty();
    }

    @Test
    void challengeWithoutStateForgetsTheOneBefore() {
        server.challenge(request(9, TLS, 0), state(1))
                .challenge(request(10, TLS, 0))
                .challenge(request(11, TLS, 0));
        AaaConversation conversation = open("alice@example.org");
        conversation.begin();
        conversation.answer(response(9, TLS, 0));
        conversation.answer(response(10, TLS, 0));
        assertThat(server.last(AttributeType.STATE)).isEmpty();
    }

    @Test
    void longPacketsAreSplitAndJoined() throws WireException {
        Octets big = EapCodec.encode(new EapPacket.Request(9, TLS, Octets.zeros(1200)));
        server.challenge(big).accept(success(9));
        AaaConversation conversation = open("alice@example.org");
        assertThat(((AaaReply.Continue) now(conversation.begin())).packet()).isEqualTo(big);
        Octets answer = EapCodec.encode(new EapPacket.Response(9, TLS, Octets.zeros(501)));
        conversation.answer(answer);
        assertThat(server.last(AttributeType.EAP_MESSAGE)).hasSize(2).allMatch(part -> part.length() == 253);
        assertThat(server.lastEap()).isEqualTo(answer);
    }

    @Test
    void serverNamesTheIdentity() {
        server.challenge(request(9, TLS, 0)).accept(success(9), text(AttributeType.USER_NAME, "alice@inner.example"));
        assertThat(accepted("@example.org").grant().identity()).isEqualTo("alice@inner.example");
    }

    @Test
    void anonymousIdentityThatTheServerDoesNotReplaceIsRefused() {
        for (String name : List.of("@example.org", "anonymous@example.org")) {
            server.challenge(request(9, TLS, 0)).accept(success(9));
            assertThat(refused(backend, name, TLS)).contains("'" + name + "' by TLS", "expected User-Name");
            server.challenge(request(9, TTLS, 0)).accept(success(9));
            assertThat(refused(takingOuter(), name, TTLS)).contains("'" + name + "' by TTLS");
            server.challenge(request(9, TTLS, 0)).accept(success(9), text(AttributeType.USER_NAME, name));
            assertThat(refused(takingOuter(), name, TTLS)).contains("expected another User-Name");
        }
    }

    /** RFC 5281 section 7.3: the outer identity is for routing. */
    @Test
    void outerIdentityOfATunnelIsNobodysProof() {
        for (int tunnel : List.of(21, 25, 43, 55)) {
            EapType type = EapType.legacy(tunnel);
            server.challenge(request(9, type, 0)).accept(success(9));
            assertThat(refused(backend, "alice@example.org", type))
                    .contains("the AAA accepted 'alice@example.org'", "does not say who it is: expected User-Name");
        }
        server.challenge(request(9, TTLS, 0)).accept(success(9), text(AttributeType.USER_NAME, "bob@example.org"));
        assertThat(((AaaReply.Accept) ended(backend, "alice@example.org", TTLS))
                        .grant()
                        .identity())
                .isEqualTo("bob@example.org");
    }

    @Test
    void outerIdentityIsTakenWithARemarkWhereTheOperatorSaysSo() {
        server.challenge(request(9, TTLS, 0)).accept(success(9));
        AaaReply.Accept accept = (AaaReply.Accept) ended(takingOuter(), "alice@example.org", TTLS);
        assertThat(accept.grant().identity()).isEqualTo("alice@example.org");
        assertThat(accept.remark().orElseThrow()).contains("may be anybody");
    }

    @Test
    void methodThatMakesAnMskIsNotAcceptedWithoutIt() {
        server.challenge(request(9, TLS, 0))
                .withoutKeys(RadiusCode.ACCESS_ACCEPT, ScriptedServer.attributes(success(9)));
        AaaConversation conversation = open("alice@example.org");
        conversation.begin();
        assertThat(now(conversation.answer(response(9, TLS, 0))))
                .isInstanceOfSatisfying(AaaReply.Reject.class, reject -> {
                    assertThat(reject.packet()).isEmpty();
                    assertThat(reject.reason())
                            .startsWith("Access-Accept without MS-MPPE-Recv-Key")
                            .contains("EAP-TLS");
                });
    }

    /** MSK = MS-MPPE-Recv-Key, then MS-MPPE-Send-Key (RFC 5216 section 2.3). */
    @Test
    void keysAreReadWithTheSharedSecretOrNotAtAll() {
        Octets authenticator = Octets.zeros(15).plus(Octets.of(1));
        MppeKeys keys = new MppeKeys(Secret.utf8("r".repeat(32)), Secret.utf8("s".repeat(16)));
        List<RadiusAttribute> attributes = new ArrayList<>(RadiusPacket.eapMessage(success(9)));
        attributes.addAll(keys.toAttributes(authenticator, Secret.utf8("shared"), Methods.random(1)));
        RadiusPacket packet = new RadiusPacket(RadiusCode.ACCESS_ACCEPT, 1, Octets.zeros(16), attributes);

        server.challenge(request(9, TLS, 0))
                .answer(ServerAnswer.of(packet, "home1", authenticator, Secret.utf8("shared")));
        assertThat(accepted("alice@example.org").msk())
                .contains(Secret.copyOf(
                        Octets.utf8("r".repeat(32) + "s".repeat(16)).plus(Octets.zeros(16))));

        server.challenge(request(9, TLS, 0))
                .answer(ServerAnswer.of(packet, "home1", authenticator, Secret.utf8("other")));
        AaaConversation conversation = open("alice@example.org");
        conversation.begin();
        assertThat(rejected(conversation.answer(response(9, TLS, 0)))).contains("keys", "shared secret");
    }

    @Test
    void methodThatMakesNoKeyHasNone() {
        server.challenge(request(9, EapType.MD5_CHALLENGE, 0)).accept(success(9));
        AaaConversation conversation = open("alice@example.org");
        conversation.begin();
        AaaReply.Accept accept = (AaaReply.Accept) now(conversation.answer(response(9, EapType.MD5_CHALLENGE, 0)));
        assertThat(accept.msk()).isEmpty();
        assertThat(accept.method()).isEqualTo("MD5");
        assertThat(accept.remark()).isEmpty();
    }

    @Test
    void methodTakenAfterANakIsTheOneThatCounts() {
        server.challenge(request(9, EapType.MD5_CHALLENGE, 0))
                .challenge(request(10, TLS, 0))
                .accept(success(10));
        AaaConversation conversation = open("alice@example.org");
        conversation.begin();
        conversation.answer(response(9, EapType.NAK, 13));
        assertThat(((AaaReply.Accept) now(conversation.answer(response(10, TLS, 0)))).method())
                .isEqualTo("TLS");
    }

    @Test
    void notificationsChangeNothing() {
        server.challenge(request(9, TLS, 0))
                .challenge(request(10, EapType.NOTIFICATION, 'h', 'i'))
                .accept(success(10));
        AaaConversation conversation = open("alice@example.org");
        conversation.begin();
        conversation.answer(response(9, TLS, 0));
        assertThat(now(conversation.answer(response(10, EapType.NOTIFICATION)))).isInstanceOf(AaaReply.Accept.class);
    }

    @Test
    void timerOfARequestBoundsNoSession() {
        server.challenge(request(9, TLS, 0), number(AttributeType.SESSION_TIMEOUT, 5))
                .accept(success(9));
        assertThat(accepted("alice@example.org").grant().sessionTimeout()).isEmpty();
    }

    @Test
    void peersStrayPacketsGetTheRequestAgain() {
        server.challenge(request(9, TLS, 0));
        AaaConversation conversation = open("alice@example.org");
        AaaReply first = now(conversation.begin());
        for (Octets stray : List.of(
                Octets.EMPTY,
                response(8, TLS, 0),
                request(9, TLS, 0),
                success(9),
                response(9, TLS, 0).plus(Octets.of(0)),
                EapCodec.encode(new EapPacket.Response(9, TLS, Octets.zeros(5000))))) {
            assertThat(now(conversation.answer(stray))).isEqualTo(first);
        }
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void roundsAreCapped() {
        server.challenge(request(9, TLS, 0));
        AaaConversation conversation = open("alice@example.org");
        conversation.begin();
        for (int i = 0; i < EapLimits.DEFAULT.rounds(); i++) {
            assertThat(now(conversation.answer(Octets.EMPTY))).isInstanceOf(AaaReply.Continue.class);
        }
        assertThat(rejected(conversation.answer(Octets.EMPTY))).isEqualTo("more than 50 rounds");
        assertThat(now(conversation.answer(response(9, TLS, 0)))).isInstanceOf(AaaReply.Unavailable.class);
    }

    @Test
    void packetThatFitsIntoNoRequestIsRefused() {
        server.challenge(request(9, TLS, 0));
        AaaConversation conversation = open("alice@example.org");
        conversation.begin();
        Octets big = EapCodec.encode(new EapPacket.Response(9, TLS, Octets.zeros(4000)));
        assertThat(rejected(conversation.answer(big))).contains("4096 are allowed");
    }

    @Test
    void identityAskedByTheServerBecomesTheUserName() throws WireException {
        server.challenge(request(9, EapType.IDENTITY)).challenge(request(10, TLS, 0));
        AaaConversation conversation = open("@example.org");
        conversation.begin();
        Octets identity =
                EapCodec.encode(new EapPacket.Response(9, EapType.IDENTITY, Octets.utf8("alice@EXAMPLE.org")));
        now(conversation.answer(identity));
        assertThat(server.last(AttributeType.USER_NAME)).containsExactly(Octets.utf8("alice@EXAMPLE.org"));
        assertThat(server.lastEap()).isEqualTo(identity);
    }

    /** "The Type field of a Response MUST match" that of the Request, but for a Nak (RFC 3748 section 4.1). */
    @Test
    void identityThatNobodyAskedForRenamesNobody() {
        server.challenge(request(9, TLS, 0)).challenge(request(10, TLS, 0));
        AaaConversation conversation = open("alice@example.org");
        AaaReply first = now(conversation.begin());
        Octets identity = EapCodec.encode(new EapPacket.Response(9, EapType.IDENTITY, Octets.utf8("bob@example.org")));
        assertThat(now(conversation.answer(identity))).isEqualTo(first);
        assertThat(server.requests).hasSize(1);
        conversation.answer(response(9, TLS, 0));
        assertThat(server.last(AttributeType.USER_NAME)).containsExactly(Octets.utf8("alice@example.org"));
    }

    /** As it was undone when the peer was routed by it (RFC 7542 section 3.3.1). */
    @Test
    void decorationOfAnIdentityAskedByTheServerIsUndone() throws WireException {
        server.challenge(request(9, EapType.IDENTITY)).challenge(request(10, TLS, 0));
        AaaConversation conversation = backend(Set.of(new Realm("visited.example")), OuterIdentity.REFUSE)
                .open(new AaaOpening("c1", ClaimedIdentity.nai("alice@example.org"), IdentityQuestion.SKIP));
        conversation.begin();
        Octets decorated = Octets.utf8("example.org!alice@visited.example");
        assertThat(now(conversation.answer(EapCodec.encode(new EapPacket.Response(9, EapType.IDENTITY, decorated)))))
                .isInstanceOf(AaaReply.Continue.class);
        assertThat(server.last(AttributeType.USER_NAME)).containsExactly(Octets.utf8("alice@example.org"));
        assertThat(server.lastEap())
                .isEqualTo(
                        EapCodec.encode(new EapPacket.Response(9, EapType.IDENTITY, Octets.utf8("alice@example.org"))));
    }

    @Test
    void identityOfAnotherRealmIsNoWayAroundTheRoutes() {
        server.challenge(request(9, EapType.IDENTITY));
        AaaConversation conversation = open("alice@example.org");
        conversation.begin();
        assertThat(rejected(conversation.answer(EapCodec.encode(
                        new EapPacket.Response(9, EapType.IDENTITY, Octets.utf8("alice@gone.example"))))))
                .contains("expected the same realm");
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void rejectPassesTheFailure() {
        server.challenge(request(9, TLS, 0)).reject(failure(9));
        AaaConversation conversation = open("alice@example.org");
        conversation.begin();
        assertThat(now(conversation.answer(response(9, TLS, 0))))
                .isEqualTo(new AaaReply.Reject(Optional.of(failure(9)), "home1 rejects 'alice@example.org'"));
        assertThat(conflicts.of(EapConflict.REJECT_WITHOUT_EAP_FAILURE)).isZero();
    }

    @Test
    void rejectWithoutEapTellsTheServersWords() {
        server.answer(
                RadiusCode.ACCESS_REJECT,
                List.of(
                        text(AttributeType.REPLY_MESSAGE, "account\nlocked\u0007 "),
                        number(AttributeType.ERROR_CAUSE, 504)));
        assertThat(now(open("alice@example.org").begin()))
                .isEqualTo(new AaaReply.Reject(
                        Optional.empty(), "home1 rejects 'alice@example.org': account locked (Error-Cause 504)"));
        assertThat(conflicts.of(EapConflict.REJECT_WITHOUT_EAP_FAILURE)).isEqualTo(1);
    }

    @Test
    void replyMessageBesideEapIsDiscarded() {
        server.reject(failure(0), text(AttributeType.REPLY_MESSAGE, "words"));
        assertThat(rejected(open("alice@example.org").begin())).isEqualTo("home1 rejects 'alice@example.org'");
    }

    @Test
    void rejectWithSuccessInsideIsAReject() {
        server.challenge(request(9, TLS, 0)).reject(success(9));
        AaaConversation conversation = open("alice@example.org");
        conversation.begin();
        assertThat(now(conversation.answer(response(9, TLS, 0))))
                .isEqualTo(new AaaReply.Reject(Optional.empty(), "home1 rejects 'alice@example.org'"));
    }

    @Test
    void nothingFollowsAReject() {
        server.challenge(request(9, TLS, 0)).reject(failure(9)).accept(success(9));
        AaaConversation conversation = open("alice@example.org");
        conversation.begin();
        conversation.answer(response(9, TLS, 0));
        assertThat(now(conversation.answer(response(9, TLS, 0)))).isInstanceOf(AaaReply.Unavailable.class);
        assertThat(server.requests).hasSize(2);
    }

    @Test
    void acceptWithoutEapIsNone() {
        server.challenge(request(9, TLS, 0)).answer(RadiusCode.ACCESS_ACCEPT, List.of());
        assertConflict(EapConflict.ACCEPT_WITHOUT_EAP_MESSAGE);
    }

    @Test
    void acceptWithFailureOrARequestInsideIsNone() {
        for (Octets inside :
                List.of(failure(9), request(9, TLS, 0), response(9, TLS, 0), Octets.EMPTY, Octets.of(3, 9, 0))) {
            server.challenge(request(9, TLS, 0))
                    .answer(RadiusCode.ACCESS_ACCEPT, List.of(attribute(AttributeType.EAP_MESSAGE, inside)));
            assertConflict(EapConflict.ACCEPT_WITHOUT_EAP_SUCCESS);
        }
        assertThat(conflicts.of(EapConflict.ACCEPT_WITHOUT_EAP_SUCCESS)).isEqualTo(5);
    }

    @Test
    void acceptOfABareIdentityIsNotEarned() {
        server.accept(success(0));
        assertThat(rejected(open("alice@example.org").begin())).contains("although no EAP method has run");
        assertThat(conflicts.of(EapConflict.ACCEPT_UNEARNED)).isEqualTo(1);
    }

    @Test
    void acceptAfterANakIsNotEarned() {
        server.challenge(request(9, TLS, 0)).accept(success(9));
        AaaConversation conversation = open("alice@example.org");
        conversation.begin();
        assertThat(rejected(conversation.answer(response(9, EapType.NAK, 26)))).contains("no EAP method has run");
    }

    @Test
    void acceptAfterAnIdentityAskedAgainIsNotEarned() {
        server.challenge(request(8, TLS, 0))
                .challenge(request(9, EapType.IDENTITY))
                .accept(success(9));
        AaaConversation conversation = open("alice@example.org");
        conversation.begin();
        conversation.answer(response(8, TLS, 0));
        assertThat(rejected(conversation.answer(response(9, EapType.IDENTITY)))).contains("no EAP method has run");
    }

    @Test
    void acceptAfterAnAnswerOfAnotherMethodIsNotEarned() {
        server.challenge(request(9, TLS, 0)).accept(success(9));
        AaaConversation conversation = open("alice@example.org");
        conversation.begin();
        assertThat(rejected(conversation.answer(response(9, EapType.MSCHAPV2, 26))))
                .contains("no EAP method has run");
    }

    @Test
    void successWithAnotherIdentifierIsNotEarned() {
        server.challenge(request(9, TLS, 0)).accept(success(10));
        assertConflict(EapConflict.ACCEPT_UNEARNED);
    }

    @Test
    void challengeWithoutARequestEndsIt() {
        for (List<RadiusAttribute> attributes : List.of(
                List.<RadiusAttribute>of(state(1)),
                ScriptedServer.attributes(success(9), state(1)),
                ScriptedServer.attributes(failure(9)),
                ScriptedServer.attributes(response(9, TLS, 0)),
                List.of(attribute(AttributeType.EAP_MESSAGE, Octets.EMPTY)))) {
            server.challenge(request(9, TLS, 0)).answer(RadiusCode.ACCESS_CHALLENGE, attributes);
            assertConflict(EapConflict.CHALLENGE_WITHOUT_EAP_REQUEST);
        }
    }

    @Test
    void attributesThatContradictEachOtherEndIt() {
        Octets eap = request(9, TLS, 0);
        server.challenge(eap).challenge(eap, state(1), state(2));
        assertConflict(EapConflict.MALFORMED_ATTRIBUTE);
        server.challenge(eap)
                .answer(
                        RadiusCode.ACCESS_CHALLENGE,
                        List.of(
                                attribute(AttributeType.EAP_MESSAGE, eap.slice(0, 3)),
                                state(1),
                                attribute(AttributeType.EAP_MESSAGE, eap.from(3))));
        assertConflict(EapConflict.MALFORMED_ATTRIBUTE);
        server.challenge(eap).accept(success(9), number(AttributeType.SERVICE_TYPE, 1));
        assertConflict(EapConflict.MALFORMED_ATTRIBUTE);
    }

    @Test
    void afterALieTheNextConversationIsServed() {
        server.accept(success(0)).challenge(request(9, TLS, 0)).accept(success(9));
        open("alice@example.org").begin();
        assertThat(accepted("alice@example.org").method()).isEqualTo("TLS");
    }

    @Test
    void ignoredPacketIsToldAndTheRequestRepeated() {
        server.challenge(request(9, TLS, 0))
                .challenge(request(9, TLS, 0), number(AttributeType.ERROR_CAUSE, 202))
                .accept(success(9));
        AaaConversation conversation = open("alice@example.org");
        conversation.begin();
        AaaReply.Continue again = (AaaReply.Continue) now(conversation.answer(response(9, TLS, 1)));
        assertThat(again.setback().orElseThrow()).contains("ignored");
        assertThat(now(conversation.answer(response(9, TLS, 2)))).isInstanceOf(AaaReply.Accept.class);
    }

    @Test
    void silenceIsUnavailableAndTheEnd() {
        server.silence("no answer from home1, home2 within 30 s");
        AaaConversation conversation = open("alice@example.org");
        assertThat(now(conversation.begin()))
                .isEqualTo(new AaaReply.Unavailable("no answer from home1, home2 within 30 s"));
        assertThat(now(conversation.answer(response(0, TLS, 0)))).isInstanceOf(AaaReply.Unavailable.class);
    }

    @Test
    void questionsWaitForEachOther() {
        AaaConversation conversation = open("alice@example.org");
        var begun = conversation.begin().toCompletableFuture();
        var answered = conversation.answer(response(9, TLS, 0)).toCompletableFuture();
        assertThat(server.requests).hasSize(1);
        server.pending
                .getFirst()
                .complete(server.answered(
                        RadiusCode.ACCESS_CHALLENGE, ScriptedServer.attributes(request(9, TLS, 0)), Optional.empty()));
        assertThat(begun).isCompleted();
        assertThat(server.requests).hasSize(2);
        assertThat(answered).isNotDone();
    }

    @Test
    void abandonedConversationLetsGoOfTheKey() {
        server.challenge(request(9, TLS, 0));
        AaaConversation conversation = open("alice@example.org");
        conversation.begin();
        var late = conversation.answer(response(9, TLS, 0)).toCompletableFuture();
        conversation.abandon();
        server.pending
                .getFirst()
                .complete(server.answered(
                        RadiusCode.ACCESS_ACCEPT,
                        ScriptedServer.attributes(success(9)),
                        Optional.of(ScriptedServer.MSK)));
        assertThat(late.join()).isInstanceOf(AaaReply.Unavailable.class);
        assertThatThrownBy(server.key()::expose).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void namelessPeersAreRefusedInWords() {
        AaaOpening opening = new AaaOpening(
                "c1",
                new ClaimedIdentity(ClaimedIdentity.Kind.ADDRESS, Octets.utf8("192.0.2.7")),
                IdentityQuestion.SKIP);
        assertThat(rejected(backend.open(opening).begin())).contains("192.0.2.7", "eap.identity");
        assertThat(server.requests).isEmpty();
    }

    @Test
    void identityIsAskedFirstWhereItShallBe() throws WireException {
        server.challenge(request(9, TLS, 0));
        AaaConversation conversation = backend.open(new AaaOpening(
                "c1",
                new ClaimedIdentity(ClaimedIdentity.Kind.ADDRESS, Octets.utf8("192.0.2.7")),
                IdentityQuestion.ASK));
        Octets question = ((AaaReply.Continue) now(conversation.begin())).packet();
        assertThat(server.requests).isEmpty();
        Octets answer = EapCodec.encode(
                new EapPacket.Response(question.at(1), EapType.IDENTITY, Octets.utf8("alice@example.org")));
        assertThat(now(conversation.answer(answer)))
                .isEqualTo(new AaaReply.Continue(request(9, TLS, 0), Optional.empty()));
        assertThat(server.lastEap()).isEqualTo(answer);
    }

    private RadiusBackend takingOuter() {
        return backend(Set.of(), OuterIdentity.TAKE);
    }

    private RadiusBackend backend(Set<Realm> own, OuterIdentity outerIdentity) {
        return new RadiusBackend(
                new RadiusBackend.Settings("example.org", NAS, EapLimits.DEFAULT, own, outerIdentity),
                () -> server,
                new AccountingIds("boot"),
                conflicts,
                Methods.random(3));
    }

    /** What a conversation of one round ends with. */
    private static AaaReply ended(RadiusBackend backend, String claimed, EapType type) {
        AaaConversation conversation =
                backend.open(new AaaOpening("c1", ClaimedIdentity.nai(claimed), IdentityQuestion.SKIP));
        conversation.begin();
        return now(conversation.answer(response(9, type, 0)));
    }

    private static String refused(RadiusBackend backend, String claimed, EapType type) {
        AaaReply reply = ended(backend, claimed, type);
        assertThat(reply).isInstanceOf(AaaReply.Reject.class);
        return ((AaaReply.Reject) reply).reason();
    }

    private void assertConflict(EapConflict conflict) {
        long before = conflicts.of(conflict);
        AaaConversation conversation = open("alice@example.org");
        conversation.begin();
        assertThat(now(conversation.answer(response(9, TLS, 0))))
                .isInstanceOfSatisfying(
                        AaaReply.Reject.class,
                        reject -> assertThat(reject.packet()).isEmpty());
        assertThat(conflicts.of(conflict)).isEqualTo(before + 1);
    }

    private AaaReply.Accept accepted(String claimed) {
        AaaConversation conversation = open(claimed);
        conversation.begin();
        return (AaaReply.Accept) now(conversation.answer(response(9, TLS, 0)));
    }

    private AaaConversation open(String claimed) {
        return backend.open(new AaaOpening(
                "c1",
                ClaimedIdentity.nai(claimed),
                IdentityQuestion.SKIP,
                Optional.of("[2001:db8:77::2]:4500"),
                OptionalInt.empty()));
    }

    private static String rejected(CompletionStage<AaaReply> stage) {
        return ((AaaReply.Reject) now(stage)).reason();
    }

    private static AaaReply now(CompletionStage<AaaReply> stage) {
        return stage.toCompletableFuture().join();
    }
}
