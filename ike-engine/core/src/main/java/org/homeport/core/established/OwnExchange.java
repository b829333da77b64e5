package org.homeport.core.established;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.homeport.core.child.SaPlan;
import org.homeport.core.crypto.KeyAgreement;
import org.homeport.core.exchange.ChildOffers;
import org.homeport.core.message.Proposal;
import org.homeport.core.session.CallId;
import org.homeport.kit.Octets;

/** The exchange of ours that is under way: one at a time. */
sealed interface OwnExchange {
    /** The peer deleted a child we do not know: perhaps the one this makes. */
    default OwnExchange deletedAhead(int outboundSpi) {
        return this;
    }

    record Probing() implements OwnExchange {}

    record TellingLifetime() implements OwnExchange {}

    record DeletingChild(int inboundSpi) implements OwnExchange {}

    /**
     * CREATE_CHILD_SA for a child.
     *
     * @param proposals as sent, with our SPI
     * @param replaces inbound SPI of the child that is rekeyed
     * @param deletedAhead outbound SPIs that the peer deleted and we do not know: its answer may be overtaken by the
     *     Delete of the very child it made
     */
    record MakingChild(
            ChildOffers.Offer offer,
            List<Proposal> proposals,
            int spi,
            Octets nonce,
            Optional<KeyAgreement> agreement,
            Optional<Integer> replaces,
            Set<Integer> deletedAhead)
            implements OwnExchange {
        public MakingChild {
            deletedAhead = Set.copyOf(deletedAhead);
        }

        @Override
        public OwnExchange deletedAhead(int outboundSpi) {
            return new MakingChild(offer, proposals, spi, nonce, agreement, replaces, with(deletedAhead, outboundSpi));
        }
    }

    /** The peer agreed, the kernel has not answered yet. */
    record InstallingChild(CallId call, Child child, Optional<Integer> replaces, Set<Integer> deletedAhead)
            implements OwnExchange {
        public InstallingChild {
            deletedAhead = Set.copyOf(deletedAhead);
        }

        @Override
        public OwnExchange deletedAhead(int outboundSpi) {
            return new InstallingChild(call, child, replaces, with(deletedAhead, outboundSpi));
        }

        SaPlan plan() {
            return child.plan();
        }
    }

    record RekeyingIke(List<Proposal> proposals, long spi, Octets nonce, KeyAgreement agreement)
            implements OwnExchange {}

    record DeletingOldIke() implements OwnExchange {}

    private static Set<Integer> with(Set<Integer> spis, int more) {
        Set<Integer> longer = new HashSet<>(spis);
        longer.add(more);
        return longer;
    }
}
