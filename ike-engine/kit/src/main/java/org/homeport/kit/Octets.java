package org.homeport.kit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An immutable string of octets. Compares unsigned, octet by octet; a prefix is lower than what it begins
 * (the order RFC 7296 section 2.8.1 asks for between nonces).
 */
public final class Octets implements Comparable<Octets> {
    public static final Octets EMPTY = new Octets(new byte[0]);

    private final byte[] bytes;

    private Octets(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The octets given, each 0..255 or its negative twin. */
    public static Octets of(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return new Octets(bytes);
    }

    public static Octets copyOf(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Octets(bytes.clone());
    }

    public static Octets copyOf(byte[] bytes, int from, int to) {
        return new Octets(Arrays.copyOfRange(bytes, from, to));
    }

    /** Takes the array itself: for callers that have just made it and will not touch it again. */
    public static Octets wrap(byte[] bytes) {
        return new Octets(bytes);
    }

    public static Octets zeros(int length) {
        return new Octets(new byte[length]);
    }

    /** @param hex hexadecimal digits; white space is skipped */
    public static Octets fromHex(String hex) {
        return new Octets(HexFormat.of().parseHex(hex.replaceAll("\\s+", "")));
    }

    public static Octets utf8(String text) {
        return new Octets(text.getBytes(StandardCharsets.UTF_8));
    }

    public static Octets concat(Octets... parts) {
        int length = 0;
        for (Octets part : parts) {
            length += part.bytes.length;
        }
        byte[] all = new byte[length];
        int at = 0;
        for (Octets part : parts) {
            System.arraycopy(part.bytes, 0, all, at, part.bytes.length);
            at += part.bytes.length;
        }
        return new Octets(all);
    }

    public int length() {
        return bytes.length;
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    /** @return 0..255 */
    public int at(int index) {
        return bytes[index] & 0xff;
    }

    /** @param from inclusive; @param to exclusive */
    public Octets slice(int from, int to) {
        return from == 0 && to == bytes.length ? this : new Octets(Arrays.copyOfRange(bytes, from, to));
    }

    public Octets from(int from) {
        return slice(from, bytes.length);
    }

    public Octets plus(Octets more) {
        return concat(this, more);
    }

    /** A fresh copy. */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    public void copyTo(byte[] target, int at) {
        System.arraycopy(bytes, 0, target, at, bytes.length);
    }

    public boolean isAllZero() {
        int or = 0;
        for (byte b : bytes) {
            or |= b;
        }
        return or == 0;
    }

    /** Equality that takes the same time wherever the two differ. */
    public boolean equalsConstantTime(Octets other) {
        return MessageDigest.isEqual(bytes, other.bytes);
    }

    public WireReader reader() {
        return new WireReader(this);
    }

    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    /** Decoded leniently: what is not UTF-8 becomes U+FFFD. */
    public String utf8() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public int compareTo(Octets other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets o && Arrays.equals(bytes, o.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Hexadecimal, the middle of long strings left out. */
    @Override
    public String toString() {
        return bytes.length <= 32 ? hex() : slice(0, 16).hex() + "...(" + bytes.length + " octets)";
    }
}
