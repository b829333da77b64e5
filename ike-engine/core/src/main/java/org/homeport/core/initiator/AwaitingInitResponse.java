package org.homeport.core.initiator;

import java.util.Optional;
import org.homeport.core.child.ProposalSelector;
import org.homeport.core.crypto.IkeSuite;
import org.homeport.core.crypto.InvalidPublicValueException;
import org.homeport.core.crypto.KeySchedule;
import org.homeport.core.exchange.ChildOffers;
import org.homeport.core.exchange.HashAlgorithms;
import org.homeport.core.exchange.InitResult;
import org.homeport.core.exchange.NatSituation;
import org.homeport.core.exchange.Suites;
import org.homeport.core.failure.Failure;
import org.homeport.core.failure.FailureException;
import org.homeport.core.message.Payload;
import org.homeport.core.message.Proposal;
import org.homeport.core.registry.KeyExchangeId;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.session.IkeSa;
import org.homeport.core.session.Inbound;
import org.homeport.core.session.Output;
import org.homeport.core.session.Phase;
import org.homeport.core.session.State;
import org.homeport.core.session.Turn;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/**
 * Awaits the IKE_SA_INIT response. Nothing here is authenticated: what does not fit is passed over, and the request
 * repeated (RFC 7296 section 2.21.1).
 *
 * @param sent our latest request, for AUTH
 * @param cookie kept through an INVALID_KE_PAYLOAD (section 2.6.1)
 * @param retries for cookies and groups so far
 */
record AwaitingInitResponse(InitRequest request, IkeSa sa, Octets sent, Optional<Octets> cookie, int retries)
        implements Outbound {
    private static final int MAX_RETRIES = 5;

    @Override
    public Phase phase() {
        return Phase.UNPROTECTED;
    }

    @Override
    public State response(Turn turn, Inbound response) throws FailureException {
        Optional<Octets> asked = response.notification(NotifyType.COOKIE).map(Payload.Notify::data);
        if (asked.isPresent()) {
            if (retries >= MAX_RETRIES || asked.get().isEmpty() || asked.get().length() > 64) {
                throw new FailureException(new Failure.PeerMisbehaved("one cookie too many", "RFC 7296 2.6"));
            }
            turn.debug("ike.cookie");
            turn.startOver(sa);
            return request.send(turn, sa, asked, retries + 1);
        }
        Optional<Payload.Notify> error = response.error();
        if (error.isPresent()) {
            return refused(turn, error.get());
        }
        return accepted(turn, response);
    }

    private State refused(Turn turn, Payload.Notify error) throws FailureException {
        Optional<KeyExchangeId> wanted = ChildOffers.wantedGroup(error);
        if (wanted.isPresent() && retries < MAX_RETRIES) {
            KeyExchangeId group = wanted.get();
            if (!Suites.groups(request.proposals()).contains(group)
                    || request.agreement().group().equals(group)) {
                throw new FailureException(new Failure.PeerMisbehaved(
                        "asked for group " + group + ", which we did not offer or just used", "RFC 7296 1.3"));
            }
            turn.debug("ike.other-group", "group", group.toString());
            turn.startOver(sa);
            return request.withGroup(turn, group).send(turn, sa, cookie, retries + 1);
        }
        // Told once; a forger's word is not the last one, so the request is repeated until its time is over.
        turn.warn("ike.failed", "why", "the responder says " + error.notifyType());
        return this;
    }

    private State accepted(Turn turn, Inbound response) throws FailureException {
        Payload.KeyExchange ke = response.first(Payload.KeyExchange.class).orElseThrow(() -> incomplete("KE"));
        Octets nr = response.first(Payload.Nonce.class)
                .orElseThrow(() -> incomplete("nonce"))
                .data();
        Proposal chosen = ProposalSelector.verifyAnswer(
                        request.proposals(),
                        response.first(Payload.SecurityAssociation.class)
                                .orElseThrow(() -> incomplete("SA"))
                                .proposals())
                .orElseThrow(() -> new FailureException(
                        new Failure.PeerMisbehaved("the SA answer is nothing we offered", "RFC 7296 2.7")));
        IkeSuite suite = Suites.ike(chosen);
        long spiResponder = response.message().header().spiResponder();
        if (!suite.group().equals(request.agreement().group())
                || !ke.group().equals(suite.group())
                || spiResponder == 0) {
            throw new FailureException(
                    new Failure.PeerMisbehaved("the KE payload is not of the chosen group", "RFC 7296 1.2"));
        }
        try (Secret gir = request.agreement().agree(ke.data())) {
            turn.accept(response);
            sa.peerIs(spiResponder);
            turn.protect(
                    sa,
                    suite,
                    KeySchedule.initial(
                            turn.env().crypto(), suite, request.nonce(), nr, gir, sa.localSpi(), spiResponder));
        } catch (InvalidPublicValueException e) {
            throw new FailureException(new Failure.PeerMisbehaved("KE: " + e.getMessage(), "RFC 6989 2.5"));
        }
        NatSituation nat = NatSituation.of(turn.env().crypto(), response);
        if (nat.found() || request.policy().floating() == InitiatorPolicy.Floating.ALWAYS) {
            turn.path(request.policy().floated());
        }
        if (response.has(NotifyType.IKEV2_FRAGMENTATION_SUPPORTED)) {
            turn.fragment(sa);
        }
        turn.debug("ike.init", "suite", suite.toString(), "nat", nat.toString());
        InitResult init =
                new InitResult(sa, sent, response.datagram(), request.nonce(), nr, HashAlgorithms.of(response), nat);
        try {
            return FirstAuth.send(turn, request.policy(), init);
        } catch (FailureException e) {
            // The response is taken, so no other is waited for.
            turn.refused(e.failure());
            return turn.end(e.failure().why(), Output.Cause.NEVER_ESTABLISHED);
        }
    }

    private static FailureException incomplete(String what) {
        return new FailureException(new Failure.Malformed("IKE_SA_INIT response without " + what, "RFC 7296 1.2"));
    }
}
