package org.homeport.eap.tls;

import org.homeport.eap.EapType;
import org.homeport.eap.PeerMethod;
import org.homeport.eap.PeerStep;
import org.homeport.eap.PeerStep.Standing;
import org.homeport.kit.Octets;

/**
 * The peer side of EAP-TLS. An EAP-Success is believed only at the very end: in TLS 1.2 after the server's Finished,
 * which it sends once it has checked ours (RFC 5216 section 2.1.3), in TLS 1.3 after the protected success indication
 * (RFC 9190 section 2.5). What is wrong with the server it learns by a TLS alert; then only a Failure can follow.
 */
public final class TlsPeer implements PeerMethod {
    private final TlsOverEap tls;
    private final TlsClientSide side;
    private State state = new State.AwaitingStart();

    private sealed interface State {
        record AwaitingStart() implements State {}

        record Handshaking() implements State {}

        /** In TLS 1.3: our Finished is out, and the server has to say that it took it. */
        record AwaitingIndication() implements State {}

        record Content(Standing standing) implements State {}

        record Lost(String reason) implements State {}

        record Over() implements State {}
    }

    public TlsPeer(TlsClientSide side, EapTlsFragments fragments) {
        this.side = side;
        this.tls = new TlsOverEap(side, fragments);
    }

    @Override
    public EapType type() {
        return EapType.TLS;
    }

    @Override
    public String name() {
        return TlsServer.NAME;
    }

    @Override
    public PeerStep handle(Octets typeData, int identifier) {
        if (state instanceof State.Over) {
            return new PeerStep.Ignored("EAP-TLS is over");
        }
        return switch (tls.take(typeData)) {
            case TlsOverEap.Step.Begun begun -> begin();
            case TlsOverEap.Step.Answered(Octets answer) -> new PeerStep.Answer(answer, standing());
            case TlsOverEap.Step.Nothing nothing -> nothing();
            case TlsOverEap.Step.Turned(int version, TlsTurn turn) -> turned(turn);
            case TlsOverEap.Step.Broken(String reason) -> fail("EAP-TLS: " + reason);
        };
    }

    private PeerStep begin() {
        if (!(state instanceof State.AwaitingStart)) {
            return fail("EAP-TLS: the server starts again");
        }
        state = new State.Handshaking();
        return answer(side.begin().toSend());
    }

    private PeerStep nothing() {
        return switch (state) {
            case State.Lost lost -> answer(Octets.EMPTY);
            case State.Content content -> new PeerStep.Ignored("EAP-TLS: an empty Request after all was said");
            case State.AwaitingStart waiting -> fail("EAP-TLS: an empty Request before the start");
            case State.Handshaking handshaking -> fail("EAP-TLS: an empty Request in the midst of the handshake");
            case State.AwaitingIndication waiting ->
                fail("EAP-TLS: an empty Request in place of the success indication");
            case State.Over over -> throw new IllegalStateException();
        };
    }

    private PeerStep turned(TlsTurn turn) {
        return switch (state) {
            case State.AwaitingStart waiting -> fail("EAP-TLS: TLS before the start");
            case State.Handshaking handshaking -> handshake(turn);
            case State.AwaitingIndication waiting -> indication(turn);
            case State.Content content ->
                turn.status() instanceof TlsStatus.Failed ? lose(turn) : fail("EAP-TLS: more TLS after all was said");
            case State.Lost lost -> answer(Octets.EMPTY);
            case State.Over over -> throw new IllegalStateException();
        };
    }

    private PeerStep handshake(TlsTurn turn) {
        return switch (turn.status()) {
            case TlsStatus.Handshaking handshaking ->
                turn.toSend().isEmpty()
                        ? fail("EAP-TLS: the server's message stops in the midst of the handshake")
                        : answer(turn.toSend());
            case TlsStatus.Established established -> established(turn);
            case TlsStatus.Closed closed -> fail("EAP-TLS: the server closed the connection");
            case TlsStatus.Failed failed -> lose(turn);
        };
    }

    private PeerStep established(TlsTurn turn) {
        // RFC 9190 section 2.5: the server "MUST NOT send an encrypted TLS record with application data 0x00 before it
        // has successfully processed the client Finished".
        if (!turn.data().isEmpty()) {
            return lose(side.protest("EAP-TLS: the server sends application data before it can know us"));
        }
        state = switch (side.version()) {
            case TLS_1_2 -> new State.Content(new Standing.Content(TlsServer.result(side, side.serverName())));
            case TLS_1_3 -> new State.AwaitingIndication();
        };
        return answer(turn.toSend());
    }

    /** Session tickets may come before it; they are of no use here. */
    private PeerStep indication(TlsTurn turn) {
        if (turn.status() instanceof TlsStatus.Failed) {
            return lose(turn);
        }
        if (turn.data().equals(TlsServer.SUCCESS_INDICATION)) {
            state = new State.Content(new Standing.Agreed(TlsServer.result(side, side.serverName())));
        } else if (!turn.data().isEmpty()) {
            return lose(side.protest("EAP-TLS: application data of "
                    + turn.data().length() + " octets; expected the success indication, one octet 0"));
        } else if (turn.status() instanceof TlsStatus.Closed) {
            return fail("EAP-TLS: the server closed the connection without a success indication");
        }
        return answer(turn.toSend());
    }

    /** The alert goes out if it is ours; one of the server's is acknowledged (RFC 5216 section 2.1.3). */
    private PeerStep lose(TlsTurn turn) {
        state = new State.Lost(turn.status() instanceof TlsStatus.Failed(String why) ? why : "EAP-TLS failed");
        return answer(turn.toSend());
    }

    private PeerStep answer(Octets toSend) {
        return new PeerStep.Answer(tls.send(toSend), standing());
    }

    private Standing standing() {
        return switch (state) {
            case State.Content(Standing standing) -> standing;
            case State.Lost(String reason) -> new Standing.Lost(reason);
            case State.AwaitingStart waiting -> new Standing.Undecided();
            case State.Handshaking handshaking -> new Standing.Undecided();
            case State.AwaitingIndication waiting -> new Standing.Undecided();
            case State.Over over -> new Standing.Undecided();
        };
    }

    private PeerStep fail(String reason) {
        state = new State.Over();
        return new PeerStep.Failed(reason);
    }
}
