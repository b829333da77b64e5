package org.homeport.kit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Key material: never printed, compared in constant time, wiped when its owner is done with it. Using a wiped
 * secret is a mistake of ours and throws {@link IllegalStateException}.
 */
public final class Secret implements AutoCloseable {
    private final byte[] bytes;
    private boolean wiped;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    public static Secret copyOf(byte[] bytes) {
        return new Secret(bytes.clone());
    }

    public static Secret copyOf(Octets octets) {
        return new Secret(octets.toByteArray());
    }

    /** Takes the array itself, and wipes it with the secret. */
    public static Secret wrap(byte[] bytes) {
        return new Secret(bytes);
    }

    public static Secret utf8(String text) {
        return new Secret(text.getBytes(StandardCharsets.UTF_8));
    }

    public int length() {
        return bytes.length;
    }

    /** A copy, for a cryptographic primitive; the caller lets go of it at once. */
    public byte[] toByteArray() {
        return live().clone();
    }

    /** A secret of its own: the octets from..to (exclusive). */
    public Secret slice(int from, int to) {
        return new Secret(Arrays.copyOfRange(live(), from, to));
    }

    public Secret plus(Secret more) {
        byte[] all = Arrays.copyOf(live(), bytes.length + more.bytes.length);
        System.arraycopy(more.live(), 0, all, bytes.length, more.bytes.length);
        return new Secret(all);
    }

    /** The octets in the open, where a protocol sends or hashes them; never for a log. */
    public Octets expose() {
        return Octets.copyOf(live());
    }

    private byte[] live() {
        if (wiped) {
            throw new IllegalStateException("secret used after it was wiped");
        }
        return bytes;
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
        wiped = true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret s && MessageDigest.isEqual(bytes, s.bytes);
    }

    @Override
    public int hashCode() {
        return bytes.length;
    }

    @Override
    public String toString() {
        return "Secret[" + bytes.length + " octets]";
    }
}
