package org.homeport.eap;

import java.util.ArrayList;
import java.util.List;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;
import org.homeport.kit.WireReader;
import org.homeport.kit.WireWriter;

/**
 * Reads and writes EAP packets (RFC 3748 sections 4, 5.3 and 5.7).
 *
 * <p>The Length field has to say exactly how many octets there are. RFC 3748 section 4.1 allows padding after a
 * packet for the sake of link layers; carriers that know the length allow none (RFC 7296 section 3.16).
 */
public final class EapCodec {
    private static final int REQUEST = 1;
    private static final int RESPONSE = 2;
    private static final int SUCCESS = 3;
    private static final int FAILURE = 4;
    private static final int EXPANDED = 254;
    private static final int HEADER = 4;

    private EapCodec() {}

    public static EapPacket decode(Octets octets) throws WireException {
        WireReader reader = octets.reader();
        int code = reader.u8();
        int identifier = reader.u8();
        int length = reader.u16();
        if (length != octets.length()) {
            throw new WireException("EAP Length says " + length + ", the packet has " + octets.length() + " octets");
        }
        return switch (code) {
            case REQUEST -> new EapPacket.Request(identifier, type(reader), reader.rest());
            case RESPONSE -> new EapPacket.Response(identifier, type(reader), reader.rest());
            case SUCCESS -> {
                reader.end("EAP-Success");
                yield new EapPacket.Success(identifier);
            }
            case FAILURE -> {
                reader.end("EAP-Failure");
                yield new EapPacket.Failure(identifier);
            }
            default -> throw new WireException("EAP Code " + code + " is none of 1 to 4");
        };
    }

    public static Octets encode(EapPacket packet) {
        WireWriter writer = new WireWriter();
        switch (packet) {
            case EapPacket.Request request -> {
                header(writer, REQUEST, request.identifier());
                type(writer, request.type());
                writer.octets(request.typeData());
            }
            case EapPacket.Response response -> {
                header(writer, RESPONSE, response.identifier());
                type(writer, response.type());
                writer.octets(response.typeData());
            }
            case EapPacket.Success success -> header(writer, SUCCESS, success.identifier());
            case EapPacket.Failure failure -> header(writer, FAILURE, failure.identifier());
        }
        if (writer.length() > 0xffff) {
            throw new IllegalArgumentException("an EAP packet of " + writer.length() + " octets");
        }
        return writer.patchU16(2, writer.length()).toOctets();
    }

    /**
     * Answers a Request for a method that is not wanted: a legacy Nak, or an Expanded Nak to an expanded Request
     * (RFC 3748 sections 5.3.1 and 5.3.2).
     *
     * @param wanted methods that would do, in order of preference; may be empty
     */
    public static EapPacket.Response nak(EapPacket.Request refused, List<EapType> wanted) {
        WireWriter writer = new WireWriter();
        if (refused.type().form() == EapType.Form.EXPANDED) {
            wanted.forEach(type -> expanded(writer, type));
            if (wanted.isEmpty()) {
                expanded(writer, EapType.expanded(0, 0));
            }
            return new EapPacket.Response(refused.identifier(), EapType.EXPANDED_NAK, writer.toOctets());
        }
        for (EapType type : wanted) {
            writer.u8(type.form() == EapType.Form.LEGACY ? (int) type.number() : EXPANDED);
        }
        if (wanted.isEmpty()) {
            writer.u8(0);
        }
        return new EapPacket.Response(refused.identifier(), EapType.NAK, writer.toOctets());
    }

    /**
     * The methods a Nak asks for instead.
     *
     * @param nak a Response of type {@link EapType#NAK} or {@link EapType#EXPANDED_NAK}
     * @return in the peer's order; empty if nothing would do
     */
    public static List<EapType> wanted(EapPacket.Response nak) throws WireException {
        WireReader reader = nak.typeData().reader();
        List<EapType> wanted = new ArrayList<>();
        while (!reader.isEmpty()) {
            EapType type;
            if (nak.type().equals(EapType.EXPANDED_NAK)) {
                type = type(reader);
                if (type.form() != EapType.Form.EXPANDED) {
                    throw new WireException("an Expanded Nak lists type " + type + " in one octet");
                }
            } else {
                type = EapType.legacy(reader.u8());
            }
            if (type.isMethod() || type.equals(EapType.ANY_EXPANDED)) {
                wanted.add(type);
            }
        }
        return wanted;
    }

    private static EapType type(WireReader reader) throws WireException {
        int type = reader.u8();
        if (type != EXPANDED) {
            return EapType.legacy(type);
        }
        int vendor = reader.u8() << 16 | reader.u16();
        return EapType.expanded(vendor, reader.u32());
    }

    private static void header(WireWriter writer, int code, int identifier) {
        writer.u8(code).u8(identifier).u16(HEADER);
    }

    private static void type(WireWriter writer, EapType type) {
        if (type.equals(EapType.ANY_EXPANDED)) {
            throw new IllegalArgumentException("no packet has type 254 without a vendor");
        }
        switch (type.form()) {
            case LEGACY -> writer.u8((int) type.number());
            case EXPANDED -> expanded(writer, type);
        }
    }

    private static void expanded(WireWriter writer, EapType type) {
        writer.u8(EXPANDED).u8(type.vendor() >>> 16).u16(type.vendor()).u32(type.number());
    }
}
