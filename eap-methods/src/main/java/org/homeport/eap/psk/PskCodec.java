package org.homeport.eap.psk;

import java.util.List;
import org.homeport.eap.EapCodec;
import org.homeport.eap.EapPacket;
import org.homeport.eap.EapType;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;
import org.homeport.kit.WireReader;
import org.homeport.kit.WireWriter;

/** Messages as type data (RFC 4764 section 5). */
final class PskCodec {
    static final int RAND = 16;
    static final int MAC = 16;

    /** "The length of this NAI must not exceed 966 bytes." */
    static final int MOST_NAME = 966;

    private static final int MOST_SEALED = 962;
    private static final int T_SHIFT = 6;

    /** EAP header and type, flags and RAND_S. */
    private static final int PROTECTED_HEADER = 22;

    private PskCodec() {}

    static Octets encode(PskMessage message) {
        WireWriter writer = new WireWriter();
        switch (message) {
            case PskMessage.First(Octets randS, Octets serverName) ->
                writer.u8(0).octets(randS).octets(serverName);
            case PskMessage.Second(Octets randS, Octets randP, Octets mac, Octets peerName) ->
                writer.u8(1 << T_SHIFT).octets(randS).octets(randP).octets(mac).octets(peerName);
            case PskMessage.Third(Octets randS, Octets mac, PskMessage.Channel channel) ->
                channel(writer.u8(2 << T_SHIFT).octets(randS).octets(mac), channel);
            case PskMessage.Fourth(Octets randS, PskMessage.Channel channel) ->
                channel(writer.u8(3 << T_SHIFT).octets(randS), channel);
        }
        return writer.toOctets();
    }

    static PskMessage decode(Octets typeData) throws WireException {
        WireReader reader = typeData.reader();
        int flags = reader.u8();
        Octets randS = reader.octets(RAND);
        return switch (flags >>> T_SHIFT) {
            case 0 -> new PskMessage.First(randS, name(reader));
            case 1 -> new PskMessage.Second(randS, reader.octets(RAND), reader.octets(MAC), name(reader));
            case 2 -> new PskMessage.Third(randS, reader.octets(MAC), channel(reader));
            default -> new PskMessage.Fourth(randS, channel(reader));
        };
    }

    /**
     * What PCHANNEL's tag covers in the clear: the first 22 octets of the packet (RFC 4764 section 3.3).
     */
    static Octets header(Code code, int identifier, Octets typeData) {
        EapPacket packet = code == Code.REQUEST
                ? new EapPacket.Request(identifier, EapType.PSK, typeData)
                : new EapPacket.Response(identifier, EapType.PSK, typeData);
        return EapCodec.encode(packet).slice(0, PROTECTED_HEADER);
    }

    /** Of the EAP header. */
    enum Code {
        REQUEST,
        RESPONSE
    }

    /** N "is padded with 96 zero bits for its high-order bits" (RFC 4764 section 3.3). */
    static Octets nonce(long nonce) {
        return new WireWriter().zeros(12).u32(nonce).toOctets();
    }

    private static void channel(WireWriter writer, PskMessage.Channel channel) {
        writer.u32(channel.nonce()).octets(channel.tag()).octets(channel.sealed());
    }

    private static PskMessage.Channel channel(WireReader reader) throws WireException {
        PskMessage.Channel channel = new PskMessage.Channel(reader.u32(), reader.octets(MAC), reader.rest());
        if (channel.sealed().isEmpty() || channel.sealed().length() > MOST_SEALED) {
            throw new WireException("PCHANNEL with " + channel.sealed().length() + " octets; 1 to 962 are allowed");
        }
        return channel;
    }

    private static Octets name(WireReader reader) throws WireException {
        Octets name = reader.rest();
        if (name.isEmpty() || name.length() > MOST_NAME) {
            throw new WireException("a name of " + name.length() + " octets; 1 to 966 are allowed");
        }
        return name;
    }

    /** R, E and the reserved bits (RFC 4764 section 5.3), and for an extension its type. */
    record Result(Kind kind, List<Integer> extension) {
        private static final int E = 0x20;

        enum Kind {
            CONT,
            DONE_SUCCESS,
            DONE_FAILURE
        }

        static Result of(Kind kind) {
            return new Result(kind, List.of());
        }

        /** @param opened what the channel held */
        static Result decode(Octets opened) throws WireException {
            WireReader reader = opened.reader();
            int flags = reader.u8();
            Kind kind = switch (flags >>> T_SHIFT) {
                case 1 -> Kind.CONT;
                case 2 -> Kind.DONE_SUCCESS;
                case 3 -> Kind.DONE_FAILURE;
                default -> throw new WireException("result 0 in PCHANNEL");
            };
            if ((flags & E) != 0) {
                return new Result(kind, List.of(reader.u8()));
            }
            reader.end("PCHANNEL without an extension");
            return of(kind);
        }

        /** With an extension of no payload: we know none (RFC 4764 section 6.2). */
        Octets encode() {
            int flags = kind.ordinal() + 1 << T_SHIFT;
            return extension.isEmpty() ? Octets.of(flags) : Octets.of(flags | E, extension.getFirst());
        }
    }
}
