package org.homeport.daemon;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.homeport.core.session.Event;
import org.homeport.core.session.Output;
import org.homeport.core.session.SessionSummary;
import org.homeport.daemon.LeaseRelease.NotDoneException;
import org.homeport.daemon.observe.JsonObject;
import org.homeport.daemon.observe.LeaseLine;
import org.homeport.daemon.observe.LeaseQuestion;
import org.homeport.daemon.observe.LeaseReport;
import org.homeport.lease.EndOutcome;
import org.homeport.lease.LeaseFilter;
import org.homeport.lease.LeaseService;
import org.homeport.lease.LeaseStore;
import org.homeport.lease.StoredLease;
import org.homeport.runtime.Engine;

/**
 * What an operator asks of the leases of a running daemon, over the control socket. Blocks whoever asks, and nobody
 * else: the store is the lease service's, on its own threads.
 *
 * @param rest how long a released lease stays its former owner's
 * @param name ours as an engine, in the store
 */
record LeaseOrders(LeaseService service, Engine engine, Duration rest, String name, InstantSource clock) {
    private static final long LONGEST_WAIT_SECONDS = 10;
    private static final Duration LONGEST_END = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    Map<String, Object> list(JsonObject asked) {
        LeaseQuestion question = LeaseQuestion.of(asked);
        Optional<String> beyond = question.beyond(service.terms().history(), clock.instant());
        if (beyond.isPresent()) {
            return Map.of("error", beyond.get());
        }
        LeaseFilter filter = question.filter();
        return answered(() -> question.at().isPresent()
                ? LeaseReport.tenures(
                        look(view -> filter.at(question.at().get(), view)),
                        question.at().get())
                : LeaseReport.leases(
                        look(filter::in), sessions(), rest, service.terms().grace(), clock.instant()));
    }

    Map<String, Object> export() {
        return answered(() -> Map.of(
                "leases",
                look(LeaseFilter.ALL::in).stream().map(LeaseLine::write).toList()));
    }

    Map<String, Object> release(JsonObject asked) {
        LeaseRelease release = LeaseRelease.of(asked);
        return answered(() -> {
            List<StoredLease> leases = look(release::leases);
            List<String> problems = new ArrayList<>(release.problems(leases, name));
            if (!problems.isEmpty()) {
                return LeaseRelease.answer(List.of(), problems);
            }
            disconnect(leases);
            List<StoredLease> released = new ArrayList<>();
            for (StoredLease lease : leases) {
                try {
                    end(lease);
                    released.add(lease);
                } catch (NotDoneException e) {
                    problems.add(e.sentence());
                }
            }
            return LeaseRelease.answer(LeaseRelease.shown(released, rest, clock.instant()), problems);
        });
    }

    /** Each session gives its leases back by itself when it ends. */
    private void disconnect(List<StoredLease> leases) throws Unanswered, InterruptedException {
        List<String> sessions = leases.stream()
                .filter(LeaseOrders::isLiving)
                .map(StoredLease::session)
                .distinct()
                .toList();
        for (String session : sessions) {
            answerOf(
                    engine.command(
                            session, new Event.Command.Close("disconnected by the operator", Output.Cause.ADMIN_RESET)),
                    "the session " + session);
        }
    }

    private void end(StoredLease lease) throws NotDoneException, Unanswered, InterruptedException {
        // Not before its SAs are gone: then the session releases it.
        long looks = LONGEST_END.dividedBy(BETWEEN_LOOKS);
        while (isLiving(lease) && looks-- > 0 && isStillSo(lease)) {
            Thread.sleep(BETWEEN_LOOKS);
        }
        switch (answerOf(service.end(lease), "the lease store")) {
            case EndOutcome.Ended ended -> {}
            case EndOutcome.Held(StoredLease held) ->
                throw new NotDoneException(held.address() + ": the session " + held.session()
                        + " was told to end and still holds it: ask again in a moment");
            case EndOutcome.Changed(Optional<StoredLease> now) -> LeaseRelease.check(lease, now);
        }
    }

    private boolean isStillSo(StoredLease lease) throws Unanswered, InterruptedException {
        return look(view -> view.at(lease.address()))
                .filter(now -> now.id().equals(lease.id()) && now.isHeld())
                .isPresent();
    }

    private static boolean isLiving(StoredLease lease) {
        return lease.isHeld() && lease.leftOverSince().isEmpty();
    }

    private Map<String, SessionSummary> sessions() throws Unanswered, InterruptedException {
        return answerOf(engine.sessions(), "the sessions").stream()
                .collect(Collectors.toMap(SessionSummary::session, Function.identity(), (one, other) -> one));
    }

    private <T> T look(LeaseStore.Reading<T> reading) throws Unanswered, InterruptedException {
        return answerOf(service.look(reading), "the lease store");
    }

    private static <T> T answerOf(CompletableFuture<T> answer, String whose) throws Unanswered, InterruptedException {
        try {
            return answer.get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new Unanswered(
                    String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()), e);
        } catch (TimeoutException e) {
            throw new Unanswered(whose + " did not answer within " + LONGEST_WAIT_SECONDS + " seconds", e);
        }
    }

    @FunctionalInterface
    private interface Question {
        Map<String, Object> ask() throws Unanswered, InterruptedException;
    }

    private static Map<String, Object> answered(Question question) {
        try {
            return question.ask();
        } catch (Unanswered e) {
            return Map.of("error", String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Map.of("error", "the daemon is ending");
        }
    }

    private static final class Unanswered extends Exception {
        private static final long serialVersionUID = 1L;

        Unanswered(String sentence, Throwable cause) {
            super(sentence, cause);
        }
    }
}
