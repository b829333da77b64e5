package org.homeport.core.child;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.homeport.core.message.Proposal;
import org.homeport.core.message.Transform;
import org.homeport.core.registry.EncryptionId;
import org.homeport.core.registry.IntegrityId;
import org.homeport.core.registry.KeyExchangeId;
import org.homeport.core.registry.ProtocolId;
import org.homeport.core.registry.TransformType;

/**
 * Agrees on one suite (RFC 7296 sections 2.7 and 3.3): as responder out of the peer's offer, as initiator by checking
 * what the responder made of ours.
 */
public final class ProposalSelector {
    private static final Set<TransformType> KNOWN_TYPES =
            Set.of(TransformType.ENCR, TransformType.PRF, TransformType.INTEG, TransformType.KE, TransformType.ESN);

    /** Only integrity and key exchange know a NONE; number 0 is NO_ESN among the sequence numbers. */
    private static final Set<Transform> NONES = Set.of(
            Transform.of(TransformType.INTEG, IntegrityId.NONE.value()),
            Transform.of(TransformType.KE, KeyExchangeId.NONE.value()));

    private ProposalSelector() {}

    /**
     * Chooses as responder.
     *
     * @param offered in the peer's order; its SPIs are those of the peer
     * @param allowed in our order of preference, which decides, between proposals and between transforms. A group NONE
     *     among others means that key exchange is not insisted on
     * @param supported whether a transform can be carried out here; not asked about NONE
     * @param ignored types left out of the negotiation, as KE is for the child of IKE_AUTH (section 1.2)
     * @return the offer's number and SPI with exactly one transform of each type it contains, as it was offered; empty:
     *     answer NO_PROPOSAL_CHOSEN
     */
    public static Optional<Proposal> choose(
            List<Proposal> offered,
            List<Proposal> allowed,
            Predicate<Transform> supported,
            Set<TransformType> ignored) {
        for (Proposal policy : allowed) {
            for (Proposal offer : offered) {
                Optional<List<Transform>> suite =
                        isUsable(offer, policy, ignored) ? suite(offer, policy, supported, ignored) : Optional.empty();
                if (suite.isPresent()) {
                    return Optional.of(new Proposal(offer.number(), offer.protocol(), offer.spi(), suite.get()));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Checks as initiator "that the accepted offer is consistent with one of its proposals" (section 3.3.6).
     *
     * @param offered what we sent
     * @param answered the responder's SA payload
     * @return the answer, whose SPI is the responder's; empty: the exchange has failed
     */
    public static Optional<Proposal> verifyAnswer(List<Proposal> offered, List<Proposal> answered) {
        if (answered.size() != 1) {
            return Optional.empty();
        }
        Proposal answer = answered.getFirst();
        return offered.stream()
                .filter(offer -> offer.number() == answer.number())
                .findFirst()
                .filter(offer -> isAnswerTo(offer, answer))
                .map(offer -> answer);
    }

    /** Whether number, types and SPI leave anything to choose (sections 3.3.1, 3.3.3, 3.3.6). */
    private static boolean isUsable(Proposal offer, Proposal policy, Set<TransformType> ignored) {
        Set<TransformType> types = types(offer);
        return offer.protocol().equals(policy.protocol())
                && hasUsableSpi(offer)
                && KNOWN_TYPES.containsAll(types)
                && mandatory(offer.protocol()).stream()
                        .allMatch(type -> types.contains(type) || ignored.contains(type));
    }

    private static Optional<List<Transform>> suite(
            Proposal offer, Proposal policy, Predicate<Transform> supported, Set<TransformType> ignored) {
        for (Transform encryption : acceptable(offer, policy, TransformType.ENCR, supported)) {
            Optional<Transform> integrity = integrity(offer, policy, encryption, supported);
            if (integrity.isEmpty() && !mayLackIntegrity(offer, encryption)) {
                continue;
            }
            List<Transform> suite = new ArrayList<>();
            suite.add(encryption);
            integrity.ifPresent(suite::add);
            if (addRest(suite, offer, policy, supported, ignored)) {
                return Optional.of(suite);
            }
        }
        return Optional.empty();
    }

    /** PRF, KE and ESN, which do not depend on each other. */
    private static boolean addRest(
            List<Transform> suite,
            Proposal offer,
            Proposal policy,
            Predicate<Transform> supported,
            Set<TransformType> ignored) {
        for (TransformType type : List.of(TransformType.PRF, TransformType.KE, TransformType.ESN)) {
            if (ignored.contains(type)) {
                continue;
            }
            List<Transform> offers = offer.of(type);
            List<Transform> policies = policy.of(type);
            Optional<Transform> chosen =
                    acceptable(offer, policy, type, supported).stream().findFirst();
            if (chosen.isEmpty() && policies.isEmpty()) {
                // We want none of this type: fine if the peer says that it can do without.
                chosen = offers.stream().filter(ProposalSelector::isNone).findFirst();
            }
            chosen.ifPresent(suite::add);
            boolean notWanted =
                    offers.isEmpty() && (policies.isEmpty() || policies.stream().anyMatch(ProposalSelector::isNone));
            if (chosen.isEmpty() && !notWanted) {
                return false;
            }
        }
        return true;
    }

    /**
     * Combined-mode ciphers "are not allowed to have any integrity algorithm other than NONE" (section 2.7), others
     * need one: NONE is not taken for them.
     */
    private static Optional<Transform> integrity(
            Proposal offer, Proposal policy, Transform encryption, Predicate<Transform> supported) {
        if (isAead(encryption)) {
            return offer.of(TransformType.INTEG).stream()
                    .filter(ProposalSelector::isNone)
                    .findFirst();
        }
        return acceptable(offer, policy, TransformType.INTEG, supported).stream()
                .filter(t -> !isNone(t))
                .findFirst();
    }

    private static boolean mayLackIntegrity(Proposal offer, Transform encryption) {
        return isAead(encryption) && offer.of(TransformType.INTEG).isEmpty();
    }

    /** The offered transforms that our policy names and we can do, in the order of the policy. */
    private static List<Transform> acceptable(
            Proposal offer, Proposal policy, TransformType type, Predicate<Transform> supported) {
        // Equality covers the key length and, the policy having none, shuts out attributes that we do not know.
        return policy.of(type).stream()
                .filter(offer.of(type)::contains)
                .filter(transform -> isNone(transform) || supported.test(transform))
                .toList();
    }

    private static boolean isAnswerTo(Proposal offer, Proposal answer) {
        Set<TransformType> types = types(answer);
        boolean onePerType = types.size() == answer.transforms().size();
        boolean allOffered = answer.transforms().stream()
                .allMatch(t -> offer.transforms().contains(t)
                        || (isNone(t) && offer.of(t.type()).isEmpty()));
        boolean allAnswered = types(offer).stream()
                .allMatch(
                        type -> types.contains(type) || offer.of(type).stream().anyMatch(ProposalSelector::isNone));
        boolean sealed = answer.of(TransformType.ENCR).stream()
                .allMatch(encryption -> isAead(encryption)
                        == answer.of(TransformType.INTEG).stream().allMatch(ProposalSelector::isNone));
        return answer.protocol().equals(offer.protocol())
                && answer.spi().length() == offer.spi().length()
                && hasUsableSpi(answer)
                && onePerType
                && allOffered
                && allAnswered
                && sealed;
    }

    /** IKE: none in IKE_SA_INIT, 8 octets in a rekey; ESP and AH: 4 (section 3.3.1). Zero is nobody's SPI. */
    private static boolean hasUsableSpi(Proposal proposal) {
        int length = proposal.spi().length();
        if (proposal.protocol().equals(ProtocolId.IKE)) {
            return length == 0 || (length == 8 && !proposal.spi().isAllZero());
        }
        return length == 4 && !proposal.spi().isAllZero();
    }

    private static Set<TransformType> mandatory(ProtocolId protocol) {
        return protocol.equals(ProtocolId.IKE)
                ? Set.of(TransformType.ENCR, TransformType.PRF, TransformType.KE)
                : Set.of(TransformType.ENCR, TransformType.ESN);
    }

    private static Set<TransformType> types(Proposal proposal) {
        return proposal.transforms().stream().map(Transform::type).collect(Collectors.toCollection(HashSet::new));
    }

    private static boolean isAead(Transform encryption) {
        return new EncryptionId(encryption.id()).isAead();
    }

    private static boolean isNone(Transform transform) {
        return NONES.contains(transform);
    }
}
