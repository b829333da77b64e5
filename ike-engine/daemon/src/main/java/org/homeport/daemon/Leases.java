package org.homeport.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Deque;
import java.util.List;
import org.homeport.daemon.config.Configuration;
import org.homeport.daemon.observe.EventLog;
import org.homeport.kit.RandomSource;
import org.homeport.lease.LeasePlanner;
import org.homeport.lease.LeaseQueries;
import org.homeport.lease.LeaseQueries.PoolUse;
import org.homeport.lease.LeaseService;
import org.homeport.lease.LeaseStore;
import org.homeport.lease.LeaseTerms;
import org.homeport.lease.Pools;
import org.homeport.lease.StoreUnavailableException;
import org.homeport.lease.sqlite.SqliteLeaseStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lease side: for sessions, and for whoever looks on. */
record Leases(LeaseService service, LeaseQueries queries) {
    /** Whose leases they are in the store. */
    static final String ENGINE_NAME = "homeport";

    private static final Logger LOG = LoggerFactory.getLogger("homeport.lease");

    /** @param parts gets what has to be ended */
    static Leases open(
            Configuration configuration, InstantSource clock, RandomSource random, Deque<HomeportDaemon.Part> parts)
            throws StartFailedException {
        Path file = configuration.leaseStore();
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Pools pools = pools(configuration);
            LeaseStore store = SqliteLeaseStore.open(file, ENGINE_NAME, clock.instant());
            parts.add(new HomeportDaemon.Part("lease store", store));
            LeaseService service = LeaseService.start(
                    store,
                    new LeasePlanner(pools, configuration.leaseRest(), random),
                    LeaseTerms.DEFAULT.withHistory(configuration.leaseHistory()),
                    clock);
            parts.add(new HomeportDaemon.Part("leases", service));
            return new Leases(service, new LeaseQueries(store, pools));
        } catch (StoreUnavailableException e) {
            throw new StartFailedException("lease store: " + e.sentence());
        } catch (IOException e) {
            throw new StartFailedException("lease store " + file + ": " + e);
        }
    }

    static Pools pools(Configuration configuration) throws StartFailedException, IOException {
        try {
            return Pools.of(configuration.pools(), Host.addresses());
        } catch (IllegalArgumentException e) {
            throw new StartFailedException(String.valueOf(e.getMessage()));
        }
    }

    /** Blocks. @return nothing while the store does not answer: it is status and metrics that ask */
    List<PoolUse> use() {
        try {
            return queries.use();
        } catch (StoreUnavailableException e) {
            LOG.atWarn()
                    .addKeyValue(EventLog.EVENT, "lease.unavailable")
                    .addKeyValue("why", e.sentence())
                    .log();
            return List.of();
        }
    }
}
