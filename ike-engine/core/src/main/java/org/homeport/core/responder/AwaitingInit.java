package org.homeport.core.responder;

import java.util.ArrayList;
import java.util.List;
import org.homeport.core.crypto.IkeSuite;
import org.homeport.core.crypto.InvalidPublicValueException;
import org.homeport.core.crypto.KeyAgreement;
import org.homeport.core.crypto.KeySchedule;
import org.homeport.core.exchange.HashAlgorithms;
import org.homeport.core.exchange.IkeProposals;
import org.homeport.core.exchange.InitResult;
import org.homeport.core.exchange.NatSituation;
import org.homeport.core.exchange.Suites;
import org.homeport.core.failure.Failure;
import org.homeport.core.failure.FailureException;
import org.homeport.core.message.Payload;
import org.homeport.core.message.Proposal;
import org.homeport.core.registry.ExchangeType;
import org.homeport.core.registry.NotifyType;
import org.homeport.core.session.Event;
import org.homeport.core.session.IkeSa;
import org.homeport.core.session.Inbound;
import org.homeport.core.session.Output;
import org.homeport.core.session.Phase;
import org.homeport.core.session.Role;
import org.homeport.core.session.State;
import org.homeport.core.session.TimerId;
import org.homeport.core.session.Turn;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/** Awaits the IKE_SA_INIT request (RFC 7296 section 1.2); its cookie, if one was demanded, is already checked. */
record AwaitingInit(ResponderPolicy policy) implements State {
    private static final int NONCE_OCTETS = 32;

    @Override
    public Phase phase() {
        return Phase.UNPROTECTED;
    }

    @Override
    public void begin(Turn turn) {
        turn.add(new IkeSa(Role.RESPONDER, turn.newIkeSpi(), 0));
        turn.timer(new TimerId.HalfOpen(), turn.timing().halfOpen());
    }

    @Override
    public State request(Turn turn, Inbound request) throws FailureException {
        if (!request.exchange().equals(ExchangeType.IKE_SA_INIT)) {
            throw new FailureException(
                    new Failure.PeerMisbehaved(request.exchange() + " before IKE_SA_INIT", "RFC 7296 1.2"));
        }
        IkeSa sa = request.sa();
        sa.peerIs(request.message().header().spiInitiator());
        Payload.KeyExchange ke = request.first(Payload.KeyExchange.class).orElseThrow();
        Octets ni = request.first(Payload.Nonce.class).orElseThrow().data();
        Proposal chosen = IkeProposals.choose(
                turn.env().crypto(),
                request.first(Payload.SecurityAssociation.class).orElseThrow().proposals(),
                policy.ikeProposals(),
                ke.group(),
                0);
        IkeSuite suite = Suites.ike(chosen);
        if (!suite.group().equals(ke.group())) {
            throw new FailureException(IkeProposals.wrongGroup(suite.group(), ke.group()));
        }
        KeyAgreement agreement =
                turn.env().crypto().keyAgreement(suite.group(), turn.env().random());
        Octets nr = turn.env().random().octets(NONCE_OCTETS);
        NatSituation nat = NatSituation.of(turn.env().crypto(), request);
        List<Payload> answer = new ArrayList<>();
        answer.add(new Payload.SecurityAssociation(List.of(chosen)));
        answer.add(new Payload.KeyExchange(suite.group(), agreement.publicValue()));
        answer.add(new Payload.Nonce(nr));
        if (nat != NatSituation.UNKNOWN) {
            answer.addAll(
                    NatSituation.notifies(turn.env().crypto(), sa.initiatorSpi(), sa.responderSpi(), turn.path()));
        }
        boolean fragments = request.has(NotifyType.IKEV2_FRAGMENTATION_SUPPORTED);
        if (fragments) {
            answer.add(Payload.Notify.of(NotifyType.IKEV2_FRAGMENTATION_SUPPORTED));
        }
        if (request.has(NotifyType.SIGNATURE_HASH_ALGORITHMS)) {
            answer.add(HashAlgorithms.notification());
        }
        answer.addAll(policy.certificateRequests());
        // Agreed before the answer is sent: a value that must not be used is met with silence (RFC 6989 section 2.5).
        try (Secret gir = agree(agreement, ke)) {
            Octets response = turn.reply(request, answer).getFirst();
            turn.protect(
                    sa,
                    suite,
                    KeySchedule.initial(turn.env().crypto(), suite, ni, nr, gir, sa.initiatorSpi(), sa.responderSpi()));
            if (fragments) {
                turn.fragment(sa);
            }
            turn.debug("ike.init", "suite", suite.toString(), "nat", nat.toString());
            return new AwaitingFirstAuth(
                    policy, new InitResult(sa, request.datagram(), response, ni, nr, HashAlgorithms.of(request), nat));
        }
    }

    private static Secret agree(KeyAgreement agreement, Payload.KeyExchange ke) throws FailureException {
        try {
            return agreement.agree(ke.data());
        } catch (InvalidPublicValueException e) {
            throw new FailureException(
                    new Failure.PeerMisbehaved("KE " + ke.group() + ": " + e.getMessage(), "RFC 6989 2.5"));
        }
    }

    @Override
    public State timer(Turn turn, TimerId timer) {
        return timer instanceof TimerId.HalfOpen
                ? turn.end("no usable IKE_SA_INIT", Output.Cause.NEVER_ESTABLISHED)
                : this;
    }

    @Override
    public State unanswered(Turn turn) {
        return turn.end("unanswered", Output.Cause.NEVER_ESTABLISHED);
    }

    @Override
    public State command(Turn turn, Event.Command command) {
        return turn.end("closed before IKE_SA_INIT", Output.Cause.NEVER_ESTABLISHED);
    }
}
