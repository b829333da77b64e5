package org.homeport.core.protection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.homeport.core.crypto.CipherLengths;
import org.homeport.core.crypto.MessageCipher;
import org.homeport.core.message.IkeHeader;
import org.homeport.core.message.IkeMessage;
import org.homeport.core.message.MessageDecoder;
import org.homeport.core.message.MessageEncoder;
import org.homeport.core.message.Payload;
import org.homeport.core.registry.PayloadType;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.WireException;
import org.homeport.kit.WireWriter;

/**
 * Seals and opens the messages of one IKE SA (RFC 7296 section 3.14, RFC 5282, RFC 7383). It owns the IV counter of
 * its outgoing keys: one object per pair of keys, used by one thread.
 */
public final class MessageProtection {
    /** IKE header and generic payload header: what stands in the clear before an SK body. */
    private static final int SK_OVERHEAD = IkeHeader.LENGTH + 4;

    private static final int SKF_OVERHEAD = SK_OVERHEAD + 4;

    private final MessageCipher outgoing;
    private final MessageCipher incoming;
    private final RandomSource random;
    private long nextIv = 1;

    /**
     * Protection with fresh keys.
     *
     * @param random for CBC's unpredictable IVs
     */
    public MessageProtection(MessageCipher outgoing, MessageCipher incoming, RandomSource random) {
        this.outgoing = outgoing;
        this.incoming = incoming;
        this.random = random;
    }

    /**
     * Puts payloads into one SK message, or into SKF fragments if that message would be too long.
     *
     * @param maxMessage octets of an IKE message that still pass; empty if the peer does not know fragments
     * @return datagrams in the order of their fragments, to be kept and repeated as they are
     */
    public List<Octets> seal(IkeHeader header, List<Payload> payloads, OptionalInt maxMessage) {
        PayloadType first = MessageEncoder.typeOfFirst(payloads);
        Octets plaintext = MessageEncoder.payloads(payloads);
        int whole = SK_OVERHEAD + bodyLength(plaintext.length());
        if (maxMessage.isEmpty() || whole <= maxMessage.getAsInt()) {
            return List.of(sealed(header, plaintext, body -> new Payload.Encrypted(first, body)));
        }
        int chunk = largestChunk(maxMessage.getAsInt());
        int total = Math.ceilDiv(plaintext.length(), chunk);
        List<Octets> fragments = new ArrayList<>(total);
        for (int number = 1; number <= total; number++) {
            int fragment = number;
            PayloadType inner = number == 1 ? first : PayloadType.NONE;
            Octets part = plaintext.slice((number - 1) * chunk, Math.min(number * chunk, plaintext.length()));
            fragments.add(sealed(header, part, body -> new Payload.EncryptedFragment(inner, fragment, total, body)));
        }
        return List.copyOf(fragments);
    }

    /**
     * Verifies and opens a message. Payloads that stood unprotected before the SK or SKF payload are left out: nobody
     * vouches for them.
     *
     * @param outer what {@link MessageDecoder#decode} made of the datagram
     * @return empty if nothing is sealed in it, or the integrity check fails
     * @throws WireException if the sender, whose integrity is certain, sealed something malformed
     */
    public Optional<Unsealed> open(Octets datagram, IkeMessage outer) throws WireException {
        if (outer.payloads().isEmpty()) {
            return Optional.empty();
        }
        Payload last = outer.payloads().getLast();
        if (last instanceof Payload.Encrypted sk) {
            Optional<Octets> padded = incoming.open(associated(datagram, sk.body()), sk.body());
            return padded.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Unsealed.Whole(MessageDecoder.payloads(sk.firstInner(), unpadded(padded.get()))));
        }
        if (last instanceof Payload.EncryptedFragment skf) {
            Optional<Octets> padded = incoming.open(associated(datagram, skf.body()), skf.body());
            return padded.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new Unsealed.Fragment(skf.firstInner(), skf.number(), skf.total(), unpadded(padded.get())));
        }
        return Optional.empty();
    }

    /** The body is the datagram's tail, so all before it is what the check covers, with SKF the numbers too. */
    private static Octets associated(Octets datagram, Octets body) {
        return datagram.slice(0, datagram.length() - body.length());
    }

    private static Octets unpadded(Octets padded) throws WireException {
        // "the recipient MUST accept any length that results in proper alignment" (RFC 7296 section 3.14): the cipher
        // has seen to the alignment.
        int padding = padded.isEmpty() ? 0 : padded.at(padded.length() - 1);
        int length = padded.length() - 1 - padding;
        if (length < 0) {
            throw new WireException("padding of " + padding + " octets in " + padded.length());
        }
        return padded.slice(0, length);
    }

    private Octets sealed(IkeHeader header, Octets plaintext, BodyWrapper payload) {
        // The check covers the final lengths, so the message is laid out around a body of zeros first.
        int bodyLength = bodyLength(plaintext.length());
        Octets layout = MessageEncoder.encode(header, List.of(payload.around(Octets.zeros(bodyLength))));
        Octets associated = layout.slice(0, layout.length() - bodyLength);
        return associated.plus(outgoing.seal(associated, nextIv(), padded(plaintext)));
    }

    private Octets padded(Octets plaintext) {
        int padding = paddedLength(plaintext.length()) - plaintext.length() - 1;
        return new WireWriter().octets(plaintext).zeros(padding).u8(padding).toOctets();
    }

    private int paddedLength(int plaintext) {
        int block = outgoing.lengths().block();
        return Math.ceilDiv(plaintext + 1, block) * block;
    }

    private int bodyLength(int plaintext) {
        CipherLengths lengths = outgoing.lengths();
        return lengths.iv() + paddedLength(plaintext) + lengths.icv();
    }

    private int largestChunk(int maxMessage) {
        CipherLengths lengths = outgoing.lengths();
        int room = maxMessage - SKF_OVERHEAD - lengths.iv() - lengths.icv();
        int chunk = room / lengths.block() * lengths.block() - 1;
        if (chunk < 1) {
            throw new IllegalArgumentException("no fragment fits into " + maxMessage + " octets");
        }
        return chunk;
    }

    /** AEAD: unique is enough (RFC 5282 section 3.1). CBC: "a new unpredictable IV" (RFC 7296 section 3.14). */
    private Octets nextIv() {
        CipherLengths lengths = outgoing.lengths();
        if (lengths.integrityKey() > 0) {
            return random.octets(lengths.iv());
        }
        return new WireWriter().zeros(lengths.iv() - 8).bits64(nextIv++).toOctets();
    }

    private interface BodyWrapper {
        Payload around(Octets body);
    }
}
