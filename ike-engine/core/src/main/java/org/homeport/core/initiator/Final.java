package org.homeport.core.initiator;

import java.time.Instant;
import java.util.Optional;
import org.homeport.core.auth.PeerProved;
import org.homeport.core.child.SaPlan;
import org.homeport.core.established.Child;
import org.homeport.core.established.Established;
import org.homeport.core.exchange.Addresses;
import org.homeport.core.exchange.Association;
import org.homeport.core.exchange.AuthLifetime;
import org.homeport.core.exchange.ChildOffers;
import org.homeport.core.exchange.ChildTerms;
import org.homeport.core.exchange.SaPlans;
import org.homeport.core.failure.Failure;
import org.homeport.core.failure.FailureException;
import org.homeport.core.message.Payload;
import org.homeport.core.registry.CpType;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.session.Inbound;
import org.homeport.core.session.Output;
import org.homeport.core.session.Role;
import org.homeport.core.session.State;
import org.homeport.core.session.Turn;

/** The responder has proved who it is: what its last IKE_AUTH response gives us. */
final class Final {
    private Final() {}

    /**
     * The end, if the response carries nothing but a refusal. The responder has dropped the IKE SA with it, so nothing is
     * said in return (RFC 7296 sections 2.21, 2.21.2).
     */
    static Optional<State> refusal(Turn turn, Inbound response) {
        boolean proves = response.first(Payload.Authentication.class).isPresent();
        return response.error().filter(error -> !proves).map(error -> {
            String why = "the responder says " + error.notifyType();
            turn.refused(
                    error.notifyType().equals(NotifyType.AUTHENTICATION_FAILED)
                            ? new Failure.AuthenticationFailed(why, "RFC 7296 2.21.2")
                            : new Failure.NotAuthorized(why, "RFC 7296 2.21.2"));
            return turn.end(why, Output.Cause.NEVER_ESTABLISHED);
        });
    }

    static State of(Turn turn, FirstAuth first, PeerProved proved, Inbound response) throws FailureException {
        Addresses.Assigned home = response.first(Payload.Configuration.class)
                .filter(cp -> cp.cpType().equals(CpType.CFG_REPLY))
                .map(Addresses::assigned)
                .orElse(Addresses.Assigned.NOTHING);
        Association association = new Association(
                Role.INITIATOR,
                first.policy().connection(),
                proved,
                first.init().nat(),
                home);
        Optional<Instant> authorizedUntil = AuthLifetime.in(response).map(lifetime -> lifetime.heard(turn));
        if (response.first(Payload.SecurityAssociation.class).isEmpty()
                || first.offer().isEmpty()) {
            response.error()
                    .ifPresent(error -> turn.warn(
                            "child.refused", "why", "the peer says " + error.notifyType(), "rfc", "RFC 7296 1.2"));
            return Established.begin(turn, association, first.init().sa(), Optional.empty(), authorizedUntil);
        }
        ChildTerms terms = ChildOffers.accepted(first.offer().get(), first.proposals(), response);
        SaPlan plan = SaPlans.make(
                turn,
                first.init().sa(),
                Role.INITIATOR,
                terms,
                first.spi(),
                terms.policy().reqid() != 0
                        ? terms.policy().reqid()
                        : turn.env().reqids().next(),
                Optional.empty(),
                first.init().ni(),
                first.init().nr(),
                first.init().nat());
        return new AwaitingOwnSa(
                association,
                first.init().sa(),
                new Child(plan, terms.policy()),
                authorizedUntil,
                turn.install(plan, Optional.empty()));
    }
}
