package org.homeport.core.exchange;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.homeport.core.child.ProposalSelector;
import org.homeport.core.crypto.Crypto;
import org.homeport.core.failure.Failure;
import org.homeport.core.failure.FailureException;
import org.homeport.core.message.Payload;
import org.homeport.core.message.Proposal;
import org.homeport.core.registry.KeyExchangeId;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.registry.ProtocolId;
import org.homeport.core.registry.TransformType;
import org.homeport.kit.Octets;
import org.homeport.kit.WireWriter;

/** The choice of an IKE proposal by a responder, in IKE_SA_INIT and in a rekey. */
public final class IkeProposals {
    private IkeProposals() {}

    /**
     * Chooses by our preference, but among what fits the KE payload first: another round trip costs more than a
     * preference is worth.
     *
     * @param spiLength 0 in IKE_SA_INIT, 8 in a rekey
     * @throws FailureException NO_PROPOSAL_CHOSEN, or INVALID_KE_PAYLOAD with the group we want (RFC 7296 section 1.3)
     */
    public static Proposal choose(
            Crypto crypto, List<Proposal> offered, List<Proposal> allowed, KeyExchangeId sent, int spiLength)
            throws FailureException {
        List<Proposal> usable = offered.stream()
                .filter(p -> p.protocol().equals(ProtocolId.IKE) && p.spi().length() == spiLength)
                .toList();
        Optional<Proposal> fitting = ProposalSelector.choose(
                usable,
                allowed,
                t -> crypto.supports(t) && (!t.type().equals(TransformType.KE) || t.id() == sent.value()),
                Set.of());
        if (fitting.isPresent()) {
            return fitting.get();
        }
        Proposal other = ProposalSelector.choose(usable, allowed, crypto::supports, Set.of())
                .orElseThrow(() -> new FailureException(Failure.PeerIncompatible.of(
                        NotifyType.NO_PROPOSAL_CHOSEN, "no IKE proposal in common", "RFC 7296 2.7")));
        throw new FailureException(wrongGroup(Suites.group(other).orElseThrow(), sent));
    }

    /** INVALID_KE_PAYLOAD: its data is the group we want (RFC 7296 section 1.3). */
    public static Failure wrongGroup(KeyExchangeId wanted, KeyExchangeId sent) {
        Octets data = new WireWriter().u16(wanted.value()).toOctets();
        return new Failure.PeerIncompatible(
                Payload.Notify.of(NotifyType.INVALID_KE_PAYLOAD, data),
                "KE of group " + sent + ", wanted " + wanted,
                "RFC 7296 1.3");
    }
}
