package org.homeport.core.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.homeport.core.crypto.JdkCrypto;
import org.homeport.core.crypto.MessageCipher;
import org.homeport.core.message.IkeHeader;
import org.homeport.core.message.IkeMessage;
import org.homeport.core.message.MessageDecoder;
import org.homeport.core.message.MessageEncoder;
import org.homeport.core.message.Payload;
import org.homeport.core.message.RandomMessages;
import org.homeport.core.registry.ExchangeType;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.registry.PayloadType;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.WireException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessageProtectionTest {
    private static final IkeHeader HEADER = IkeHeader.of(1, 2, ExchangeType.IKE_AUTH, IkeHeader.INITIATOR, 1);
    private static final MessageCipher GCM =
            JdkCrypto.aesGcm16(Octets.fromHex("0368205b239cd521aad56957e4a421190ce52eef"));
    private static final MessageCipher CBC =
            JdkCrypto.aesCbcHmacSha256(Octets.fromHex("000102030405060708090a0b0c0d0e0f"), Octets.zeros(32));

    static Stream<MessageCipher> ciphers() {
        return Stream.of(GCM, CBC);
    }

    @ParameterizedTest
    @MethodSource("ciphers")
    void whatIsSealedOpensAgain(MessageCipher cipher) throws WireException {
        MessageProtection protection = protection(cipher);
        RandomMessages messages = new RandomMessages(new Random(1));
        for (int i = 0; i < 300; i++) {
            List<Payload> payloads = messages.payloads();

            List<Octets> sealed = protection.seal(HEADER, payloads, OptionalInt.empty());

            assertThat(sealed).hasSize(1);
            assertThat(open(protection, sealed.getFirst())).isEqualTo(new Unsealed.Whole(payloads));
        }
    }

    @ParameterizedTest
    @MethodSource("ciphers")
    void longMessagesAreSplitAndShortOnesAreNot(MessageCipher cipher) throws WireException {
        RandomMessages messages = new RandomMessages(new Random(2));
        Random sizes = new Random(3);
        MessageProtection protection = protection(cipher);
        for (int i = 0; i < 300; i++) {
            List<Payload> payloads = messages.payloads();
            int max = sizes.nextInt(548, 1452);
            int whole = protection
                    .seal(HEADER, payloads, OptionalInt.empty())
                    .getFirst()
                    .length();

            List<Octets> sealed = protection.seal(HEADER, payloads, OptionalInt.of(max));

            assertThat(sealed).allSatisfy(m -> assertThat(m.length()).isLessThanOrEqualTo(max));
            assertThat(sealed.size() == 1).isEqualTo(whole <= max);
            assertThat(openAll(protection, sealed)).isEqualTo(payloads);
        }
    }

    @Test
    void onlyTheFirstFragmentNamesThePayloads() throws WireException {
        List<Octets> sealed =
                protection(GCM).seal(HEADER, List.of(new Payload.VendorId(Octets.zeros(2_000))), OptionalInt.of(600));

        List<Payload> outer = new ArrayList<>();
        for (Octets datagram : sealed) {
            outer.addAll(MessageDecoder.decode(datagram).payloads());
        }
        assertThat(outer)
                .extracting(p -> ((Payload.EncryptedFragment) p).firstInner())
                .containsExactly(PayloadType.VENDOR, PayloadType.NONE, PayloadType.NONE, PayloadType.NONE);
        assertThat(outer)
                .extracting(p -> ((Payload.EncryptedFragment) p).number())
                .containsExactly(1, 2, 3, 4);
    }

    @Test
    void anIvIsNeverUsedTwice() throws WireException {
        MessageProtection protection = protection(GCM);
        Set<Octets> ivs = new HashSet<>();
        List<Payload> payloads = List.of(new Payload.VendorId(Octets.zeros(3_000)));
        for (int i = 0; i < 50; i++) {
            for (Octets datagram : protection.seal(HEADER, payloads, OptionalInt.of(600))) {
                Payload.EncryptedFragment skf = (Payload.EncryptedFragment)
                        MessageDecoder.decode(datagram).payloads().getFirst();
                assertThat(ivs.add(skf.body().slice(0, 8))).isTrue();
            }
        }
        assertThat(ivs).hasSizeGreaterThan(250);
    }

    @Test
    void ivsOfCbcCannotBeForeseen() throws WireException {
        List<Payload> none = List.of();
        RandomSource random = RandomSource.of(new Random(9));
        MessageProtection protection = new MessageProtection(CBC, CBC, RandomSource.of(new Random(9)));

        Payload.Encrypted sk = (Payload.Encrypted) MessageDecoder.decode(
                        protection.seal(HEADER, none, OptionalInt.empty()).getFirst())
                .payloads()
                .getFirst();

        assertThat(sk.body().slice(0, 16)).isEqualTo(random.octets(16));
    }

    @Test
    void paddingOfAnyLengthIsTaken() throws WireException {
        Octets plaintext = MessageEncoder.payloads(List.of(Payload.Notify.of(NotifyType.INITIAL_CONTACT)));
        for (int padding = 0; padding <= 255; padding++) {
            byte[] tail = new byte[padding + 1];
            new Random(padding).nextBytes(tail);
            tail[padding] = (byte) padding;

            assertThat(open(protection(GCM), sealRaw(plaintext.plus(Octets.wrap(tail)))))
                    .isEqualTo(new Unsealed.Whole(List.of(Payload.Notify.of(NotifyType.INITIAL_CONTACT))));
        }
    }

    @Test
    void paddingLongerThanTheContentIsTheSendersMistake() {
        assertThatThrownBy(() -> open(protection(GCM), sealRaw(Octets.of(0, 0, 3))))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("padding of 3");
        assertThatThrownBy(() -> open(protection(GCM), sealRaw(Octets.EMPTY))).isInstanceOf(WireException.class);
    }

    @Test
    void malformedContentIsTheSendersMistake() {
        assertThatThrownBy(() -> open(protection(GCM), sealRaw(Octets.fromHex("00000003 00"))))
                .isInstanceOf(WireException.class);
    }

    @Test
    void aForgedMessageOpensToNothing() throws WireException {
        Octets sealed = protection(GCM)
                .seal(HEADER, List.of(Payload.Notify.of(NotifyType.INITIAL_CONTACT)), OptionalInt.empty())
                .getFirst();
        for (int at = 0; at < sealed.length(); at++) {
            byte[] bytes = sealed.toByteArray();
            bytes[at] ^= 0x10;
            Octets forged = Octets.wrap(bytes);
            IkeMessage outer;
            try {
                outer = MessageDecoder.decode(forged);
            } catch (WireException e) {
                continue;
            }
            assertThat(protection(GCM).open(forged, outer)).as("octet %d", at).isEmpty();
        }
    }

    @Test
    void renumberedFragmentsAreForged() throws WireException {
        Octets first = protection(GCM)
                .seal(HEADER, List.of(new Payload.VendorId(Octets.zeros(2_000))), OptionalInt.of(600))
                .getFirst();
        byte[] bytes = first.toByteArray();
        bytes[33] = 2;
        Octets renumbered = Octets.wrap(bytes);

        assertThat(protection(GCM).open(renumbered, MessageDecoder.decode(renumbered)))
                .isEmpty();
    }

    @Test
    void nothingUnprotectedComesBack() throws WireException {
        Payload smuggled = new Payload.VendorId(Octets.utf8("smuggled"));
        int bodyLength = 8 + 8 + 1 + 16;
        Payload.Encrypted room = new Payload.Encrypted(PayloadType.NOTIFY, Octets.zeros(bodyLength));
        Octets layout = MessageEncoder.encode(HEADER, List.of(smuggled, room));
        Octets associated = layout.slice(0, layout.length() - bodyLength);
        Octets inner = MessageEncoder.payloads(List.of(Payload.Notify.of(NotifyType.INITIAL_CONTACT)));
        Octets datagram = associated.plus(GCM.seal(associated, Octets.zeros(8), inner.plus(Octets.of(0))));

        assertThat(open(protection(GCM), datagram))
                .isEqualTo(new Unsealed.Whole(List.of(Payload.Notify.of(NotifyType.INITIAL_CONTACT))));
    }

    @Test
    void aMessageInTheClearOpensToNothing() throws WireException {
        Octets clear = MessageEncoder.encode(HEADER, List.of(Payload.Notify.of(NotifyType.INVALID_SYNTAX)));
        Octets empty = MessageEncoder.encode(HEADER, List.of());

        assertThat(protection(GCM).open(clear, MessageDecoder.decode(clear))).isEmpty();
        assertThat(protection(GCM).open(empty, MessageDecoder.decode(empty))).isEmpty();
    }

    @Test
    void encryptedPayloadTooShortForItsIvOpensToNothing() throws WireException {
        for (int length = 0; length < 24; length++) {
            Octets datagram = MessageEncoder.encode(
                    HEADER, List.of(new Payload.Encrypted(PayloadType.NONE, Octets.zeros(length))));
            assertThat(protection(GCM).open(datagram, MessageDecoder.decode(datagram)))
                    .isEmpty();
        }
    }

    private static Octets sealRaw(Octets padded) {
        int bodyLength = 8 + padded.length() + 16;
        Octets layout = MessageEncoder.encode(
                HEADER, List.of(new Payload.Encrypted(PayloadType.NOTIFY, Octets.zeros(bodyLength))));
        Octets associated = layout.slice(0, layout.length() - bodyLength);
        return associated.plus(GCM.seal(associated, Octets.zeros(8), padded));
    }

    private static List<Payload> openAll(MessageProtection protection, List<Octets> datagrams) throws WireException {
        FragmentAssembler assembler = new FragmentAssembler();
        List<Payload> payloads = List.of();
        for (Octets datagram : datagrams) {
            switch (open(protection, datagram)) {
                case Unsealed.Whole whole -> payloads = whole.payloads();
                case Unsealed.Fragment fragment ->
                    payloads = assembler.add(fragment).orElse(payloads);
            }
        }
        return payloads;
    }

    private static Unsealed open(MessageProtection protection, Octets datagram) throws WireException {
        return protection.open(datagram, MessageDecoder.decode(datagram)).orElseThrow();
    }

    private static MessageProtection protection(MessageCipher cipher) {
        return new MessageProtection(cipher, cipher, RandomSource.of(new Random(5)));
    }
}
