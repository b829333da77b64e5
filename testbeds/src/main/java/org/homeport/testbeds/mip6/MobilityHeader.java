package org.homeport.testbeds.mip6;

import java.util.Optional;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;
import org.homeport.kit.WireReader;
import org.homeport.kit.WireWriter;

/** Mobility Header messages (RFC 6275 section 6.1): those a home registration takes. */
public sealed interface MobilityHeader {
    /** The IP protocol number. */
    int PROTOCOL = 135;

    int BINDING_UPDATE = 5;
    int BINDING_ACKNOWLEDGEMENT = 6;

    /**
     * Binding Update (section 6.1.7).
     *
     * @param sequence 0..65535
     * @param flags {@link #ACKNOWLEDGE}, {@link #HOME}, {@link #LINK_LOCAL}, {@link #KEY_MOBILITY}
     * @param lifetimeSeconds 0..262140, on the wire in units of four seconds
     * @param alternateCareOf always there when away from home: ESP does not cover the outer source (section 11.7.1)
     */
    record BindingUpdate(int sequence, int flags, int lifetimeSeconds, Optional<IpAddress> alternateCareOf)
            implements MobilityHeader {
        public static final int ACKNOWLEDGE = 0x8000;
        public static final int HOME = 0x4000;
        public static final int LINK_LOCAL = 0x2000;
        public static final int KEY_MOBILITY = 0x1000;
    }

    /** Binding Acknowledgement (section 6.1.8). @param status below 128: accepted */
    record BindingAcknowledgement(int status, int sequence, int lifetimeSeconds) implements MobilityHeader {
        public static final int ACCEPTED = 0;
        public static final int PROHIBITED = 129;
        public static final int NOT_HOME_AGENT_FOR_NODE = 133;
        public static final int SEQUENCE_OUT_OF_WINDOW = 135;

        public boolean accepted() {
            return status < 128;
        }
    }

    /**
     * @param source the home address where a Home Address option or a type 2 routing header stands for it (section 6.1.1)
     * @return with its checksum, a multiple of eight octets
     */
    static Octets encode(MobilityHeader message, IpAddress source, IpAddress destination) {
        WireWriter out = new WireWriter().u8(59).u8(0);
        switch (message) {
            case BindingUpdate update -> {
                out.u8(BINDING_UPDATE).u8(0).u16(0);
                out.u16(update.sequence()).u16(update.flags()).u16(update.lifetimeSeconds() / 4);
                update.alternateCareOf()
                        .ifPresentOrElse(
                                // 8n+6 aligned (section 6.2.5): two octets of PadN before it.
                                careOf -> out.u8(1).u8(0).u8(3).u8(16).octets(careOf.octets()),
                                () -> padN(out, 4));
            }
            case BindingAcknowledgement acknowledgement -> {
                out.u8(BINDING_ACKNOWLEDGEMENT).u8(0).u16(0);
                out.u8(acknowledgement.status()).u8(0).u16(acknowledgement.sequence());
                out.u16(acknowledgement.lifetimeSeconds() / 4);
                padN(out, 4);
            }
        }
        out.patchU8(1, out.length() / 8 - 1);
        return out.patchU16(4, checksum(out.toOctets(), source, destination)).toOctets();
    }

    private static void padN(WireWriter out, int octets) {
        out.u8(1).u8(octets - 2).zeros(octets - 2);
    }

    /** @throws WireException for wrong lengths, a wrong checksum or a message of another type */
    static MobilityHeader decode(Octets octets, IpAddress source, IpAddress destination) throws WireException {
        WireReader in = octets.reader();
        in.skip(1);
        if (octets.length() != (in.u8() + 1) * 8) {
            throw new WireException("mobility header: " + octets.length() + " octets do not fit its length field");
        }
        int type = in.u8();
        in.skip(3);
        if (checksum(octets, source, destination) != 0) {
            throw new WireException("mobility header: wrong checksum");
        }
        return switch (type) {
            case BINDING_UPDATE -> new BindingUpdate(in.u16(), in.u16() & 0xf000, in.u16() * 4, alternateCareOf(in));
            case BINDING_ACKNOWLEDGEMENT -> {
                int status = in.u8();
                in.skip(1);
                yield new BindingAcknowledgement(status, in.u16(), in.u16() * 4);
            }
            default -> throw new WireException("mobility header type " + type);
        };
    }

    private static Optional<IpAddress> alternateCareOf(WireReader options) throws WireException {
        while (!options.isEmpty()) {
            int type = options.u8();
            if (type == 0) {
                continue;
            }
            WireReader value = options.sub(options.u8());
            if (type == 3) {
                return Optional.of(IpAddress.read(value, value.remaining()));
            }
        }
        return Optional.empty();
    }

    /** Over the pseudo-header and the message (section 6.1.1); 0 over a message that holds the right one. */
    private static int checksum(Octets message, IpAddress source, IpAddress destination) {
        Octets covered = new WireWriter()
                .octets(source.octets())
                .octets(destination.octets())
                .u32(message.length())
                .u32(PROTOCOL)
                .octets(message)
                .toOctets();
        int sum = 0;
        for (int i = 0; i < covered.length(); i += 2) {
            sum += covered.at(i) << 8 | (i + 1 < covered.length() ? covered.at(i + 1) : 0);
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return ~sum & 0xffff;
    }
}
