package org.homeport.aaa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.homeport.eap.EapLimits;
import org.homeport.eap.EapPeer;
import org.homeport.eap.IdentityQuestion;
import org.homeport.eap.Methods;
import org.homeport.eap.Nai;
import org.homeport.eap.PeerMethod;
import org.homeport.eap.PeerTurn;
import org.homeport.eap.aka.Aka;
import org.homeport.eap.aka.AkaPeer;
import org.homeport.eap.aka.AkaPeerSettings;
import org.homeport.eap.aka.AkaServerSettings;
import org.homeport.eap.aka.AkaServerSettings.Bidding;
import org.homeport.eap.aka.AkaSubscription;
import org.homeport.eap.aka.AkaVariant;
import org.homeport.eap.aka.AuthenticationCentre;
import org.homeport.eap.aka.BoundedAkaMemory;
import org.homeport.eap.aka.Sqn;
import org.homeport.eap.aka.Usim;
import org.homeport.eap.psk.PskKeys;
import org.homeport.eap.psk.PskPeer;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Users with a SIM and users with a key, out of a users file. */
class LocalAkaTest {
    private static final RandomSource RANDOM = Methods.random(11);
    private static final AuthenticationCentre CENTRE = new AuthenticationCentre(Aka.CLOCK, RANDOM);
    private static final String SIM = "232010000000000@example.org";
    private static final String USERS =
            SIM + " k=5122250214c33e723a5dd523fc145fc0 opc=981d464c7c52eb6e5036234984ad0bcf\n"
                    + "mn4@example.org psk=000102030405060708090a0b0c0d0e0f\n"
                    + "mn5@example.org secret=secret\n";

    private final List<Integer> types = new ArrayList<>();
    private final EmbeddedAaa aaa = aaa();

    @ParameterizedTest
    @EnumSource
    void simIsFoundByItsImsi(AkaVariant variant) {
        AkaSubscription subscription = subscription(variant);
        AaaReply.Accept first = accepted(subscription);
        assertThat(first.grant().identity()).isEqualTo(SIM);
        assertThat(first.method()).isEqualTo(variant.words());
        assertThat(first.msk().orElseThrow().length()).isEqualTo(64);
        // The name of the second time is one that the AAA made up.
        assertThat(accepted(subscription).grant().identity()).isEqualTo(SIM);
        assertThat(types).containsOnly((int) variant.type().number());
    }

    @Test
    void userWithoutASimIsNoSubscriber() {
        AkaSubscription subscription =
                new AkaSubscription(AkaVariant.AKA, new Nai("mn5@example.org"), new Usim(Aka.SIM, Sqn.NONE));
        assertThat(converse(
                        "0232010000000999@example.org",
                        new AkaPeer(subscription, subscription.identity(), AkaPeerSettings.DEFAULT, RANDOM)))
                .isInstanceOfSatisfying(
                        AaaReply.Reject.class,
                        reject -> assertThat(reject.reason()).contains("user 'mn5@example.org' may not use AKA"));
    }

    @Test
    void sharedKeyIsEnoughForPsk() {
        assertThat(converse("mn4@example.org", psk("mn4@example.org", 15)))
                .isInstanceOfSatisfying(AaaReply.Accept.class, accept -> {
                    assertThat(accept.grant().identity()).isEqualTo("mn4@example.org");
                    assertThat(accept.method()).isEqualTo("PSK");
                });
        assertThat(converse("mn4@example.org", psk("mn4@example.org", 14)))
                .isInstanceOfSatisfying(
                        AaaReply.Reject.class,
                        reject -> assertThat(reject.reason()).isEqualTo("wrong key of 'mn4@example.org'"));
        assertThat(converse("mn4@example.org", psk("mn9@example.org", 15)))
                .isInstanceOfSatisfying(
                        AaaReply.Reject.class,
                        reject -> assertThat(reject.reason()).isEqualTo("unknown user 'mn9@example.org'"));
    }

    private AaaReply.Accept accepted(AkaSubscription subscription) {
        AaaReply reply = converse(
                subscription.identity().utf8(),
                new AkaPeer(subscription, subscription.identity(), AkaPeerSettings.DEFAULT, RANDOM));
        assertThat(reply).isInstanceOf(AaaReply.Accept.class);
        return (AaaReply.Accept) reply;
    }

    private AaaReply converse(String claimed, PeerMethod method) {
        AaaConversation conversation =
                aaa.open(new AaaOpening("c1", ClaimedIdentity.nai(claimed), IdentityQuestion.SKIP));
        EapPeer peer = new EapPeer(Octets.utf8(claimed), List.of(method), EapLimits.DEFAULT);
        AaaReply reply = conversation.begin().toCompletableFuture().join();
        while (reply instanceof AaaReply.Continue next) {
            types.add(next.packet().at(4));
            PeerTurn turn = peer.handle(next.packet());
            if (!(turn instanceof PeerTurn.Send send)) {
                throw new AssertionError(turn);
            }
            reply = conversation.answer(send.response()).toCompletableFuture().join();
        }
        return reply;
    }

    private static AkaSubscription subscription(AkaVariant variant) {
        return new AkaSubscription(variant, new Nai(variant.permanentLead() + SIM), new Usim(Aka.SIM, Sqn.NONE));
    }

    private static PskPeer psk(String name, int last) {
        return new PskPeer(
                name,
                PskKeys.of(Secret.copyOf(
                        Octets.fromHex("000102030405060708090a0b0c0d0e").plus(Octets.of(last)))),
                RANDOM);
    }

    private static EmbeddedAaa aaa() {
        List<LocalMethod> methods = List.of(
                new LocalMschapV2("aaa", 1, RANDOM),
                new LocalPsk("aaa", RANDOM),
                aka(AkaVariant.AKA_PRIME),
                aka(AkaVariant.AKA));
        Map<String, User> users;
        try {
            users = new UsersFileParser("users", Set.of()).parse(USERS);
        } catch (UsersFileException e) {
            throw new AssertionError(e);
        }
        return new EmbeddedAaa(
                new EmbeddedAaa.Settings(methods), UserStore.of(List.copyOf(users.values())), RANDOM, Runnable::run);
    }

    private static LocalAka aka(AkaVariant variant) {
        return new LocalAka(
                AkaServerSettings.of(variant, Bidding.AKA_PRIME_PREFERRED), CENTRE, new BoundedAkaMemory(4), RANDOM);
    }
}
