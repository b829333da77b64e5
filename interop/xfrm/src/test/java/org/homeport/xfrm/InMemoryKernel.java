package org.homeport.xfrm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.homeport.xfrm.netlink.Errno;
import org.homeport.xfrm.netlink.KernelRefusedException;

/** A kernel that keeps what it is told, notes the order of it, and refuses when told to. */
final class InMemoryKernel implements XfrmKernel {
    final Map<SaId, SaSpec> sas = new LinkedHashMap<>();
    final Map<PolicyKey, PolicySpec> policies = new LinkedHashMap<>();
    final List<PolicyStatus> foreignPolicies = new ArrayList<>();
    final List<SaStatus> foreignSas = new ArrayList<>();
    final List<String> orders = new ArrayList<>();
    /** The errno for an SA that this kernel does not take, or 0. */
    Function<SaSpec, Integer> refusal = sa -> 0;

    private int refuseIn = Integer.MAX_VALUE;
    private int errno;

    /** The order after that many more is refused. */
    void refuseAfter(int orders, int errno) {
        this.refuseIn = orders;
        this.errno = errno;
    }

    private void order(String what) throws KernelRefusedException {
        if (refuseIn-- == 0) {
            throw new KernelRefusedException(errno, "");
        }
        orders.add(what);
    }

    private static KernelRefusedException refused(int errno) {
        return new KernelRefusedException(errno, "");
    }

    @Override
    public void addSa(SaSpec sa) throws KernelRefusedException {
        order("add " + sa.id());
        XfrmEncoder.newSa(sa).close();
        if (refusal.apply(sa) != 0) {
            throw refused(refusal.apply(sa));
        }
        if (sas.putIfAbsent(sa.id(), sa) != null) {
            throw refused(Errno.EEXIST);
        }
    }

    @Override
    public void removeSa(SaId sa) throws KernelRefusedException {
        order("remove " + sa);
        sas.remove(sa);
        foreignSas.removeIf(s -> s.id().equals(sa));
    }

    @Override
    public Optional<SaStatus> sa(SaId sa) {
        return Optional.ofNullable(sas.get(sa)).map(InMemoryKernel::status);
    }

    @Override
    public List<SaStatus> sas() {
        List<SaStatus> all = new ArrayList<>(foreignSas);
        sas.values().forEach(sa -> all.add(status(sa)));
        return all;
    }

    private static SaStatus status(SaSpec sa) {
        return new SaStatus(sa.id(), SaStatus.ESP, sa.reqid(), new SaCounters.Traffic(100, 1, 0, 0, Optional.empty()));
    }

    @Override
    public void addPolicy(PolicySpec policy) throws KernelRefusedException {
        order("add " + policy.key());
        if (policies.putIfAbsent(policy.key(), policy) != null) {
            throw refused(Errno.EEXIST);
        }
    }

    @Override
    public void replacePolicy(PolicySpec policy) throws KernelRefusedException {
        order("replace " + policy.key());
        policies.put(policy.key(), policy);
    }

    @Override
    public void removePolicy(PolicyKey policy) throws KernelRefusedException {
        order("remove " + policy);
        policies.remove(policy);
    }

    @Override
    public void removePolicy(PolicyStatus policy) throws KernelRefusedException {
        order("remove " + policy);
        foreignPolicies.remove(policy);
        policies.keySet()
                .removeIf(k ->
                        k.selector().equals(policy.selector()) && k.direction().code() == policy.direction());
    }

    @Override
    public List<PolicyStatus> policies() {
        List<PolicyStatus> all = new ArrayList<>(foreignPolicies);
        policies.values()
                .forEach(p -> all.add(
                        new PolicyStatus(p.key().selector(), p.key().direction().code(), 8, List.of(p.reqid()))));
        return all;
    }

    @Override
    public void migrate(PolicySpec old, PolicySpec moved) throws KernelRefusedException {
        order("migrate " + old.key());
        policies.put(old.key(), moved);
        for (SaSpec sa : List.copyOf(sas.values())) {
            if (sa.id().destination().equals(old.outerDestination())
                    && sa.source().equals(old.outerSource())) {
                sas.remove(sa.id());
                SaId id = new SaId(moved.outerDestination(), sa.id().spi());
                sas.put(
                        id,
                        new SaSpec(
                                id,
                                moved.outerSource(),
                                sa.reqid(),
                                sa.mode(),
                                sa.selector(),
                                sa.algorithm(),
                                sa.keys(),
                                sa.encapsulation(),
                                sa.sequenceNumbers(),
                                sa.replayWindow(),
                                sa.hardLifetime()));
            }
        }
    }

    boolean isEmpty() {
        return sas.isEmpty() && policies.isEmpty();
    }

    @Override
    public void close() {
        orders.add("close");
    }
}
