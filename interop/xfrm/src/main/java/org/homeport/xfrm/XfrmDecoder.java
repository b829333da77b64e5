package org.homeport.xfrm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.homeport.core.session.Event;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;
import org.homeport.xfrm.netlink.Libc;
import org.homeport.xfrm.netlink.StructView;

/** XFRM's messages from the kernel (linux/xfrm.h, 64-bit): the body of each, without netlink's header. */
final class XfrmDecoder {
    private XfrmDecoder() {}

    /** struct xfrm_usersa_info and its attributes. */
    static SaStatus sa(Octets body) throws WireException {
        StructView view = StructView.of(body, XfrmNumbers.USERSA_INFO, "xfrm_usersa_info");
        Map<Integer, Octets> attributes = view.attributes(XfrmNumbers.USERSA_INFO);
        return new SaStatus(id(view, view.u16(212)), view.u8(76), view.u32(208), traffic(view, attributes));
    }

    private static SaCounters.Traffic traffic(StructView view, Map<Integer, Octets> attributes) throws WireException {
        Octets lastUsed = attributes.getOrDefault(XfrmNumbers.LASTUSED, Octets.zeros(8));
        return new SaCounters.Traffic(
                view.u64(160),
                view.u64(168),
                Integer.toUnsignedLong(view.u32(196)),
                Integer.toUnsignedLong(view.u32(200)),
                SaStatus.instant(StructView.of(lastUsed, 8, "XFRMA_LASTUSED").u64(0)));
    }

    private static SaId id(StructView view, int family) throws WireException {
        return new SaId(address(view, 56, family), view.net32(72));
    }

    /** struct xfrm_userpolicy_info and its templates. */
    static PolicyStatus policy(Octets body) throws WireException {
        StructView view = StructView.of(body, XfrmNumbers.USERPOLICY_INFO, "xfrm_userpolicy_info");
        Octets templates = view.attributes(XfrmNumbers.USERPOLICY_INFO).getOrDefault(XfrmNumbers.TMPL, Octets.EMPTY);
        List<Integer> reqids = new ArrayList<>();
        for (int at = 0; templates.length() - at >= XfrmNumbers.USER_TMPL; at += XfrmNumbers.USER_TMPL) {
            reqids.add(StructView.of(templates.from(at), XfrmNumbers.USER_TMPL, "xfrm_user_tmpl")
                    .u32(44));
        }
        return new PolicyStatus(selector(view), view.u8(160), view.u32(156), reqids);
    }

    /** struct xfrm_user_expire, which begins as xfrm_usersa_info; empty for what is not ESP. */
    static Optional<XfrmEvent.SaExpired> expiry(Octets body) throws WireException {
        StructView view = StructView.of(body, XfrmNumbers.USER_EXPIRE, "xfrm_user_expire");
        if (view.u8(76) != XfrmNumbers.ESP) {
            return Optional.empty();
        }
        SaId id = id(view, view.u16(212));
        Event.SaExpired.Expiry expiry = view.u8(224) == 0 ? Event.SaExpired.Expiry.SOFT : Event.SaExpired.Expiry.HARD;
        return Optional.of(
                new XfrmEvent.SaExpired(id.destination(), id.spi(), view.u32(208), expiry, traffic(view, Map.of())));
    }

    private static XfrmSelector selector(StructView view) throws WireException {
        int family = view.u16(40);
        return new XfrmSelector(
                prefix(address(view, 16, family), view.u8(43)),
                prefix(address(view, 0, family), view.u8(42)),
                view.u8(44),
                port(view, 36),
                port(view, 32));
    }

    private static PortMatch port(StructView view, int at) {
        int mask = view.net16(at + 2);
        return new PortMatch(view.net16(at) & mask, mask);
    }

    private static IpPrefix prefix(IpAddress address, int length) throws WireException {
        if (length > address.bits()) {
            throw new WireException("prefix length " + length + " for " + address);
        }
        return new IpPrefix(address, length);
    }

    /** An unset family, as a policy for nothing in particular has it, is read as IPv6. */
    private static IpAddress address(StructView view, int at, int family) throws WireException {
        return switch (family) {
            case Libc.AF_INET -> new IpAddress(view.octets(at, 4));
            case Libc.AF_INET6, 0 -> new IpAddress(view.octets(at, 16));
            default -> throw new WireException("address family " + family);
        };
    }
}
