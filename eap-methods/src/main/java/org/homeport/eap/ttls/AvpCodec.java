package org.homeport.eap.ttls;

import java.util.ArrayList;
import java.util.List;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;
import org.homeport.kit.WireReader;
import org.homeport.kit.WireWriter;

/** Reads and writes sequences of AVPs (RFC 5281 sections 10.1 and 10.2). */
final class AvpCodec {
    private static final int VENDOR = 0x80;
    private static final int MANDATORY = 0x40;
    private static final int HEADER = 8;
    private static final int VENDOR_HEADER = 12;

    private AvpCodec() {}

    /** Reads all of them; the last one's padding may be missing. */
    static List<Avp> decode(Octets octets) throws WireException {
        WireReader reader = octets.reader();
        List<Avp> avps = new ArrayList<>();
        while (!reader.isEmpty()) {
            long code = reader.u32();
            int flags = reader.u8();
            int length = reader.u8() << 16 | reader.u16();
            int header = (flags & VENDOR) == 0 ? HEADER : VENDOR_HEADER;
            if (length < header) {
                throw new WireException("AVP " + code + " has length " + length + ", its header alone " + header);
            }
            long vendor = (flags & VENDOR) == 0 ? 0 : reader.u32();
            Octets data = reader.octets(length - header);
            reader.skip(Math.min(padding(length), reader.remaining()));
            avps.add(new Avp(
                    code, vendor, (flags & MANDATORY) == 0 ? Avp.Support.OPTIONAL : Avp.Support.MANDATORY, data));
        }
        return avps;
    }

    static Octets encode(List<Avp> avps) {
        WireWriter writer = new WireWriter();
        for (Avp avp : avps) {
            int header = avp.vendor() == 0 ? HEADER : VENDOR_HEADER;
            int length = header + avp.data().length();
            int flags = (avp.vendor() == 0 ? 0 : VENDOR) | (avp.support() == Avp.Support.MANDATORY ? MANDATORY : 0);
            writer.u32(avp.code()).u8(flags).u8(length >>> 16).u16(length);
            if (avp.vendor() != 0) {
                writer.u32(avp.vendor());
            }
            writer.octets(avp.data()).zeros(padding(length));
        }
        return writer.toOctets();
    }

    private static int padding(int length) {
        return -length & 3;
    }
}
