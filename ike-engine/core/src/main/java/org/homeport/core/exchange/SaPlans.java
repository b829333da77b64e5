package org.homeport.core.exchange;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.homeport.core.child.SaPlan;
import org.homeport.core.crypto.ChildKeyMaterial;
import org.homeport.core.crypto.KeySchedule;
import org.homeport.core.message.TrafficSelector;
import org.homeport.core.policy.Timing;
import org.homeport.core.session.Framing;
import org.homeport.core.session.IkeSa;
import org.homeport.core.session.Path;
import org.homeport.core.session.Role;
import org.homeport.core.session.Turn;
import org.homeport.kit.IpAddress;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/** From agreed terms to what the kernel is to install. */
public final class SaPlans {
    private SaPlans() {}

    /**
     * @param role ours in the exchange that makes the child, which orders the keys (RFC 7296 section 2.17)
     * @param gir the exchange's own shared secret, if it had a KE payload
     */
    public static SaPlan make(
            Turn turn,
            IkeSa sa,
            Role role,
            ChildTerms terms,
            int ourSpi,
            int reqid,
            Optional<Secret> gir,
            Octets ni,
            Octets nr,
            NatSituation nat) {
        ChildKeyMaterial keys = KeySchedule.child(
                turn.env().crypto(), sa.suite().prf(), sa.keys().skD(), gir, ni, nr, terms.suite());
        Path path = turn.path();
        return new SaPlan(
                terms.policy().name(),
                reqid,
                terms.mode(),
                terms.suite(),
                role == Role.INITIATOR ? keys.toInitiator(ourSpi) : keys.toResponder(ourSpi),
                role == Role.INITIATOR ? keys.toResponder(terms.peerSpi()) : keys.toInitiator(terms.peerSpi()),
                end(terms, terms.local(), path.local().address(), nat),
                end(terms, terms.remote(), path.remote().address(), nat),
                terms.local(),
                terms.remote(),
                encapsulation(path, nat),
                hardLifetime(turn.timing()));
    }

    /**
     * Where the SA ends: a tunnel at IKE's own addresses, transport at the hosts the selectors name. The two differ for a
     * home address, whose SAs run HoA to HA while IKE runs from the care-of address (RFC 4877 section 4.4).
     */
    private static IpAddress end(ChildTerms terms, List<TrafficSelector> selectors, IpAddress outer, NatSituation nat) {
        return switch (terms.mode()) {
            case TUNNEL -> outer;
            case TRANSPORT ->
                nat.found()
                        ? outer
                        : selectors.stream()
                                .filter(ts -> ts.first().equals(ts.last()))
                                .map(TrafficSelector::first)
                                .findFirst()
                                .orElse(outer);
        };
    }

    /** ESP goes in UDP where IKE had to: behind a NAT, on the port that floated (RFC 7296 section 2.23). */
    private static Optional<SaPlan.UdpEncapsulation> encapsulation(Path path, NatSituation nat) {
        return nat.found() && path.framing() == Framing.NON_ESP_MARKER
                ? Optional.of(new SaPlan.UdpEncapsulation(
                        path.local().port(), path.remote().port()))
                : Optional.empty();
    }

    /**
     * A fifth beyond the rekey time, and never so little that the SA could end while its rekey waits for an exchange under
     * way and then for its own answer: only an engine that is gone lets it come to that.
     */
    static Duration hardLifetime(Timing timing) {
        Duration rekey = timing.rekeyChild();
        if (rekey.isZero()) {
            return rekey;
        }
        Duration fifth = rekey.dividedBy(5);
        Duration exchanges = timing.retransmits().stream()
                .reduce(Duration.ZERO, Duration::plus)
                .multipliedBy(2);
        return rekey.plus(fifth.compareTo(exchanges) > 0 ? fifth : exchanges);
    }
}
