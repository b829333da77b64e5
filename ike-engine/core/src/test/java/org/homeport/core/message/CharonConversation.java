package org.homeport.core.message;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.homeport.core.crypto.JdkCrypto;
import org.homeport.core.crypto.MessageCipher;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Octets;

/** A captured conversation: see the head of the files under vectors/charon-5.9.8. */
final class CharonConversation {
    /** @param plaintext of SK or SKF; empty for messages in the clear */
    record Message(
            boolean fromInitiator, Endpoint source, Endpoint destination, Octets datagram, Optional<Octets> plaintext) {
        @Override
        public String toString() {
            return (fromInitiator ? "> " : "< ") + datagram;
        }
    }

    final List<Message> messages = new ArrayList<>();
    /** What the fragmented message held, put together. */
    Octets assembled = Octets.EMPTY;

    private final Map<String, Octets> keys = new HashMap<>();

    private CharonConversation() {}

    static CharonConversation gcm() {
        return read("/vectors/charon-5.9.8/gcm.txt");
    }

    static CharonConversation cbc() {
        return read("/vectors/charon-5.9.8/cbc.txt");
    }

    List<Message> sealed() {
        return messages.stream().filter(m -> m.plaintext().isPresent()).toList();
    }

    MessageCipher initiatorCipher() {
        return cipher("i");
    }

    MessageCipher responderCipher() {
        return cipher("r");
    }

    private MessageCipher cipher(String side) {
        Octets encryption = key("SK_e" + side);
        return keys.containsKey("SK_a" + side)
                ? JdkCrypto.aesCbcHmacSha256(encryption, key("SK_a" + side))
                : JdkCrypto.aesGcm16(encryption);
    }

    private Octets key(String name) {
        return Objects.requireNonNull(keys.get(name), name);
    }

    private static CharonConversation read(String resource) {
        CharonConversation conversation = new CharonConversation();
        StringBuilder datagram = new StringBuilder();
        StringBuilder plain = new StringBuilder();
        StringBuilder assembled = new StringBuilder();
        StringBuilder target = datagram;
        List<String> head = new ArrayList<>();
        boolean sealed = false;
        for (String line : lines(resource)) {
            String[] words = line.split(" +");
            switch (words[0]) {
                case "" -> {}
                case "key" -> conversation.keys.put(words[1], Octets.fromHex(words[2]));
                case "message" -> {
                    conversation.finish(head, datagram, plain, sealed);
                    head = List.of(words);
                    target = datagram;
                    sealed = false;
                }
                case "plain" -> {
                    target = plain;
                    sealed = true;
                }
                case "assembled" -> target = assembled;
                default -> target.append(words[0]);
            }
        }
        conversation.finish(head, datagram, plain, sealed);
        conversation.assembled = Octets.fromHex(assembled.toString());
        return conversation;
    }

    private void finish(List<String> head, StringBuilder datagram, StringBuilder plain, boolean sealed) {
        if (!head.isEmpty()) {
            messages.add(new Message(
                    head.get(1).equals(">"),
                    endpoint(head.get(2)),
                    endpoint(head.get(3)),
                    Octets.fromHex(datagram.toString()),
                    sealed ? Optional.of(Octets.fromHex(plain.toString())) : Optional.empty()));
        }
        datagram.setLength(0);
        plain.setLength(0);
    }

    private static Endpoint endpoint(String text) {
        int bracket = text.indexOf(']');
        return new Endpoint(IpAddress.parse(text.substring(1, bracket)), Integer.parseInt(text.substring(bracket + 2)));
    }

    private static List<String> lines(String resource) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(CharonConversation.class.getResourceAsStream(resource)),
                StandardCharsets.US_ASCII))) {
            return reader.lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
