package org.homeport.eap.peap;

import java.util.Optional;
import org.homeport.eap.peap.PeapPacket.Verdict;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;
import org.homeport.kit.WireReader;
import org.homeport.kit.WireWriter;

/**
 * Reads and writes what goes through PEAPv0's tunnel: EAP packets without Code, Identifier and Length, but type 33,
 * EAP-Extensions, with them ([MS-PEAP] section 2.2).
 */
final class PeapCodec {
    private static final int HEADER = 4;
    private static final int EXTENSIONS = 33;
    private static final int IDENTITY = 1;
    private static final int TLV_MANDATORY = 0x8000;
    private static final int TLV_TYPE = 0x3fff;
    private static final int RESULT = 3;
    private static final int SUCCESS = 1;
    private static final int FAILURE = 2;

    private PeapCodec() {}

    /** Whose packet it is. */
    enum Code {
        REQUEST(1),
        RESPONSE(2);

        private final int number;

        Code(int number) {
            this.number = number;
        }
    }

    /**
     * Reads what the other side sent.
     *
     * @param code that it can only have
     * @param identifier for the header that was left out
     */
    static PeapPacket decode(Octets data, Code code, int identifier) throws WireException {
        if (isWhole(data, code)) {
            if (data.at(HEADER) == EXTENSIONS) {
                return extensions(data);
            }
            // FreeRADIUS leaves its first Request, for the identity, as it is.
            if (data.at(HEADER) == IDENTITY && data.length() == HEADER + 1) {
                return new PeapPacket.Eap(withHeader(data.from(HEADER), code, identifier));
            }
        }
        if (data.isEmpty() || data.length() > 0xffff - HEADER) {
            throw new WireException("an EAP packet of " + data.length() + " octets without its header");
        }
        if (data.at(0) == EXTENSIONS) {
            throw new WireException("EAP-Extensions without a header");
        }
        return new PeapPacket.Eap(withHeader(data, code, identifier));
    }

    /** An EAP packet as it goes through the tunnel. */
    static Octets withoutHeader(Octets packet) {
        return packet.from(HEADER);
    }

    /** The Result TLV comes first: FreeRADIUS looks for it there and nowhere else. */
    static Octets encode(PeapPacket.Result result, Code code) {
        Octets binding = result.binding().map(CryptoBinding::tlv).orElse(Octets.EMPTY);
        return new WireWriter()
                .u8(code.number)
                .u8(result.identifier())
                .u16(HEADER + 7 + binding.length())
                .u8(EXTENSIONS)
                .u16(TLV_MANDATORY | RESULT)
                .u16(2)
                .u16(result.verdict() == Verdict.SUCCESS ? SUCCESS : FAILURE)
                .octets(binding)
                .toOctets();
    }

    private static boolean isWhole(Octets data, Code code) {
        return data.length() > HEADER
                && data.at(0) == code.number
                && (data.at(2) << 8 | data.at(3)) == data.length()
                && data.length() <= 0xffff;
    }

    private static Octets withHeader(Octets data, Code code, int identifier) {
        return new WireWriter()
                .u8(code.number)
                .u8(identifier)
                .u16(HEADER + data.length())
                .octets(data)
                .toOctets();
    }

    private static PeapPacket.Result extensions(Octets packet) throws WireException {
        WireReader reader = packet.reader();
        reader.skip(1);
        int identifier = reader.u8();
        reader.skip(3);
        Optional<Verdict> result = Optional.empty();
        Optional<CryptoBinding> binding = Optional.empty();
        while (!reader.isEmpty()) {
            int type = reader.u16();
            Octets value = reader.octets(reader.u16());
            switch (type & TLV_TYPE) {
                case RESULT -> result = once(result, verdict(value));
                case CryptoBindingCodec.TYPE -> binding = once(binding, CryptoBindingCodec.decode(type, value));
                default -> {
                    if ((type & TLV_MANDATORY) != 0) {
                        throw new WireException("mandatory TLV " + (type & TLV_TYPE) + ", which is unknown here");
                    }
                }
            }
        }
        return new PeapPacket.Result(
                identifier,
                result.orElseThrow(() -> new WireException("EAP-Extensions without a Result TLV")),
                binding);
    }

    private static <T> Optional<T> once(Optional<T> before, T now) throws WireException {
        if (before.isPresent()) {
            throw new WireException("EAP-Extensions with one TLV twice");
        }
        return Optional.of(now);
    }

    private static Verdict verdict(Octets value) throws WireException {
        WireReader reader = value.reader();
        int status = reader.u16();
        reader.end("Result TLV");
        return switch (status) {
            case SUCCESS -> Verdict.SUCCESS;
            case FAILURE -> Verdict.FAILURE;
            default -> throw new WireException("Result TLV with status " + status);
        };
    }
}
