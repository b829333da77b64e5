package org.homeport.core.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.homeport.core.crypto.JdkCrypto;
import org.homeport.core.protection.FragmentAssembler;
import org.homeport.core.protection.MessageProtection;
import org.homeport.core.protection.NatDetection;
import org.homeport.core.protection.Unsealed;
import org.homeport.core.registry.AuthMethod;
import org.homeport.core.registry.CpAttributeType;
import org.homeport.core.registry.CpType;
import org.homeport.core.registry.EncryptionId;
import org.homeport.core.registry.ExchangeType;
import org.homeport.core.registry.IdType;
import org.homeport.core.registry.KeyExchangeId;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.registry.PayloadType;
import org.homeport.core.registry.PrfId;
import org.homeport.core.registry.ProtocolId;
import org.homeport.core.registry.TransformType;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.WireException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything charon said in two conversations is read, understood, and written the same again. */
class CharonConversationTest {
    static Stream<CharonConversation> conversations() {
        return Stream.of(CharonConversation.gcm(), CharonConversation.cbc());
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void everyDatagramIsWrittenAsItWasRead(CharonConversation conversation) throws WireException {
        assertThat(conversation.messages).hasSize(17);
        for (CharonConversation.Message message : conversation.messages) {
            IkeMessage decoded = MessageDecoder.decode(message.datagram());
            assertThat(MessageEncoder.encode(decoded.header(), decoded.payloads()))
                    .isEqualTo(message.datagram());
        }
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void everySealedMessageOpensToWhatWasInIt(CharonConversation conversation) throws WireException {
        for (CharonConversation.Message message : conversation.sealed()) {
            Unsealed unsealed = open(conversation, message).orElseThrow();
            Octets content = switch (unsealed) {
                case Unsealed.Whole whole -> MessageEncoder.payloads(whole.payloads());
                case Unsealed.Fragment fragment -> fragment.plaintext();
            };
            assertThat(content).isEqualTo(message.plaintext().orElseThrow());
        }
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void everyMessageKeepsTheRules(CharonConversation conversation) throws WireException {
        FragmentAssembler fragments = new FragmentAssembler();
        int checked = 0;
        for (CharonConversation.Message message : conversation.messages) {
            IkeMessage outer = MessageDecoder.decode(message.datagram());
            Optional<List<Payload>> payloads = message.plaintext().isEmpty()
                    ? Optional.of(outer.payloads())
                    : switch (open(conversation, message).orElseThrow()) {
                        case Unsealed.Whole whole -> Optional.of(whole.payloads());
                        case Unsealed.Fragment fragment -> fragments.add(fragment);
                    };
            if (payloads.isPresent()) {
                Direction direction = outer.header().isResponse() ? Direction.RESPONSE : Direction.REQUEST;
                assertThat(PayloadRules.check(outer.header().exchange(), direction, payloads.get()))
                        .isEmpty();
                checked++;
            }
        }
        assertThat(checked).isEqualTo(16);
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void aFlippedBitAnywhereIsNoticed(CharonConversation conversation) throws WireException {
        CharonConversation.Message message = conversation.sealed().getFirst();
        for (int at = 0; at < message.datagram().length(); at++) {
            byte[] bytes = message.datagram().toByteArray();
            bytes[at] ^= 1;
            Octets damaged = Octets.wrap(bytes);
            // Decoded as if undamaged: what counts here is the check, not what the decoder sees already.
            IkeMessage outer = MessageDecoder.decode(message.datagram());
            Payload.Encrypted sk = (Payload.Encrypted) outer.payloads().getLast();
            Octets body = damaged.from(damaged.length() - sk.body().length());
            IkeMessage damagedOuter =
                    new IkeMessage(outer.header(), List.of(new Payload.Encrypted(sk.firstInner(), body)));
            assertThat(protection(conversation, true).open(damaged, damagedOuter))
                    .as("octet %d", at)
                    .isEmpty();
        }
    }

    @Test
    void readsTheFirstMessageFieldByField() throws WireException {
        IkeMessage first = MessageDecoder.decode(
                CharonConversation.gcm().messages.getFirst().datagram());

        assertThat(first.header())
                .isEqualTo(new IkeHeader(
                        0x7abc18d0b6c9ee69L,
                        0,
                        PayloadType.SA,
                        0x20,
                        ExchangeType.IKE_SA_INIT,
                        IkeHeader.INITIATOR,
                        0,
                        232));
        assertThat(first.payloads().get(0))
                .isEqualTo(new Payload.SecurityAssociation(List.of(new Proposal(
                        1,
                        ProtocolId.IKE,
                        Octets.EMPTY,
                        List.of(
                                Transform.of(TransformType.ENCR, EncryptionId.AES_GCM_16.value(), 128),
                                Transform.of(TransformType.PRF, PrfId.HMAC_SHA2_256.value()),
                                Transform.of(TransformType.KE, KeyExchangeId.CURVE25519.value()))))));
        assertThat(first.payloads().get(1))
                .isEqualTo(new Payload.KeyExchange(
                        KeyExchangeId.CURVE25519,
                        Octets.fromHex("5ae54dbcc6c10470bebc5c2646637704c149720f76005756274db0645b35d538")));
        assertThat(first.payloads().get(2))
                .isEqualTo(new Payload.Nonce(
                        Octets.fromHex("f3bbf2767b86d27ead562563f334fac85938a7bd0f3066bb6b94b853e916b702")));
        assertThat(first.payloads().subList(5, 8))
                .containsExactly(
                        Payload.Notify.of(NotifyType.IKEV2_FRAGMENTATION_SUPPORTED),
                        Payload.Notify.of(NotifyType.SIGNATURE_HASH_ALGORITHMS, Octets.fromHex("0002000300040005")),
                        Payload.Notify.of(NotifyType.REDIRECT_SUPPORTED));
    }

    /** These charons fake a NAT in front of themselves, to have ESP in UDP: only the destination is the truth. */
    @Test
    void natDetectionHashesAreThoseOfCharon() throws WireException {
        for (CharonConversation.Message message :
                CharonConversation.gcm().messages.subList(0, 2)) {
            IkeMessage decoded = MessageDecoder.decode(message.datagram());

            assertThat(decoded.payloads())
                    .contains(natDetection(
                            decoded.header(), NotifyType.NAT_DETECTION_DESTINATION_IP, message.destination()))
                    .doesNotContain(
                            natDetection(decoded.header(), NotifyType.NAT_DETECTION_SOURCE_IP, message.source()));
        }
    }

    @Test
    void readsWhatTheInitiatorAsksFor() throws WireException {
        CharonConversation conversation = CharonConversation.gcm();
        Unsealed.Whole request = (Unsealed.Whole)
                open(conversation, conversation.sealed().getFirst()).orElseThrow();

        assertThat(Payload.first(request.payloads(), Payload.Identification.class))
                .contains(
                        Payload.Identification.of(PayloadType.IDI, IdType.RFC822_ADDR, Octets.utf8("mn@example.org")));
        assertThat(Payload.first(request.payloads(), Payload.Authentication.class))
                .isEmpty();
        Payload.Configuration cp =
                Payload.first(request.payloads(), Payload.Configuration.class).orElseThrow();
        assertThat(cp.cpType()).isEqualTo(CpType.CFG_REQUEST);
        assertThat(cp.attributes().getFirst().type()).isEqualTo(CpAttributeType.INTERNAL_IP6_ADDRESS);
    }

    @Test
    void assemblesTheResponseThatCameInFragments() throws WireException {
        CharonConversation conversation = CharonConversation.cbc();
        List<Unsealed.Fragment> fragments = new ArrayList<>();
        for (CharonConversation.Message message : conversation.sealed()) {
            if (open(conversation, message).orElseThrow() instanceof Unsealed.Fragment fragment) {
                fragments.add(fragment);
            }
        }
        FragmentAssembler assembler = new FragmentAssembler();

        assertThat(assembler.add(fragments.get(1))).isEmpty();
        List<Payload> payloads = assembler.add(fragments.get(0)).orElseThrow();

        assertThat(MessageEncoder.payloads(payloads)).isEqualTo(conversation.assembled);
        assertThat(payloads)
                .extracting(Payload::type)
                .containsExactly(PayloadType.IDR, PayloadType.CERT, PayloadType.AUTH, PayloadType.EAP);
        assertThat(Payload.first(payloads, Payload.Authentication.class)
                        .orElseThrow()
                        .method())
                .isEqualTo(AuthMethod.DIGITAL_SIGNATURE);
    }

    @Test
    void readsTheAddressThatWasAssigned() throws WireException {
        CharonConversation conversation = CharonConversation.gcm();
        Octets assigned = Octets.fromHex("20010db8010000000000000000000010");
        List<Payload> reply = List.of();
        for (CharonConversation.Message message : conversation.sealed()) {
            if (open(conversation, message).orElseThrow() instanceof Unsealed.Whole whole
                    && Payload.first(whole.payloads(), Payload.Configuration.class)
                            .isPresent()) {
                reply = whole.payloads();
            }
        }

        Payload.Configuration cp =
                Payload.first(reply, Payload.Configuration.class).orElseThrow();
        assertThat(cp.cpType()).isEqualTo(CpType.CFG_REPLY);
        assertThat(cp.attributes())
                .contains(new Payload.Configuration.Attribute(
                        CpAttributeType.INTERNAL_IP6_ADDRESS, assigned.plus(Octets.of(64))));
        assertThat(reply)
                .contains(new Payload.TrafficSelectors(
                        PayloadType.TSI,
                        List.of(new TrafficSelector(0, 0, 0xffff, new IpAddress(assigned), new IpAddress(assigned)))));
    }

    private static Payload natDetection(IkeHeader header, NotifyType type, Endpoint endpoint) {
        return Payload.Notify.of(
                type, NatDetection.hash(new JdkCrypto(), header.spiInitiator(), header.spiResponder(), endpoint));
    }

    private static Optional<Unsealed> open(CharonConversation conversation, CharonConversation.Message message)
            throws WireException {
        return protection(conversation, message.fromInitiator())
                .open(message.datagram(), MessageDecoder.decode(message.datagram()));
    }

    /** The protection of the side that receives. */
    private static MessageProtection protection(CharonConversation conversation, boolean fromInitiator) {
        return fromInitiator
                ? new MessageProtection(
                        conversation.responderCipher(), conversation.initiatorCipher(), RandomSource.of(new Random(1)))
                : new MessageProtection(
                        conversation.initiatorCipher(), conversation.responderCipher(), RandomSource.of(new Random(1)));
    }
}
