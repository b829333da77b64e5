package org.homeport.daemon.observe;

import java.util.stream.Collectors;
import org.homeport.core.child.SaPlan;
import org.homeport.core.port.SessionListener;
import org.homeport.core.session.Output;
import org.homeport.core.session.Output.Trace;
import org.homeport.core.session.SessionSummary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One log line per event of a session, all with its correlation id. A refusal is at least a warning: a person asked
 * for something and did not get it.
 */
public final class EventLog implements SessionListener {
    /** How events are told apart from what libraries say. */
    public static final String EVENT = "event";

    private static final Logger LOG = LoggerFactory.getLogger("homeport.session");

    @Override
    public void trace(String session, Trace trace) {
        LoggingEventBuilder line =
                LOG.atLevel(level(trace)).addKeyValue(EVENT, trace.event()).addKeyValue("session", session);
        for (Trace.Field field : trace.fields()) {
            line = line.addKeyValue(field.key(), field.value());
        }
        line.log();
    }

    /** For the key log alone. */
    @Override
    public void keys(String session, Output.IkeKeys keys) {}

    @Override
    public void established(String session, Output.Established established) {
        var summary = established.summary();
        LOG.atInfo()
                .addKeyValue(EVENT, "ike.established")
                .addKeyValue("session", session)
                .addKeyValue("connection", summary.connection())
                .addKeyValue("peer", summary.peer())
                .addKeyValue("identity", summary.authorization().identity())
                .addKeyValue("care-of", summary.path().remote())
                .addKeyValue("home-addresses", Words.homeAddresses(summary))
                .addKeyValue("suite", summary.suite())
                .addKeyValue("spis", Words.spis(summary))
                .addKeyValue(
                        "child", summary.children().stream().map(SaPlan::name).collect(Collectors.joining(",")))
                .addKeyValue(
                        "spi-in",
                        summary.children().stream()
                                .map(plan -> plan.inbound().spiHex())
                                .collect(Collectors.joining(",")))
                .addKeyValue(
                        "spi-out",
                        summary.children().stream()
                                .map(plan -> plan.outbound().spiHex())
                                .collect(Collectors.joining(",")))
                .log();
    }

    /** What changed has its own line; this one shows what it comes to. */
    @Override
    public void changed(String session, SessionSummary summary) {
        LOG.atDebug()
                .addKeyValue(EVENT, "session.changed")
                .addKeyValue("session", session)
                .addKeyValue("care-of", summary.path().remote())
                .addKeyValue("spis", Words.spis(summary))
                .addKeyValue("children", summary.children().size())
                .log();
    }

    @Override
    public void closed(String session, Output.Closed closed) {
        LOG.atInfo()
                .addKeyValue(EVENT, "session.closed")
                .addKeyValue("session", session)
                .addKeyValue("why", closed.reason())
                .addKeyValue("cause", closed.cause())
                .log();
    }

    private static Level level(Trace trace) {
        return switch (trace.level()) {
            case DEBUG -> refused(trace) ? Level.WARN : Level.DEBUG;
            case INFO -> refused(trace) ? Level.WARN : Level.INFO;
            case WARN -> Level.WARN;
            case ERROR -> Level.ERROR;
        };
    }

    private static boolean refused(Trace trace) {
        return trace.event().endsWith(".refused");
    }
}
