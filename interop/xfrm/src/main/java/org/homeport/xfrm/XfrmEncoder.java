package org.homeport.xfrm;

import org.homeport.core.child.SaMode;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Secret;
import org.homeport.xfrm.SaSpec.SequenceNumbers;
import org.homeport.xfrm.netlink.Libc;
import org.homeport.xfrm.netlink.StructWriter;

/**
 * XFRM's messages to the kernel (linux/xfrm.h, 64-bit): the body of each, without netlink's header. Addresses, SPIs and
 * ports are in network order, all else in the host's.
 */
final class XfrmEncoder {
    private static final int FLAG_AF_UNSPEC = 32;
    private static final int FLAG_ESN = 128;
    private static final int UDP_ENCAP_ESPINUDP = 2;
    private static final int ALGORITHM_NAME = 64;
    private static final int ALLOW = 0;

    private XfrmEncoder() {}

    /** struct xfrm_usersa_info and its attributes. */
    static StructWriter newSa(SaSpec sa) {
        StructWriter out = new StructWriter();
        sa.selector().ifPresentOrElse(selector -> selector(out, selector), () -> out.zeros(XfrmNumbers.SELECTOR));
        id(out, sa.id());
        address(out, sa.source());
        // Zero is for ever to the kernel too: only what is more must not become that.
        lifetimes(
                out,
                sa.hardLifetime().isZero() ? 0 : Math.max(1, sa.hardLifetime().toSeconds()));
        out.zeros(XfrmNumbers.LIFETIME_CURRENT + XfrmNumbers.STATS);
        out.u32(0).u32(sa.reqid()).u16(family(sa.source())).u8(mode(sa.mode()));
        // The window is in XFRMA_REPLAY_ESN_VAL: this field ends at 32 packets.
        out.u8(0).u8(flags(sa)).zeros(7);
        algorithm(out, sa);
        sa.encapsulation().ifPresent(ports -> encapsulation(out, ports));
        replay(out, sa);
        return out;
    }

    /** A tunnel may carry both families, whatever its own (XFRM_STATE_AF_UNSPEC). */
    private static int flags(SaSpec sa) {
        return (sa.mode() == SaMode.TUNNEL ? FLAG_AF_UNSPEC : 0)
                | (sa.sequenceNumbers() == SequenceNumbers.BITS_64 ? FLAG_ESN : 0);
    }

    private static void algorithm(StructWriter out, SaSpec sa) {
        switch (sa.algorithm()) {
            case KernelAlgorithm.Aead aead -> {
                Secret key = sa.keys().encryption();
                out.attribute(
                        XfrmNumbers.ALG_AEAD,
                        a -> a.text(aead.name(), ALGORITHM_NAME)
                                .u32(key.length() * 8)
                                .u32(aead.icvBits())
                                .secret(key));
            }
            case KernelAlgorithm.Pair pair -> {
                Secret macKey = sa.keys().integrity();
                Secret key = sa.keys().encryption();
                out.attribute(
                        XfrmNumbers.ALG_AUTH_TRUNC,
                        a -> a.text(pair.mac(), ALGORITHM_NAME)
                                .u32(macKey.length() * 8)
                                .u32(pair.icvBits())
                                .secret(macKey));
                out.attribute(
                        XfrmNumbers.ALG_CRYPT,
                        a -> a.text(pair.cipher(), ALGORITHM_NAME)
                                .u32(key.length() * 8)
                                .secret(key));
            }
        }
    }

    /** struct xfrm_encap_tmpl; the original address is for checksums that the kernel does not look at. */
    private static void encapsulation(StructWriter out, SaSpec.UdpPorts ports) {
        out.attribute(
                XfrmNumbers.ENCAP,
                a -> a.u16(UDP_ENCAP_ESPINUDP)
                        .net16(ports.source())
                        .net16(ports.destination())
                        .zeros(2 + XfrmNumbers.ADDRESS));
    }

    /**
     * struct xfrm_replay_state_esn, with its bitmap left out: it begins empty. With ESN the kernel wants a window on the
     * outbound SA as well.
     */
    private static void replay(StructWriter out, SaSpec sa) {
        int window = sa.replayWindow() == 0 && sa.sequenceNumbers() == SequenceNumbers.BITS_64
                ? XfrmNumbers.SMALLEST_WINDOW
                : sa.replayWindow();
        if (window > 0) {
            out.attribute(
                    XfrmNumbers.REPLAY_ESN_VAL,
                    a -> a.u32(window / 32).zeros(16).u32(window));
        }
    }

    /** struct xfrm_usersa_id. */
    static StructWriter saId(SaId sa) {
        return address(new StructWriter(), sa.destination())
                .net32(sa.spi())
                .u16(family(sa.destination()))
                .u8(XfrmNumbers.ESP)
                .zeros(1);
    }

    /** struct xfrm_userpolicy_info and its template. */
    static StructWriter policy(PolicySpec policy) {
        return policy(policy.key(), policy.priority()).attribute(XfrmNumbers.TMPL, a -> template(a, policy));
    }

    /** A policy without template lets pass what it selects: a socket's bypass. */
    static StructWriter bypass(PolicyKey key) {
        return policy(key, 0);
    }

    private static StructWriter policy(PolicyKey key, int priority) {
        StructWriter out = new StructWriter();
        selector(out, key.selector());
        lifetimes(out, 0);
        return out.zeros(XfrmNumbers.LIFETIME_CURRENT)
                .u32(priority)
                .u32(0)
                .u8(key.direction().code())
                .u8(ALLOW)
                .zeros(6);
    }

    /** struct xfrm_user_tmpl. */
    private static void template(StructWriter out, PolicySpec policy) {
        IpAddress familyOf = switch (policy.mode()) {
            case TUNNEL -> policy.outerSource();
            case TRANSPORT -> policy.key().selector().source().address();
        };
        outerAddress(out, policy.mode(), policy.outerDestination());
        out.u32(0).u8(XfrmNumbers.ESP).zeros(3);
        out.u16(family(familyOf)).zeros(2);
        outerAddress(out, policy.mode(), policy.outerSource());
        out.u32(policy.reqid()).u8(mode(policy.mode())).zeros(3);
        out.u32(-1).u32(-1).u32(-1);
    }

    /** In transport mode the SA is found by the addresses of the traffic itself. */
    private static void outerAddress(StructWriter out, SaMode mode, IpAddress address) {
        switch (mode) {
            case TUNNEL -> address(out, address);
            case TRANSPORT -> out.zeros(XfrmNumbers.ADDRESS);
        }
    }

    /** struct xfrm_userpolicy_id. */
    static StructWriter policyId(PolicyKey key) {
        return policyId(key.selector(), 0, key.direction().code());
    }

    /**
     * struct xfrm_userpolicy_id.
     *
     * @param index the kernel's number of the policy, 0: by selector
     */
    static StructWriter policyId(XfrmSelector selector, int index, int direction) {
        StructWriter out = new StructWriter();
        selector(out, selector);
        return out.u32(index).u8(direction).zeros(3);
    }

    /** XFRM_MSG_MIGRATE: the policy, and the ends its tunnel has and gets. */
    static StructWriter migrate(PolicySpec old, PolicySpec moved) {
        return policyId(old.key()).attribute(XfrmNumbers.MIGRATE, a -> {
            address(a, old.outerDestination());
            address(a, old.outerSource());
            address(a, moved.outerDestination());
            address(a, moved.outerSource());
            a.u8(XfrmNumbers.ESP).u8(mode(old.mode())).u16(0).u32(old.reqid());
            a.u16(family(old.outerSource())).u16(family(moved.outerSource()));
        });
    }

    private static void selector(StructWriter out, XfrmSelector selector) {
        address(out, selector.destination().address());
        address(out, selector.source().address());
        out.net16(selector.destinationPort().value())
                .net16(selector.destinationPort().mask())
                .net16(selector.sourcePort().value())
                .net16(selector.sourcePort().mask())
                .u16(family(selector.source().address()))
                .u8(selector.destination().length())
                .u8(selector.source().length())
                .u8(selector.protocol())
                .zeros(11);
    }

    private static void id(StructWriter out, SaId sa) {
        address(out, sa.destination()).net32(sa.spi()).u8(XfrmNumbers.ESP).zeros(3);
    }

    private static StructWriter address(StructWriter out, IpAddress address) {
        return out.octets(address.octets())
                .zeros(XfrmNumbers.ADDRESS - address.octets().length());
    }

    /**
     * struct xfrm_lifetime_cfg: no limit but the age.
     *
     * @param hardSeconds 0 for none
     */
    private static void lifetimes(StructWriter out, long hardSeconds) {
        out.u64(-1).u64(-1).u64(-1).u64(-1).u64(0).u64(hardSeconds).u64(0).u64(0);
    }

    static int family(IpAddress address) {
        return address.isV6() ? Libc.AF_INET6 : Libc.AF_INET;
    }

    private static int mode(SaMode mode) {
        return switch (mode) {
            case TRANSPORT -> 0;
            case TUNNEL -> 1;
        };
    }
}
