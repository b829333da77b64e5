package org.homeport.kit;

import java.util.Arrays;

/** Writes network-order fields; lengths that are known late are patched. Values are ours: out of range is a bug. */
public final class WireWriter {
    private byte[] bytes = new byte[256];
    private int length;

    public WireWriter u8(int value) {
        room(1);
        bytes[length++] = (byte) value;
        return this;
    }

    public WireWriter u16(int value) {
        return u8(value >>> 8).u8(value);
    }

    public WireWriter u32(long value) {
        return u16((int) (value >>> 16)).u16((int) value);
    }

    public WireWriter bits64(long value) {
        return u32(value >>> 32).u32(value);
    }

    public WireWriter octets(Octets octets) {
        room(octets.length());
        octets.copyTo(bytes, length);
        length += octets.length();
        return this;
    }

    public WireWriter octets(byte[] octets) {
        room(octets.length);
        System.arraycopy(octets, 0, bytes, length, octets.length);
        length += octets.length;
        return this;
    }

    public WireWriter zeros(int count) {
        room(count);
        Arrays.fill(bytes, length, length + count, (byte) 0);
        length += count;
        return this;
    }

    public int length() {
        return length;
    }

    public WireWriter patchU8(int at, int value) {
        bytes[at] = (byte) value;
        return this;
    }

    public WireWriter patchU16(int at, int value) {
        return patchU8(at, value >>> 8).patchU8(at + 1, value);
    }

    public WireWriter patchU32(int at, long value) {
        return patchU16(at, (int) (value >>> 16)).patchU16(at + 2, (int) value);
    }

    public Octets toOctets() {
        return Octets.copyOf(bytes, 0, length);
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
