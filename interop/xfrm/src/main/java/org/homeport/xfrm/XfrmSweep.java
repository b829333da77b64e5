package org.homeport.xfrm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeport.kit.IpAddress;
import org.homeport.xfrm.netlink.KernelRefusedException;

/** Removes what a crashed run left in the kernel: SAs and policies of our reqids, and nothing else. */
public final class XfrmSweep {
    private XfrmSweep() {}

    /** What was removed. @param sas with what went through them until now, also after the crash */
    public record Swept(List<SweptSa> sas, int policies) {
        public Swept {
            sas = List.copyOf(sas);
        }

        public boolean nothing() {
            return sas.isEmpty() && policies == 0;
        }
    }

    /** @param destination with {@code spi} its name */
    public record SweptSa(IpAddress destination, int spi, SaCounters.Traffic traffic) {}

    /**
     * At start, before the first SA is installed; in the network namespace of the calling thread, a platform thread.
     *
     * @throws XfrmUnavailableException with a sentence for the operator
     */
    public static Swept sweep(XfrmSettings settings) throws XfrmUnavailableException {
        try (XfrmKernel kernel = NetlinkKernel.open()) {
            return sweep(kernel, settings);
        } catch (KernelRefusedException e) {
            throw new XfrmUnavailableException(KernelSentences.general("sweep SAs and policies", e));
        }
    }

    /** Policies first, so that no packet makes the kernel ask for SAs that are just going. */
    static Swept sweep(XfrmKernel kernel, XfrmSettings settings) throws KernelRefusedException {
        int policies = 0;
        for (PolicyStatus policy : kernel.policies()) {
            Optional<Integer> ours = policy.reqids().stream()
                    .filter(settings.reqids()::contains)
                    .filter(settings::ownsPolicy)
                    .findAny();
            if (ours.isPresent()) {
                kernel.removePolicy(policy);
                policies++;
            }
        }
        List<SweptSa> sas = new ArrayList<>();
        for (SaStatus sa : kernel.sas()) {
            if (sa.protocol() == XfrmNumbers.ESP && !sa.isLarval() && settings.ownsSa(sa.reqid())) {
                sas.add(new SweptSa(
                        sa.id().destination(), sa.id().spi(), last(kernel, sa).traffic()));
                kernel.removeSa(sa.id());
            }
        }
        return new Swept(sas, policies);
    }

    /** It may have gone on working since it was listed. */
    private static SaStatus last(XfrmKernel kernel, SaStatus listed) throws KernelRefusedException {
        return kernel.sa(listed.id()).orElse(listed);
    }
}
