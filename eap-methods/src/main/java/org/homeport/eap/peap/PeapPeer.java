package org.homeport.eap.peap;

import org.homeport.eap.EapPeer;
import org.homeport.eap.PeerMethod;
import org.homeport.eap.PeerStep.Standing;
import org.homeport.eap.PeerTurn;
import org.homeport.eap.peap.PeapPacket.Verdict;
import org.homeport.eap.tls.EapTlsFragments;
import org.homeport.eap.tls.TlsClientSide;
import org.homeport.eap.tunnel.InnerPeer;
import org.homeport.eap.tunnel.TunnelKind;
import org.homeport.eap.tunnel.TunnelPeer;
import org.homeport.kit.Octets;
import org.homeport.kit.WireException;

/**
 * What a peer says inside PEAP. The server's Result TLV takes the place of EAP-Success, and is believed on the same
 * condition: the inner method has to be content.
 */
public final class PeapPeer implements InnerPeer {
    private static final int VERSION = 0;

    private final EapPeer inner;

    private PeapPeer(EapPeer inner) {
        this.inner = inner;
    }

    /**
     * Makes the method for one conversation.
     *
     * @param fragment the longest type data to be sent, in octets
     * @param inner fresh, with MSCHAPv2 or GTC and the identity that counts
     */
    public static PeerMethod of(TlsClientSide side, int fragment, EapPeer inner) {
        return new TunnelPeer(TunnelKind.PEAP, side, new EapTlsFragments(VERSION, fragment), new PeapPeer(inner));
    }

    @Override
    public Step begin(TlsClientSide side, int identifier) {
        return new Step.Say(Octets.EMPTY, new Opinion.Undecided());
    }

    @Override
    public Step take(Octets data, int identifier) {
        try {
            return switch (PeapCodec.decode(data, PeapCodec.Code.REQUEST, identifier)) {
                case PeapPacket.Eap(Octets packet) -> eap(packet);
                case PeapPacket.Result result -> result(result);
            };
        } catch (WireException e) {
            return new Step.Failed("malformed: " + e.getMessage());
        }
    }

    /** However content the inner method is: only the Result TLV ends it. */
    private Step eap(Octets packet) {
        return switch (inner.handle(packet)) {
            case PeerTurn.Send send -> new Step.Say(PeapCodec.withoutHeader(send.response()), new Opinion.Undecided());
            case PeerTurn.Accepted accepted -> throw new IllegalStateException("a Request that is a Success");
            case PeerTurn.Failed failed -> new Step.Failed("inner EAP: " + failed.reason());
            case PeerTurn.Ignored ignored -> new Step.Failed("inner EAP: " + ignored.reason());
        };
    }

    private Step result(PeapPacket.Result result) {
        return switch (result.verdict()) {
            case SUCCESS ->
                switch (inner.standing()) {
                    case Standing.Content content -> answer(result, Verdict.SUCCESS, new Opinion.Agreed());
                    case Standing.Agreed agreed -> answer(result, Verdict.SUCCESS, new Opinion.Agreed());
                    case Standing.Lost(String reason) -> answer(result, Verdict.FAILURE, new Opinion.Lost(reason));
                    case Standing.Undecided undecided ->
                        answer(
                                result,
                                Verdict.FAILURE,
                                new Opinion.Lost("the server calls it a success before a method finished inside"));
                };
            case FAILURE ->
                answer(
                        result,
                        Verdict.FAILURE,
                        new Opinion.Lost(
                                inner.standing() instanceof Standing.Lost(String reason)
                                        ? reason
                                        : "the server refuses inside the tunnel"));
        };
    }

    private static Step answer(PeapPacket.Result to, Verdict verdict, Opinion opinion) {
        return new Step.Say(
                PeapCodec.encode(new PeapPacket.Result(to.identifier(), verdict), PeapCodec.Code.RESPONSE), opinion);
    }
}
