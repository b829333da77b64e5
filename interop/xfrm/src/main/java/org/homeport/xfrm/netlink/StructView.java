package org.homeport.xfrm.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;

/** Reads a C structure of the kernel by offsets, in host order unless a name says otherwise. */
public final class StructView {
    private final Octets octets;
    private final ByteBuffer buffer;

    private StructView(Octets octets) {
        this.octets = octets;
        this.buffer = ByteBuffer.wrap(octets.toByteArray()).order(ByteOrder.nativeOrder());
    }

    /**
     * A view of a structure that begins the octets.
     *
     * @param size that of the structure; more may follow it
     */
    public static StructView of(Octets octets, int size, String what) throws WireException {
        if (octets.length() < size) {
            throw new WireException(what + " has " + octets.length() + " octets, needs " + size);
        }
        return new StructView(octets);
    }

    public int u8(int at) {
        return octets.at(at);
    }

    public int u16(int at) {
        return buffer.getShort(at) & 0xffff;
    }

    public int u32(int at) {
        return buffer.getInt(at);
    }

    public long u64(int at) {
        return buffer.getLong(at);
    }

    /** In network order. */
    public int net16(int at) {
        return octets.at(at) << 8 | octets.at(at + 1);
    }

    /** In network order. */
    public int net32(int at) {
        return net16(at) << 16 | net16(at + 2);
    }

    public Octets octets(int at, int length) {
        return octets.slice(at, at + length);
    }

    /** The netlink attributes from an offset on, by type; of a repeated type the last. */
    public Map<Integer, Octets> attributes(int from) throws WireException {
        Map<Integer, Octets> all = new LinkedHashMap<>();
        int at = from;
        while (octets.length() - at >= 4) {
            int length = u16(at);
            if (length < 4 || length > octets.length() - at) {
                throw new WireException("attribute length " + length + " with " + (octets.length() - at) + " left");
            }
            all.put(u16(at + 2) & 0x3fff, octets.slice(at + 4, at + length));
            at += length + 3 & ~3;
        }
        return all;
    }
}
