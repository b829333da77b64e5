package org.homeport.xfrm.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/**
 * Writes the kernel's C structures: fields in host order unless their name says otherwise, padding written out by the
 * caller. What it wrote is wiped when it is closed, since it may hold keys.
 */
public final class StructWriter implements AutoCloseable {
    private ByteBuffer buffer = ByteBuffer.allocate(512).order(ByteOrder.nativeOrder());

    public StructWriter u8(int value) {
        room(1).put((byte) value);
        return this;
    }

    public StructWriter u16(int value) {
        room(2).putShort((short) value);
        return this;
    }

    public StructWriter u32(int value) {
        room(4).putInt(value);
        return this;
    }

    public StructWriter u64(long value) {
        room(8).putLong(value);
        return this;
    }

    /** In network order. */
    public StructWriter net16(int value) {
        return u8(value >>> 8).u8(value);
    }

    /** In network order. */
    public StructWriter net32(int value) {
        return net16(value >>> 16).net16(value);
    }

    public StructWriter octets(Octets octets) {
        room(octets.length()).put(octets.toByteArray());
        return this;
    }

    public StructWriter secret(Secret secret) {
        byte[] key = secret.toByteArray();
        room(key.length).put(key);
        Arrays.fill(key, (byte) 0);
        return this;
    }

    public StructWriter zeros(int count) {
        room(count).put(new byte[count]);
        return this;
    }

    /** A fixed field of characters, filled up with zeros. */
    public StructWriter text(String ascii, int fieldLength) {
        byte[] bytes = ascii.getBytes(StandardCharsets.US_ASCII);
        return octets(Octets.wrap(bytes)).zeros(fieldLength - bytes.length);
    }

    /** A netlink attribute: length, type, body, padded to 4 octets; the length does not count the padding. */
    public StructWriter attribute(int type, Consumer<StructWriter> body) {
        int start = length();
        u16(0).u16(type);
        body.accept(this);
        buffer.putShort(start, (short) (length() - start));
        return zeros(-length() & 3);
    }

    public int length() {
        return buffer.position();
    }

    public Octets toOctets() {
        return Octets.copyOf(buffer.array(), 0, length());
    }

    /** For a sender that wipes it: as long as was written. */
    byte[] copy() {
        return Arrays.copyOf(buffer.array(), length());
    }

    @Override
    public void close() {
        Arrays.fill(buffer.array(), (byte) 0);
        buffer.clear();
    }

    private ByteBuffer room(int more) {
        if (buffer.remaining() < more) {
            ByteBuffer larger = ByteBuffer.allocate(Math.max(buffer.capacity() * 2, length() + more))
                    .order(ByteOrder.nativeOrder());
            larger.put(buffer.array(), 0, length());
            Arrays.fill(buffer.array(), (byte) 0);
            buffer = larger;
        }
        return buffer;
    }
}
