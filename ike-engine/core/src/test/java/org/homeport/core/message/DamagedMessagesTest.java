package org.homeport.core.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.homeport.core.registry.PayloadType;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;
import org.junit.jupiter.api.Test;

/** Whatever happens to the octets, the decoder answers with payloads or a {@link WireException}, and quickly. */
class DamagedMessagesTest {
    private static final List<Octets> DATAGRAMS = datagrams();

    @Test
    void aMessageCutAnywhereIsMalformed() {
        for (Octets datagram : DATAGRAMS) {
            for (int length = 0; length < datagram.length(); length++) {
                Octets cut = datagram.slice(0, length);
                assertThrows(WireException.class, () -> MessageDecoder.decode(cut));
                // With a header that owns up to the length it is no better.
                if (length >= IkeHeader.LENGTH) {
                    decodes(withLength(cut));
                }
            }
        }
    }

    @Test
    void anyOctetMayBeAnything() {
        int decoded = 0;
        for (Octets datagram : DATAGRAMS) {
            byte[] bytes = datagram.toByteArray();
            for (int at = 0; at < bytes.length; at++) {
                byte before = bytes[at];
                for (int value : new int[] {0, before ^ 1, before ^ 0x80, before - 1, 0xff}) {
                    bytes[at] = (byte) value;
                    decoded += decodes(Octets.copyOf(bytes)) ? 1 : 0;
                }
                bytes[at] = before;
            }
        }
        assertThat(decoded).isPositive();
    }

    @Test
    void payloadsWithinProtectionMayBeAnything() {
        Random random = new Random(2);
        RandomMessages messages = new RandomMessages(random);
        for (int i = 0; i < 10_000; i++) {
            List<Payload> payloads = messages.payloads();
            byte[] bytes = MessageEncoder.payloads(payloads).toByteArray();
            for (int hits = bytes.length == 0 ? 0 : random.nextInt(4); hits > 0; hits--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            int length = bytes.length == 0 ? 0 : random.nextInt(bytes.length / 2, bytes.length + 1);
            readsInner(MessageEncoder.typeOfFirst(payloads), Octets.copyOf(bytes, 0, length));
        }
    }

    @Test
    void randomDatagramsAreNoMessages() {
        Random random = new Random(3);
        RandomMessages messages = new RandomMessages(random);
        for (int i = 0; i < 10_000; i++) {
            decodes(messages.octets(0, 1500));
        }
        assertThat(decodes(messages.octets(65_507, 65_507))).isFalse();
        assertThat(decodes(Octets.EMPTY)).isFalse();
    }

    private static boolean decodes(Octets datagram) {
        IkeMessage message;
        try {
            message = MessageDecoder.decode(datagram);
        } catch (WireException e) {
            return false;
        }
        assertMeansTheSameAgain(message);
        return true;
    }

    private static void assertMeansTheSameAgain(IkeMessage message) {
        boolean selectorsPassedOver = message.payloads().stream()
                .anyMatch(p -> p instanceof Payload.TrafficSelectors ts
                        && ts.selectors().isEmpty());
        if (!selectorsPassedOver) {
            Octets again = MessageEncoder.encode(message.header(), message.payloads());
            try {
                assertTrue(MessageDecoder.decode(again).payloads().equals(message.payloads()));
            } catch (WireException e) {
                throw new AssertionError("not read again: " + message, e);
            }
        }
    }

    private static void readsInner(PayloadType first, Octets plaintext) {
        try {
            assertThat(MessageDecoder.payloads(first, plaintext)).isNotNull();
        } catch (WireException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    private static Octets withLength(Octets datagram) {
        byte[] bytes = datagram.toByteArray();
        bytes[24] = 0;
        bytes[25] = 0;
        bytes[26] = (byte) (bytes.length >>> 8);
        bytes[27] = (byte) bytes.length;
        return Octets.wrap(bytes);
    }

    private static List<Octets> datagrams() {
        List<Octets> datagrams = new ArrayList<>();
        CharonConversation.gcm().messages.subList(0, 5).forEach(m -> datagrams.add(m.datagram()));
        RandomMessages messages = new RandomMessages(new Random(4));
        for (int i = 0; i < 8; i++) {
            IkeMessage message = messages.message();
            datagrams.add(MessageEncoder.encode(message.header(), message.payloads()));
        }
        return datagrams;
    }
}
