package org.homeport.kit;

/**
 * Reads network-order fields from octets somebody else wrote. Every read is checked; running out is a
 * {@link WireException}, never an unchecked one.
 */
public final class WireReader {
    private final Octets source;
    private final int end;
    private int at;

    public WireReader(Octets source) {
        this(source, 0, source.length());
    }

    private WireReader(Octets source, int from, int end) {
        this.source = source;
        this.at = from;
        this.end = end;
    }

    public int remaining() {
        return end - at;
    }

    public boolean isEmpty() {
        return at == end;
    }

    /** Octets read so far, counted from the start of the source. */
    public int position() {
        return at;
    }

    public int u8() throws WireException {
        need(1);
        return source.at(at++);
    }

    public int u16() throws WireException {
        need(2);
        return source.at(at++) << 8 | source.at(at++);
    }

    public long u32() throws WireException {
        need(4);
        return (long) u16() << 16 | u16();
    }

    /** A 32-bit field kept as its bit pattern, as SPIs are. */
    public int bits32() throws WireException {
        return (int) u32();
    }

    /** A 64-bit field kept as its bit pattern. */
    public long bits64() throws WireException {
        need(8);
        return u32() << 32 | u32();
    }

    public Octets octets(int length) throws WireException {
        need(length);
        Octets read = source.slice(at, at + length);
        at += length;
        return read;
    }

    public Octets rest() throws WireException {
        return octets(remaining());
    }

    public void skip(int length) throws WireException {
        need(length);
        at += length;
    }

    /** A reader over the next {@code length} octets, which this one passes over. */
    public WireReader sub(int length) throws WireException {
        need(length);
        WireReader sub = new WireReader(source, at, at + length);
        at += length;
        return sub;
    }

    /** @throws WireException if anything is left over */
    public void end(String what) throws WireException {
        if (at != end) {
            throw new WireException(what + ": " + (end - at) + " octets too many");
        }
    }

    private void need(int length) throws WireException {
        if (length < 0 || length > end - at) {
            throw new WireException("needs " + length + " octets at " + at + ", has " + (end - at));
        }
    }
}
