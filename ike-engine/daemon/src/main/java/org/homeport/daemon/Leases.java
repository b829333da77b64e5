package org.homeport.daemon;

import java.util.List;
import org.homeport.daemon.observe.EventLog;
import org.homeport.lease.LeaseQueries;
import org.homeport.lease.LeaseQueries.PoolUse;
import org.homeport.lease.LeaseService;
import org.homeport.lease.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lease side: for sessions, and for whoever looks on. */
record Leases(LeaseService service, LeaseQueries queries) {
    private static final Logger LOG = LoggerFactory.getLogger("homeport.lease");

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
