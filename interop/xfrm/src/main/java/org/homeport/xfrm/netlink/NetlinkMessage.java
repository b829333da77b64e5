package org.homeport.xfrm.netlink;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;

/** A netlink message (linux/netlink.h): header fields and body. */
public record NetlinkMessage(int type, int flags, int sequence, Octets body) {
    public static final int HEADER = 16;

    public static final int ERROR = 2;
    public static final int DONE = 3;
    public static final int FIRST_OF_FAMILY = 0x10;

    public static final int REQUEST = 0x01;
    public static final int MULTI = 0x02;
    public static final int ACK = 0x04;
    /** In a part of a dump: what is dumped changed meanwhile. */
    public static final int DUMP_INTERRUPTED = 0x10;

    public static final int DUMP = 0x300;
    static final int CAPPED = 0x100;
    static final int HAS_EXTENDED_ACK = 0x200;

    private static final int EXTENDED_ACK_TEXT = 1;

    /** The messages of one datagram. */
    static List<NetlinkMessage> parse(Octets datagram) throws WireException {
        List<NetlinkMessage> messages = new ArrayList<>();
        int at = 0;
        while (datagram.length() - at >= HEADER) {
            StructView header = StructView.of(datagram.slice(at, at + HEADER), HEADER, "netlink header");
            int length = header.u32(0);
            if (length < HEADER || length > datagram.length() - at) {
                throw new WireException("netlink length " + length + " with " + (datagram.length() - at) + " left");
            }
            messages.add(new NetlinkMessage(
                    header.u16(4), header.u16(6), header.u32(8), datagram.slice(at + HEADER, at + length)));
            at = Math.min(datagram.length(), at + (length + 3 & ~3));
        }
        return messages;
    }

    /** Of an {@link #ERROR} or {@link #DONE}: empty if it reports success, else what the kernel said. */
    Optional<KernelRefusedException> refusal() throws WireException {
        if (body.length() < 4) {
            return Optional.empty();
        }
        StructView view = StructView.of(body, 4, "netlink error");
        int error = -view.u32(0);
        return error == 0 ? Optional.empty() : Optional.of(new KernelRefusedException(error, extendedAck(view)));
    }

    private String extendedAck(StructView view) throws WireException {
        if ((flags & HAS_EXTENDED_ACK) == 0) {
            return "";
        }
        int attributes = 4;
        if (type == ERROR) {
            int echoed = (flags & CAPPED) != 0
                    ? HEADER
                    : StructView.of(body, 8, "netlink error").u32(4);
            attributes += echoed + 3 & ~3;
        }
        Map<Integer, Octets> all = view.attributes(attributes);
        Octets text = all.getOrDefault(EXTENDED_ACK_TEXT, Octets.EMPTY);
        return new String(text.toByteArray(), StandardCharsets.UTF_8).replace("\0", "");
    }
}
