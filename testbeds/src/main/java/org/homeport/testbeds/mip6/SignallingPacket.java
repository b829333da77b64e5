package org.homeport.testbeds.mip6;

import java.util.Optional;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;
import org.homeport.kit.WireReader;
import org.homeport.kit.WireWriter;

/**
 * An IPv6 packet of a home registration (RFC 6275 sections 6.3, 6.4, 11.3.2): the header, then a Home Address option or a
 * type 2 routing header, then the payload.
 *
 * @param homeAddressOption in a Binding Update, whose source is the care-of address
 * @param routingHeader in an acknowledgement, whose destination is the care-of address
 * @param protocol of the payload: 50 for ESP, 135 for an unprotected mobility header
 */
public record SignallingPacket(
        IpAddress source,
        IpAddress destination,
        Optional<IpAddress> homeAddressOption,
        Optional<IpAddress> routingHeader,
        int protocol,
        Octets payload) {
    public static final int ESP = 50;

    private static final int DESTINATION_OPTIONS = 60;
    private static final int ROUTING = 43;
    private static final int HOME_ADDRESS = 201;
    private static final int HOP_LIMIT = 64;

    /** The source as upper layers see it. */
    public IpAddress logicalSource() {
        return homeAddressOption.orElse(source);
    }

    /** The destination as upper layers see it. */
    public IpAddress logicalDestination() {
        return routingHeader.orElse(destination);
    }

    public Octets encode() {
        WireWriter body = new WireWriter();
        int first = protocol;
        if (homeAddressOption.isPresent()) {
            first = DESTINATION_OPTIONS;
            // 8n+6 aligned (section 6.3): four octets of PadN before it.
            body.u8(protocol).u8(2).u8(1).u8(2).u16(0);
            body.u8(HOME_ADDRESS).u8(16).octets(homeAddressOption.get().octets());
        }
        if (routingHeader.isPresent()) {
            first = ROUTING;
            body.u8(protocol)
                    .u8(2)
                    .u8(2)
                    .u8(1)
                    .u32(0)
                    .octets(routingHeader.get().octets());
        }
        body.octets(payload);
        return new WireWriter()
                .u32(0x60000000L)
                .u16(body.length())
                .u8(first)
                .u8(HOP_LIMIT)
                .octets(source.octets())
                .octets(destination.octets())
                .octets(body.toOctets())
                .toOctets();
    }

    public static SignallingPacket decode(Octets packet) throws WireException {
        WireReader in = packet.reader();
        if (in.u32() >>> 28 != 6) {
            throw new WireException("not an IPv6 packet");
        }
        int length = in.u16();
        int next = in.u8();
        in.skip(1);
        IpAddress source = IpAddress.read(in, 16);
        IpAddress destination = IpAddress.read(in, 16);
        WireReader body = in.sub(length);
        in.end("IPv6 packet");
        Optional<IpAddress> home = Optional.empty();
        Optional<IpAddress> routed = Optional.empty();
        while (next == DESTINATION_OPTIONS || next == ROUTING) {
            int header = next;
            next = body.u8();
            WireReader rest = body.sub(body.u8() * 8 + 6);
            if (header == DESTINATION_OPTIONS) {
                home = homeAddress(rest);
            } else {
                routed = routed(rest);
            }
        }
        return new SignallingPacket(source, destination, home, routed, next, body.rest());
    }

    private static Optional<IpAddress> homeAddress(WireReader options) throws WireException {
        while (!options.isEmpty()) {
            int type = options.u8();
            if (type == 0) {
                continue;
            }
            WireReader value = options.sub(options.u8());
            if (type == HOME_ADDRESS) {
                return Optional.of(IpAddress.read(value, value.remaining()));
            }
        }
        return Optional.empty();
    }

    private static Optional<IpAddress> routed(WireReader header) throws WireException {
        int type = header.u8();
        int segmentsLeft = header.u8();
        if (type != 2 || segmentsLeft != 1) {
            throw new WireException("routing header type " + type + " with " + segmentsLeft + " segments left");
        }
        header.skip(4);
        return Optional.of(IpAddress.read(header, header.remaining()));
    }
}
