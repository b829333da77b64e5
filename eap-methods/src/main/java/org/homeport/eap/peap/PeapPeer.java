package org.homeport.eap.peap;

import java.util.Optional;
import org.homeport.eap.EapPeer;
import org.homeport.eap.MethodResult;
import org.homeport.eap.PeerMethod;
import org.homeport.eap.PeerStep.Standing;
import org.homeport.eap.PeerTurn;
import org.homeport.eap.peap.PeapPacket.Verdict;
import org.homeport.eap.tls.EapTlsFragments;
import org.homeport.eap.tls.EapTlsKeys;
import org.homeport.eap.tls.TlsClientSide;
import org.homeport.eap.tunnel.InnerPeer;
import org.homeport.eap.tunnel.TunnelKind;
import org.homeport.eap.tunnel.TunnelPeer;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;
import org.homeport.kit.WireException;

/**
 * What a peer says inside PEAP. The server's Result TLV takes the place of EAP-Success, and is believed on the same
 * condition: the inner method has to be content. A Cryptobinding TLV beside it has to be right, too.
 */
public final class PeapPeer implements InnerPeer {
    private static final int VERSION = 0;

    private final EapPeer inner;
    private final BindingPolicy policy;
    private final RandomSource random;
    private State state = new State.Fresh();

    private sealed interface State {
        record Fresh() implements State {}

        record InEap(TlsClientSide side) implements State {}

        record Over() implements State {}
    }

    PeapPeer(EapPeer inner, BindingPolicy policy, RandomSource random) {
        this.inner = inner;
        this.policy = policy;
        this.random = random;
    }

    /**
     * Makes the method for one conversation.
     *
     * @param fragment the longest type data to be sent, in octets
     * @param inner fresh, for the inside of a tunnel, with MSCHAPv2 or GTC and the identity that counts
     */
    public static PeerMethod of(
            TlsClientSide side, int fragment, EapPeer inner, BindingPolicy policy, RandomSource random) {
        return new TunnelPeer(
                TunnelKind.PEAP,
                side,
                new EapTlsFragments(VERSION, fragment, EapTlsFragments.LengthField.ALWAYS),
                new PeapPeer(inner, policy, random));
    }

    @Override
    public Step begin(TlsClientSide side, int identifier) {
        state = new State.InEap(side);
        return new Step.Say(Octets.EMPTY, new Opinion.Undecided());
    }

    @Override
    public Step take(Octets data, int identifier) {
        return switch (state) {
            case State.InEap(TlsClientSide side) -> take(data, identifier, side);
            case State.Over over -> new Step.Failed("the server goes on after the result");
            case State.Fresh fresh -> throw new IllegalStateException("take() before begin()");
        };
    }

    private Step take(Octets data, int identifier, TlsClientSide side) {
        try {
            return switch (PeapCodec.decode(data, PeapCodec.Code.REQUEST, identifier)) {
                case PeapPacket.Eap(Octets packet) -> eap(packet);
                case PeapPacket.Result result -> result(result, side);
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

    private Step result(PeapPacket.Result result, TlsClientSide side) {
        state = new State.Over();
        return switch (result.verdict()) {
            case SUCCESS ->
                switch (inner.standing()) {
                    case Standing.Content(MethodResult done) -> success(result, done.msk(), side);
                    case Standing.Agreed(MethodResult done) -> success(result, done.msk(), side);
                    case Standing.Lost(String reason) -> lose(result, reason);
                    case Standing.Undecided undecided ->
                        lose(result, "the server calls it a success before a method finished inside");
                };
            case FAILURE ->
                lose(
                        result,
                        inner.standing() instanceof Standing.Lost(String reason)
                                ? reason
                                : "the server refuses inside the tunnel");
        };
    }

    private Step success(PeapPacket.Result result, Optional<Secret> innerMsk, TlsClientSide side) {
        Optional<CryptoBinding> offered = result.binding().filter(binding -> policy != BindingPolicy.NEVER);
        if (offered.isEmpty()) {
            innerMsk.ifPresent(Secret::close);
            return policy == BindingPolicy.REQUIRED
                    ? lose(result, "the server sends no cryptobinding, which is required")
                    : agree(result, Optional.empty(), Optional.empty());
        }
        EapTlsKeys tunnel = TunnelKind.PEAP.keys(side);
        tunnel.emsk().close();
        try (CompoundKeys keys = CompoundKeys.of(tunnel.msk(), innerMsk)) {
            return keys.prove(offered.get(), CryptoBinding.Kind.REQUEST)
                    ? agree(
                            result,
                            Optional.of(keys.bind(CryptoBinding.Kind.RESPONSE, random.octets(CryptoBinding.NONCE))),
                            Optional.of(keys.msk()))
                    : lose(
                            result,
                            "the server's cryptobinding is wrong: not it but another has authenticated us inside");
        } finally {
            tunnel.msk().close();
            innerMsk.ifPresent(Secret::close);
        }
    }

    private static Step agree(PeapPacket.Result to, Optional<CryptoBinding> binding, Optional<Secret> msk) {
        return answer(new PeapPacket.Result(to.identifier(), Verdict.SUCCESS, binding), new Opinion.Agreed(msk));
    }

    private static Step lose(PeapPacket.Result to, String reason) {
        return answer(new PeapPacket.Result(to.identifier(), Verdict.FAILURE), new Opinion.Lost(reason));
    }

    private static Step answer(PeapPacket.Result result, Opinion opinion) {
        return new Step.Say(PeapCodec.encode(result, PeapCodec.Code.RESPONSE), opinion);
    }
}
