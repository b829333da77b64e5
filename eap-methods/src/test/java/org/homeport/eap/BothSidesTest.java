package org.homeport.eap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.homeport.kit.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Authenticator and peer against each other. */
class BothSidesTest {
    private static final int SEEDS = 2000;

    @ParameterizedTest
    @EnumSource
    void mschapV2AgreesOnTheKey(IdentityQuestion question) {
        Conversation conversation = new Conversation(
                        Methods.authenticator(question, Methods.mschapV2()),
                        Methods.peer(Methods.mschapV2Peer("secret")))
                .run();
        MethodResult server = conversation.granted().orElseThrow();
        MethodResult client = conversation.accepted().orElseThrow();
        assertThat(server.msk().orElseThrow().length()).isEqualTo(64);
        assertThat(server.msk()).isEqualTo(client.msk());
        assertThat(server.identity()).contains("mn1");
        assertThat(client.identity()).contains("aaa");
        assertThat(server.method()).isEqualTo("MSCHAPV2");
    }

    @Test
    void md5HasNoKey() {
        Conversation conversation = new Conversation(
                        Methods.authenticator(IdentityQuestion.ASK, Methods.md5()),
                        Methods.peer(Methods.md5Peer("secret")))
                .run();
        assertThat(conversation.granted().orElseThrow().msk()).isEmpty();
        assertThat(conversation.accepted().orElseThrow().msk()).isEmpty();
    }

    @Test
    void peerGetsTheMethodItHas() {
        Conversation conversation = new Conversation(
                        Methods.authenticator(IdentityQuestion.ASK, Methods.mschapV2(), Methods.md5()),
                        Methods.peer(Methods.md5Peer("secret")))
                .run();
        assertThat(conversation.granted().orElseThrow().method()).isEqualTo("MD5");
    }

    @Test
    void wrongPasswordFailsOnBothSides() {
        for (PeerMethod method : List.of(Methods.mschapV2Peer("wrong"), Methods.md5Peer("wrong"))) {
            Conversation conversation = new Conversation(
                            Methods.authenticator(IdentityQuestion.SKIP, Methods.mschapV2(), Methods.md5()),
                            Methods.peer(method))
                    .run();
            assertThat(conversation.authenticatorEnd())
                    .hasValueSatisfying(end -> assertThat(((AuthenticatorStep.Refused) end).reason())
                            .isEqualTo("wrong password for 'mn1'"));
            assertThat(conversation.peerEnd()).containsInstanceOf(PeerTurn.Failed.class);
        }
    }

    @Test
    void retryIsOfferedWhereItIsAllowed() {
        Conversation conversation = new Conversation(
                        Methods.authenticator(
                                IdentityQuestion.SKIP,
                                new MethodOffer(EapType.MSCHAPV2, () -> Methods.mschapV2Server(3, 5))),
                        Methods.peer(Methods.mschapV2Peer("wrong")))
                .run();
        assertThat(conversation.peerEnd())
                .hasValueSatisfying(
                        end -> assertThat(((PeerTurn.Failed) end).reason()).contains("691", "wrong name or password"));
    }

    /** Whatever bit is flipped: both have the same key of the same user, or nobody is accepted. */
    @Test
    void corruptionNeverAuthenticatesWrongly() {
        int accepted = 0;
        int rejected = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            UnaryOperator<Octets> noise = packet -> random.nextInt(4) == 0 ? flipped(packet, random) : packet;
            Conversation conversation = new Conversation(
                            Methods.authenticator(
                                    seed % 2 == 0 ? IdentityQuestion.ASK : IdentityQuestion.SKIP, Methods.mschapV2()),
                            Methods.peer(Methods.mschapV2Peer("secret")),
                            noise,
                            noise)
                    .run();
            if (conversation.accepted().isPresent()) {
                accepted++;
                assertThat(conversation.granted()).as("seed %s", seed).isPresent();
                assertThat(conversation.granted().get().msk())
                        .as("seed %s", seed)
                        .isEqualTo(conversation.accepted().get().msk());
            } else {
                rejected++;
            }
        }
        assertThat(accepted).isGreaterThan(SEEDS / 10);
        assertThat(rejected).isGreaterThan(SEEDS / 10);
    }

    /** Packets of the past, delivered in place of the new one. */
    @Test
    void reorderingNeverAuthenticatesWrongly() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            Conversation conversation = new Conversation(
                            Methods.authenticator(IdentityQuestion.ASK, Methods.mschapV2()),
                            Methods.peer(Methods.mschapV2Peer(seed % 2 == 0 ? "secret" : "wrong")),
                            replay(random),
                            replay(random))
                    .run();
            if (seed % 2 == 1) {
                assertThat(conversation.granted()).as("seed %s", seed).isEmpty();
            }
            if (conversation.accepted().isPresent()) {
                assertThat(conversation.granted().orElseThrow().msk())
                        .isEqualTo(conversation.accepted().get().msk());
            }
        }
    }

    @Test
    void repliesOfAnotherConversationAreWorthNothing() {
        List<Octets> recorded = new ArrayList<>();
        new Conversation(
                        Methods.authenticator(IdentityQuestion.SKIP, Methods.mschapV2()),
                        Methods.peer(Methods.mschapV2Peer("secret")),
                        UnaryOperator.identity(),
                        packet -> {
                            recorded.add(packet);
                            return packet;
                        })
                .run();
        EapAuthenticator other = Methods.authenticator(
                IdentityQuestion.SKIP, new MethodOffer(EapType.MSCHAPV2, () -> Methods.mschapV2Server(1, 99)));
        other.begin();
        AuthenticatorStep end = other.handle(recorded.getFirst());
        assertThat(end).isInstanceOf(AuthenticatorStep.Refused.class);
    }

    private static UnaryOperator<Octets> replay(Random random) {
        List<Octets> past = new ArrayList<>();
        return packet -> {
            past.add(packet);
            return random.nextInt(3) == 0 ? past.get(random.nextInt(past.size())) : packet;
        };
    }

    private static Octets flipped(Octets packet, Random random) {
        byte[] bytes = packet.toByteArray();
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        return Octets.wrap(bytes);
    }
}
