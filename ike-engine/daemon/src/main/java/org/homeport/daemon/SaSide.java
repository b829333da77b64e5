package org.homeport.daemon;

import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.homeport.aaa.accounting.Usage;
import org.homeport.core.child.SaHandle;
import org.homeport.core.port.SaPort;
import org.homeport.core.session.Event;
import org.homeport.core.session.ReqidSource;
import org.homeport.daemon.config.Configuration;
import org.homeport.daemon.observe.EventLog;
import org.homeport.kit.RandomSource;
import org.homeport.xfrm.NoSaPort;
import org.homeport.xfrm.ReqidRange;
import org.homeport.xfrm.SaCounters;
import org.homeport.xfrm.XfrmCheck;
import org.homeport.xfrm.XfrmEvents;
import org.homeport.xfrm.XfrmObserver;
import org.homeport.xfrm.XfrmSaPort;
import org.homeport.xfrm.XfrmSettings;
import org.homeport.xfrm.XfrmSweep;
import org.homeport.xfrm.XfrmUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where SAs go.
 *
 * @param expiries told of SAs that reach a lifetime
 * @param left what a killed run's SAs had carried until now
 */
record SaSide(
        SaPort port, AtomicReference<Consumer<Event.SaExpired>> expiries, SaTraffic traffic, Map<String, Usage> left) {
    private static final Logger LOG = LoggerFactory.getLogger("homeport.sa");
    private static final int DEFAULT_REPLAY_WINDOW = XfrmSettings.DEFAULT.replayWindow();

    static SaSide none() {
        return of(new NoSaPort());
    }

    static SaSide of(SaPort port) {
        return new SaSide(port, new AtomicReference<>(expired -> {}), SaTraffic.none(), Map.of());
    }

    /** Changes nothing that stays. @throws StartFailedException if the kernel cannot do what we need */
    static void checkKernel(Configuration configuration, RandomSource random) throws StartFailedException {
        List<XfrmCheck.Finding> findings = XfrmCheck.check(settings(configuration), random);
        if (!XfrmCheck.usable(findings)) {
            throw new StartFailedException(findings.stream()
                            .filter(f -> f.verdict() == XfrmCheck.Verdict.UNUSABLE)
                            .map(XfrmCheck.Finding::sentence)
                            .findFirst()
                            .orElseThrow()
                    + "; or set 'sa-backend: none' to run without SAs ('homeport check' tells more).");
        }
    }

    /**
     * Removes what a killed run left in the kernel, and listens to it. What a living run has there looks the same: to be
     * called when there is none.
     */
    static SaSide kernel(Configuration configuration, Deque<HomeportDaemon.Part> parts) throws StartFailedException {
        XfrmSettings settings = settings(configuration);
        AtomicReference<Consumer<Event.SaExpired>> expiries = new AtomicReference<>(expired -> {});
        try {
            XfrmSweep.Swept swept = XfrmSweep.sweep(settings);
            if (!swept.nothing()) {
                LOG.atInfo()
                        .addKeyValue(EventLog.EVENT, "sa.swept")
                        .addKeyValue("sas", swept.sas().size())
                        .addKeyValue("policies", swept.policies())
                        .log("an earlier run had left them in the kernel");
            }
            AtomicReference<XfrmSaPort> counted = new AtomicReference<>();
            SaTraffic traffic = SaTraffic.of((sas, answer) -> counted.get().counters(sas, answer));
            XfrmSaPort port = XfrmSaPort.open(settings, new Observer(expiries, traffic));
            counted.set(port);
            parts.add(new HomeportDaemon.Part("SAs", port));
            parts.add(new HomeportDaemon.Part("SA events", XfrmEvents.open(port::heard)));
            return new SaSide(port, expiries, traffic, SaTraffic.left(swept.sas()));
        } catch (XfrmUnavailableException e) {
            throw new StartFailedException(String.valueOf(e.getMessage()));
        }
    }

    /** A child with a reqid of the operator's has policies of somebody else's. */
    static XfrmSettings settings(Configuration configuration) {
        Set<Integer> shared = configuration.connections().stream()
                .flatMap(c -> c.children().stream())
                .map(child -> child.reqid())
                .filter(reqid -> reqid != 0)
                .collect(Collectors.toSet());
        return new XfrmSettings(ReqidRange.DEFAULT, shared, DEFAULT_REPLAY_WINDOW);
    }

    static ReqidSource reqids() {
        return ReqidRange.DEFAULT.source();
    }

    private record Observer(AtomicReference<Consumer<Event.SaExpired>> expiries, SaTraffic traffic)
            implements XfrmObserver {
        @Override
        public void removed(SaHandle sa, SaCounters last) {
            traffic.removed(sa, last);
            LOG.atInfo()
                    .addKeyValue(EventLog.EVENT, "sa.removed")
                    .addKeyValue("reqid", sa.reqid())
                    .addKeyValue("spi-in", String.format("%08x", sa.inboundSpi()))
                    .addKeyValue("spi-out", String.format("%08x", sa.outboundSpi()))
                    .addKeyValue("counters", last)
                    .log();
        }

        @Override
        public void expired(SaHandle sa, Event.SaExpired.Expiry expiry) {
            expiries.get().accept(new Event.SaExpired(sa.inboundSpi(), expiry));
        }

        @Override
        public void trouble(String sentence) {
            LOG.atWarn()
                    .addKeyValue(EventLog.EVENT, "sa.trouble")
                    .addKeyValue("why", sentence)
                    .log();
        }
    }
}
