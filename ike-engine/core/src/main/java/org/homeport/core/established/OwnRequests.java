package org.homeport.core.established;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.homeport.core.child.ProposalSelector;
import org.homeport.core.child.SaOutcome;
import org.homeport.core.child.SaPlan;
import org.homeport.core.crypto.InvalidPublicValueException;
import org.homeport.core.crypto.KeyAgreement;
import org.homeport.core.exchange.AuthLifetime;
import org.homeport.core.exchange.ChildNegotiation;
import org.homeport.core.exchange.ChildOffers;
import org.homeport.core.exchange.ChildTerms;
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
import org.homeport.core.registry.ProtocolId;
import org.homeport.core.session.IkeSa;
import org.homeport.core.session.Inbound;
import org.homeport.core.session.Role;
import org.homeport.core.session.State;
import org.homeport.core.session.TimerId;
import org.homeport.core.session.Turn;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/** Our requests in an established session: started when the window is free, finished by the response. */
final class OwnRequests {
    private static final int NONCE_OCTETS = 32;

    /** A refused rekey is tried again after this and up to as much more, so that two sides drift apart. */
    private static final Duration RETRY = Duration.ofSeconds(5);

    private OwnRequests() {}

    /** Starts the first order of the queue that can be carried out, if nothing is under way. */
    static State startNext(State state, Turn turn) {
        if (!(state instanceof Established established)) {
            return state;
        }
        Established at = established;
        while (at.own().isEmpty() && !at.queue().isEmpty()) {
            OwnTask task = at.queue().getFirst();
            at = at.withQueue(at.queue().subList(1, at.queue().size()));
            at = start(at, turn, task);
        }
        return at;
    }

    private static Established start(Established state, Turn turn, OwnTask task) {
        return switch (task) {
            case OwnTask.Probe probe -> {
                turn.request(state.ike(), ExchangeType.INFORMATIONAL, List.of());
                yield state.withOwn(Optional.of(new OwnExchange.Probing()));
            }
            case OwnTask.TellLifetime tell ->
                state.authorizedUntil()
                        .map(until -> tellLifetime(state, turn, until))
                        .orElse(state);
            case OwnTask.DeleteChild(int spi) -> state.child(spi).isEmpty() ? state : deleteChild(state, turn, spi);
            case OwnTask.RekeyChild(int spi, var group) ->
                // One that the peer has rekeyed is about to be deleted by it.
                state.child(spi)
                        .filter(child -> state.children().stream().noneMatch(c -> c.waitsFor(child)))
                        .map(child -> rekeyChild(state, turn, child, group))
                        .orElse(state);
            case OwnTask.CreateChild(String name, var group) ->
                state.association().connection().children().stream()
                        .filter(policy -> policy.name().equals(name))
                        .findFirst()
                        .map(policy -> createChild(state, turn, policy, group))
                        .orElseGet(() -> {
                            turn.warn("child.unknown", "child", name);
                            return state;
                        });
            case OwnTask.RekeyIke(var group) -> rekeyIke(state, turn, group);
            case OwnTask.DeleteOldIke old ->
                state.retiring()
                        .map(sa -> {
                            turn.request(
                                    sa,
                                    ExchangeType.INFORMATIONAL,
                                    List.of(new Payload.Delete(ProtocolId.IKE, List.of())));
                            return state.withOwn(Optional.of(new OwnExchange.DeletingOldIke()));
                        })
                        .orElse(state);
        };
    }

    private static Established tellLifetime(Established state, Turn turn, Instant until) {
        AuthLifetime left = AuthLifetime.of(Duration.between(turn.now(), until));
        turn.request(state.ike(), ExchangeType.INFORMATIONAL, List.of(left.notification()));
        return state.withOwn(Optional.of(new OwnExchange.TellingLifetime()));
    }

    private static Established deleteChild(Established state, Turn turn, int spi) {
        turn.request(
                state.ike(),
                ExchangeType.INFORMATIONAL,
                List.of(new Payload.Delete(ProtocolId.ESP, List.of(ChildTerms.spi(spi)))));
        return state.withOwn(Optional.of(new OwnExchange.DeletingChild(spi)));
    }

    private static Established createChild(
            Established state, Turn turn, ChildPolicy policy, Optional<KeyExchangeId> group) {
        ChildNegotiation.Ends ends = state.ends(turn);
        return makeChild(
                state,
                turn,
                new ChildOffers.Offer(
                        policy,
                        policy.mode(),
                        ChildNegotiation.local(policy, ends),
                        ChildNegotiation.remote(policy, ends)),
                group,
                Optional.empty());
    }

    /** A rekey does not narrow: it asks for what there is (RFC 7296 section 2.9.2). */
    private static Established rekeyChild(Established state, Turn turn, Child child, Optional<KeyExchangeId> group) {
        SaPlan plan = child.plan();
        return makeChild(
                state,
                turn,
                new ChildOffers.Offer(child.policy(), plan.mode(), plan.localSelectors(), plan.remoteSelectors()),
                group,
                Optional.of(child));
    }

    private static Established makeChild(
            Established state,
            Turn turn,
            ChildOffers.Offer offer,
            Optional<KeyExchangeId> group,
            Optional<Child> replaces) {
        int spi = turn.newEspSpi();
        Octets nonce = turn.env().random().octets(NONCE_OCTETS);
        List<Proposal> proposals = ChildOffers.proposals(offer.policy(), spi);
        Optional<KeyAgreement> agreement = group.or(
                        () -> Suites.groups(proposals).stream().findFirst())
                .map(g -> turn.env().crypto().keyAgreement(g, turn.env().random()));
        List<Payload> request = new ArrayList<>();
        replaces.ifPresent(old -> request.add(new Payload.Notify(
                ProtocolId.ESP, ChildTerms.spi(old.inboundSpi()), NotifyType.REKEY_SA, Octets.EMPTY)));
        request.addAll(ChildOffers.payloads(offer, proposals));
        request.add(new Payload.Nonce(nonce));
        agreement.ifPresent(a -> request.add(new Payload.KeyExchange(a.group(), a.publicValue())));
        turn.request(state.ike(), ExchangeType.CREATE_CHILD_SA, request);
        return state.withOwn(Optional.of(new OwnExchange.MakingChild(
                offer, proposals, spi, nonce, agreement, replaces.map(Child::inboundSpi), Set.of())));
    }

    private static Established rekeyIke(Established state, Turn turn, Optional<KeyExchangeId> group) {
        long spi = turn.newIkeSpi();
        Octets nonce = turn.env().random().octets(NONCE_OCTETS);
        List<Proposal> proposals = new ArrayList<>();
        for (Proposal proposal : state.association().connection().ikeProposals()) {
            proposals.add(new Proposal(proposals.size() + 1, ProtocolId.IKE, IkeRekey.spi(spi), proposal.transforms()));
        }
        KeyExchangeId first = group.orElse(state.ike().suite().group());
        KeyAgreement agreement =
                turn.env().crypto().keyAgreement(first, turn.env().random());
        turn.request(
                state.ike(),
                ExchangeType.CREATE_CHILD_SA,
                List.of(
                        new Payload.SecurityAssociation(proposals),
                        new Payload.Nonce(nonce),
                        new Payload.KeyExchange(first, agreement.publicValue())));
        return state.withOwn(Optional.of(new OwnExchange.RekeyingIke(proposals, spi, nonce, agreement)));
    }

    static State finish(Established state, Turn turn, Inbound response) throws FailureException {
        if (state.own().isEmpty()) {
            return state;
        }
        Established free = state.withOwn(Optional.empty());
        return switch (state.own().get()) {
            case OwnExchange.Probing probing -> free;
            case OwnExchange.TellingLifetime telling -> free;
            case OwnExchange.DeletingChild(int spi) -> {
                Optional<Child> child = free.child(spi);
                child.ifPresent(c -> c.tell(turn, "child.deleted", "us"));
                yield child.map(c -> free.drop(turn, c)).orElse(free);
            }
            case OwnExchange.MakingChild making -> childMade(free, turn, making, response);
            case OwnExchange.InstallingChild installing -> state;
            case OwnExchange.RekeyingIke rekeying -> ikeRekeyed(free, turn, rekeying, response);
            case OwnExchange.DeletingOldIke deleting -> free.withoutRetiring(turn);
        };
    }

    private static State childMade(Established state, Turn turn, OwnExchange.MakingChild making, Inbound response)
            throws FailureException {
        Optional<Payload.Notify> error = response.error();
        if (error.isPresent()) {
            return childRefused(state, turn, making, error.get());
        }
        ChildTerms terms = ChildOffers.accepted(making.offer(), making.proposals(), response);
        Optional<Secret> gir = secret(making.agreement(), terms.proposal(), response);
        Optional<Child> old = making.replaces().flatMap(state::child);
        SaPlan plan = SaPlans.make(
                turn,
                response.sa(),
                Role.INITIATOR,
                terms,
                making.spi(),
                old.map(c -> c.plan().reqid())
                        .orElseGet(() -> terms.policy().reqid() != 0
                                ? terms.policy().reqid()
                                : turn.env().reqids().next()),
                gir,
                making.nonce(),
                response.first(Payload.Nonce.class)
                        .orElseThrow(() -> new FailureException(
                                new Failure.Malformed("CREATE_CHILD_SA response without nonce", "RFC 7296 1.3.1")))
                        .data(),
                state.association().nat());
        return state.withOwn(Optional.of(new OwnExchange.InstallingChild(
                turn.install(plan, old.map(c -> c.plan().handle())),
                new Child(plan, terms.policy()),
                making.replaces(),
                making.deletedAhead())));
    }

    /** The secret of the exchange's own Diffie-Hellman, if the answer kept it. */
    private static Optional<Secret> secret(Optional<KeyAgreement> agreement, Proposal answer, Inbound response)
            throws FailureException {
        Optional<KeyExchangeId> group = Suites.group(answer);
        if (group.isEmpty()) {
            return Optional.empty();
        }
        Optional<Payload.KeyExchange> ke = response.first(Payload.KeyExchange.class);
        if (agreement.isEmpty()
                || ke.isEmpty()
                || !agreement.get().group().equals(group.get())
                || !ke.get().group().equals(group.get())) {
            throw new FailureException(new Failure.PeerMisbehaved(
                    "the proposal says " + group.get() + ", the KE payload something else", "RFC 7296 1.3.1"));
        }
        try {
            return Optional.of(agreement.get().agree(ke.get().data()));
        } catch (InvalidPublicValueException e) {
            throw new FailureException(new Failure.PeerMisbehaved("KE: " + e.getMessage(), "RFC 6989 2.5"));
        }
    }

    private static State childRefused(
            Established state, Turn turn, OwnExchange.MakingChild making, Payload.Notify error) {
        turn.warn(
                "child.refused",
                "child",
                making.offer().policy().name(),
                "why",
                "the peer says " + error.notifyType(),
                "rfc",
                "RFC 7296 1.3");
        List<KeyExchangeId> groups = Suites.groups(making.proposals());
        Optional<KeyExchangeId> other = making.agreement()
                .flatMap(a -> ChildOffers.otherGroup(error, groups.getFirst(), a.group(), making.proposals()));
        if (making.replaces().isEmpty()) {
            return other.isPresent()
                    ? state.enqueue(
                            new OwnTask.CreateChild(making.offer().policy().name(), other))
                    : state;
        }
        int old = making.replaces().get();
        if (other.isPresent()) {
            return state.enqueue(new OwnTask.RekeyChild(old, other));
        }
        if (error.notifyType().equals(NotifyType.CHILD_SA_NOT_FOUND)) {
            return state.child(old).map(c -> state.drop(turn, c)).orElse(state);
        }
        turn.timer(new TimerId.RekeyChild(old), retry(turn));
        return state;
    }

    static State installed(Established state, Turn turn, OwnExchange.InstallingChild mine, SaOutcome outcome) {
        Established free = state.withOwn(Optional.empty());
        return switch (outcome) {
            case SaOutcome.Installed i -> {
                mine.child().tell(turn, mine.replaces().isPresent() ? "child.rekeyed" : "child.made", "us");
                Established more = free.plus(turn, mine.child());
                if (mine.deletedAhead().contains(mine.child().outboundSpi())) {
                    mine.child().tell(turn, "child.deleted", "peer");
                    yield more.drop(turn, mine.child());
                }
                yield mine.replaces()
                        .map(old -> more.enqueueFirst(new OwnTask.DeleteChild(old)))
                        .orElse(more);
            }
            case SaOutcome.Failed failed -> {
                turn.refused(new Failure.BackendUnavailable(
                        "the SA could not be installed: " + failed.reason(), "RFC 7296 2.25"));
                // The peer has it in use: it is told, as of any child, by a Delete.
                turn.remove(mine.plan().handle(), free.policiesWithout(mine.child()));
                mine.replaces().ifPresent(old -> turn.timer(new TimerId.RekeyChild(old), retry(turn)));
                yield deleteChild(free, turn, mine.plan().inbound().spi());
            }
        };
    }

    private static Established ikeRekeyed(
            Established state, Turn turn, OwnExchange.RekeyingIke rekeying, Inbound response) throws FailureException {
        Optional<Payload.Notify> error = response.error();
        if (error.isPresent()) {
            turn.warn("ike.rekey-refused", "why", error.get().notifyType().toString());
            Optional<KeyExchangeId> other = ChildOffers.otherGroup(
                    error.get(),
                    state.ike().suite().group(),
                    rekeying.agreement().group(),
                    rekeying.proposals());
            if (other.isPresent()) {
                return state.enqueue(new OwnTask.RekeyIke(other));
            }
            turn.timer(new TimerId.RekeyIke(), retry(turn));
            return state;
        }
        Proposal answer = ProposalSelector.verifyAnswer(
                        rekeying.proposals(),
                        response.first(Payload.SecurityAssociation.class)
                                .map(Payload.SecurityAssociation::proposals)
                                .orElse(List.of()))
                .filter(p -> p.spi().length() == 8)
                .orElseThrow(() -> new FailureException(
                        new Failure.PeerMisbehaved("the rekey answer is nothing we offered", "RFC 7296 2.7")));
        Secret gir = secret(Optional.of(rekeying.agreement()), answer, response)
                .orElseThrow(() ->
                        new FailureException(new Failure.PeerMisbehaved("an IKE rekey without KE", "RFC 7296 1.3.2")));
        Octets nr = response.first(Payload.Nonce.class)
                .orElseThrow(() ->
                        new FailureException(new Failure.Malformed("an IKE rekey without nonce", "RFC 7296 1.3.2")))
                .data();
        IkeSa next = IkeRekey.successor(
                turn,
                state.ike(),
                Role.INITIATOR,
                Suites.ike(answer),
                new IkeRekey.Spis(rekeying.spi(), IkeRekey.spi(answer.spi())),
                gir,
                rekeying.nonce(),
                nr);
        turn.info("ike.rekeyed", "by", "us", "suite", Suites.ike(answer).toString());
        turn.cancel(new TimerId.Linger());
        return state.withoutRetiring(turn).succeededBy(next).enqueueFirst(new OwnTask.DeleteOldIke());
    }

    /** The IKE SA to go on with, once the exchange under way has come to this end. */
    static IkeSa ikeAfter(Established state, Turn turn, Inbound response) throws FailureException {
        return state.own().isPresent() && state.own().get() instanceof OwnExchange.RekeyingIke rekeying
                ? ikeRekeyed(state, turn, rekeying, response).ike()
                : state.ike();
    }

    /** The peer deleted a child we do not know: perhaps the one we are making. */
    static Established deletedAhead(Established state, int outboundSpi) {
        return state.withOwn(state.own().map(own -> own.deletedAhead(outboundSpi)));
    }

    private static Duration retry(Turn turn) {
        return RETRY.plusMillis(turn.env().random().below((int) RETRY.toMillis()));
    }
}
