package org.homeport.eap.psk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.homeport.eap.AuthenticatorStep;
import org.homeport.eap.Conversation;
import org.homeport.eap.EapAuthenticator;
import org.homeport.eap.EapLimits;
import org.homeport.eap.EapPeer;
import org.homeport.eap.EapType;
import org.homeport.eap.IdentityQuestion;
import org.homeport.eap.MethodOffer;
import org.homeport.eap.MethodResult;
import org.homeport.eap.Methods;
import org.homeport.eap.PeerStep;
import org.homeport.eap.PeerTurn;
import org.homeport.eap.Vectors;
import org.homeport.eap.psk.PskCodec.Result;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PskTest {
    private static final int SEEDS = 500;
    static final PskKeys KEYS = PskKeys.of(Secret.copyOf(Octets.fromHex("000102030405060708090a0b0c0d0e0f")));
    private static final PskKeys WRONG = PskKeys.of(Secret.copyOf(Octets.zeros(16)));

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void cmacComesOutAsInRfc4493(int example) {
        Vectors vectors = Vectors.of("rfc4493/section-4");
        assertThat(PskKeys.cmac(Secret.copyOf(vectors.hex("K")), vectors.hex(example + ".M")))
                .isEqualTo(vectors.hex(example + ".MAC"));
    }

    /** Bellare, Rogaway, Wagner: "The EAX Mode of Operation", appendix G. */
    @ParameterizedTest
    @CsvSource(textBlock = """
                    '', 233952DEE4D5ED5F9B9C6D6FF80FF478, 62EC67F9C3A4A407FCB2A8C49031A8B3, 6BFB914FD07EAE6B, E037830E8389F27B025A2D6527E79D01
                    F7FB, 91945D3F4DCBEE0BF45EF52255F095A4, BECAF043B0A23D843194BA972C66DEBD, FA3BFD4806EB53FA, 19DD5C4C9331049D0BDAB0277408F67967E5
                    1A47CB4933, 01F74AD64077F2E704C0F60ADA3DD523, 70C3DB4F0D26368400A10ED05D2BFF5E, 234A3463C1264AC6, D851D5BAE03A59F238A23E39199DC9266626C40F80
                    """)
    void eaxComesOutAsPublished(String message, String key, String nonce, String header, String sealed) {
        assertThat(PskKeys.eax(
                        PskKeys.Direction.SEAL,
                        Secret.copyOf(Octets.fromHex(key)),
                        Octets.fromHex(nonce),
                        Octets.fromHex(header),
                        Octets.fromHex(message)))
                .hasValue(Octets.fromHex(sealed).toByteArray());
    }

    @Test
    void bothSidesGetTheSameKeys() {
        Conversation conversation = conversation(KEYS, UnaryOperator.identity());
        MethodResult server = conversation.granted().orElseThrow();
        MethodResult peer = conversation.accepted().orElseThrow();
        assertThat(server.msk().orElseThrow().length()).isEqualTo(64);
        assertThat(peer.msk()).isEqualTo(server.msk());
        assertThat(peer.sessionId()).isEqualTo(server.sessionId()).isPresent();
        assertThat(server.identity()).contains("mn1");
        assertThat(peer.identity()).contains("aaa");
    }

    @Test
    void wrongKeyLetsNobodyIn() {
        Conversation conversation = conversation(WRONG, UnaryOperator.identity());
        assertThat(conversation.authenticatorEnd())
                .hasValueSatisfying(end ->
                        assertThat(((AuthenticatorStep.Refused) end).reason()).isEqualTo("wrong key of 'mn1'"));
        assertThat(conversation.peerEnd()).containsInstanceOf(PeerTurn.Failed.class);
    }

    @Test
    void serverWithoutTheKeyIsNotBelieved() {
        PskPeer peer = new PskPeer("mn1", KEYS, Methods.random(1));
        Octets second = answer(
                        peer.handle(PskCodec.encode(new PskMessage.First(Octets.zeros(16), Octets.utf8("aaa"))), 1))
                .typeData();
        assertThat(second.length()).isEqualTo(1 + 3 * 16 + 3);
        PskMessage.Channel channel = new PskMessage.Channel(0, Octets.zeros(16), Octets.of(0));
        assertThat(peer.handle(PskCodec.encode(new PskMessage.Third(Octets.zeros(16), Octets.zeros(16), channel)), 2))
                .isInstanceOfSatisfying(
                        PeerStep.Failed.class,
                        failed -> assertThat(failed.reason()).contains("MAC_S is wrong"));
    }

    @Test
    void refusalUnderTheKeysIsLost() throws Exception {
        assertThat(afterThird(Result.of(Result.Kind.DONE_FAILURE)).standing())
                .isInstanceOf(PeerStep.Standing.Lost.class);
    }

    /** RFC 4764 section 6.2: an extension that nobody knows is answered empty. */
    @Test
    void unknownExtensionDoesNoHarm() throws Exception {
        assertThat(afterThird(new Result(Result.Kind.DONE_SUCCESS, List.of(7))).standing())
                .isInstanceOf(PeerStep.Standing.Agreed.class);
        assertThat(afterThird(new Result(Result.Kind.CONT, List.of(7))).standing())
                .isInstanceOf(PeerStep.Standing.Undecided.class);
    }

    /** Whatever bit is flipped: both have the same key of the same user, or nobody is accepted. */
    @Test
    void corruptionNeverAuthenticatesWrongly() {
        int accepted = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            Conversation conversation =
                    conversation(KEYS, packet -> random.nextInt(6) == 0 ? flipped(packet, random) : packet);
            if (conversation.accepted().isPresent()) {
                accepted++;
                assertThat(conversation.granted().orElseThrow().msk())
                        .isEqualTo(conversation.accepted().get().msk());
            }
        }
        assertThat(accepted).isBetween(SEEDS / 10, SEEDS * 9 / 10);
    }

    @Test
    void repliesOfAnotherConversationAreWorthNothing() {
        List<Octets> recorded = new ArrayList<>();
        new Conversation(authenticator(1), eapPeer(KEYS), UnaryOperator.identity(), packet -> {
                    recorded.add(packet);
                    return packet;
                })
                .run();
        EapAuthenticator other = authenticator(2);
        AuthenticatorStep step = other.begin();
        assertThat(step).isInstanceOf(AuthenticatorStep.Ask.class);
        Octets replayed = Octets.of(2, ((AuthenticatorStep.Ask) step).request().at(1))
                .plus(recorded.getFirst().from(2));
        assertThat(other.handle(replayed)).isInstanceOf(AuthenticatorStep.Refused.class);
    }

    /** What a peer with the right key makes of a third message that says so. */
    static PeerStep.Answer afterThird(Result result) throws Exception {
        PskPeer peer = new PskPeer("mn1", KEYS, Methods.random(1));
        return answer(peer.handle(third(peer, result), 2));
    }

    /** A third message for a fresh peer, from a server that knows the key. */
    static Octets third(PskPeer peer, Result result) throws Exception {
        Octets randS = Octets.zeros(16);
        PskMessage.Second second = (PskMessage.Second) PskCodec.decode(answer(
                        peer.handle(PskCodec.encode(new PskMessage.First(randS, Octets.utf8("aaa"))), 1))
                .typeData());
        Octets mac = KEYS.serverMac(Octets.utf8("aaa"), second.randP());
        Octets plain = result.encode();
        Octets draft =
                PskCodec.encode(new PskMessage.Third(randS, mac, new PskMessage.Channel(0, Octets.zeros(16), plain)));
        Octets sealed = KEYS.session(second.randP()).seal(0, PskCodec.header(PskCodec.Code.REQUEST, 2, draft), plain);
        return PskCodec.encode(
                new PskMessage.Third(randS, mac, new PskMessage.Channel(0, sealed.slice(0, 16), sealed.from(16))));
    }

    private static PeerStep.Answer answer(PeerStep step) {
        return (PeerStep.Answer) step;
    }

    private static Conversation conversation(PskKeys ofPeer, UnaryOperator<Octets> noise) {
        return new Conversation(authenticator(3), eapPeer(ofPeer), noise, noise).run();
    }

    static PskServer server(long seed) {
        return new PskServer(
                name -> new PskAccounts.Account("mn1", KEYS, Optional.empty()), "aaa", Methods.random(seed));
    }

    private static EapAuthenticator authenticator(long seed) {
        return new EapAuthenticator(
                claimed -> List.of(new MethodOffer(EapType.PSK, () -> server(seed))),
                IdentityQuestion.SKIP,
                Optional.of(Methods.USER),
                EapLimits.DEFAULT,
                Methods.random(seed));
    }

    private static EapPeer eapPeer(PskKeys keys) {
        return new EapPeer(Octets.utf8("mn1"), List.of(new PskPeer("mn1", keys, Methods.random(4))), EapLimits.DEFAULT);
    }

    private static Octets flipped(Octets packet, Random random) {
        byte[] bytes = packet.toByteArray();
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        return Octets.wrap(bytes);
    }
}
