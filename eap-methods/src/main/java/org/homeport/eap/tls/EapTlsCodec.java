package org.homeport.eap.tls;

import java.util.OptionalLong;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;
import org.homeport.kit.WireReader;
import org.homeport.kit.WireWriter;

/** Reads and writes type data of EAP-TLS and its kin (RFC 5216 section 3.1; RFC 5281 section 9.1 for the version). */
final class EapTlsCodec {
    private static final int LENGTH_INCLUDED = 0x80;
    private static final int MORE_FRAGMENTS = 0x40;
    private static final int START = 0x20;
    private static final int VERSION = 0x07;

    private EapTlsCodec() {}

    static EapTlsFrame decode(Octets typeData) throws WireException {
        WireReader reader = typeData.reader();
        int flags = reader.u8();
        OptionalLong total = (flags & LENGTH_INCLUDED) == 0 ? OptionalLong.empty() : OptionalLong.of(reader.u32());
        return new EapTlsFrame(
                total,
                (flags & MORE_FRAGMENTS) == 0 ? EapTlsFrame.More.LAST : EapTlsFrame.More.FOLLOW,
                (flags & START) == 0 ? EapTlsFrame.Start.RUNNING : EapTlsFrame.Start.START,
                flags & VERSION,
                reader.rest());
    }

    static Octets encode(EapTlsFrame frame) {
        int flags = (frame.total().isPresent() ? LENGTH_INCLUDED : 0)
                | (frame.more() == EapTlsFrame.More.FOLLOW ? MORE_FRAGMENTS : 0)
                | (frame.start() == EapTlsFrame.Start.START ? START : 0)
                | frame.version();
        WireWriter writer = new WireWriter().u8(flags);
        frame.total().ifPresent(writer::u32);
        return writer.octets(frame.data()).toOctets();
    }
}
