package org.homeport.xfrm;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.homeport.core.child.SaHandle;
import org.homeport.core.child.SaOutcome;
import org.homeport.core.child.SaPlan;
import org.homeport.core.port.SaPort;
import org.homeport.core.session.Output;
import org.homeport.kit.IpAddress;
import org.homeport.xfrm.netlink.KernelRefusedException;

/**
 * ESP SAs in the Linux kernel. One platform thread carries out everything, in the order given: a system call here takes
 * microseconds, and would pin a virtual thread.
 */
public final class XfrmSaPort implements SaPort, AutoCloseable {
    private static final int CLOSING_SECONDS = 3;

    private final XfrmKernel kernel;
    private final KernelChildren children;
    private final XfrmObserver observer;
    private final ExecutorService lane;

    XfrmSaPort(XfrmKernel kernel, XfrmSettings settings, XfrmObserver observer) {
        this.kernel = kernel;
        this.children = new KernelChildren(kernel, settings, observer);
        this.observer = observer;
        this.lane = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("xfrm").daemon().factory());
    }

    /**
     * In the network namespace of the calling thread, a platform thread.
     *
     * @throws XfrmUnavailableException with a sentence for the operator
     */
    public static XfrmSaPort open(XfrmSettings settings, XfrmObserver observer) throws XfrmUnavailableException {
        try {
            return new XfrmSaPort(NetlinkKernel.open(), settings, observer);
        } catch (KernelRefusedException e) {
            throw new XfrmUnavailableException(KernelSentences.general("open an XFRM socket", e));
        }
    }

    @Override
    public void install(SaPlan plan, Optional<SaHandle> replaces, Consumer<SaOutcome> answer) {
        if (!submit(() -> answer.accept(children.install(plan, replaces)))) {
            answer.accept(new SaOutcome.Failed("The engine is stopping: " + plan.name() + " was not installed"));
        }
    }

    @Override
    public void installInbound(SaPlan plan, SaHandle replaces, Consumer<SaOutcome> answer) {
        if (!submit(() -> answer.accept(children.installInbound(plan, replaces)))) {
            answer.accept(new SaOutcome.Failed("The engine is stopping: " + plan.name() + " was not installed"));
        }
    }

    @Override
    public void activate(SaHandle sa) {
        submit(() -> children.activate(sa));
    }

    /** The observer hears of the pair's last counters. */
    @Override
    public void remove(SaHandle sa, Output.RemoveSa.Policies policies) {
        submit(() -> children.remove(sa, policies));
    }

    /** Tunnels move by XFRM_MSG_MIGRATE; transport pairs stay. The pair keeps its name: either handle removes it. */
    @Override
    public void migrate(SaHandle sa, IpAddress newLocal, IpAddress newRemote) {
        submit(() -> children.migrate(sa, newLocal, newRemote));
    }

    /**
     * What went through a pair so far; waits for its turn.
     *
     * @return empty where the kernel has no such pair
     */
    public Optional<SaCounters> counters(SaHandle sa) {
        return inTurn(() -> children.counters(sa), Optional.empty());
    }

    /**
     * What went through several pairs, all at one moment between other orders. Returns at once; the answer comes exactly
     * once, on the thread that tells the observer.
     *
     * @param answer without the pairs that the kernel does not have
     */
    public void counters(Collection<SaHandle> sas, Consumer<Map<SaHandle, SaCounters>> answer) {
        List<SaHandle> asked = List.copyOf(sas);
        if (!submit(() -> {
            Map<SaHandle, SaCounters> found = new HashMap<>();
            asked.forEach(sa -> children.counters(sa).ifPresent(counters -> found.put(sa, counters)));
            answer.accept(found);
        })) {
            answer.accept(Map.of());
        }
    }

    /** Where {@link XfrmEvents} tells what it hears. */
    public void heard(XfrmEvent event) {
        submit(() -> children.heard(event));
    }

    /** Carries out what was ordered, then lets go of the kernel; what is installed stays installed. */
    @Override
    public void close() {
        lane.shutdown();
        try {
            if (!lane.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
                lane.shutdownNow();
            }
        } catch (InterruptedException e) {
            lane.shutdownNow();
            Thread.currentThread().interrupt();
        }
        if (lane.isTerminated()) {
            kernel.close();
        }
    }

    private <T> T inTurn(Supplier<T> question, T whenClosed) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        return submit(() -> {
                    try {
                        answer.complete(question.get());
                    } catch (RuntimeException e) {
                        answer.completeExceptionally(e);
                    }
                })
                ? answer.join()
                : whenClosed;
    }

    private boolean submit(Runnable step) {
        try {
            lane.execute(() -> {
                try {
                    step.run();
                } catch (RuntimeException e) {
                    observer.trouble("Internal error at the kernel: " + e);
                }
            });
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }
}
