package org.homeport.aaa.accounting;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.homeport.aaa.accounting.Journal.KeptSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the accounting of sessions that were open when an earlier run ended without a word. Where their counters went on
 * running and were found, the Stop has what they said, at the time they were found; else what the last record had, and
 * its time: later than that nothing is known of them.
 *
 * @param left what was found, by the counters' names
 */
record LeftOver(Ledger ledger, MultiSessions multiSessions, Map<String, Usage> left) {
    private static final Logger LOG = LoggerFactory.getLogger("homeport.accounting");

    void close(List<KeptSession> sessions, Instant now) {
        List<KeptSession> open =
                sessions.stream().filter(kept -> kept.ended().isEmpty()).toList();
        for (KeptSession kept : open) {
            stop(kept, now);
            ledger.keep(new KeptSession(kept.session(), kept.reading(), kept.seen(), Optional.of(now)));
        }
        sessions.stream()
                .sorted(Comparator.comparing(kept -> kept.ended().orElse(now)))
                .forEach(kept ->
                        multiSessions.restore(kept.session(), kept.ended().orElse(now)));
        multiSessions.forgetOld(now).forEach(ledger::forget);
        if (!open.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("event", "accounting.left-over")
                    .addKeyValue("sessions", open.size())
                    .log("an earlier run left them open: they get their Stop now");
        }
    }

    private void stop(KeptSession kept, Instant now) {
        List<Usage> found = kept.reading().running().stream()
                .filter(left::containsKey)
                .map(left::get)
                .toList();
        Usage usage = found.stream()
                .reduce(kept.reading().settled(), Usage::plus)
                .max(kept.reading().total());
        Instant at = found.isEmpty() || now.isBefore(kept.seen()) ? kept.seen() : now;
        ledger.add(new AccountingRecord.Stop(kept.session(), at, usage, TerminateCause.NAS_REBOOT));
    }
}
