package org.homeport.eap.tunnel;

import java.util.Optional;
import org.homeport.eap.EapType;
import org.homeport.eap.MethodResult;
import org.homeport.eap.PeerMethod;
import org.homeport.eap.PeerStep;
import org.homeport.eap.PeerStep.Standing;
import org.homeport.eap.tls.EapTlsFragments;
import org.homeport.eap.tls.TlsClientSide;
import org.homeport.eap.tls.TlsOverEap;
import org.homeport.eap.tls.TlsStatus;
import org.homeport.eap.tls.TlsTurn;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/**
 * The peer side of a method with a tunnel. Nothing goes in before the handshake is over, in which the server's
 * certificate and name were checked. An EAP-Success is believed only if what went on inside is content, and if all of
 * it is out: in the midst of fragments it answers nothing.
 */
public final class TunnelPeer implements PeerMethod {
    private final TunnelKind kind;
    private final TlsClientSide side;
    private final TlsOverEap tls;
    private final InnerPeer inner;
    private State state = new State.AwaitingStart();
    /** Identifier of the Request that began the server's message. */
    private int begun;

    private sealed interface State {
        record AwaitingStart() implements State {}

        record Handshaking() implements State {}

        /** In TLS 1.3: our Finished is out, and the server has not spoken since. */
        record Established() implements State {}

        record Inside(Standing standing) implements State {}

        record Lost(String reason) implements State {}

        record Over() implements State {}
    }

    public TunnelPeer(TunnelKind kind, TlsClientSide side, EapTlsFragments fragments, InnerPeer inner) {
        this.kind = kind;
        this.side = side;
        this.tls = new TlsOverEap(side, fragments);
        this.inner = inner;
    }

    @Override
    public EapType type() {
        return kind.type();
    }

    @Override
    public String name() {
        return kind.name();
    }

    @Override
    public PeerStep handle(Octets typeData, int identifier) {
        if (state instanceof State.Over) {
            return new PeerStep.Ignored(kind + " is over");
        }
        if (!tls.isMidMessage()) {
            begun = identifier;
        }
        return switch (tls.take(typeData)) {
            case TlsOverEap.Step.Begun start -> begin();
            case TlsOverEap.Step.Answered(Octets answer) -> new PeerStep.Answer(answer, standing());
            case TlsOverEap.Step.Nothing nothing -> nothing();
            case TlsOverEap.Step.Turned(int version, TlsTurn turn) -> turned(turn);
            case TlsOverEap.Step.Broken(String reason) -> fail(kind + ": " + reason);
        };
    }

    private PeerStep begin() {
        if (!(state instanceof State.AwaitingStart)) {
            return fail(kind + ": the server starts again");
        }
        state = new State.Handshaking();
        return answer(side.begin().toSend());
    }

    private PeerStep nothing() {
        return switch (state) {
            case State.Established established -> said(inner.begin(side, begun), Octets.EMPTY);
            case State.Inside inside -> answer(Octets.EMPTY);
            case State.Lost lost -> answer(Octets.EMPTY);
            case State.AwaitingStart waiting -> fail(kind + ": an empty Request before the start");
            case State.Handshaking handshaking -> fail(kind + ": an empty Request in the midst of the handshake");
            case State.Over over -> throw new IllegalStateException();
        };
    }

    private PeerStep turned(TlsTurn turn) {
        return switch (state) {
            case State.AwaitingStart waiting -> fail(kind + ": TLS before the start");
            case State.Handshaking handshaking -> handshake(turn);
            case State.Established established -> inside(turn);
            case State.Inside inside -> inside(turn);
            case State.Lost lost -> answer(Octets.EMPTY);
            case State.Over over -> throw new IllegalStateException();
        };
    }

    private PeerStep handshake(TlsTurn turn) {
        return switch (turn.status()) {
            case TlsStatus.Handshaking handshaking ->
                turn.toSend().isEmpty()
                        ? fail(kind + ": the server's message stops in the midst of the handshake")
                        : answer(turn.toSend());
            case TlsStatus.Established established -> established(turn);
            case TlsStatus.Closed closed -> fail(kind + ": the server closed the connection");
            case TlsStatus.Failed failed -> lose(turn);
        };
    }

    private PeerStep established(TlsTurn turn) {
        if (!turn.data().isEmpty()) {
            return lose(side.protest(kind + ": the server sends application data along with its handshake"));
        }
        if (turn.toSend().isEmpty()) {
            return said(inner.begin(side, begun), Octets.EMPTY);
        }
        // TLS 1.3: not all servers look for data behind our Finished; what they say next shows that they took it.
        state = new State.Established();
        return answer(turn.toSend());
    }

    private PeerStep inside(TlsTurn turn) {
        if (turn.status() instanceof TlsStatus.Failed) {
            return lose(turn);
        }
        if (turn.status() instanceof TlsStatus.Closed) {
            return fail(kind + ": the server closed the connection");
        }
        Octets flight = turn.toSend();
        if (state instanceof State.Established) {
            InnerPeer.Step first = inner.begin(side, begun);
            // Session tickets have no data in them, and the turn is still the peer's.
            if (turn.data().isEmpty() || first instanceof InnerPeer.Step.Failed) {
                return said(first, flight);
            }
            if (first instanceof InnerPeer.Step.Say say && !say.data().isEmpty()) {
                return lose(side.protest(kind + ": the server speaks first inside the tunnel"));
            }
        }
        return turn.data().isEmpty() ? answer(flight) : said(inner.take(turn.data(), begun), flight);
    }

    private PeerStep said(InnerPeer.Step step, Octets flight) {
        return switch (step) {
            case InnerPeer.Step.Failed(String reason) -> fail(kind + ": " + reason);
            case InnerPeer.Step.Say(Octets data, InnerPeer.Opinion opinion) -> {
                Octets records = data.isEmpty() ? Octets.EMPTY : side.send(data).toSend();
                state = switch (opinion) {
                    case InnerPeer.Opinion.Undecided undecided -> new State.Inside(new Standing.Undecided());
                    case InnerPeer.Opinion.Content content -> isContent() ? state : content();
                    case InnerPeer.Opinion.Agreed(Optional<Secret> msk) ->
                        new State.Inside(new Standing.Agreed(result(msk)));
                    case InnerPeer.Opinion.Lost(String reason) -> new State.Lost(kind + ": " + reason);
                };
                yield answer(flight.plus(records));
            }
        };
    }

    private boolean isContent() {
        return state instanceof State.Inside(Standing standing) && standing instanceof Standing.Content;
    }

    private State content() {
        return new State.Inside(new Standing.Content(result(Optional.empty())));
    }

    private MethodResult result(Optional<Secret> msk) {
        return kind.result(side, side.serverName(), msk);
    }

    /** The alert goes out if it is ours; one of the server's is acknowledged. */
    private PeerStep lose(TlsTurn turn) {
        state = new State.Lost(turn.status() instanceof TlsStatus.Failed(String why) ? why : kind + " failed");
        return answer(turn.toSend());
    }

    private PeerStep answer(Octets toSend) {
        return new PeerStep.Answer(tls.send(toSend), standing());
    }

    private Standing standing() {
        return switch (state) {
            case State.Inside(Standing standing) -> tls.isMidMessage() ? new Standing.Undecided() : standing;
            case State.Lost(String reason) -> new Standing.Lost(reason);
            case State.AwaitingStart waiting -> new Standing.Undecided();
            case State.Handshaking handshaking -> new Standing.Undecided();
            case State.Established established -> new Standing.Undecided();
            case State.Over over -> new Standing.Undecided();
        };
    }

    private PeerStep fail(String reason) {
        state = new State.Over();
        return new PeerStep.Failed(reason);
    }
}
