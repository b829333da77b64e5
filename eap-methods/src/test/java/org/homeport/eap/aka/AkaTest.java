package org.homeport.eap.aka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.homeport.eap.AuthenticatorStep;
import org.homeport.eap.Conversation;
import org.homeport.eap.EapCodec;
import org.homeport.eap.EapPacket;
import org.homeport.eap.EapType;
import org.homeport.eap.MethodResult;
import org.homeport.eap.Nai;
import org.homeport.eap.PeerTurn;
import org.homeport.eap.aka.AkaServerSettings.Bidding;
import org.homeport.eap.aka.AkaServerSettings.Pseudonyms;
import org.homeport.eap.aka.AkaServerSettings.ResultIndications;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;
import org.homeport.kit.WireException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both sides against each other. */
class AkaTest {
    private static final int SEEDS = 400;
    private static final Sim STRANGER =
            new Sim(Secret.copyOf(Octets.zeros(16)), Secret.copyOf(Octets.zeros(16)), Sim.DEFAULT_AMF);

    /** Subtypes of the server's messages. */
    private final List<Integer> subtypes = new ArrayList<>();

    /** What the peer called itself in AKA-Identity. */
    private final List<String> identities = new ArrayList<>();

    @ParameterizedTest
    @EnumSource
    void bothSidesGetTheSameKeys(AkaVariant variant) {
        Aka aka = new Aka(variant);
        MethodResult server = agreed(aka);
        assertThat(server.method()).isEqualTo(variant.words());
        assertThat(server.identity()).contains(Aka.NAME);
        assertThat(subtypes).containsExactly(AkaMessage.IDENTITY, AkaMessage.CHALLENGE, AkaMessage.NOTIFICATION);
        assertThat(identities).containsExactly(Aka.permanent(variant).text());
    }

    @ParameterizedTest
    @EnumSource
    void resultIndicationsAreUsedOnlyIfBothWantThem(AkaVariant variant) {
        Aka aka = new Aka(variant);
        aka.peerSettings = new AkaPeerSettings(
                ResultIndications.NONE, Bidding.NONE, AkaPeerSettings.IdentityPolicy.LIBERAL, Optional.empty());
        agreed(aka);
        aka = new Aka(variant);
        aka.serverSettings = new AkaServerSettings(
                variant, AkaServerSettings.WLAN, Bidding.NONE, ResultIndications.NONE, Pseudonyms.NONE, 0);
        agreed(aka);
        assertThat(subtypes)
                .containsExactly(AkaMessage.IDENTITY, AkaMessage.CHALLENGE, AkaMessage.IDENTITY, AkaMessage.CHALLENGE);
        assertThat(aka.subscription.identity())
                .isEqualTo(Octets.utf8(Aka.permanent(variant).text()));
    }

    @ParameterizedTest
    @EnumSource
    void nextTimeIsFast(AkaVariant variant) {
        Aka aka = new Aka(variant);
        Optional<Secret> full = agreed(aka).msk();
        subtypes.clear();
        Optional<Secret> again = agreed(aka).msk();
        Optional<Secret> onceMore = agreed(aka).msk();
        assertThat(List.of(full, again, onceMore)).doesNotHaveDuplicates();
        assertThat(subtypes)
                .containsExactly(
                        AkaMessage.IDENTITY,
                        AkaMessage.REAUTHENTICATION,
                        AkaMessage.NOTIFICATION,
                        AkaMessage.IDENTITY,
                        AkaMessage.REAUTHENTICATION,
                        AkaMessage.NOTIFICATION);
        assertThat(identities).doesNotHaveDuplicates().hasSize(3);
    }

    @ParameterizedTest
    @EnumSource
    void fastReauthenticationsEnd(AkaVariant variant) {
        Aka aka = new Aka(variant);
        aka.serverSettings = new AkaServerSettings(
                variant, AkaServerSettings.WLAN, Bidding.NONE, ResultIndications.NONE, Pseudonyms.GIVEN, 2);
        for (int i = 0; i < 4; i++) {
            agreed(aka);
        }
        assertThat(subtypes)
                .filteredOn(subtype -> subtype != AkaMessage.IDENTITY)
                .containsExactly(
                        AkaMessage.CHALLENGE,
                        AkaMessage.REAUTHENTICATION,
                        AkaMessage.REAUTHENTICATION,
                        AkaMessage.CHALLENGE);
        assertThat(identities.getLast()).matches("[27][0-9a-f]{32}@" + Aka.REALM);
    }

    @ParameterizedTest
    @EnumSource
    void forgetfulServerAsksForMoreUntilItKnows(AkaVariant variant) {
        Aka aka = new Aka(variant);
        agreed(aka);
        identities.clear();
        subtypes.clear();
        aka.memory = new BoundedAkaMemory(1);
        agreed(aka);
        assertThat(subtypes)
                .containsExactly(
                        AkaMessage.IDENTITY,
                        AkaMessage.IDENTITY,
                        AkaMessage.IDENTITY,
                        AkaMessage.CHALLENGE,
                        AkaMessage.NOTIFICATION);
        assertThat(identities.get(0)).matches("[48][0-9a-f]{32}@" + Aka.REALM);
        assertThat(identities.get(1)).matches("[27][0-9a-f]{32}@" + Aka.REALM);
        assertThat(identities.get(2)).isEqualTo(Aka.permanent(variant).text());
    }

    @ParameterizedTest
    @EnumSource
    void conservativePeerKeepsItsName(AkaVariant variant) {
        Aka aka = new Aka(variant);
        agreed(aka);
        identities.clear();
        aka.memory = new BoundedAkaMemory(1);
        aka.peerSettings = new AkaPeerSettings(
                ResultIndications.NONE, Bidding.NONE, AkaPeerSettings.IdentityPolicy.CONSERVATIVE, Optional.empty());
        assertRefused(aka, "the peer gives up: client error [0]", "asked for the permanent identity");
        assertThat(identities).hasSize(2).doesNotContain(Aka.permanent(variant).text());
    }

    @ParameterizedTest
    @EnumSource
    void simThatIsAheadIsCaughtUpWith(AkaVariant variant) {
        Aka aka = new Aka(variant);
        aka.subscription = Aka.subscription(variant, Aka.SIM, new Sqn(1L << 46));
        agreed(aka);
        assertThat(subtypes)
                .containsExactly(
                        AkaMessage.IDENTITY, AkaMessage.CHALLENGE, AkaMessage.CHALLENGE, AkaMessage.NOTIFICATION);
    }

    @ParameterizedTest
    @EnumSource
    void counterTooSmallLeadsToAFullAuthentication(AkaVariant variant) {
        Aka aka = new Aka(variant);
        aka.memory = new CountsFromZero();
        agreed(aka);
        agreed(aka);
        subtypes.clear();
        agreed(aka);
        assertThat(subtypes)
                .containsExactly(
                        AkaMessage.IDENTITY,
                        AkaMessage.REAUTHENTICATION,
                        AkaMessage.CHALLENGE,
                        AkaMessage.NOTIFICATION);
    }

    @ParameterizedTest
    @EnumSource
    void strangersAreRefusedBothWays(AkaVariant variant) {
        Aka aka = new Aka(variant);
        aka.subscription = Aka.subscription(variant, STRANGER, Sqn.NONE);
        assertRefused(aka, "the peer's SIM does not take our challenge", "AUTN is not from the SIM's own network");
        Aka other = new Aka(variant);
        other.subscription = new AkaSubscription(variant, new Nai("not-here@example.org"), new Usim(Aka.SIM, Sqn.NONE));
        subtypes.clear();
        assertRefused(other, "unknown user 'not-here@example.org'", "general failure (16384)");
        assertThat(subtypes)
                .containsExactly(
                        AkaMessage.IDENTITY, AkaMessage.IDENTITY, AkaMessage.IDENTITY, AkaMessage.NOTIFICATION);
    }

    @ParameterizedTest
    @EnumSource
    void newSimEndsFastReauthentication(AkaVariant variant) {
        Aka aka = new Aka(variant);
        agreed(aka);
        subtypes.clear();
        aka.known = new Sim(Aka.SIM.k(), Aka.SIM.opc(), Octets.fromHex("8001"));
        agreed(aka);
        assertThat(subtypes).startsWith(AkaMessage.IDENTITY, AkaMessage.CHALLENGE);
    }

    /** A reserved octet that nobody looks at, apart from AT_CHECKCODE. */
    @ParameterizedTest
    @EnumSource
    void changedIdentityMessageIsNoticed(AkaVariant variant) {
        Aka aka = new Aka(variant);
        assertThat(refusal(aka, packet -> isIdentity(packet) ? flipped(packet, 7 * 8) : packet))
                .startsWith("the peer gives up");
    }

    /** Whatever bit is flipped: both have the same key of the same user, or nobody is accepted. */
    @ParameterizedTest
    @EnumSource
    void corruptionNeverAuthenticatesWrongly(AkaVariant variant) {
        int accepted = 0;
        Aka aka = new Aka(variant);
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            UnaryOperator<Octets> noise =
                    packet -> random.nextInt(6) == 0 ? flipped(packet, random.nextInt(8 * packet.length())) : packet;
            Conversation conversation = new Conversation(aka.authenticator(), aka.eapPeer(), noise, noise).run();
            if (conversation.accepted().isPresent()) {
                accepted++;
                assertThat(conversation.granted().orElseThrow().msk())
                        .as("seed %s", seed)
                        .isEqualTo(conversation.accepted().get().msk());
            }
        }
        assertThat(accepted).isBetween(SEEDS / 10, SEEDS * 9 / 10);
    }

    @ParameterizedTest
    @EnumSource
    void repliesOfAnotherConversationAreWorthNothing(AkaVariant variant) {
        Aka aka = new Aka(variant);
        List<Octets> recorded = new ArrayList<>();
        new Conversation(aka.authenticator(), aka.eapPeer(), UnaryOperator.identity(), packet -> {
                    recorded.add(packet);
                    return packet;
                })
                .run();
        var other = aka.authenticator();
        AuthenticatorStep step = other.begin();
        for (Octets reply : recorded) {
            if (step instanceof AuthenticatorStep.Ask ask) {
                step = other.handle(Octets.of(2, ask.request().at(1)).plus(reply.from(2)));
            }
        }
        assertThat(step)
                .isInstanceOfSatisfying(
                        AuthenticatorStep.Refused.class,
                        refused -> assertThat(refused.reason()).contains("AT_MAC"));
    }

    private MethodResult agreed(Aka aka) {
        Conversation conversation =
                new Conversation(aka.authenticator(), aka.eapPeer(), this::note, this::noteIdentity).run();
        MethodResult server = conversation.granted().orElseThrow();
        MethodResult peer = conversation.accepted().orElseThrow();
        assertThat(server.msk().orElseThrow().length()).isEqualTo(64);
        assertThat(peer.msk()).isEqualTo(server.msk());
        assertThat(peer.sessionId()).isEqualTo(server.sessionId()).isPresent();
        return server;
    }

    private void assertRefused(Aka aka, String atServer, String atPeer) {
        Conversation conversation =
                new Conversation(aka.authenticator(), aka.eapPeer(), this::note, this::noteIdentity).run();
        assertThat(conversation.authenticatorEnd())
                .hasValueSatisfying(end ->
                        assertThat(((AuthenticatorStep.Refused) end).reason()).startsWith(atServer));
        assertThat(conversation.peerEnd())
                .hasValueSatisfying(
                        end -> assertThat(((PeerTurn.Failed) end).reason()).contains(atPeer));
    }

    private static String refusal(Aka aka, UnaryOperator<Octets> toPeer) {
        Conversation conversation =
                new Conversation(aka.authenticator(), aka.eapPeer(), toPeer, UnaryOperator.identity()).run();
        return ((AuthenticatorStep.Refused) conversation.authenticatorEnd().orElseThrow()).reason();
    }

    private Octets note(Octets packet) {
        if (parsed(packet) instanceof EapPacket.Request request
                && !request.type().equals(EapType.IDENTITY)) {
            subtypes.add(request.typeData().at(0));
        }
        return packet;
    }

    private Octets noteIdentity(Octets packet) {
        if (parsed(packet) instanceof EapPacket.Response response
                && !response.type().equals(EapType.IDENTITY)) {
            try {
                AkaCodec.decode(response.typeData())
                        .find(AkaCodec.AT_IDENTITY)
                        .ifPresent(identity -> identities.add(identity.utf8()));
            } catch (WireException e) {
                throw new AssertionError(e);
            }
        }
        return packet;
    }

    private static boolean isIdentity(Octets packet) {
        return parsed(packet) instanceof EapPacket.Request request
                && !request.type().equals(EapType.IDENTITY)
                && request.typeData().at(0) == AkaMessage.IDENTITY;
    }

    private static EapPacket parsed(Octets packet) {
        try {
            return EapCodec.decode(packet);
        } catch (WireException e) {
            throw new AssertionError(e);
        }
    }

    private static Octets flipped(Octets packet, int bit) {
        byte[] bytes = packet.toByteArray();
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        return Octets.wrap(bytes);
    }

    /** A memory that lost count. */
    private static final class CountsFromZero implements AkaMemory {
        private final AkaMemory inner = new BoundedAkaMemory(1);

        @Override
        public void keepPseudonym(String pseudonym, Nai permanent) {
            inner.keepPseudonym(pseudonym, permanent);
        }

        @Override
        public Optional<Nai> behind(String pseudonym) {
            return inner.behind(pseudonym);
        }

        @Override
        public void keepContext(String name, AkaContext context) {
            inner.keepContext(name, new AkaContext(context.permanent(), context.sim(), context.teks(), 0));
        }

        @Override
        public Optional<AkaContext> takeContext(String name) {
            return inner.takeContext(name);
        }
    }
}
