package org.homeport.core.message;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.homeport.core.crypto.JdkCrypto;
import org.homeport.core.crypto.MessageCipher;
import org.homeport.core.protection.MessageProtection;
import org.homeport.core.protection.Unsealed;
import org.homeport.core.registry.ExchangeType;
import org.homeport.core.registry.PayloadType;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.WireException;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fuzzing of everything that reads a peer's octets.
 *
 * <p>In a plain test run only the seeds are tried, without instrumentation (junit-platform.properties). Jazzer searches,
 * one method per run, with {@code JAZZER_FUZZ=1 mvn test -pl ike-engine/core -am -Djazzer.hooks=true
 * -Dsurefire.failIfNoSpecifiedTests=false -Dtest=MessageFuzzTest#decoder}. What it finds it keeps as a file under
 * src/test/resources, in MessageFuzzTestInputs, where it is a seed from then on.
 */
class MessageFuzzTest {
    private static final String DURATION = "20s";
    private static final MessageCipher GCM =
            JdkCrypto.aesGcm16(Octets.fromHex("0368205b239cd521aad56957e4a421190ce52eef"));

    static Stream<byte[]> datagrams() {
        return CharonConversation.cbc().messages.stream().map(m -> m.datagram().toByteArray());
    }

    /** The type of the first payload, then the payloads. */
    static Stream<byte[]> innerChains() throws WireException {
        CharonConversation conversation = CharonConversation.gcm();
        Stream.Builder<byte[]> chains = Stream.builder();
        for (CharonConversation.Message message : conversation.sealed()) {
            if (MessageDecoder.decode(message.datagram()).payloads().getLast() instanceof Payload.Encrypted sk) {
                chains.add(Octets.of(sk.firstInner().value())
                        .plus(message.plaintext().orElseThrow())
                        .toByteArray());
            }
        }
        return chains.build();
    }

    static Stream<byte[]> bodies() {
        return Stream.of(
                        "01000000 00080000 000a0000",
                        "02000000 00080011 20010db8010000000000000000000010 80",
                        "01000000 08 00 0028 0000 ffff 20010db8010000000000000000000010 20010db8010000000000000000000010",
                        "02000000 07 11 0010 ffff 0000 0a000001 0a000002 0a 00 0007 616263",
                        "00000024 01010003 0300000c01000014800e0080 0300000802000005 000000080400001f")
                .map(hex -> Octets.fromHex(hex).toByteArray());
    }

    @MethodSource("datagrams")
    @FuzzTest(maxDuration = DURATION)
    void decoder(byte[] datagram) {
        try {
            IkeMessage message = MessageDecoder.decode(Octets.copyOf(datagram));
            writtenAgain(message.payloads());
        } catch (WireException e) {
            // As it should be.
        }
    }

    @MethodSource("innerChains")
    @FuzzTest(maxDuration = DURATION)
    void innerChain(byte[] typeAndPayloads) {
        if (typeAndPayloads.length > 0) {
            Octets octets = Octets.copyOf(typeAndPayloads);
            reads(new PayloadType(octets.at(0)), octets.from(1));
        }
    }

    @MethodSource("bodies")
    @FuzzTest(maxDuration = DURATION)
    void configuration(byte[] body) {
        reads(PayloadType.CP, body);
    }

    @MethodSource("bodies")
    @FuzzTest(maxDuration = DURATION)
    void trafficSelectors(byte[] body) {
        reads(PayloadType.TSI, body);
    }

    @MethodSource("bodies")
    @FuzzTest(maxDuration = DURATION)
    void securityAssociation(byte[] body) {
        reads(PayloadType.SA, body);
    }

    /** A peer that has the keys and seals whatever it likes, padding included. */
    @MethodSource("innerChains")
    @FuzzTest(maxDuration = DURATION)
    void openedContent(byte[] typeAndPadded) {
        if (typeAndPadded.length < 1 || typeAndPadded.length > 60_000) {
            return;
        }
        Octets octets = Octets.copyOf(typeAndPadded);
        Octets padded = octets.from(1);
        int bodyLength = 8 + padded.length() + 16;
        Octets layout = MessageEncoder.encode(
                IkeHeader.of(1, 2, ExchangeType.INFORMATIONAL, 0, 0),
                List.of(new Payload.Encrypted(new PayloadType(octets.at(0)), Octets.zeros(bodyLength))));
        Octets associated = layout.slice(0, layout.length() - bodyLength);
        Octets datagram = associated.plus(GCM.seal(associated, Octets.zeros(8), padded));
        try {
            Unsealed unsealed = new MessageProtection(GCM, GCM, RandomSource.of(new Random(1)))
                    .open(datagram, MessageDecoder.decode(datagram))
                    .orElseThrow();
            writtenAgain(((Unsealed.Whole) unsealed).payloads());
        } catch (WireException e) {
            // As it should be.
        }
    }

    private static void reads(PayloadType type, byte[] body) {
        if (body.length <= 0xffff - 4) {
            int length = body.length + 4;
            reads(type, Octets.of(0, 0, length >>> 8, length).plus(Octets.copyOf(body)));
        }
    }

    private static void reads(PayloadType first, Octets payloads) {
        try {
            writtenAgain(MessageDecoder.payloads(first, payloads));
        } catch (WireException e) {
            // As it should be.
        }
    }

    /** What was read means the same once it is written and read again. */
    private static void writtenAgain(List<Payload> payloads) {
        if (payloads.stream()
                        .anyMatch(p -> p instanceof Payload.TrafficSelectors ts
                                && ts.selectors().isEmpty())
                || payloads.stream().anyMatch(MessageFuzzTest::isClosed)) {
            return;
        }
        try {
            List<Payload> again =
                    MessageDecoder.payloads(MessageEncoder.typeOfFirst(payloads), MessageEncoder.payloads(payloads));
            if (!again.equals(payloads)) {
                throw new AssertionError(payloads + " became " + again);
            }
        } catch (WireException e) {
            throw new AssertionError(payloads + " cannot be read again", e);
        }
    }

    private static boolean isClosed(Payload payload) {
        return payload instanceof Payload.Encrypted || payload instanceof Payload.EncryptedFragment;
    }
}
