package org.homeport.core.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeport.core.child.ProposalSelector;
import org.homeport.core.child.SaMode;
import org.homeport.core.child.SelectorNarrower;
import org.homeport.core.failure.Failure;
import org.homeport.core.failure.FailureException;
import org.homeport.core.message.Payload;
import org.homeport.core.message.Proposal;
import org.homeport.core.message.TrafficSelector;
import org.homeport.core.policy.ChildPolicy;
import org.homeport.core.registry.KeyExchangeId;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.registry.PayloadType;
import org.homeport.core.registry.ProtocolId;
import org.homeport.core.session.Inbound;

/** An initiator's side of a CHILD_SA: what is asked for, and whether the answer is one to it. */
public final class ChildOffers {
    private ChildOffers() {}

    /** @param local our selectors; {@code remote} the peer's */
    public record Offer(ChildPolicy policy, SaMode mode, List<TrafficSelector> local, List<TrafficSelector> remote) {}

    /** The policy's proposals, numbered, with our SPI. */
    public static List<Proposal> proposals(ChildPolicy policy, int spi) {
        List<Proposal> proposals = new ArrayList<>();
        for (Proposal proposal : policy.proposals()) {
            proposals.add(
                    new Proposal(proposals.size() + 1, ProtocolId.ESP, ChildTerms.spi(spi), proposal.transforms()));
        }
        return proposals;
    }

    /** SA, TSi, TSr and the mode. */
    public static List<Payload> payloads(Offer offer, List<Proposal> proposals) {
        List<Payload> payloads = new ArrayList<>();
        payloads.add(new Payload.SecurityAssociation(proposals));
        payloads.add(new Payload.TrafficSelectors(PayloadType.TSI, offer.local()));
        payloads.add(new Payload.TrafficSelectors(PayloadType.TSR, offer.remote()));
        if (offer.mode() == SaMode.TRANSPORT) {
            payloads.add(Payload.Notify.of(NotifyType.USE_TRANSPORT_MODE));
        }
        return payloads;
    }

    /**
     * @throws FailureException if the answer is not within the offer: the peer's fault (RFC 7296 sections 2.7, 2.9), or a
     *     tunnel where only transport will do (section 1.3.1)
     */
    public static ChildTerms accepted(Offer offer, List<Proposal> proposals, Inbound response) throws FailureException {
        Proposal answer = ProposalSelector.verifyAnswer(
                        proposals,
                        response.first(Payload.SecurityAssociation.class)
                                .map(Payload.SecurityAssociation::proposals)
                                .orElse(List.of()))
                .filter(p -> p.spi().length() == 4)
                .orElseThrow(() -> new FailureException(
                        new Failure.PeerMisbehaved("the SA answer is nothing we offered", "RFC 7296 2.7")));
        List<TrafficSelector> local = within(offer.local(), response, PayloadType.TSI);
        List<TrafficSelector> remote = within(offer.remote(), response, PayloadType.TSR);
        SaMode mode = response.has(NotifyType.USE_TRANSPORT_MODE) ? SaMode.TRANSPORT : SaMode.TUNNEL;
        if (mode != offer.mode()) {
            throw new FailureException(
                    new Failure.PeerMisbehaved("asked for " + offer.mode() + ", was given " + mode, "RFC 7296 1.3.1"));
        }
        return new ChildTerms(offer.policy(), answer, mode, local, remote);
    }

    private static List<TrafficSelector> within(List<TrafficSelector> offered, Inbound response, PayloadType side)
            throws FailureException {
        List<TrafficSelector> answered = response.selectors(side)
                .map(Payload.TrafficSelectors::selectors)
                .orElse(List.of());
        if (answered.isEmpty() || !SelectorNarrower.narrow(answered, offered).equals(answered)) {
            throw new FailureException(new Failure.PeerMisbehaved(
                    side + " " + answered + " is not within what was offered: " + offered, "RFC 7296 2.9"));
        }
        return answered;
    }

    /**
     * The group to try instead, when an INVALID_KE_PAYLOAD sends us from our first group to another we offered. It does so
     * once: a peer cannot send us to and fro (RFC 7296 section 1.3).
     */
    public static Optional<KeyExchangeId> otherGroup(
            Payload.Notify error, KeyExchangeId first, KeyExchangeId used, List<Proposal> offered) {
        return wantedGroup(error)
                .filter(wanted -> used.equals(first)
                        && !wanted.equals(used)
                        && Suites.groups(offered).contains(wanted));
    }

    /** The group of an INVALID_KE_PAYLOAD, if that is what this is. */
    public static Optional<KeyExchangeId> wantedGroup(Payload.Notify error) {
        return error.notifyType().equals(NotifyType.INVALID_KE_PAYLOAD)
                        && error.data().length() == 2
                ? Optional.of(
                        new KeyExchangeId(error.data().at(0) << 8 | error.data().at(1)))
                : Optional.empty();
    }
}
