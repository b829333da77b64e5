package org.homeport.core.initiator;

import java.util.Optional;
import org.homeport.core.auth.PeerProved;
import org.homeport.core.child.SaPlan;
import org.homeport.core.established.Child;
import org.homeport.core.established.Established;
import org.homeport.core.exchange.Addresses;
import org.homeport.core.exchange.Association;
import org.homeport.core.exchange.ChildOffers;
import org.homeport.core.exchange.ChildTerms;
import org.homeport.core.exchange.SaPlans;
import org.homeport.core.failure.Failure;
import org.homeport.core.failure.FailureException;
import org.homeport.core.message.Payload;
import org.homeport.core.registry.CpType;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.session.Inbound;
import org.homeport.core.session.Role;
import org.homeport.core.session.State;
import org.homeport.core.session.Turn;

/** The responder has proved who it is: what its last IKE_AUTH response gives us. */
final class Final {
    private Final() {}

    /**
     * A response that carries nothing but an error, or EAP-less refusal.
     *
     * @throws FailureException in the responder's words
     */
    static void throwIfFailed(Inbound response) throws FailureException {
        Optional<Payload.Notify> error = response.error();
        boolean proves = response.first(Payload.Authentication.class).isPresent();
        if (error.isPresent() && !proves) {
            NotifyType type = error.get().notifyType();
            throw new FailureException(
                    type.equals(NotifyType.AUTHENTICATION_FAILED)
                            ? new Failure.AuthenticationFailed("the responder says " + type, "RFC 7296 2.21.2")
                            : new Failure.NotAuthorized("the responder says " + type, "RFC 7296 2.21.2"));
        }
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
        if (response.first(Payload.SecurityAssociation.class).isEmpty()
                || first.offer().isEmpty()) {
            response.error()
                    .ifPresent(error ->
                            turn.warn("child.refused", "why", error.notifyType().toString()));
            return Established.begin(turn, association, first.init().sa(), Optional.empty());
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
                association, first.init().sa(), new Child(plan, terms.policy()), turn.install(plan, Optional.empty()));
    }
}
