package org.homeport.core.message;

import java.util.Iterator;
import java.util.List;
import org.homeport.core.message.Payload.Configuration.Attribute;
import org.homeport.core.registry.PayloadType;
import org.homeport.core.registry.ProtocolId;
import org.homeport.core.registry.SelectorType;
import org.homeport.kit.Octets;
import org.homeport.kit.WireWriter;

/**
 * The one place where IKE octets are written (RFC 7296 section 3, RFC 7383 section 2.5). What is written is ours: a
 * value that does not fit its field throws {@link IllegalArgumentException}.
 */
public final class MessageEncoder {
    private static final int CRITICAL = 0x80;
    private static final int KEY_LENGTH_TV = 0x8000 | 14;

    private MessageEncoder() {}

    /**
     * Writes a message.
     *
     * @param header next payload and length are filled in
     * @param payloads in wire order; an SK or SKF payload last
     */
    public static Octets encode(IkeHeader header, List<Payload> payloads) {
        WireWriter out = new WireWriter()
                .bits64(header.spiInitiator())
                .bits64(header.spiResponder())
                .u8(typeOfFirst(payloads).value())
                .u8(header.version())
                .u8(header.exchange().value())
                .u8(header.flags())
                .u32(header.messageId());
        int lengthAt = out.length();
        out.u32(0);
        chain(out, payloads);
        return out.patchU32(lengthAt, out.length()).toOctets();
    }

    /** Payloads alone, as they go into an SK payload. */
    public static Octets payloads(List<Payload> payloads) {
        WireWriter out = new WireWriter();
        chain(out, payloads);
        return out.toOctets();
    }

    /** What the Next Payload field in front of these payloads says. */
    public static PayloadType typeOfFirst(List<Payload> payloads) {
        return payloads.isEmpty() ? PayloadType.NONE : payloads.getFirst().type();
    }

    private static void chain(WireWriter out, List<Payload> payloads) {
        for (int i = 0; i < payloads.size(); i++) {
            Payload payload = payloads.get(i);
            PayloadType next = next(payload, typeOfFirst(payloads.subList(i + 1, payloads.size())));
            boolean critical = payload instanceof Payload.Unknown unknown && unknown.critical();
            int at = out.length();
            out.u8(next.value()).u8(critical ? CRITICAL : 0).u16(0);
            body(out, payload);
            patchLength(out, at, at + 2, payload.type());
        }
    }

    /** Encrypted payloads name what is inside them instead of what follows, for nothing does (section 3.2). */
    private static PayloadType next(Payload payload, PayloadType follower) {
        if (payload instanceof Payload.Encrypted sk) {
            return last(sk.firstInner(), follower);
        }
        if (payload instanceof Payload.EncryptedFragment skf) {
            return last(skf.firstInner(), follower);
        }
        return follower;
    }

    private static PayloadType last(PayloadType inner, PayloadType follower) {
        if (!follower.equals(PayloadType.NONE)) {
            throw new IllegalArgumentException(follower + " behind an encrypted payload");
        }
        return inner;
    }

    private static void body(WireWriter out, Payload payload) {
        switch (payload) {
            case Payload.SecurityAssociation sa -> proposals(out, sa.proposals());
            case Payload.KeyExchange ke -> out.u16(ke.group().value()).u16(0).octets(ke.data());
            case Payload.Identification id -> out.octets(id.body());
            case Payload.Certificate cert -> out.u8(cert.encoding().value()).octets(cert.data());
            case Payload.CertificateRequest request ->
                out.u8(request.encoding().value()).octets(request.authorities());
            case Payload.Authentication auth ->
                out.u8(auth.method().value()).zeros(3).octets(auth.data());
            case Payload.Nonce nonce -> out.octets(nonce.data());
            case Payload.Notify notify ->
                out.u8(notify.protocol().value())
                        .u8(fits(notify.spi().length(), 0xff, "SPI size"))
                        .u16(notify.notifyType().value())
                        .octets(notify.spi())
                        .octets(notify.data());
            case Payload.Delete delete -> delete(out, delete);
            case Payload.VendorId vendor -> out.octets(vendor.data());
            case Payload.TrafficSelectors ts -> selectors(out, ts.selectors());
            case Payload.Configuration cp -> configuration(out, cp);
            case Payload.Eap eap -> out.octets(eap.message());
            case Payload.Encrypted sk -> out.octets(sk.body());
            case Payload.EncryptedFragment skf ->
                out.u16(fits(skf.number(), 0xffff, "fragment number"))
                        .u16(fits(skf.total(), 0xffff, "total fragments"))
                        .octets(skf.body());
            case Payload.Unknown unknown -> out.octets(unknown.body());
        }
    }

    private static void delete(WireWriter out, Payload.Delete delete) {
        int noneSize =
                delete.protocol().equals(ProtocolId.ESP) || delete.protocol().equals(ProtocolId.AH) ? 4 : 0;
        int spiSize =
                delete.spis().isEmpty() ? noneSize : delete.spis().getFirst().length();
        out.u8(delete.protocol().value())
                .u8(fits(spiSize, 0xff, "SPI size"))
                .u16(fits(delete.spis().size(), 0xffff, "number of SPIs"));
        for (Octets spi : delete.spis()) {
            if (spi.length() != spiSize) {
                throw new IllegalArgumentException("SPIs of " + spiSize + " and " + spi.length() + " octets");
            }
            out.octets(spi);
        }
    }

    private static void configuration(WireWriter out, Payload.Configuration cp) {
        out.u8(cp.cpType().value()).zeros(3);
        for (Attribute attribute : cp.attributes()) {
            out.u16(fits(attribute.type().value(), 0x7fff, "attribute type"))
                    .u16(fits(attribute.value().length(), 0xffff, "attribute length"))
                    .octets(attribute.value());
        }
    }

    private static void proposals(WireWriter out, List<Proposal> proposals) {
        for (Iterator<Proposal> i = proposals.iterator(); i.hasNext(); ) {
            Proposal proposal = i.next();
            int at = out.length();
            out.u8(i.hasNext() ? 2 : 0)
                    .u8(0)
                    .u16(0)
                    .u8(fits(proposal.number(), 0xff, "proposal number"))
                    .u8(proposal.protocol().value())
                    .u8(fits(proposal.spi().length(), 0xff, "SPI size"))
                    .u8(fits(proposal.transforms().size(), 0xff, "number of transforms"))
                    .octets(proposal.spi());
            transforms(out, proposal.transforms());
            patchLength(out, at, at + 2, "proposal");
        }
    }

    private static void transforms(WireWriter out, List<Transform> transforms) {
        for (Iterator<Transform> i = transforms.iterator(); i.hasNext(); ) {
            Transform transform = i.next();
            int at = out.length();
            out.u8(i.hasNext() ? 3 : 0)
                    .u8(0)
                    .u16(0)
                    .u8(transform.type().value())
                    .u8(0)
                    .u16(transform.id());
            transform.keyBits().ifPresent(bits -> out.u16(KEY_LENGTH_TV).u16(fits(bits, 0xffff, "key length")));
            for (Transform.Attribute attribute : transform.otherAttributes()) {
                out.u16(attribute.type());
                if ((attribute.type() & 0x8000) == 0) {
                    out.u16(fits(attribute.value().length(), 0xffff, "attribute length"));
                }
                out.octets(attribute.value());
            }
            patchLength(out, at, at + 2, "transform");
        }
    }

    private static void selectors(WireWriter out, List<TrafficSelector> selectors) {
        out.u8(fits(selectors.size(), 0xff, "number of selectors")).zeros(3);
        for (TrafficSelector selector : selectors) {
            SelectorType type = selector.first().isV6() ? SelectorType.IPV6_ADDR_RANGE : SelectorType.IPV4_ADDR_RANGE;
            int at = out.length();
            out.u8(type.value())
                    .u8(selector.protocol())
                    .u16(0)
                    .u16(selector.startPort())
                    .u16(selector.endPort())
                    .octets(selector.first().octets())
                    .octets(selector.last().octets());
            patchLength(out, at, at + 2, "selector");
        }
    }

    private static void patchLength(WireWriter out, int from, int lengthAt, Object what) {
        out.patchU16(lengthAt, fits(out.length() - from, 0xffff, what + " length"));
    }

    private static int fits(int value, int max, String what) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(what + " " + value + " does not fit, at most " + max);
        }
        return value;
    }
}
