package org.homeport.lease;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.homeport.core.address.LeaseRequest;
import org.homeport.core.address.LeaseRequest.Family;
import org.homeport.core.address.LeaseRequest.Wanted;
import org.homeport.core.auth.Authorization;
import org.homeport.core.auth.PeerIdentity;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;

/** Makes requests for tests: by default for any IPv6 address from pool home6. */
public record Requests(
        String identity,
        String session,
        List<Wanted> wanted,
        List<String> pools,
        List<IpAddress> assigned,
        List<String> aaaPools) {
    public static final Endpoint CARE_OF = new Endpoint(ip("2001:db8:f::7"), 4500);

    public static Requests by(String identity) {
        return new Requests(identity, "s-" + identity, List.of(), List.of("home6"), List.of(), List.of());
    }

    public Requests in(String otherSession) {
        return new Requests(identity, otherSession, wanted, pools, assigned, aaaPools);
    }

    public Requests wanting(Family... families) {
        List<Wanted> all = new ArrayList<>(wanted);
        Stream.of(families).map(family -> new Wanted(family, Optional.empty())).forEach(all::add);
        return new Requests(identity, session, all, pools, assigned, aaaPools);
    }

    public Requests proposing(String... addresses) {
        List<Wanted> all = new ArrayList<>(wanted);
        Stream.of(addresses)
                .map(Requests::ip)
                .map(ip -> new Wanted(ip.isV6() ? Family.IPV6 : Family.IPV4, Optional.of(ip)))
                .forEach(all::add);
        return new Requests(identity, session, all, pools, assigned, aaaPools);
    }

    public Requests from(String... names) {
        return new Requests(identity, session, wanted, List.of(names), assigned, aaaPools);
    }

    public Requests withAaaPools(String... names) {
        return new Requests(identity, session, wanted, pools, assigned, List.of(names));
    }

    public Requests assigned(String... addresses) {
        return new Requests(
                identity,
                session,
                wanted,
                pools,
                Stream.of(addresses).map(Requests::ip).toList(),
                aaaPools);
    }

    public LeaseRequest request() {
        return new LeaseRequest(
                PeerIdentity.parse("claimed@example.org"),
                new Authorization(identity, Optional.empty(), assigned, aaaPools, List.of()),
                wanted.isEmpty() ? List.of(new Wanted(Family.IPV6, Optional.empty())) : wanted,
                pools,
                CARE_OF,
                session);
    }

    public static IpAddress ip(String text) {
        return IpAddress.parse(text);
    }
}
