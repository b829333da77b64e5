package org.homeport.eap.tls;

import java.util.Optional;
import org.homeport.eap.EapType;
import org.homeport.eap.MethodResult;
import org.homeport.eap.ServerMethod;
import org.homeport.eap.ServerStep;
import org.homeport.kit.Octets;

/**
 * The server side of EAP-TLS: a handshake in which the client has to show a certificate.
 *
 * <p>Who is let in is decided before the peer learns of any success: in TLS 1.3 before the protected success
 * indication (RFC 9190 section 2.5). Whoever is not gets a TLS alert, and EAP-Failure after it has answered that (RFC
 * 5216 section 2.1.3); a handshake is not begun again.
 */
public final class TlsServer implements ServerMethod {
    public static final String NAME = "TLS";

    /** RFC 9190 section 2.5. */
    static final Octets SUCCESS_INDICATION = Octets.of(0);

    private final TlsOverEap tls;
    private final TlsAccounts accounts;
    private State state = new State.Fresh();

    private sealed interface State {
        record Fresh() implements State {}

        record Handshaking() implements State {}

        /** All is said; the peer has to answer with nothing. */
        record AwaitingEnd(MethodResult result) implements State {}

        /** An alert is out. */
        record AwaitingAlertTaken(String reason) implements State {}

        record Over() implements State {}
    }

    /** @param tls with a server's side that requires a client certificate */
    public TlsServer(TlsOverEap tls, TlsAccounts accounts) {
        this.tls = tls;
        this.accounts = accounts;
    }

    @Override
    public EapType type() {
        return EapType.TLS;
    }

    @Override
    public String name() {
        return NAME;
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
            return new ServerStep.Ignored("EAP-TLS is over");
        }
        return switch (tls.take(typeData)) {
            case TlsOverEap.Step.Answered(Octets answer) -> new ServerStep.Ask(answer);
            case TlsOverEap.Step.Nothing nothing -> nothing();
            case TlsOverEap.Step.Turned(int version, TlsTurn turn) -> turned(turn);
            case TlsOverEap.Step.Begun begun -> fail("EAP-TLS: the peer sends a start, which is the server's");
            case TlsOverEap.Step.Broken(String reason) -> fail("EAP-TLS: " + reason);
        };
    }

    private ServerStep nothing() {
        return switch (state) {
            case State.AwaitingEnd(MethodResult result) -> {
                state = new State.Over();
                yield new ServerStep.Done(result);
            }
            case State.AwaitingAlertTaken(String reason) -> fail(reason);
            case State.Handshaking handshaking -> fail("EAP-TLS: the peer says nothing in the midst of the handshake");
            case State.Fresh fresh -> throw new IllegalStateException("respond() before begin()");
            case State.Over over -> throw new IllegalStateException();
        };
    }

    private ServerStep turned(TlsTurn turn) {
        return switch (state) {
            case State.Handshaking handshaking -> handshake(turn);
            // The handshake may be complete, but success has not been agreed upon: RFC 9190 figure 5 has it refused.
            case State.AwaitingEnd(MethodResult result) -> {
                result.msk().ifPresent(msk -> msk.close());
                yield fail(
                        turn.status() instanceof TlsStatus.Failed(String reason)
                                ? reason
                                : "EAP-TLS: data in place of the peer's last acknowledgement");
            }
            // RFC 5216 section 2.1.3: "it is up to the EAP server whether to allow restarts".
            case State.AwaitingAlertTaken(String reason) -> fail(reason);
            case State.Fresh fresh -> throw new IllegalStateException("respond() before begin()");
            case State.Over over -> throw new IllegalStateException();
        };
    }

    private ServerStep handshake(TlsTurn turn) {
        return switch (turn.status()) {
            case TlsStatus.Handshaking handshaking ->
                turn.toSend().isEmpty()
                        ? fail("EAP-TLS: the peer's message stops in the midst of the handshake")
                        : new ServerStep.Ask(tls.send(turn.toSend()));
            case TlsStatus.Established established ->
                turn.data().isEmpty()
                        ? established(turn.toSend())
                        : refuse(turn.toSend(), tls.side().protest("EAP-TLS: application data from the peer"));
            case TlsStatus.Closed closed -> fail("EAP-TLS: the peer closed the connection");
            case TlsStatus.Failed failed -> refuse(Octets.EMPTY, turn);
        };
    }

    private ServerStep established(Octets flight) {
        Optional<TlsAccounts.Account> account = tls.side().peerCertificate().map(accounts::find);
        Optional<String> objection =
                account.map(TlsAccounts.Account::objection).orElse(Optional.of("the client showed no certificate"));
        if (objection.isPresent()) {
            return refuse(flight, tls.side().deny(objection.get()));
        }
        Octets last = switch (tls.side().version()) {
            case TLS_1_2 -> flight;
            case TLS_1_3 -> flight.plus(tls.side().send(SUCCESS_INDICATION).toSend());
        };
        state = new State.AwaitingEnd(result(tls.side(), account.map(TlsAccounts.Account::identity)));
        return new ServerStep.Ask(tls.send(last));
    }

    /** Sends the alert, if there is one of ours, after what is due anyway. */
    private ServerStep refuse(Octets flight, TlsTurn failed) {
        String reason = failed.status() instanceof TlsStatus.Failed(String why) ? why : "EAP-TLS failed";
        if (failed.toSend().isEmpty()) {
            return fail(reason);
        }
        state = new State.AwaitingAlertTaken(reason);
        return new ServerStep.Ask(tls.send(flight.plus(failed.toSend())), Optional.of(reason));
    }

    private ServerStep fail(String reason) {
        state = new State.Over();
        return new ServerStep.Failed(reason);
    }

    /** What either side is left with. */
    static MethodResult result(TlsSide side, Optional<String> identity) {
        EapTlsKeys keys = EapTlsKeys.of(side, EapType.TLS, EapTlsKeys.EAP_TLS_LABEL);
        keys.emsk().close();
        return new MethodResult(NAME, identity, Optional.of(keys.msk()), Optional.of(keys.sessionId()));
    }
}
