package org.homeport.daemon;

import java.util.Optional;
import org.homeport.aaa.AaaGrant;
import org.homeport.aaa.ClaimedIdentity;
import org.homeport.aaa.authorize.MobilityService;
import org.homeport.aaa.authorize.ServiceDecision;
import org.homeport.aaa.authorize.ServiceSubject;
import org.homeport.core.auth.Authorization;
import org.homeport.core.auth.PeerIdentity;
import org.homeport.core.registry.IdType;
import org.homeport.kit.Octets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where AAA's words become the sessions': identities one way, grants the other, with the decision whether a peer that is
 * who it says may have mobility service.
 *
 * @param service who of those that AAA knows may have it
 * @param grants gets what AAA grants each session
 */
record GrantDesk(MobilityService service, Grants grants) {
    private static final Logger LOG = LoggerFactory.getLogger("homeport.session");

    /** @param remark what is odd about the grant, for the operator */
    Authorization accept(String session, Grants.Granted granted, Optional<String> remark) {
        remark.ifPresent(odd -> LOG.atWarn()
                .addKeyValue("event", "aaa.remark")
                .addKeyValue("session", session)
                .addKeyValue("why", odd)
                .log());
        AaaGrant grant = granted.grant();
        grants.put(session, granted);
        ServiceSubject subject = ServiceSubject.of(grant, granted.method(), Optional.of(granted.connection()));
        return new Authorization(
                grant.identity(),
                grant.sessionTimeout(),
                grant.addresses(),
                grant.pools(),
                grant.groups(),
                decide(session, subject, grant.profile().route()).refusal());
    }

    /** @param by who said what is known of the peer */
    ServiceDecision decide(String session, ServiceSubject subject, String by) {
        ServiceDecision decision = service.decide(subject);
        LOG.atInfo()
                .addKeyValue("event", "service.decided")
                .addKeyValue("session", session)
                .addKeyValue("identity", subject.identity())
                .addKeyValue("by", by)
                .addKeyValue("decision", decision.audit())
                .addKeyValue("why", decision.why())
                .log();
        return decision;
    }

    /** A NAI without realm comes as ID_KEY_ID (RFC 7296 section 3.5), and so does much else. */
    static ClaimedIdentity claimed(PeerIdentity identity) {
        IdType type = identity.type();
        boolean isText = Octets.utf8(identity.data().utf8()).equals(identity.data());
        if (type.equals(IdType.RFC822_ADDR) || (type.equals(IdType.KEY_ID) && isText)) {
            return new ClaimedIdentity(ClaimedIdentity.Kind.NAI, identity.data());
        }
        if (type.equals(IdType.FQDN)) {
            return new ClaimedIdentity(ClaimedIdentity.Kind.FQDN, identity.data());
        }
        return type.equals(IdType.IPV6_ADDR) || type.equals(IdType.IPV4_ADDR)
                ? new ClaimedIdentity(ClaimedIdentity.Kind.ADDRESS, Octets.utf8(identity.toString()))
                : new ClaimedIdentity(ClaimedIdentity.Kind.OPAQUE, identity.data());
    }
}
