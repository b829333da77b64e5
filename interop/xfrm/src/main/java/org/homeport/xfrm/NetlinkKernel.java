package org.homeport.xfrm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeport.kit.WireException;
import org.homeport.xfrm.netlink.Errno;
import org.homeport.xfrm.netlink.KernelRefusedException;
import org.homeport.xfrm.netlink.NetlinkMessage;
import org.homeport.xfrm.netlink.NetlinkSocket;
import org.homeport.xfrm.netlink.StructWriter;

/** The kernel of the network namespace of the thread that opened it. For one thread at a time. */
final class NetlinkKernel implements XfrmKernel {
    private static final int CREATE_EXCLUSIVE = 0x600;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final NetlinkSocket socket;

    private NetlinkKernel(NetlinkSocket socket) {
        this.socket = socket;
    }

    static NetlinkKernel open() throws KernelRefusedException {
        return new NetlinkKernel(NetlinkSocket.open(XfrmNumbers.NETLINK_XFRM, PATIENCE));
    }

    @Override
    public void addSa(SaSpec sa) throws KernelRefusedException {
        order(XfrmNumbers.NEWSA, CREATE_EXCLUSIVE, XfrmEncoder.newSa(sa));
    }

    @Override
    public void removeSa(SaId sa) throws KernelRefusedException {
        orderRemoval(XfrmNumbers.DELSA, XfrmEncoder.saId(sa));
    }

    @Override
    public Optional<SaStatus> sa(SaId sa) throws KernelRefusedException {
        try (StructWriter body = XfrmEncoder.saId(sa)) {
            return Optional.of(
                    XfrmDecoder.sa(socket.ask(XfrmNumbers.GETSA, body).body()));
        } catch (KernelRefusedException e) {
            if (e.errno() == Errno.ESRCH) {
                return Optional.empty();
            }
            throw e;
        } catch (WireException e) {
            throw notUnderstood(e);
        }
    }

    @Override
    public List<SaStatus> sas() throws KernelRefusedException {
        return list(XfrmNumbers.GETSA, message -> XfrmDecoder.sa(message.body()));
    }

    @Override
    public void addPolicy(PolicySpec policy) throws KernelRefusedException {
        order(XfrmNumbers.NEWPOLICY, CREATE_EXCLUSIVE, XfrmEncoder.policy(policy));
    }

    @Override
    public void replacePolicy(PolicySpec policy) throws KernelRefusedException {
        order(XfrmNumbers.UPDPOLICY, 0, XfrmEncoder.policy(policy));
    }

    @Override
    public void removePolicy(PolicyKey policy) throws KernelRefusedException {
        orderRemoval(XfrmNumbers.DELPOLICY, XfrmEncoder.policyId(policy));
    }

    @Override
    public void removePolicy(PolicyStatus policy) throws KernelRefusedException {
        orderRemoval(
                XfrmNumbers.DELPOLICY, XfrmEncoder.policyId(policy.selector(), policy.index(), policy.direction()));
    }

    @Override
    public List<PolicyStatus> policies() throws KernelRefusedException {
        return list(XfrmNumbers.GETPOLICY, message -> XfrmDecoder.policy(message.body()));
    }

    @Override
    public void migrate(PolicySpec old, PolicySpec moved) throws KernelRefusedException {
        order(XfrmNumbers.MIGRATE_MESSAGE, 0, XfrmEncoder.migrate(old, moved));
    }

    /** Whether XFRM answers us at all: it answers nobody without CAP_NET_ADMIN. */
    void probe() throws KernelRefusedException {
        try (StructWriter flags = new StructWriter()) {
            socket.ask(XfrmNumbers.GETSADINFO, flags.u32(0));
        }
    }

    private void order(int type, int flags, StructWriter message) throws KernelRefusedException {
        try (message) {
            socket.order(type, flags, message);
        }
    }

    private void orderRemoval(int type, StructWriter message) throws KernelRefusedException {
        try {
            order(type, 0, message);
        } catch (KernelRefusedException e) {
            if (e.errno() != Errno.ESRCH && e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
    }

    private interface Decoder<T> {
        T decode(NetlinkMessage message) throws WireException;
    }

    private <T> List<T> list(int type, Decoder<T> decoder) throws KernelRefusedException {
        try (StructWriter nothing = new StructWriter()) {
            List<T> all = new ArrayList<>();
            for (NetlinkMessage message : socket.dump(type, nothing)) {
                try {
                    all.add(decoder.decode(message));
                } catch (WireException _) {
                    // Nothing of ours reads back like that: it is somebody else's, and no reason to fail.
                }
            }
            return all;
        }
    }

    private static KernelRefusedException notUnderstood(WireException e) {
        return new KernelRefusedException(Errno.EPROTO, String.valueOf(e.getMessage()));
    }

    @Override
    public void close() {
        socket.close();
    }
}
