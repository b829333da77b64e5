package org.homeport.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.homeport.daemon.config.Configuration;
import org.homeport.daemon.observe.ControlSocket;
import org.homeport.daemon.observe.LeaseLine;
import org.homeport.daemon.observe.LeaseQuestion;
import org.homeport.daemon.observe.LeaseReport;
import org.homeport.lease.EndOutcome;
import org.homeport.lease.ImportedLease;
import org.homeport.lease.LeaseEnding;
import org.homeport.lease.LeaseFilter;
import org.homeport.lease.LeaseImport;
import org.homeport.lease.LeaseStore;
import org.homeport.lease.LeaseTerms;
import org.homeport.lease.StoreUnavailableException;
import org.homeport.lease.StoredLease;
import org.homeport.lease.Tenure;
import org.homeport.lease.sqlite.SqliteLeaseStore;

/**
 * The leases of a daemon that does not run. Whoever changes them holds the control socket meanwhile: no daemon starts
 * on them.
 */
public record StoppedLeases(Configuration configuration, InstantSource clock) {
    /** @throws StartFailedException also if there is no store yet */
    public Map<String, Object> list(LeaseQuestion question) throws StartFailedException, StoreUnavailableException {
        Optional<String> beyond = question.beyond(configuration.leaseHistory(), clock.instant());
        if (beyond.isPresent()) {
            return Map.of("error", beyond.get());
        }
        try (LeaseStore store = openToRead()) {
            LeaseFilter filter = question.filter();
            return question.at().isPresent()
                    ? LeaseReport.tenures(
                            store.<List<Tenure>>read(
                                    view -> filter.at(question.at().get(), view)),
                            question.at().get())
                    : LeaseReport.leases(
                            store.read(filter::in),
                            Map.of(),
                            configuration.leaseRest(),
                            LeaseTerms.DEFAULT.grace(),
                            clock.instant());
        }
    }

    /** @throws StartFailedException if there is no store yet */
    public Map<String, Object> export() throws StartFailedException, StoreUnavailableException {
        try (LeaseStore store = openToRead()) {
            return Map.of(
                    "leases",
                    store.read(LeaseFilter.ALL::in).stream()
                            .map(LeaseLine::write)
                            .toList());
        }
    }

    /** @throws StartFailedException if there is no store yet, or a daemon runs after all */
    public Map<String, Object> release(LeaseRelease release) throws StartFailedException, StoreUnavailableException {
        existing();
        try (ControlSocket _ = stopped();
                LeaseStore store = SqliteLeaseStore.openStopped(configuration.leaseStore(), Leases.ENGINE_NAME)) {
            List<StoredLease> leases = store.read(release::leases);
            List<String> problems = new ArrayList<>(release.problems(leases, Leases.ENGINE_NAME));
            if (!problems.isEmpty()) {
                return LeaseRelease.answer(List.of(), problems);
            }
            List<StoredLease> released = new ArrayList<>();
            for (StoredLease lease : leases) {
                switch (LeaseEnding.end(store, lease, clock.instant())) {
                    case EndOutcome.Ended ended -> released.add(lease);
                    case EndOutcome.Held held -> problems.add(lease.address() + " is held");
                    case EndOutcome.Changed changed -> problems.add(lease.address() + " was changed meanwhile");
                }
            }
            return LeaseRelease.answer(
                    LeaseRelease.shown(released, configuration.leaseRest(), clock.instant()), problems);
        } catch (IOException e) {
            throw new StartFailedException("control socket " + configuration.control() + ": " + e.getMessage());
        }
    }

    /** Makes the store if there is none. @throws StartFailedException if a daemon runs */
    public LeaseImport.Result take(List<ImportedLease> leases) throws StartFailedException, StoreUnavailableException {
        Path file = configuration.leaseStore();
        try (ControlSocket _ = stopped()) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (LeaseStore store = SqliteLeaseStore.openStopped(file, Leases.ENGINE_NAME)) {
                return new LeaseImport(Leases.pools(configuration), configuration.leaseRest())
                        .into(store, leases, clock.instant());
            }
        } catch (IOException e) {
            throw new StartFailedException("lease store " + file + ": " + e);
        }
    }

    private LeaseStore openToRead() throws StartFailedException, StoreUnavailableException {
        existing();
        return SqliteLeaseStore.openToRead(configuration.leaseStore());
    }

    private void existing() throws StartFailedException {
        if (!Files.exists(configuration.leaseStore())) {
            throw new StartFailedException("lease store " + configuration.leaseStore()
                    + ": there is no such file; the first 'homeport run' makes it");
        }
    }

    private ControlSocket stopped() throws StartFailedException {
        try {
            return ControlSocket.claim(configuration.control());
        } catch (IOException e) {
            throw new StartFailedException("the daemon has to be stopped for this: " + e.getMessage());
        }
    }
}
