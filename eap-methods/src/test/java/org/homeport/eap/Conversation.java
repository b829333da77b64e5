package org.homeport.eap;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.homeport.kit.Octets;

/** An authenticator and a peer in one thread, with somebody on the wire between them. */
public final class Conversation {
    private final EapAuthenticator authenticator;
    private final EapPeer peer;
    private final UnaryOperator<Octets> toPeer;
    private final UnaryOperator<Octets> toAuthenticator;
    private Optional<AuthenticatorStep> authenticatorEnd = Optional.empty();
    private Optional<PeerTurn> peerEnd = Optional.empty();

    public Conversation(EapAuthenticator authenticator, EapPeer peer) {
        this(authenticator, peer, UnaryOperator.identity(), UnaryOperator.identity());
    }

    public Conversation(
            EapAuthenticator authenticator,
            EapPeer peer,
            UnaryOperator<Octets> toPeer,
            UnaryOperator<Octets> toAuthenticator) {
        this.authenticator = authenticator;
        this.peer = peer;
        this.toPeer = toPeer;
        this.toAuthenticator = toAuthenticator;
    }

    /** Until one side has nothing to say any more. */
    public Conversation run() {
        AuthenticatorStep step = authenticator.begin();
        while (true) {
            Octets packet;
            switch (step) {
                case AuthenticatorStep.Ask ask -> packet = ask.request();
                case AuthenticatorStep.Ignored ignored -> packet = ignored.outstanding();
                case AuthenticatorStep.Granted granted -> {
                    authenticatorEnd = Optional.of(granted);
                    peerEnd = Optional.of(peer.handle(toPeer.apply(granted.success())));
                    return this;
                }
                case AuthenticatorStep.Refused refused -> {
                    authenticatorEnd = Optional.of(refused);
                    peerEnd = refused.failure().map(failure -> peer.handle(toPeer.apply(failure)));
                    return this;
                }
            }
            PeerTurn turn = peer.handle(toPeer.apply(packet));
            if (!(turn instanceof PeerTurn.Send send)) {
                peerEnd = Optional.of(turn);
                return this;
            }
            step = authenticator.handle(toAuthenticator.apply(send.response()));
        }
    }

    public Optional<AuthenticatorStep> authenticatorEnd() {
        return authenticatorEnd;
    }

    public Optional<PeerTurn> peerEnd() {
        return peerEnd;
    }

    public Optional<MethodResult> granted() {
        return authenticatorEnd
                .filter(AuthenticatorStep.Granted.class::isInstance)
                .map(end -> ((AuthenticatorStep.Granted) end).result());
    }

    public Optional<MethodResult> accepted() {
        return peerEnd.filter(PeerTurn.Accepted.class::isInstance).map(end -> ((PeerTurn.Accepted) end).result());
    }
}
