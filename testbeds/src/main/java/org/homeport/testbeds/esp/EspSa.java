package org.homeport.testbeds.esp;

import java.util.Optional;
import org.homeport.core.child.EspKeys;
import org.homeport.core.child.EspSuite;
import org.homeport.core.crypto.CipherLengths;
import org.homeport.core.crypto.Crypto;
import org.homeport.core.crypto.MessageCipher;
import org.homeport.core.registry.EsnId;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.WireWriter;

/**
 * One ESP SA, one direction (RFC 4303), with 32-bit sequence numbers. IKE's SK payload and ESP protect alike (RFC 5282
 * section 3, RFC 7296 section 3.14), so the message cipher serves both: what is authenticated beside the ciphertext is
 * here SPI and sequence number.
 */
public final class EspSa {
    private static final int HEADER = 8;
    private static final int WINDOW = 64;

    private final int spi;
    private final MessageCipher cipher;
    private final boolean aead;
    private final RandomSource random;
    private long sent;
    private long highest;
    private long seen;

    /** What a packet held. @param nextHeader IP protocol of the payload */
    public record Opened(int nextHeader, Octets payload, long sequence) {}

    /** @throws IllegalArgumentException for a suite with extended sequence numbers, which this codec does not do */
    public EspSa(Crypto crypto, EspSuite suite, EspKeys keys, RandomSource random) {
        if (suite.esn().equals(EsnId.ESN)) {
            throw new IllegalArgumentException("no extended sequence numbers here");
        }
        this.spi = keys.spi();
        this.aead = suite.encryption().isAead();
        this.cipher = crypto.cipher(
                suite.encryption(), suite.keyBits(), suite.integrity(), keys.encryption(), keys.integrity());
        this.random = random;
    }

    public int spi() {
        return spi;
    }

    /** How many packets were sealed. */
    public long packetsSent() {
        return sent;
    }

    /** @return a whole ESP packet, SPI first */
    public Octets seal(int nextHeader, Octets payload) {
        long sequence = ++sent;
        // An AEAD's IV must not repeat, and the sequence number does not (RFC 4106 section 3.1).
        Octets iv = aead
                ? new WireWriter().bits64(sequence).toOctets()
                : random.octets(cipher.lengths().iv());
        return seal(sequence, iv, nextHeader, payload);
    }

    Octets seal(long sequence, Octets iv, int nextHeader, Octets payload) {
        Octets header = header(sequence);
        return header.plus(cipher.seal(header, iv, pad(payload, nextHeader)));
    }

    /** Padding 1, 2, 3, ..., Pad Length, Next Header (RFC 4303 section 2.4): aligned to the block and to four octets. */
    private Octets pad(Octets payload, int nextHeader) {
        CipherLengths lengths = cipher.lengths();
        int align = Math.max(4, lengths.block());
        int padding = Math.floorMod(-(payload.length() + 2), align);
        WireWriter padded = new WireWriter().octets(payload);
        for (int i = 1; i <= padding; i++) {
            padded.u8(i);
        }
        return padded.u8(padding).u8(nextHeader).toOctets();
    }

    /** @throws EspException if it is forged, replayed or not of this SA; then nothing has changed */
    public Opened open(Octets packet) throws EspException {
        if (packet.length() < HEADER + cipher.lengths().iv() + cipher.lengths().icv() + 2) {
            throw new EspException("too short for ESP: " + packet.length() + " octets");
        }
        long sequence = number(packet, 4);
        if ((int) number(packet, 0) != spi) {
            throw new EspException("SPI " + packet.slice(0, 4).hex() + " is not of this SA");
        }
        if (isReplay(sequence)) {
            throw new EspException("sequence number " + sequence + " was seen before or is too old");
        }
        Optional<Octets> padded = cipher.open(packet.slice(0, HEADER), packet.from(HEADER));
        Octets plain = padded.orElseThrow(() -> new EspException("the integrity check fails"));
        int padding = plain.length() < 2 ? 256 : plain.at(plain.length() - 2);
        int length = plain.length() - 2 - padding;
        if (length < 0) {
            throw new EspException("padding of " + padding + " octets in " + plain.length());
        }
        accept(sequence);
        return new Opened(plain.at(plain.length() - 1), plain.slice(0, length), sequence);
    }

    private Octets header(long sequence) {
        return new WireWriter().u32(Integer.toUnsignedLong(spi)).u32(sequence).toOctets();
    }

    private static long number(Octets packet, int at) {
        return (long) packet.at(at) << 24 | packet.at(at + 1) << 16 | packet.at(at + 2) << 8 | packet.at(at + 3);
    }

    /** RFC 4303 section 3.4.3: sequence number 0 is never valid. */
    private boolean isReplay(long sequence) {
        return sequence == 0
                || sequence <= highest - WINDOW
                || (sequence <= highest && (seen >>> (highest - sequence) & 1) == 1);
    }

    private void accept(long sequence) {
        if (sequence > highest) {
            long shift = sequence - highest;
            seen = shift >= WINDOW ? 1 : seen << shift | 1;
            highest = sequence;
        } else {
            seen |= 1L << (highest - sequence);
        }
    }
}
