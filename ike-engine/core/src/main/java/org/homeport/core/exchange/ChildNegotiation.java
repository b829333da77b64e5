package org.homeport.core.exchange;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.homeport.core.child.ProposalSelector;
import org.homeport.core.child.SaMode;
import org.homeport.core.child.SelectorNarrower;
import org.homeport.core.crypto.Crypto;
import org.homeport.core.failure.Failure;
import org.homeport.core.failure.FailureException;
import org.homeport.core.message.Payload;
import org.homeport.core.message.Proposal;
import org.homeport.core.message.TrafficSelector;
import org.homeport.core.policy.ChildPolicy;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.registry.PayloadType;
import org.homeport.core.registry.ProtocolId;
import org.homeport.core.registry.TransformType;
import org.homeport.core.session.Inbound;
import org.homeport.kit.IpAddress;
import org.homeport.kit.IpPrefix;

/** A responder's answer to a CHILD_SA offer: policy, selectors, proposal (RFC 7296 sections 2.7 and 2.9). */
public final class ChildNegotiation {
    private ChildNegotiation() {}

    /**
     * Who stands at the two ends.
     *
     * @param local our address; {@code remote} the peer's
     * @param remoteHome the peer's home addresses: dynamic remote selectors mean them, or its address if it has none
     * @param localHome likewise on our side (a mobile node asked for another CHILD_SA)
     */
    public record Ends(IpAddress local, IpAddress remote, List<IpAddress> localHome, List<IpAddress> remoteHome) {}

    /** What an offer is about to become a child of: IKE_AUTH has no KE, so D-H transforms do not count there. */
    public enum Exchange {
        IKE_AUTH,
        CREATE_CHILD_SA
    }

    /**
     * @param policies the first that fits is taken; a peer that asks for transport mode means first those that allow it
     * @throws FailureException TS_UNACCEPTABLE or NO_PROPOSAL_CHOSEN: {@link Failure.PeerIncompatible}
     */
    public static ChildTerms respond(
            Crypto crypto, List<ChildPolicy> policies, Ends ends, Inbound request, Exchange exchange)
            throws FailureException {
        List<Proposal> offered = request.first(Payload.SecurityAssociation.class).stream()
                .flatMap(sa -> sa.proposals().stream())
                .filter(p -> p.protocol().equals(ProtocolId.ESP) && p.spi().length() == 4)
                .toList();
        List<TrafficSelector> remoteOffer = selectors(request, PayloadType.TSI);
        List<TrafficSelector> localOffer = selectors(request, PayloadType.TSR);
        boolean transport = request.has(NotifyType.USE_TRANSPORT_MODE);
        Optional<Failure> refusal = Optional.empty();
        for (ChildPolicy policy : transport ? transportFirst(policies) : policies) {
            List<TrafficSelector> local = SelectorNarrower.narrow(localOffer, local(policy, ends));
            List<TrafficSelector> remote = SelectorNarrower.narrow(remoteOffer, remote(policy, ends));
            List<TrafficSelector> localFit = sameFamilies(local, remote);
            List<TrafficSelector> remoteFit = sameFamilies(remote, local);
            if (localFit.isEmpty() || remoteFit.isEmpty()) {
                refusal = refusal.or(() -> Optional.of(Failure.PeerIncompatible.of(
                        NotifyType.TS_UNACCEPTABLE,
                        "selectors " + remoteOffer + " === " + localOffer + " are outside child '" + policy.name()
                                + "': " + remote(policy, ends) + " === " + local(policy, ends),
                        "RFC 7296 2.9")));
                continue;
            }
            Optional<Proposal> proposal = ProposalSelector.choose(
                    offered,
                    policy.proposals(),
                    t -> t.type().equals(TransformType.ESN) || crypto.supports(t),
                    exchange == Exchange.IKE_AUTH ? Set.of(TransformType.KE) : Set.of());
            if (proposal.isEmpty()) {
                refusal = refusal.or(() -> Optional.of(Failure.PeerIncompatible.of(
                        NotifyType.NO_PROPOSAL_CHOSEN,
                        "no ESP proposal in common with child '" + policy.name() + "'",
                        "RFC 7296 2.7")));
                continue;
            }
            SaMode mode = transport && policy.mode() == SaMode.TRANSPORT ? SaMode.TRANSPORT : SaMode.TUNNEL;
            return new ChildTerms(policy, proposal.get(), mode, localFit, remoteFit);
        }
        throw new FailureException(refusal.orElse(
                Failure.PeerIncompatible.of(NotifyType.NO_ADDITIONAL_SAS, "no child is configured", "RFC 7296 1.3")));
    }

    /** Else a tunnel for everything would take what was meant for mobility signalling, and as a tunnel. */
    private static List<ChildPolicy> transportFirst(List<ChildPolicy> policies) {
        return policies.stream()
                .sorted(Comparator.comparing(policy -> policy.mode() != SaMode.TRANSPORT))
                .toList();
    }

    private static List<TrafficSelector> selectors(Inbound request, PayloadType side) {
        return request.selectors(side).map(Payload.TrafficSelectors::selectors).orElse(List.of());
    }

    /** Our side of a policy, its dynamic selectors filled in. */
    public static List<TrafficSelector> local(ChildPolicy policy, Ends ends) {
        return policy.localSelectors().isEmpty()
                ? dynamic(policy, ends.localHome(), ends.local())
                : policy.localSelectors();
    }

    /** The peer's side of a policy, its dynamic selectors filled in. */
    public static List<TrafficSelector> remote(ChildPolicy policy, Ends ends) {
        return policy.remoteSelectors().isEmpty()
                ? dynamic(policy, ends.remoteHome(), ends.remote())
                : policy.remoteSelectors();
    }

    private static List<TrafficSelector> dynamic(ChildPolicy policy, List<IpAddress> home, IpAddress otherwise) {
        Stream<IpAddress> addresses = home.isEmpty() ? Stream.of(otherwise) : home.stream();
        return addresses
                .map(address -> TrafficSelector.of(IpPrefix.host(address), policy.protocol()))
                .toList();
    }

    /** An address family that one side lost cannot be carried on the other. */
    private static List<TrafficSelector> sameFamilies(List<TrafficSelector> keep, List<TrafficSelector> other) {
        return keep.stream()
                .filter(ts -> other.stream()
                        .anyMatch(o -> o.first().isV6() == ts.first().isV6()))
                .toList();
    }
}
