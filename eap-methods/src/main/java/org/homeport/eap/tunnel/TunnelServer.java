package org.homeport.eap.tunnel;

import java.util.Optional;
import org.homeport.eap.EapType;
import org.homeport.eap.ServerMethod;
import org.homeport.eap.ServerStep;
import org.homeport.eap.tls.TlsOverEap;
import org.homeport.eap.tls.TlsStatus;
import org.homeport.eap.tls.TlsTurn;
import org.homeport.eap.tls.TlsVersion;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/**
 * The server side of a method with a tunnel. In TLS 1.2 its Finished goes out alone, and the peer goes on; in TLS 1.3
 * the peer's Finished comes last, alone or with its first data.
 */
public final class TunnelServer implements ServerMethod {
    /** Of TTLS and PEAP alike; the peer has the last word (RFC 5281 section 9.2). */
    private static final int VERSION = 0;

    private final TunnelKind kind;
    private final TlsOverEap tls;
    private final InnerServer inner;
    private State state = new State.Fresh();

    private sealed interface State {
        record Fresh() implements State {}

        record Handshaking() implements State {}

        record Inside() implements State {}

        /** An alert is out. */
        record AwaitingAlertTaken(String reason) implements State {}

        record Over() implements State {}
    }

    /** @param tls with a server's side */
    public TunnelServer(TunnelKind kind, TlsOverEap tls, InnerServer inner) {
        this.kind = kind;
        this.tls = tls;
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
    public ServerStep begin(int identifier) {
        tls.side().begin();
        state = new State.Handshaking();
        return new ServerStep.Ask(tls.start());
    }

    @Override
    public ServerStep respond(Octets typeData, int nextIdentifier) {
        if (state instanceof State.Over) {
            return new ServerStep.Ignored(kind + " is over");
        }
        return switch (tls.take(typeData)) {
            case TlsOverEap.Step.Answered(Octets answer) -> new ServerStep.Ask(answer);
            case TlsOverEap.Step.Nothing nothing -> nothing(nextIdentifier);
            case TlsOverEap.Step.Turned(int version, TlsTurn turn) ->
                version == VERSION
                        ? turned(turn, nextIdentifier)
                        : fail(kind + ": the peer chose version " + version + "; expected " + VERSION);
            case TlsOverEap.Step.Begun begun -> fail(kind + ": the peer sends a start, which is the server's");
            case TlsOverEap.Step.Broken(String reason) -> fail(kind + ": " + reason);
        };
    }

    private ServerStep nothing(int nextIdentifier) {
        return switch (state) {
            case State.Inside inside -> said(inner.silence(nextIdentifier), Octets.EMPTY);
            case State.AwaitingAlertTaken(String reason) -> fail(reason);
            case State.Handshaking handshaking -> fail(kind + ": the peer says nothing in the midst of the handshake");
            case State.Fresh fresh -> throw new IllegalStateException("respond() before begin()");
            case State.Over over -> throw new IllegalStateException();
        };
    }

    private ServerStep turned(TlsTurn turn, int nextIdentifier) {
        return switch (state) {
            case State.Handshaking handshaking -> handshake(turn, nextIdentifier);
            case State.Inside inside -> inside(turn, nextIdentifier);
            case State.AwaitingAlertTaken(String reason) -> fail(reason);
            case State.Fresh fresh -> throw new IllegalStateException("respond() before begin()");
            case State.Over over -> throw new IllegalStateException();
        };
    }

    private ServerStep handshake(TlsTurn turn, int nextIdentifier) {
        return switch (turn.status()) {
            case TlsStatus.Handshaking handshaking ->
                turn.toSend().isEmpty()
                        ? fail(kind + ": the peer's message stops in the midst of the handshake")
                        : new ServerStep.Ask(tls.send(turn.toSend()));
            case TlsStatus.Established established -> {
                state = new State.Inside();
                yield turn.data().isEmpty()
                        ? established(turn.toSend(), nextIdentifier)
                        : said(inner.take(turn.data(), tls.side(), nextIdentifier), turn.toSend());
            }
            case TlsStatus.Closed closed -> fail(kind + ": the peer closed the connection");
            case TlsStatus.Failed failed -> refuse(turn);
        };
    }

    private ServerStep established(Octets flight, int nextIdentifier) {
        return tls.side().version() == TlsVersion.TLS_1_2
                ? new ServerStep.Ask(tls.send(flight))
                : said(inner.silence(nextIdentifier), flight);
    }

    private ServerStep inside(TlsTurn turn, int nextIdentifier) {
        return switch (turn.status()) {
            case TlsStatus.Established established ->
                turn.data().isEmpty()
                        ? new ServerStep.Ask(tls.send(turn.toSend()))
                        : said(inner.take(turn.data(), tls.side(), nextIdentifier), turn.toSend());
            case TlsStatus.Failed failed -> refuse(turn);
            case TlsStatus.Closed closed -> fail(kind + ": the peer closed the connection");
            case TlsStatus.Handshaking handshaking -> fail(kind + ": the peer begins another handshake");
        };
    }

    private ServerStep said(InnerServer.Step step, Octets flight) {
        return switch (step) {
            case InnerServer.Step.Say(Octets data, Optional<String> setback) ->
                new ServerStep.Ask(
                        tls.send(
                                data.isEmpty()
                                        ? flight
                                        : flight.plus(tls.side().send(data).toSend())),
                        setback);
            case InnerServer.Step.Done(Optional<String> identity, Optional<Secret> msk) -> {
                state = new State.Over();
                yield new ServerStep.Done(kind.result(tls.side(), identity, msk));
            }
            case InnerServer.Step.Failed(String reason) -> fail(kind + ": " + reason);
        };
    }

    /** The alert goes out, if it is ours. */
    private ServerStep refuse(TlsTurn failed) {
        String reason = failed.status() instanceof TlsStatus.Failed(String why) ? why : kind + " failed";
        if (failed.toSend().isEmpty()) {
            return fail(reason);
        }
        state = new State.AwaitingAlertTaken(reason);
        return new ServerStep.Ask(tls.send(failed.toSend()), Optional.of(reason));
    }

    private ServerStep fail(String reason) {
        state = new State.Over();
        return new ServerStep.Failed(reason);
    }
}
