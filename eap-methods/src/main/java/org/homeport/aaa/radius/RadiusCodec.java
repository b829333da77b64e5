package org.homeport.aaa.radius;

import java.util.ArrayList;
import java.util.List;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;
import org.homeport.kit.WireReader;
import org.homeport.kit.WireWriter;

/** Packets as octets (RFC 2865 section 3). */
public final class RadiusCodec {
    static final int HEADER_OCTETS = 20;

    private RadiusCodec() {}

    /** @throws IllegalArgumentException if it is longer than {@link RadiusPacket#MAX_OCTETS} */
    public static Octets encode(RadiusPacket packet) {
        WireWriter writer = new WireWriter()
                .u8(packet.code().number())
                .u8(packet.identifier())
                .u16(0)
                .octets(packet.authenticator());
        for (RadiusAttribute attribute : packet.attributes()) {
            writer.u8(attribute.type()).u8(attribute.value().length() + 2).octets(attribute.value());
        }
        if (writer.length() > RadiusPacket.MAX_OCTETS) {
            throw new IllegalArgumentException(
                    packet.code() + " of " + writer.length() + " octets; " + RadiusPacket.MAX_OCTETS + " are allowed");
        }
        return writer.patchU16(2, writer.length()).toOctets();
    }

    /** How long the packet at the beginning of a stream says it is; for the first four octets of it or more. */
    public static int length(Octets header) throws WireException {
        WireReader reader = header.reader();
        reader.skip(2);
        int length = reader.u16();
        if (length < HEADER_OCTETS || length > RadiusPacket.MAX_OCTETS) {
            throw new WireException("a packet with length " + length);
        }
        return length;
    }

    /** The authenticator of a packet that we made. */
    static Octets authenticator(Octets packet) {
        return packet.slice(HEADER_OCTETS - RadiusPacket.AUTHENTICATOR_OCTETS, HEADER_OCTETS);
    }

    /** Octets behind the packet's own length are padding. */
    public static RadiusPacket decode(Octets datagram) throws WireException {
        int length = length(datagram);
        WireReader reader = datagram.reader().sub(length);
        int number = reader.u8();
        RadiusCode code = RadiusCode.of(number).orElseThrow(() -> new WireException("a packet of code " + number));
        int identifier = reader.u8();
        reader.skip(2);
        Octets authenticator = reader.octets(RadiusPacket.AUTHENTICATOR_OCTETS);
        List<RadiusAttribute> attributes = new ArrayList<>();
        while (!reader.isEmpty()) {
            int type = reader.u8();
            int octets = reader.u8();
            if (type == 0 || octets < 2) {
                throw new WireException("attribute " + type + " with length " + octets);
            }
            attributes.add(new RadiusAttribute(type, reader.octets(octets - 2)));
        }
        return new RadiusPacket(code, identifier, authenticator, attributes);
    }
}
