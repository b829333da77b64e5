package org.homeport.aaa.accounting;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.homeport.kit.Endpoint;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;
import org.homeport.kit.Octets;

/**
 * A session as its accounting tells of it.
 *
 * @param id Acct-Session-Id (RFC 2866 section 5.5)
 * @param multiId Acct-Multi-Session-Id: shared by the sessions in which a user keeps a home address (section 5.11)
 * @param route which AAA is owed the records
 * @param userName as that AAA authenticated it (RFC 2865 section 5.1)
 * @param classes from Access-Accept, untouched (RFC 2865 section 5.25)
 * @param chargeableUserIdentity from Access-Accept (RFC 4372 section 2.1)
 * @param homePrefixes of the home addresses; none for an address that came without
 * @param careOf where the peer is now: its address, and its port, which a NAT may have chosen
 * @param homeAgent our address
 */
public record AccountedSession(
        String id,
        String multiId,
        String route,
        String userName,
        Authentic authentic,
        List<Octets> classes,
        Optional<Octets> chargeableUserIdentity,
        List<IpAddress> homeAddresses,
        List<IpPrefix> homePrefixes,
        Endpoint careOf,
        IpAddress homeAgent,
        Instant began) {
    public AccountedSession {
        classes = List.copyOf(classes);
        homeAddresses = List.copyOf(homeAddresses);
        homePrefixes = List.copyOf(homePrefixes);
        began = AccountingRecord.kept(began);
    }

    AccountedSession continuing(String earlier) {
        return new AccountedSession(
                id,
                earlier,
                route,
                userName,
                authentic,
                classes,
                chargeableUserIdentity,
                homeAddresses,
                homePrefixes,
                careOf,
                homeAgent,
                began);
    }

    /** Of a route that no AAA is at the end of: for the local log alone. */
    AccountedSession untold() {
        return new AccountedSession(
                id,
                multiId,
                "untold:" + route,
                userName,
                authentic,
                classes,
                chargeableUserIdentity,
                homeAddresses,
                homePrefixes,
                careOf,
                homeAgent,
                began);
    }

    AccountedSession movedTo(Endpoint newCareOf) {
        return new AccountedSession(
                id,
                multiId,
                route,
                userName,
                authentic,
                classes,
                chargeableUserIdentity,
                homeAddresses,
                homePrefixes,
                newCareOf,
                homeAgent,
                began);
    }
}
