package org.homeport.daemon;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.homeport.aaa.AaaGrant;
import org.homeport.aaa.AaaProfile;
import org.homeport.aaa.AccountingIds;
import org.homeport.aaa.accounting.AccountedSession;
import org.homeport.aaa.accounting.Accounting;
import org.homeport.aaa.accounting.Authentic;
import org.homeport.aaa.accounting.SessionOpening;
import org.homeport.aaa.accounting.TerminateCause;
import org.homeport.core.child.SaHandle;
import org.homeport.core.child.SaPlan;
import org.homeport.core.port.SessionListener;
import org.homeport.core.session.Output;
import org.homeport.core.session.SessionSummary;
import org.homeport.core.session.SessionSummary.HomeAddress;
import org.homeport.daemon.Grants.Granted;
import org.homeport.daemon.Grants.Proof;
import org.homeport.kit.IpPrefix;

/**
 * Tells accounting of sessions, in its words.
 *
 * @param routes whose AAA is owed the accounting of a peer that no AAA was asked about, by its identity
 */
record SessionAccounting(
        Accounting accounting,
        SaTraffic traffic,
        Grants grants,
        AccountingIds ids,
        Function<String, Optional<String>> routes,
        InstantSource clock)
        implements SessionListener {
    @Override
    public void established(String session, Output.Established established) {
        SessionSummary summary = established.summary();
        Optional<Granted> granted = grants.find(session);
        Optional<AaaProfile> profile = granted.map(Granted::grant).map(AaaGrant::profile);
        traffic.track(session, handles(summary));
        accounting.opened(new SessionOpening(
                session,
                facts(session, summary, granted),
                SaTraffic.names(handles(summary)),
                profile.flatMap(AaaProfile::interimInterval),
                // Where nothing is counted everybody is silent.
                profile.flatMap(AaaProfile::idleTimeout).filter(timeout -> traffic.isCounting())));
    }

    private AccountedSession facts(String session, SessionSummary summary, Optional<Granted> granted) {
        String identity = summary.authorization().identity();
        Optional<AaaProfile> profile = granted.map(Granted::grant).map(AaaGrant::profile);
        String route = profile.map(AaaProfile::route)
                .orElseGet(() -> routes.apply(identity).orElse(AaaProfile.EMBEDDED));
        boolean byRadius =
                granted.filter(g -> g.proof() == Proof.BY_AAA).isPresent() && !route.equals(AaaProfile.EMBEDDED);
        return new AccountedSession(
                ids.sessionId(session),
                ids.sessionId(session),
                route,
                identity,
                byRadius ? Authentic.RADIUS : Authentic.LOCAL,
                profile.map(AaaProfile::classes).orElse(List.of()),
                profile.flatMap(AaaProfile::chargeableUserIdentity),
                summary.homeAddresses().stream().map(HomeAddress::address).toList(),
                summary.homeAddresses().stream()
                        .filter(home -> home.prefixLength() < home.address().bits())
                        .map(home -> new IpPrefix(home.address(), home.prefixLength()))
                        .distinct()
                        .toList(),
                summary.path().remote(),
                summary.path().local().address(),
                clock.instant());
    }

    @Override
    public void changed(String session, SessionSummary summary) {
        traffic.track(session, handles(summary));
        accounting.changed(session, summary.path().remote());
    }

    @Override
    public void closed(String session, Output.Closed closed) {
        accounting.closed(session, cause(closed.cause()));
    }

    private static List<SaHandle> handles(SessionSummary summary) {
        return summary.children().stream().map(SaPlan::handle).toList();
    }

    /** RFC 2866 section 5.10; a session that never was established is not accounted. */
    static TerminateCause cause(Output.Cause cause) {
        return switch (cause) {
            case PEER_DELETED -> TerminateCause.USER_REQUEST;
            case PEER_LOST -> TerminateCause.LOST_CARRIER;
            case PEER_FAILED -> TerminateCause.USER_ERROR;
            case IDLE -> TerminateCause.IDLE_TIMEOUT;
            case AUTHORIZATION_EXPIRED -> TerminateCause.SESSION_TIMEOUT;
            case REPLACED -> TerminateCause.NAS_REQUEST;
            case ADMIN_RESET -> TerminateCause.ADMIN_RESET;
            case SHUTDOWN -> TerminateCause.ADMIN_REBOOT;
            case FAILURE -> TerminateCause.NAS_ERROR;
            case NEVER_ESTABLISHED -> TerminateCause.SERVICE_UNAVAILABLE;
        };
    }

    @Override
    public void trace(String session, Output.Trace trace) {}

    @Override
    public void keys(String session, Output.IkeKeys keys) {}
}
