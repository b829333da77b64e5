package org.homeport.core.initiator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeport.core.crypto.KeyAgreement;
import org.homeport.core.exchange.HashAlgorithms;
import org.homeport.core.exchange.NatSituation;
import org.homeport.core.message.Payload;
import org.homeport.core.message.Proposal;
import org.homeport.core.registry.ExchangeType;
import org.homeport.core.registry.KeyExchangeId;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.registry.ProtocolId;
import org.homeport.core.session.IkeSa;
import org.homeport.core.session.State;
import org.homeport.core.session.Turn;
import org.homeport.kit.Octets;

/**
 * Our half of IKE_SA_INIT; it outlives repetitions for a cookie or another group.
 *
 * @param proposals all of them, in every repetition (RFC 7296 section 1.3)
 */
record InitRequest(InitiatorPolicy policy, List<Proposal> proposals, Octets nonce, KeyAgreement agreement) {
    private static final int NONCE_OCTETS = 32;

    static InitRequest first(Turn turn, InitiatorPolicy policy, KeyExchangeId group) {
        List<Proposal> numbered = new ArrayList<>();
        for (Proposal proposal : policy.connection().ikeProposals()) {
            numbered.add(new Proposal(numbered.size() + 1, ProtocolId.IKE, Octets.EMPTY, proposal.transforms()));
        }
        return new InitRequest(
                policy,
                numbered,
                turn.env().random().octets(NONCE_OCTETS),
                turn.env().crypto().keyAgreement(group, turn.env().random()));
    }

    InitRequest withGroup(Turn turn, KeyExchangeId group) {
        return new InitRequest(
                policy,
                proposals,
                nonce,
                turn.env().crypto().keyAgreement(group, turn.env().random()));
    }

    /** @param cookie goes first, all else stays (section 2.6) */
    State send(Turn turn, IkeSa sa, Optional<Octets> cookie, int retries) {
        List<Payload> payloads = new ArrayList<>();
        cookie.ifPresent(c -> payloads.add(Payload.Notify.of(NotifyType.COOKIE, c)));
        payloads.add(new Payload.SecurityAssociation(proposals));
        payloads.add(new Payload.KeyExchange(agreement.group(), agreement.publicValue()));
        payloads.add(new Payload.Nonce(nonce));
        payloads.addAll(NatSituation.notifies(turn.env().crypto(), sa.localSpi(), 0, turn.path()));
        payloads.add(Payload.Notify.of(NotifyType.IKEV2_FRAGMENTATION_SUPPORTED));
        payloads.add(HashAlgorithms.notification());
        Octets message = turn.request(sa, ExchangeType.IKE_SA_INIT, payloads).getFirst();
        return new AwaitingInitResponse(this, sa, message, cookie, retries);
    }
}
