package org.homeport.xfrm;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import org.homeport.core.child.SaHandle;
import org.homeport.core.child.SaMode;
import org.homeport.core.child.SaOutcome;
import org.homeport.core.child.SaPlan;
import org.homeport.core.session.Event;
import org.homeport.core.session.Output;
import org.homeport.kit.IpAddress;
import org.homeport.xfrm.netlink.KernelRefusedException;

/** The CHILD_SAs that this engine has in the kernel, and the steps from one state of it to the next. One thread only. */
final class KernelChildren {
    /** A pair with the addresses that it has now. */
    private record Pair(SaHandle handle, SaMode mode) {}

    private interface Step {
        void run() throws KernelRefusedException;
    }

    /** What becomes of a new child's outbound SA. */
    private interface OutboundStep {
        void run(ChildInKernel child, Deque<Step> done) throws PlanRejectedException;
    }

    private final XfrmKernel kernel;
    private final XfrmSettings settings;
    private final XfrmObserver observer;
    private final PolicyBook book = new PolicyBook();
    private final Map<PairKey, Pair> pairs = new HashMap<>();
    private final Map<SaId, PairKey> bySa = new HashMap<>();
    private final Map<Integer, SequencedSet<PairKey>> byReqid = new HashMap<>();
    /** What went through SAs that the kernel itself has removed. */
    private final Map<SaId, SaCounters.Traffic> expired = new HashMap<>();
    /** Outbound SAs that wait for the peer to be ready. */
    private final Map<PairKey, SaSpec> waiting = new HashMap<>();

    KernelChildren(XfrmKernel kernel, XfrmSettings settings, XfrmObserver observer) {
        this.kernel = kernel;
        this.settings = settings;
        this.observer = observer;
    }

    /** Inbound SA first: the peer may send as soon as it has our answer. */
    SaOutcome install(SaPlan plan, Optional<SaHandle> replaces) {
        return install(plan, replaces, (child, done) -> add(child.outbound(), done));
    }

    /** Without the outbound SA traffic goes on by the one before: its reqid is the same. */
    SaOutcome installInbound(SaPlan plan, SaHandle replaces) {
        PairKey key = PairKey.of(plan.handle());
        return install(plan, Optional.of(replaces), (child, done) -> {
            waiting.put(key, child.outbound());
            done.push(() -> waiting.remove(key));
        });
    }

    /** Nobody waits for an answer: a pair that cannot send is told as one at the end of its lifetime. */
    void activate(SaHandle sa) {
        PairKey key = PairKey.of(sa);
        Optional.ofNullable(waiting.remove(key)).ifPresent(outbound -> {
            try {
                kernel.addSa(outbound);
            } catch (KernelRefusedException e) {
                observer.trouble(KernelSentences.newSa(outbound, e));
                Optional.ofNullable(pairs.get(key))
                        .ifPresent(pair -> observer.expired(pair.handle(), Event.SaExpired.Expiry.HARD));
            }
        });
    }

    private SaOutcome install(SaPlan plan, Optional<SaHandle> replaces, OutboundStep outbound) {
        Deque<Step> done = new ArrayDeque<>();
        try {
            ChildInKernel child = ChildInKernel.of(plan, settings);
            add(child.inbound(), done);
            outbound.run(child, done);
            for (PolicySpec policy : child.policies()) {
                enforce(policy, done);
            }
            PairKey key = PairKey.of(plan.handle());
            child.policies().forEach(policy -> book.claim(key, policy));
            replaces.ifPresent(old -> book.handOver(PairKey.of(old), key));
            remember(key, new Pair(plan.handle(), plan.mode()));
            return new SaOutcome.Installed();
        } catch (PlanRejectedException e) {
            undo(done);
            return new SaOutcome.Failed(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // A mistake of ours, yet somebody waits for the answer, and nothing may stay behind.
            undo(done);
            return new SaOutcome.Failed("Internal error while installing " + plan.name() + ": " + e);
        }
    }

    private void add(SaSpec sa, Deque<Step> done) throws PlanRejectedException {
        try {
            kernel.addSa(sa);
            done.push(() -> kernel.removeSa(sa.id()));
        } catch (KernelRefusedException e) {
            throw new PlanRejectedException(KernelSentences.newSa(sa, e));
        }
    }

    private void enforce(PolicySpec policy, Deque<Step> done) throws PlanRejectedException {
        Optional<PolicySpec> before = book.inForce(policy.key());
        try {
            if (before.isEmpty()) {
                kernel.addPolicy(policy);
                done.push(() -> kernel.removePolicy(policy.key()));
            } else if (!before.get().equals(policy)) {
                kernel.replacePolicy(policy);
                done.push(() -> kernel.replacePolicy(before.get()));
            }
        } catch (KernelRefusedException e) {
            throw new PlanRejectedException(KernelSentences.policy(policy, e));
        }
    }

    private void undo(Deque<Step> done) {
        while (!done.isEmpty()) {
            Step step = done.pop();
            attempt("take back what a failed installation had done", step);
        }
    }

    /**
     * Policies go first: without its SA a policy would make the kernel ask for another one (ACQUIRE), and leave a
     * larval SA behind.
     */
    void remove(SaHandle sa, Output.RemoveSa.Policies policies) {
        PairKey key = PairKey.of(sa);
        waiting.remove(key);
        Optional<Pair> pair = Optional.ofNullable(pairs.get(key));
        SaHandle now = pair.map(Pair::handle).orElse(sa);
        switch (policies) {
            case REMOVE -> book.release(key).forEach(this::giveWay);
            case KEEP -> sibling(key).ifPresent(heir -> book.handOver(key, heir));
        }
        Optional<SaCounters> last = pair.map(known -> counters(now).orElse(SaCounters.NONE));
        attempt("remove the " + SaId.inbound(now), () -> kernel.removeSa(SaId.inbound(now)));
        attempt("remove the " + SaId.outbound(now), () -> kernel.removeSa(SaId.outbound(now)));
        forget(key);
        last.ifPresent(counters -> observer.removed(sa, counters));
    }

    /** The last installed of the other pairs of its reqid: after a rekey, or two that collided, they do the same. */
    private Optional<PairKey> sibling(PairKey key) {
        return byReqid.getOrDefault(key.reqid(), new LinkedHashSet<>()).reversed().stream()
                .filter(other -> !other.equals(key))
                .findFirst();
    }

    private void giveWay(PolicyKey key, Optional<PolicySpec> successor) {
        attempt("remove the " + key, () -> {
            if (successor.isPresent()) {
                kernel.replacePolicy(successor.get());
            } else {
                kernel.removePolicy(key);
            }
        });
    }

    /**
     * A tunnel's ends move; a transport pair's are the ends of the traffic, the home address and the home agent, and
     * stay (RFC 4877 section 3).
     */
    void migrate(SaHandle sa, IpAddress newLocal, IpAddress newRemote) {
        PairKey key = PairKey.of(sa);
        Pair pair = pairs.get(key);
        if (pair == null) {
            observer.trouble("Asked to move " + SaId.inbound(sa) + ", which is not there");
            return;
        }
        SaHandle moved = new SaHandle(sa.reqid(), sa.inboundSpi(), sa.outboundSpi(), newLocal, newRemote);
        switch (pair.mode()) {
            case TRANSPORT -> {}
            case TUNNEL -> {
                book.inForceOf(key).forEach(policy -> migrate(key, policy, moved));
                remember(key, new Pair(moved, pair.mode()));
            }
        }
    }

    private void migrate(PairKey owner, PolicySpec policy, SaHandle to) {
        PolicySpec moved = switch (policy.key().direction()) {
            case IN, FORWARD -> policy.moved(to.remote(), to.local());
            case OUT -> policy.moved(to.local(), to.remote());
        };
        if (!moved.equals(policy)) {
            attempt("move the tunnel of the " + policy.key(), () -> kernel.migrate(policy, moved));
            book.claim(owner, moved);
        }
    }

    /** Empty where there is no such pair; an SA that is not in the kernel any more counts as far as it got. */
    Optional<SaCounters> counters(SaHandle sa) {
        SaHandle now =
                Optional.ofNullable(pairs.get(PairKey.of(sa))).map(Pair::handle).orElse(sa);
        try {
            Optional<SaCounters.Traffic> inbound = traffic(SaId.inbound(now));
            Optional<SaCounters.Traffic> outbound = traffic(SaId.outbound(now));
            return inbound.isEmpty() && outbound.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new SaCounters(
                            inbound.orElse(SaCounters.Traffic.NONE), outbound.orElse(SaCounters.Traffic.NONE)));
        } catch (KernelRefusedException e) {
            observer.trouble(KernelSentences.general("report on the " + SaId.inbound(now), e));
            return Optional.empty();
        }
    }

    private Optional<SaCounters.Traffic> traffic(SaId sa) throws KernelRefusedException {
        return kernel.sa(sa).map(SaStatus::traffic).or(() -> Optional.ofNullable(expired.get(sa)));
    }

    void heard(XfrmEvent heard) {
        switch (heard) {
            case XfrmEvent.SaExpired event -> heard(event);
            case XfrmEvent.Lost _ -> observer.trouble("The kernel had more events than could be read: some are lost");
            case XfrmEvent.Trouble(var sentence) -> observer.trouble(sentence);
        }
    }

    /** After the hard lifetime the SA is gone, and its counters are nowhere but here. */
    private void heard(XfrmEvent.SaExpired event) {
        SaId sa = new SaId(event.destination(), event.spi());
        Optional.ofNullable(bySa.get(sa)).map(pairs::get).ifPresent(pair -> {
            if (event.expiry() == Event.SaExpired.Expiry.HARD) {
                expired.put(sa, event.traffic());
            }
            observer.expired(pair.handle(), event.expiry());
        });
    }

    private void remember(PairKey key, Pair pair) {
        forget(key);
        pairs.put(key, pair);
        bySa.put(SaId.inbound(pair.handle()), key);
        bySa.put(SaId.outbound(pair.handle()), key);
        byReqid.computeIfAbsent(key.reqid(), r -> new LinkedHashSet<>()).add(key);
    }

    private void forget(PairKey key) {
        Pair pair = pairs.remove(key);
        if (pair != null) {
            for (SaId sa : List.of(SaId.inbound(pair.handle()), SaId.outbound(pair.handle()))) {
                if (bySa.remove(sa, key)) {
                    expired.remove(sa);
                }
            }
            SequencedSet<PairKey> siblings = byReqid.getOrDefault(key.reqid(), new LinkedHashSet<>());
            siblings.remove(key);
            if (siblings.isEmpty()) {
                byReqid.remove(key.reqid());
            }
        }
    }

    private void attempt(String deed, Step step) {
        try {
            step.run();
        } catch (KernelRefusedException e) {
            observer.trouble(KernelSentences.general(deed, e));
        }
    }
}
