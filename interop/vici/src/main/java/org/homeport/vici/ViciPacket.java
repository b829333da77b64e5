package org.homeport.vici;

import org.homeport.kit.Octets;
import org.homeport.kit.WireException;
import org.homeport.kit.WireReader;
import org.homeport.kit.WireWriter;

/** What one transport segment holds: a type, for some a name, for some a message. */
sealed interface ViciPacket {
    /** The longest segment charon takes and sends, in octets, its own length field not counted. */
    int MAX_LENGTH = 512 * 1024;

    /** To charon, as the next three. */
    record Request(String command, ViciMessage arguments) implements ViciPacket {}

    record Register(String event) implements ViciPacket {}

    record Unregister(String event) implements ViciPacket {}

    /** From charon, as the rest. */
    record Response(ViciMessage message) implements ViciPacket {}

    record CommandUnknown() implements ViciPacket {}

    record EventConfirmed() implements ViciPacket {}

    record EventUnknown() implements ViciPacket {}

    record Event(String event, ViciMessage message) implements ViciPacket {}

    default Octets encode() {
        WireWriter writer = new WireWriter();
        switch (this) {
            case Request(String command, ViciMessage arguments) ->
                ViciCodec.encode(arguments, named(writer.u8(0), command));
            case Response(ViciMessage message) -> ViciCodec.encode(message, writer.u8(1));
            case CommandUnknown() -> writer.u8(2);
            case Register(String event) -> named(writer.u8(3), event);
            case Unregister(String event) -> named(writer.u8(4), event);
            case EventConfirmed() -> writer.u8(5);
            case EventUnknown() -> writer.u8(6);
            case Event(String event, ViciMessage message) -> ViciCodec.encode(message, named(writer.u8(7), event));
        }
        return writer.toOctets();
    }

    private static WireWriter named(WireWriter writer, String name) {
        Octets octets = Octets.utf8(name);
        return writer.u8(octets.length()).octets(octets);
    }

    static ViciPacket decode(Octets segment) throws WireException {
        WireReader reader = segment.reader();
        int type = reader.u8();
        ViciPacket packet = switch (type) {
            case 0 -> new Request(ViciCodec.name(reader), ViciCodec.decode(reader));
            case 1 -> new Response(ViciCodec.decode(reader));
            case 2 -> new CommandUnknown();
            case 3 -> new Register(ViciCodec.name(reader));
            case 4 -> new Unregister(ViciCodec.name(reader));
            case 5 -> new EventConfirmed();
            case 6 -> new EventUnknown();
            case 7 -> new Event(ViciCodec.name(reader), ViciCodec.decode(reader));
            default -> throw new WireException("unknown packet type " + type);
        };
        reader.end("packet type " + type);
        return packet;
    }
}
