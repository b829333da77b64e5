package org.homeport.aaa.radius;

import java.util.ArrayList;
import java.util.List;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;

/**
 * One attribute of a vendor's, out of a Vendor-Specific (RFC 2865 section 5.26).
 *
 * @param vendor SMI enterprise number
 * @param type 0..255
 */
public record VendorAttribute(int vendor, int type, Octets value) {
    public static final int MICROSOFT = 311;

    /**
     * All of one vendor's in a packet. Others' need not have the form that RFC 2865 recommends, and are passed over.
     *
     * @throws WireException if this vendor's are malformed
     */
    public static List<VendorAttribute> of(int vendor, RadiusPacket packet) throws WireException {
        List<VendorAttribute> all = new ArrayList<>();
        for (RadiusAttribute attribute : packet.all(AttributeType.VENDOR_SPECIFIC)) {
            if (VendorCodec.vendor(attribute.value()) == vendor) {
                all.addAll(VendorCodec.decode(attribute.value()));
            }
        }
        return all;
    }

    public RadiusAttribute toAttribute() {
        return new RadiusAttribute(AttributeType.VENDOR_SPECIFIC, VendorCodec.encode(this));
    }
}
