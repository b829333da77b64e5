package org.homeport.core.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.homeport.core.message.Payload.Configuration.Attribute;
import org.homeport.core.registry.AuthMethod;
import org.homeport.core.registry.CertificateEncoding;
import org.homeport.core.registry.CpAttributeType;
import org.homeport.core.registry.CpType;
import org.homeport.core.registry.ExchangeType;
import org.homeport.core.registry.IdType;
import org.homeport.core.registry.KeyExchangeId;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.registry.PayloadType;
import org.homeport.core.registry.ProtocolId;
import org.homeport.core.registry.SelectorType;
import org.homeport.core.registry.TransformType;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;
import org.homeport.kit.WireReader;

/**
 * The one place where IKE octets are read (RFC 7296 section 3, RFC 7383 section 2.5).
 *
 * <p>Lengths and counts have to agree everywhere, to the octet; reserved fields are ignored (section 2.5), and so is
 * the critical bit of the payloads we know (section 3.2). Whether a message makes sense is not decided here: see
 * {@link PayloadRules}.
 *
 * <p>What one message may make us build is bounded: {@link #MAX_PAYLOADS}, {@link #MAX_PROPOSALS},
 * {@link #MAX_TRANSFORMS}, {@link #MAX_TRANSFORM_ATTRIBUTES}, {@link #MAX_CP_ATTRIBUTES}, {@link #MAX_SPIS}; traffic
 * selectors are bounded by their own one-octet count.
 */
public final class MessageDecoder {
    /** Payloads in one chain. */
    public static final int MAX_PAYLOADS = 128;
    /** Proposals in one SA payload. */
    public static final int MAX_PROPOSALS = 64;
    /** Transforms in one SA payload, all proposals together. */
    public static final int MAX_TRANSFORMS = 1024;
    /** Attributes of one transform. */
    public static final int MAX_TRANSFORM_ATTRIBUTES = 16;
    /** Attributes of one configuration payload: asking for 1,000 addresses is greedy, not malformed. */
    public static final int MAX_CP_ATTRIBUTES = 4096;
    /** SPIs in one Delete payload. */
    public static final int MAX_SPIS = 1024;

    private static final int GENERIC_HEADER = 4;
    private static final int CRITICAL = 0x80;
    /** Attribute format bit: the value is two octets, without a length (section 3.3.5). */
    private static final int SHORT_FORM = 0x8000;

    private static final int KEY_LENGTH_TV = SHORT_FORM | 14;

    private static final Map<PayloadType, BodyReader> READERS = Map.ofEntries(
            Map.entry(PayloadType.SA, (type, next, in) -> new Payload.SecurityAssociation(proposals(in))),
            Map.entry(PayloadType.KE, (type, next, in) -> keyExchange(in)),
            Map.entry(PayloadType.IDI, (type, next, in) -> identification(type, in)),
            Map.entry(PayloadType.IDR, (type, next, in) -> identification(type, in)),
            Map.entry(PayloadType.CERT, (type, next, in) -> new Payload.Certificate(encoding(in), in.rest())),
            Map.entry(PayloadType.CERTREQ, (type, next, in) -> new Payload.CertificateRequest(encoding(in), in.rest())),
            Map.entry(PayloadType.AUTH, (type, next, in) -> authentication(in)),
            Map.entry(PayloadType.NONCE, (type, next, in) -> nonce(in)),
            Map.entry(PayloadType.NOTIFY, (type, next, in) -> notification(in)),
            Map.entry(PayloadType.DELETE, (type, next, in) -> delete(in)),
            Map.entry(PayloadType.VENDOR, (type, next, in) -> new Payload.VendorId(in.rest())),
            Map.entry(PayloadType.TSI, (type, next, in) -> new Payload.TrafficSelectors(type, selectors(in))),
            Map.entry(PayloadType.TSR, (type, next, in) -> new Payload.TrafficSelectors(type, selectors(in))),
            Map.entry(PayloadType.SK, (type, next, in) -> new Payload.Encrypted(next, in.rest())),
            Map.entry(PayloadType.CP, (type, next, in) -> configuration(in)),
            Map.entry(PayloadType.EAP, (type, next, in) -> new Payload.Eap(in.rest())),
            Map.entry(PayloadType.SKF, (type, next, in) -> fragment(next, in)));

    /** Reads the body of one type of payload; {@code next} is what the Next Payload field says. */
    private interface BodyReader {
        Payload read(PayloadType type, PayloadType next, WireReader in) throws WireException;
    }

    private MessageDecoder() {}

    /** Reads the first 28 octets, of whatever version; what follows them is not looked at. */
    public static IkeHeader header(Octets datagram) throws WireException {
        WireReader in = datagram.reader();
        return new IkeHeader(
                in.bits64(),
                in.bits64(),
                new PayloadType(in.u8()),
                in.u8(),
                new ExchangeType(in.u8()),
                in.u8(),
                in.u32(),
                in.u32());
    }

    /**
     * Reads header and outer payloads of a version 2 message, which fills the datagram. An SK or SKF payload stays
     * closed and is the last.
     */
    public static IkeMessage decode(Octets datagram) throws WireException {
        IkeHeader header = header(datagram);
        if (header.majorVersion() != 2) {
            throw new WireException("major version " + header.majorVersion() + ", not 2");
        }
        if (header.length() != datagram.length()) {
            throw new WireException("header says " + header.length() + " octets, datagram has " + datagram.length());
        }
        WireReader in = datagram.reader();
        in.skip(IkeHeader.LENGTH);
        return new IkeMessage(header, chain(header.nextPayload(), in));
    }

    /**
     * Reads the payloads that an SK payload, or the reassembled SKF payloads, held.
     *
     * @param first type of the first payload, NONE if there is none
     * @param body plaintext without padding
     */
    public static List<Payload> payloads(PayloadType first, Octets body) throws WireException {
        List<Payload> payloads = chain(first, body.reader());
        for (Payload payload : payloads) {
            if (payload.type().equals(PayloadType.SK) || payload.type().equals(PayloadType.SKF)) {
                throw new WireException(payload.type() + " inside an encrypted payload");
            }
        }
        return payloads;
    }

    private static List<Payload> chain(PayloadType first, WireReader in) throws WireException {
        List<Payload> payloads = new ArrayList<>();
        PayloadType type = first;
        while (!type.equals(PayloadType.NONE)) {
            if (payloads.size() == MAX_PAYLOADS) {
                throw new WireException("more than " + MAX_PAYLOADS + " payloads");
            }
            PayloadType next = new PayloadType(in.u8());
            boolean critical = (in.u8() & CRITICAL) != 0;
            WireReader body = in.sub(in.u16() - GENERIC_HEADER);
            BodyReader reader = READERS.get(type);
            Payload payload =
                    reader == null ? new Payload.Unknown(type, critical, body.rest()) : reader.read(type, next, body);
            body.end(type + " payload");
            payloads.add(payload);
            // "An Encrypted payload must always be the last payload of a message" (RFC 7296 section 3.2): its Next
            // Payload field names what is inside.
            boolean closed = payload instanceof Payload.Encrypted || payload instanceof Payload.EncryptedFragment;
            type = closed ? PayloadType.NONE : next;
        }
        in.end("payloads");
        return payloads;
    }

    private static Payload keyExchange(WireReader in) throws WireException {
        KeyExchangeId group = new KeyExchangeId(in.u16());
        in.skip(2);
        return new Payload.KeyExchange(group, in.rest());
    }

    private static Payload identification(PayloadType side, WireReader in) throws WireException {
        return new Payload.Identification(side, new IdType(in.u8()), in.octets(3), in.rest());
    }

    private static CertificateEncoding encoding(WireReader in) throws WireException {
        return new CertificateEncoding(in.u8());
    }

    private static Payload authentication(WireReader in) throws WireException {
        AuthMethod method = new AuthMethod(in.u8());
        in.skip(3);
        return new Payload.Authentication(method, in.rest());
    }

    private static Payload nonce(WireReader in) throws WireException {
        // "The size of the Nonce Data MUST be between 16 and 256 octets, inclusive" (RFC 7296 section 3.9).
        if (in.remaining() < 16 || in.remaining() > 256) {
            throw new WireException("nonce of " + in.remaining() + " octets, must be 16 to 256");
        }
        return new Payload.Nonce(in.rest());
    }

    private static Payload notification(WireReader in) throws WireException {
        ProtocolId protocol = new ProtocolId(in.u8());
        int spiSize = in.u8();
        NotifyType type = new NotifyType(in.u16());
        return new Payload.Notify(protocol, in.octets(spiSize), type, in.rest());
    }

    private static Payload delete(WireReader in) throws WireException {
        ProtocolId protocol = new ProtocolId(in.u8());
        int spiSize = in.u8();
        int count = in.u16();
        // "It MUST be zero for IKE (SPI is in message header) or four for AH and ESP" (RFC 7296 section 3.11).
        boolean child = protocol.equals(ProtocolId.AH) || protocol.equals(ProtocolId.ESP);
        if ((child && spiSize != 4) || (protocol.equals(ProtocolId.IKE) && spiSize != 0)) {
            throw new WireException("Delete of " + protocol + " with SPIs of " + spiSize + " octets");
        }
        if (count > MAX_SPIS) {
            throw new WireException("more than " + MAX_SPIS + " SPIs to delete");
        }
        if (spiSize == 0 && count > 0) {
            throw new WireException("Delete of " + count + " SPIs without octets");
        }
        List<Octets> spis = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            spis.add(in.octets(spiSize));
        }
        return new Payload.Delete(protocol, spis);
    }

    private static Payload configuration(WireReader in) throws WireException {
        CpType type = new CpType(in.u8());
        in.skip(3);
        List<Attribute> attributes = new ArrayList<>();
        while (!in.isEmpty()) {
            if (attributes.size() == MAX_CP_ATTRIBUTES) {
                throw new WireException("more than " + MAX_CP_ATTRIBUTES + " configuration attributes");
            }
            CpAttributeType attribute = new CpAttributeType(in.u16() & 0x7fff);
            attributes.add(new Attribute(attribute, in.octets(in.u16())));
        }
        return new Payload.Configuration(type, attributes);
    }

    private static Payload fragment(PayloadType next, WireReader in) throws WireException {
        int number = in.u16();
        int total = in.u16();
        // RFC 7383 section 2.6: neither is zero, and the number does not exceed the total.
        if (number == 0 || number > total) {
            throw new WireException("fragment " + number + " of " + total);
        }
        return new Payload.EncryptedFragment(next, number, total, in.rest());
    }

    private static List<Proposal> proposals(WireReader in) throws WireException {
        List<Proposal> proposals = new ArrayList<>();
        int transforms = 0;
        boolean more = true;
        while (more) {
            if (proposals.size() == MAX_PROPOSALS) {
                throw new WireException("more than " + MAX_PROPOSALS + " proposals");
            }
            more = more(in, 2, "proposal");
            in.skip(1);
            WireReader body = in.sub(in.u16() - 4);
            Proposal proposal = proposal(body);
            body.end("proposal");
            transforms += proposal.transforms().size();
            if (transforms > MAX_TRANSFORMS) {
                throw new WireException("more than " + MAX_TRANSFORMS + " transforms");
            }
            proposals.add(proposal);
        }
        return proposals;
    }

    /** A proposal without transforms can be read; it lacks what is mandatory, so nobody chooses it (section 3.3.6). */
    private static Proposal proposal(WireReader in) throws WireException {
        int number = in.u8();
        ProtocolId protocol = new ProtocolId(in.u8());
        int spiSize = in.u8();
        int count = in.u8();
        Octets spi = in.octets(spiSize);
        List<Transform> transforms = new ArrayList<>(count);
        for (int left = count; left > 0; left--) {
            if (more(in, 3, "transform") != left > 1) {
                throw new WireException("the last transform is marked otherwise than the count of " + count + " says");
            }
            in.skip(1);
            WireReader body = in.sub(in.u16() - 4);
            transforms.add(transform(body));
        }
        return new Proposal(number, protocol, spi, transforms);
    }

    private static Transform transform(WireReader in) throws WireException {
        TransformType type = new TransformType(in.u8());
        in.skip(1);
        int id = in.u16();
        OptionalInt keyBits = OptionalInt.empty();
        List<Transform.Attribute> others = new ArrayList<>();
        for (int count = 0; !in.isEmpty(); count++) {
            if (count == MAX_TRANSFORM_ATTRIBUTES) {
                throw new WireException("more than " + MAX_TRANSFORM_ATTRIBUTES + " attributes in a transform");
            }
            int format = in.u16();
            if (format == KEY_LENGTH_TV && keyBits.isEmpty()) {
                keyBits = OptionalInt.of(in.u16());
            } else {
                // Unknown, or Key Length twice or as TLV: kept as sent, which makes the transform unusable.
                boolean shortForm = (format & SHORT_FORM) != 0;
                others.add(new Transform.Attribute(format, in.octets(shortForm ? 2 : in.u16())));
            }
        }
        return new Transform(type, id, keyBits, others);
    }

    private static boolean more(WireReader in, int marker, String what) throws WireException {
        int value = in.u8();
        if (value != 0 && value != marker) {
            throw new WireException(what + " followed by " + value + ", must be 0 or " + marker);
        }
        return value == marker;
    }

    /**
     * Selectors of a type we do not know are passed over, "so that the unknown type is not returned in the narrowed
     * set" (RFC 7296 section 2.9). Ranges that run backwards are out of range, OPAQUE ports excepted (section 3.13.1).
     */
    private static List<TrafficSelector> selectors(WireReader in) throws WireException {
        int count = in.u8();
        in.skip(3);
        if (count == 0) {
            throw new WireException("no traffic selectors");
        }
        List<TrafficSelector> selectors = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            SelectorType type = new SelectorType(in.u8());
            int protocol = in.u8();
            WireReader body = in.sub(in.u16() - 4);
            if (type.equals(SelectorType.IPV4_ADDR_RANGE)) {
                selectors.add(selector(protocol, 4, body));
            } else if (type.equals(SelectorType.IPV6_ADDR_RANGE)) {
                selectors.add(selector(protocol, 16, body));
            }
        }
        return selectors;
    }

    private static TrafficSelector selector(int protocol, int addressLength, WireReader in) throws WireException {
        TrafficSelector selector = new TrafficSelector(
                protocol, in.u16(), in.u16(), IpAddress.read(in, addressLength), IpAddress.read(in, addressLength));
        in.end("traffic selector");
        if (selector.first().compareTo(selector.last()) > 0) {
            throw new WireException("addresses run backwards: " + selector);
        }
        if (selector.startPort() > selector.endPort() && !selector.isOpaque()) {
            throw new WireException("ports run backwards: " + selector);
        }
        return selector;
    }
}
