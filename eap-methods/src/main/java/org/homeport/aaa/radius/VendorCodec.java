package org.homeport.aaa.radius;

import java.util.ArrayList;
import java.util.List;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;
import org.homeport.kit.WireReader;
import org.homeport.kit.WireWriter;

/** Vendor-Specific: the vendor's number, then attributes of its own (RFC 2865 section 5.26). */
final class VendorCodec {
    private VendorCodec() {}

    static int vendor(Octets value) throws WireException {
        return value.reader().bits32();
    }

    static List<VendorAttribute> decode(Octets value) throws WireException {
        WireReader reader = value.reader();
        int vendor = reader.bits32();
        List<VendorAttribute> all = new ArrayList<>();
        while (!reader.isEmpty()) {
            int type = reader.u8();
            int length = reader.u8();
            if (length < 2) {
                throw new WireException("attribute " + type + " of vendor " + vendor + " with length " + length);
            }
            all.add(new VendorAttribute(vendor, type, reader.octets(length - 2)));
        }
        return all;
    }

    static Octets encode(VendorAttribute attribute) {
        return new WireWriter()
                .u32(attribute.vendor())
                .u8(attribute.type())
                .u8(attribute.value().length() + 2)
                .octets(attribute.value())
                .toOctets();
    }
}
