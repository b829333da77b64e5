package org.homeport.eap.tls;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;

/**
 * Cuts TLS messages into what one EAP packet carries, and puts together what the other side has cut (RFC 5216 section
 * 2.1.5), for one conversation, either side. Order is kept by EAP's lockstep: one packet each, in turn.
 */
public final class EapTlsFragments {
    /** RFC 5216 section 2.1.5: "a reasonable choice of maximum acceptable message length might be 64 KB". */
    public static final int MAX_MESSAGE = 64 * 1024;

    /** Type data octets that IKE carries over a path of 1280 octets, and RADIUS in one packet. */
    public static final int DEFAULT_FRAGMENT = 1024;

    private static final int HEADER = 5;

    private final int version;
    private final int fragment;
    private final LengthField lengths;
    private final Deque<EapTlsFrame> outgoing = new ArrayDeque<>();
    private final List<Octets> incoming = new ArrayList<>();
    private int received;
    private OptionalLong announced = OptionalLong.empty();

    /** Which messages of ours say how long they are. */
    public enum LengthField {
        /** Those in fragments: RFC 9190 section 2.1.9, "MUST NOT set the L bit in unfragmented messages". */
        WHERE_CUT,
        /** Every one, as PEAP peers do: without, some servers take a ClientHello for outer TLVs ([MS-PEAP] 2.2.6). */
        ALWAYS
    }

    /** What became of a packet. */
    sealed interface Arrival {
        /** It begins the method. */
        record Begun(int version, Octets data) implements Arrival {}

        /** It was part of something, to be answered with this: the next fragment, or leave to send it. */
        record Answered(Octets typeData) implements Arrival {}

        /** The other side has nothing to say. */
        record Nothing(int version) implements Arrival {}

        /** @param tls not empty */
        record Message(int version, Octets tls) implements Arrival {}

        record Broken(String reason) implements Arrival {}
    }

    /**
     * For one conversation.
     *
     * @param version 0..7, in every packet of ours
     * @param fragment the longest type data to be sent, in octets
     */
    public EapTlsFragments(int version, int fragment) {
        this(version, fragment, LengthField.WHERE_CUT);
    }

    /** @param lengths which messages say how long they are; for the rest see the other */
    public EapTlsFragments(int version, int fragment, LengthField lengths) {
        if (version < 0 || version > 7 || fragment < 64 || fragment > 0xff00) {
            throw new IllegalArgumentException("version " + version + ", fragments of " + fragment + " octets");
        }
        this.version = version;
        this.fragment = fragment;
        this.lengths = lengths;
    }

    /** The server's first packet. */
    public Octets start() {
        return EapTlsCodec.encode(EapTlsFrame.start(version));
    }

    /** An acknowledgement; also what to say when there is nothing to say. */
    public Octets empty() {
        return EapTlsCodec.encode(EapTlsFrame.empty(version));
    }

    /** The first fragment of a message; the others follow as the other side asks for them. */
    Octets send(Octets tls) {
        outgoing.clear();
        boolean cut = tls.length() > fragment - HEADER;
        boolean stated = cut || lengths == LengthField.ALWAYS && !tls.isEmpty();
        int most = fragment - HEADER;
        for (int at = 0; at < tls.length() || at == 0; at += most) {
            int to = Math.min(at + most, tls.length());
            outgoing.add(new EapTlsFrame(
                    at == 0 && stated ? OptionalLong.of(tls.length()) : OptionalLong.empty(),
                    to < tls.length() ? EapTlsFrame.More.FOLLOW : EapTlsFrame.More.LAST,
                    EapTlsFrame.Start.RUNNING,
                    version,
                    tls.slice(at, to)));
        }
        return EapTlsCodec.encode(outgoing.remove());
    }

    /** Whether a message is under way: part of one is still to be sent, or still to come. */
    boolean isMidMessage() {
        return !outgoing.isEmpty() || !incoming.isEmpty();
    }

    /** Takes type data from the other side: anything. */
    Arrival take(Octets typeData) {
        EapTlsFrame frame;
        try {
            frame = EapTlsCodec.decode(typeData);
        } catch (WireException e) {
            return new Arrival.Broken("malformed: " + e.getMessage());
        }
        if (frame.start() == EapTlsFrame.Start.START) {
            return outgoing.isEmpty() && incoming.isEmpty()
                    ? new Arrival.Begun(frame.version(), frame.data())
                    : new Arrival.Broken("a start in the midst of a message");
        }
        if (!outgoing.isEmpty()) {
            return frame.data().isEmpty() && frame.more() == EapTlsFrame.More.LAST
                    ? new Arrival.Answered(EapTlsCodec.encode(outgoing.remove()))
                    : new Arrival.Broken("data in place of the acknowledgement of a fragment");
        }
        return gather(frame);
    }

    private Arrival gather(EapTlsFrame frame) {
        if (frame.total().isPresent()) {
            long total = frame.total().getAsLong();
            if (total > MAX_MESSAGE || announced.isPresent() && announced.getAsLong() != total) {
                return new Arrival.Broken("a message of " + total + " octets, "
                        + (total > MAX_MESSAGE
                                ? MAX_MESSAGE + " are allowed"
                                : "first announced with " + announced.getAsLong()));
            }
            announced = frame.total();
        }
        received += frame.data().length();
        if (received > announced.orElse(MAX_MESSAGE)) {
            return new Arrival.Broken(
                    received + " octets of a message of " + announced.orElse(MAX_MESSAGE) + " at most");
        }
        incoming.add(frame.data());
        if (frame.more() == EapTlsFrame.More.FOLLOW) {
            return frame.data().isEmpty()
                    ? new Arrival.Broken("a fragment without data")
                    : new Arrival.Answered(empty());
        }
        if (announced.isPresent() && announced.getAsLong() != received) {
            return new Arrival.Broken(received + " octets of a message of " + announced.getAsLong());
        }
        Octets whole = Octets.concat(incoming.toArray(Octets[]::new));
        incoming.clear();
        received = 0;
        announced = OptionalLong.empty();
        return whole.isEmpty() ? new Arrival.Nothing(frame.version()) : new Arrival.Message(frame.version(), whole);
    }
}
