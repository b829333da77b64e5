package org.homeport.xfrm;

import java.util.Optional;
import org.homeport.xfrm.netlink.KernelRefusedException;

/** Removes what a crashed run left in the kernel: SAs and policies of our reqids, and nothing else. */
public final class XfrmSweep {
    private XfrmSweep() {}

    /** How many were removed. */
    public record Swept(int sas, int policies) {
        public boolean nothing() {
            return sas == 0 && policies == 0;
        }
    }

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
        int sas = 0;
        for (SaStatus sa : kernel.sas()) {
            if (sa.protocol() == XfrmNumbers.ESP && !sa.isLarval() && settings.ownsSa(sa.reqid())) {
                kernel.removeSa(sa.id());
                sas++;
            }
        }
        return new Swept(sas, policies);
    }
}
