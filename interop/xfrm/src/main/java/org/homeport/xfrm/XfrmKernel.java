package org.homeport.xfrm;

import java.util.List;
import java.util.Optional;
import org.homeport.xfrm.netlink.KernelRefusedException;

/** What is asked of the kernel's SA and policy databases. */
interface XfrmKernel extends AutoCloseable {
    void addSa(SaSpec sa) throws KernelRefusedException;

    /** Nothing happens where there is none. */
    void removeSa(SaId sa) throws KernelRefusedException;

    /** Empty where there is none. */
    Optional<SaStatus> sa(SaId sa) throws KernelRefusedException;

    List<SaStatus> sas() throws KernelRefusedException;

    /** Refused where the key is taken. */
    void addPolicy(PolicySpec policy) throws KernelRefusedException;

    /** Replaces the policy of the same key, in one step. */
    void replacePolicy(PolicySpec policy) throws KernelRefusedException;

    /** Nothing happens where there is none. */
    void removePolicy(PolicyKey policy) throws KernelRefusedException;

    /** Nothing happens where there is none. */
    void removePolicy(PolicyStatus policy) throws KernelRefusedException;

    List<PolicyStatus> policies() throws KernelRefusedException;

    /** Moves a tunnel policy's template and the SA behind it. */
    void migrate(PolicySpec old, PolicySpec moved) throws KernelRefusedException;

    @Override
    void close();
}
