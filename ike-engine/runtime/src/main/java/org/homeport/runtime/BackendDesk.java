package org.homeport.runtime;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.homeport.core.address.Lease;
import org.homeport.core.address.LeaseOutcome;
import org.homeport.core.address.LeaseRequest;
import org.homeport.core.auth.AuthorizationQuestion;
import org.homeport.core.auth.EapTurn;
import org.homeport.core.child.SaHandle;
import org.homeport.core.child.SaOutcome;
import org.homeport.core.child.SaPlan;
import org.homeport.core.session.CallId;
import org.homeport.core.session.Event;
import org.homeport.core.session.Output.RemoveSa.Policies;
import org.homeport.kit.IpAddress;
import org.homeport.runtime.EngineCounters.Count;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the backends for the sessions of one shard and brings the answers, which come on any thread, to the shard's
 * mailbox. An answer for which there is no session any more is undone: what it granted must not stay behind.
 */
final class BackendDesk {
    private static final Logger LOG = LoggerFactory.getLogger(BackendDesk.class);

    private final Backends backends;
    private final Mailbox mailbox;
    private final EngineCounters counters;
    private final Recipient recipient;
    private final AtomicInteger openGrants = new AtomicInteger();

    /** Where answers go, on the shard's thread. */
    interface Recipient {
        void answered(RunningSession session, Event answer);

        /** Of the pair nothing is in force; the answer follows. */
        void notInstalled(RunningSession session, SaHandle sa);
    }

    BackendDesk(Backends backends, Mailbox mailbox, EngineCounters counters, Recipient recipient) {
        this.backends = backends;
        this.mailbox = mailbox;
        this.counters = counters;
        this.recipient = recipient;
    }

    void askEap(RunningSession session, CallId call, EapTurn turn) {
        Consumer<EapTurn.Outcome> answer = turn instanceof EapTurn.Abandon
                ? unasked -> counters.add(Count.STALE_ANSWERS)
                : new Answer<>(session, outcome -> new Event.EapReply(call, outcome), outcome -> {});
        guarded(
                session,
                () -> backends.eap().ask(session.id, turn, answer),
                () -> answer.accept(new EapTurn.Outcome.Unavailable("the EAP backend failed")));
    }

    void askAuthorization(RunningSession session, CallId call, AuthorizationQuestion question) {
        Consumer<AuthorizationQuestion.Outcome> answer =
                new Answer<>(session, outcome -> new Event.AuthorizationReply(call, outcome), outcome -> {});
        guarded(
                session,
                () -> backends.authorizations().authorize(session.id, question, answer),
                () -> answer.accept(new AuthorizationQuestion.Outcome.Unavailable("the authorization backend failed")));
    }

    void askLease(RunningSession session, CallId call, LeaseRequest request) {
        openGrants.incrementAndGet();
        Consumer<LeaseOutcome> answer = new Answer<>(
                session,
                outcome -> {
                    openGrants.decrementAndGet();
                    return new Event.LeaseReply(call, outcome);
                },
                this::undo);
        guarded(
                session,
                () -> backends.leases().claim(request, answer),
                () -> answer.accept(new LeaseOutcome.Unavailable("the lease backend failed")));
    }

    void install(RunningSession session, CallId call, SaPlan plan, Optional<SaHandle> replaces) {
        install(session, call, plan, answer -> backends.sas().install(plan, replaces, answer));
    }

    void installInbound(RunningSession session, CallId call, SaPlan plan, SaHandle replaces) {
        install(session, call, plan, answer -> backends.sas().installInbound(plan, replaces, answer));
    }

    void activate(RunningSession session, SaHandle sa) {
        guarded(session, () -> backends.sas().activate(sa), () -> {});
    }

    private void install(RunningSession session, CallId call, SaPlan plan, Consumer<Consumer<SaOutcome>> question) {
        openGrants.incrementAndGet();
        SaHandle handle = plan.handle();
        Consumer<SaOutcome> answer = new Answer<>(
                session,
                outcome -> {
                    openGrants.decrementAndGet();
                    if (outcome instanceof SaOutcome.Failed) {
                        recipient.notInstalled(session, handle);
                    }
                    return new Event.SaReply(call, outcome);
                },
                outcome -> undo(handle, outcome));
        guarded(
                session,
                () -> question.accept(answer),
                () -> answer.accept(new SaOutcome.Failed("the SA backend failed")));
    }

    void release(RunningSession session, Lease lease) {
        guarded(session, () -> backends.leases().release(lease), () -> {});
    }

    void remove(RunningSession session, SaHandle sa, Policies policies) {
        guarded(session, () -> backends.sas().remove(sa, policies), () -> {});
    }

    void migrate(RunningSession session, SaHandle sa, IpAddress local, IpAddress remote) {
        guarded(session, () -> backends.sas().migrate(sa, local, remote), () -> {});
    }

    /** Questions whose answer may grant something and has not come. */
    int openGrants() {
        return openGrants.get();
    }

    private void undo(LeaseOutcome outcome) {
        switch (outcome) {
            case LeaseOutcome.Granted granted -> granted.leases().forEach(backends.leases()::release);
            case LeaseOutcome.None none -> {}
            case LeaseOutcome.Unavailable unavailable -> {}
        }
    }

    private void undo(SaHandle handle, SaOutcome outcome) {
        switch (outcome) {
            case SaOutcome.Installed installed -> backends.sas().remove(handle, Policies.REMOVE);
            case SaOutcome.Failed failed -> {}
        }
    }

    /** A backend that throws instead of answering is a mistake of ours: the session hears that it is unavailable. */
    private void guarded(RunningSession session, Runnable call, Runnable otherwise) {
        try {
            call.run();
        } catch (RuntimeException e) {
            counters.add(Count.BUGS);
            LOG.error("session {}: a backend threw", session.id, e);
            otherwise.run();
        }
    }

    /** Takes one answer, once: whoever answers twice has not made two promises. */
    private final class Answer<A> implements Consumer<A> {
        private final RunningSession session;
        private final Function<A, Event> toEvent;
        private final Consumer<A> undo;
        private final AtomicBoolean taken = new AtomicBoolean();

        Answer(RunningSession session, Function<A, Event> toEvent, Consumer<A> undo) {
            this.session = session;
            this.toEvent = toEvent;
            this.undo = undo;
        }

        @Override
        public void accept(A outcome) {
            if (!taken.compareAndSet(false, true)) {
                counters.add(Count.STALE_ANSWERS);
                return;
            }
            if (mailbox.offer(Mailbox.Lane.ANSWERS, () -> arrive(outcome)) != Mailbox.Receipt.TAKEN) {
                arriveTooLate(outcome);
            }
        }

        private void arrive(A outcome) {
            Event event = toEvent.apply(outcome);
            if (session.hasEnded()) {
                arriveTooLate(outcome);
            } else {
                recipient.answered(session, event);
            }
        }

        private void arriveTooLate(A outcome) {
            counters.add(Count.STALE_ANSWERS);
            guarded(session, () -> undo.accept(outcome), () -> {});
        }
    }
}
