package org.homeport.core.established;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeport.core.child.SaHandle;
import org.homeport.core.child.SaMode;
import org.homeport.core.child.SaOutcome;
import org.homeport.core.child.SaPlan;
import org.homeport.core.crypto.InvalidPublicValueException;
import org.homeport.core.crypto.KeyAgreement;
import org.homeport.core.exchange.AuthLifetime;
import org.homeport.core.exchange.ChildNegotiation;
import org.homeport.core.exchange.ChildTerms;
import org.homeport.core.exchange.IkeProposals;
import org.homeport.core.exchange.SaPlans;
import org.homeport.core.exchange.Suites;
import org.homeport.core.failure.Failure;
import org.homeport.core.failure.FailureException;
import org.homeport.core.message.Payload;
import org.homeport.core.message.Proposal;
import org.homeport.core.policy.ChildPolicy;
import org.homeport.core.registry.ExchangeType;
import org.homeport.core.registry.KeyExchangeId;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.registry.PayloadType;
import org.homeport.core.registry.ProtocolId;
import org.homeport.core.session.Inbound;
import org.homeport.core.session.Output;
import org.homeport.core.session.Role;
import org.homeport.core.session.State;
import org.homeport.core.session.TimerId;
import org.homeport.core.session.Turn;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/** The peer's requests in an established session (RFC 7296 sections 1.3, 1.4, 2.8, 2.25). */
final class PeerRequests {
    /** Children one peer may hold at a time; as many again while it rekeys them. */
    private static final int MAX_CHILDREN = 16;

    /** An old IKE SA is kept so long for the peer's Delete, and for repetitions of it. */
    private static final Duration RETIRE = Duration.ofSeconds(30);

    private static final int NONCE_OCTETS = 32;

    private PeerRequests() {}

    static State handle(Established state, Turn turn, Inbound request) throws FailureException {
        if (request.exchange().equals(ExchangeType.INFORMATIONAL)) {
            return informational(state, turn, request);
        }
        if (!request.exchange().equals(ExchangeType.CREATE_CHILD_SA)) {
            throw new FailureException(
                    new Failure.PeerMisbehaved(request.exchange() + " on an established IKE SA", "RFC 7296 1.2"));
        }
        if (state.retiring().filter(request.sa()::equals).isPresent()) {
            throw temporarily("the IKE SA was rekeyed");
        }
        List<Proposal> offered =
                request.first(Payload.SecurityAssociation.class).orElseThrow().proposals();
        return offered.stream().anyMatch(p -> p.protocol().equals(ProtocolId.IKE))
                ? rekeyIke(state, turn, request)
                : makeChild(state, turn, request);
    }

    private static State informational(Established state, Turn turn, Inbound request) {
        List<Payload.Delete> deletes = request.all(Payload.Delete.class);
        if (deletes.stream().anyMatch(d -> d.protocol().equals(ProtocolId.IKE))) {
            turn.reply(request, List.of());
            if (state.retiring().filter(request.sa()::equals).isPresent()) {
                // Kept for repetitions until Linger fires.
                return state;
            }
            turn.info("ike.deleted", "by", "peer");
            return turn.endAfterRepeats("deleted by the peer", Output.Cause.PEER_DELETED);
        }
        if (request.error()
                .filter(n -> n.notifyType().equals(NotifyType.AUTHENTICATION_FAILED)
                        || n.notifyType().equals(NotifyType.INVALID_SYNTAX))
                .isPresent()) {
            // The initiator did not believe our last IKE_AUTH response (RFC 7296 section 2.21.2).
            turn.reply(request, List.of());
            turn.warn(
                    "ike.rejected",
                    "by",
                    "peer",
                    "why",
                    request.error().get().notifyType().toString());
            return turn.endAfterRepeats("rejected by the peer", Output.Cause.PEER_FAILED);
        }
        List<Octets> ours = new ArrayList<>();
        Established next = lifetime(state, turn, request);
        for (Payload.Delete delete : deletes) {
            for (Octets spi : delete.spis()) {
                Optional<Child> child = delete.protocol().equals(ProtocolId.ESP) && spi.length() == 4
                        ? next.childByOutboundSpi(bits(spi))
                        : Optional.empty();
                if (child.isEmpty()) {
                    next = spi.length() == 4 ? OwnRequests.deletedAhead(next, bits(spi)) : next;
                    continue;
                }
                // Crossing deletes: ours says it already (RFC 7296 section 1.4.1).
                if (!deleting(next, child.get())) {
                    ours.add(ChildTerms.spi(child.get().inboundSpi()));
                }
                child.get().tell(turn, "child.deleted", "peer");
                next = next.drop(turn, child.get());
            }
        }
        turn.reply(request, ours.isEmpty() ? List.of() : List.of(new Payload.Delete(ProtocolId.ESP, ours)));
        return next;
    }

    /** Only "the original Responder" has it to say (RFC 4478 section 2); time runs from when we hear it. */
    private static Established lifetime(Established state, Turn turn, Inbound request) {
        if (state.association().role() == Role.RESPONDER) {
            return state;
        }
        return AuthLifetime.in(request)
                .map(lifetime -> state.withAuthorizedUntil(Optional.of(lifetime.heard(turn))))
                .orElse(state);
    }

    private static boolean makingChild(Established state) {
        return state.own()
                .filter(own -> own instanceof OwnExchange.MakingChild || own instanceof OwnExchange.InstallingChild)
                .isPresent();
    }

    private static boolean deleting(Established state, Child child) {
        return state.own()
                .filter(own -> own instanceof OwnExchange.DeletingChild d && d.inboundSpi() == child.inboundSpi())
                .isPresent();
    }

    private static State makeChild(Established state, Turn turn, Inbound request) throws FailureException {
        if (state.own().filter(OwnExchange.RekeyingIke.class::isInstance).isPresent()) {
            throw temporarily("the IKE SA is being rekeyed");
        }
        Optional<Payload.Notify> rekey = request.notification(NotifyType.REKEY_SA);
        Optional<Child> old = Optional.empty();
        List<ChildPolicy> policies = state.association().connection().children();
        if (rekey.isPresent()) {
            old = rekey.map(Payload.Notify::spi)
                    .filter(spi -> spi.length() == 4)
                    .flatMap(spi -> state.childByOutboundSpi(bits(spi)));
            if (old.isEmpty() && makingChild(state)) {
                // It may be the very child whose making the peer has answered and we have not heard of yet.
                throw temporarily("a child is being made");
            }
            Child found = old.orElseThrow(() -> new FailureException(new Failure.PeerIncompatible(
                    new Payload.Notify(ProtocolId.ESP, rekey.get().spi(), NotifyType.CHILD_SA_NOT_FOUND, Octets.EMPTY),
                    "rekey of an unknown child " + rekey.get().spi().hex(),
                    "RFC 7296 2.25")));
            if (busy(state, found)) {
                throw temporarily("child '" + found.plan().name() + "' is being rekeyed or deleted by us");
            }
            policies = List.of(found.policy());
        }
        if (state.children().size() >= (rekey.isPresent() ? 2 : 1) * MAX_CHILDREN) {
            throw new FailureException(Failure.PeerIncompatible.of(
                    NotifyType.NO_ADDITIONAL_SAS,
                    "the peer has " + state.children().size() + " children",
                    "RFC 7296 1.3"));
        }
        ChildTerms terms = ChildNegotiation.respond(
                turn.env().crypto(), policies, state.ends(turn), request, ChildNegotiation.Exchange.CREATE_CHILD_SA);
        Optional<Agreed> agreed = agree(turn, request, Suites.group(terms.proposal()));
        Octets nr = turn.env().random().octets(NONCE_OCTETS);
        int spi = turn.newEspSpi();
        SaPlan plan = SaPlans.make(
                turn,
                request.sa(),
                Role.RESPONDER,
                terms,
                spi,
                reqid(turn, old, terms.policy()),
                agreed.map(Agreed::secret),
                request.first(Payload.Nonce.class).orElseThrow().data(),
                nr,
                state.association().nat());
        List<Payload> answer = new ArrayList<>();
        answer.add(new Payload.SecurityAssociation(List.of(terms.answer(spi))));
        answer.add(new Payload.Nonce(nr));
        agreed.ifPresent(a -> answer.add(a.ours()));
        answer.add(new Payload.TrafficSelectors(PayloadType.TSI, terms.remote()));
        answer.add(new Payload.TrafficSelectors(PayloadType.TSR, terms.local()));
        if (terms.mode() == SaMode.TRANSPORT) {
            answer.add(Payload.Notify.of(NotifyType.USE_TRANSPORT_MODE));
        }
        Optional<SaHandle> replaces = old.map(c -> c.plan().handle());
        Child made = new Child(plan, terms.policy());
        return state.withInstalling(Optional.of(new PeerChild(
                request,
                replaces.map(before -> turn.installInbound(plan, before))
                        .orElseGet(() -> turn.install(plan, Optional.empty())),
                old.map(made::waitingFor).orElse(made),
                answer,
                replaces)));
    }

    static State installed(Established state, Turn turn, PeerChild waiting, SaOutcome outcome) throws FailureException {
        Established free = state.withInstalling(Optional.empty());
        return switch (outcome) {
            case SaOutcome.Installed i -> {
                turn.reply(waiting.request(), waiting.answer());
                waiting.child().tell(turn, waiting.replaces().isPresent() ? "child.rekeyed" : "child.made", "peer");
                yield free.plus(turn, free.standIn(turn, waiting.child()));
            }
            case SaOutcome.Failed failed -> {
                Failure failure = new Failure.BackendUnavailable(
                        "the SA could not be installed: " + failed.reason(), "RFC 7296 2.25");
                turn.refused(failure);
                turn.remove(waiting.child().plan().handle(), free.policiesWithout(waiting.child()));
                turn.reply(waiting.request(), List.of(Payload.Notify.of(NotifyType.TEMPORARY_FAILURE)));
                yield free;
            }
        };
    }

    private static State rekeyIke(Established state, Turn turn, Inbound request) throws FailureException {
        if (state.own().isPresent() || state.installing().isPresent()) {
            throw temporarily("an exchange of ours is under way");
        }
        var offered =
                request.first(Payload.SecurityAssociation.class).orElseThrow().proposals();
        Payload.KeyExchange ke = request.first(Payload.KeyExchange.class)
                .orElseThrow(
                        () -> new FailureException(new Failure.Malformed("an IKE rekey without KE", "RFC 7296 1.3.2")));
        var chosen = IkeProposals.choose(
                turn.env().crypto(), offered, state.association().connection().ikeProposals(), ke.group(), 8);
        Agreed agreed = agree(turn, request, Suites.group(chosen)).orElseThrow();
        Octets ni = request.first(Payload.Nonce.class).orElseThrow().data();
        Octets nr = turn.env().random().octets(NONCE_OCTETS);
        IkeRekey.Spis spis = new IkeRekey.Spis(turn.newIkeSpi(), IkeRekey.spi(chosen.spi()));
        var next = IkeRekey.successor(
                turn, state.ike(), Role.RESPONDER, Suites.ike(chosen), spis, agreed.secret(), ni, nr);
        turn.reply(
                request,
                List.of(
                        new Payload.SecurityAssociation(List.of(IkeRekey.withSpi(chosen, spis.local()))),
                        new Payload.Nonce(nr),
                        agreed.ours()));
        turn.timer(new TimerId.Linger(), RETIRE);
        turn.info("ike.rekeyed", "by", "peer", "suite", Suites.ike(chosen).toString());
        return state.withoutRetiring(turn).succeededBy(next);
    }

    /** Our public value and what came of it. */
    private record Agreed(Payload.KeyExchange ours, Secret secret) {}

    private static Optional<Agreed> agree(Turn turn, Inbound request, Optional<KeyExchangeId> group)
            throws FailureException {
        if (group.isEmpty()) {
            return Optional.empty();
        }
        KeyExchangeId wanted = group.get();
        Payload.KeyExchange ke = request.first(Payload.KeyExchange.class)
                .orElseThrow(() -> new FailureException(IkeProposals.wrongGroup(wanted, KeyExchangeId.NONE)));
        if (!ke.group().equals(wanted)) {
            throw new FailureException(IkeProposals.wrongGroup(wanted, ke.group()));
        }
        KeyAgreement agreement =
                turn.env().crypto().keyAgreement(wanted, turn.env().random());
        try {
            return Optional.of(
                    new Agreed(new Payload.KeyExchange(wanted, agreement.publicValue()), agreement.agree(ke.data())));
        } catch (InvalidPublicValueException e) {
            throw new FailureException(new Failure.PeerMisbehaved("KE: " + e.getMessage(), "RFC 6989 2.5"));
        }
    }

    private static int reqid(Turn turn, Optional<Child> old, ChildPolicy policy) {
        return old.map(c -> c.plan().reqid())
                .orElseGet(() -> policy.reqid() != 0
                        ? policy.reqid()
                        : turn.env().reqids().next());
    }

    private static boolean busy(Established state, Child child) {
        return deleting(state, child)
                || state.own()
                        .filter(own -> (own instanceof OwnExchange.MakingChild m
                                        && m.replaces().equals(Optional.of(child.inboundSpi())))
                                || (own instanceof OwnExchange.InstallingChild i
                                        && i.replaces().equals(Optional.of(child.inboundSpi()))))
                        .isPresent();
    }

    private static FailureException temporarily(String why) {
        return new FailureException(Failure.PeerIncompatible.of(NotifyType.TEMPORARY_FAILURE, why, "RFC 7296 2.25"));
    }

    private static int bits(Octets spi) {
        return spi.at(0) << 24 | spi.at(1) << 16 | spi.at(2) << 8 | spi.at(3);
    }
}
