package org.homeport.eap.peap;

import java.util.Optional;
import org.homeport.eap.EapCodec;
import org.homeport.eap.EapPacket;
import org.homeport.eap.EapType;
import org.homeport.eap.MethodChooser;
import org.homeport.eap.ServerMethod;
import org.homeport.eap.peap.PeapPacket.Verdict;
import org.homeport.eap.tls.EapTlsFragments;
import org.homeport.eap.tls.EapTlsKeys;
import org.homeport.eap.tls.TlsOverEap;
import org.homeport.eap.tls.TlsServerSide;
import org.homeport.eap.tls.TlsSide;
import org.homeport.eap.tunnel.InnerEap;
import org.homeport.eap.tunnel.InnerServer;
import org.homeport.eap.tunnel.TunnelKind;
import org.homeport.eap.tunnel.TunnelServer;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;
import org.homeport.kit.WireException;

/** What a server says inside PEAP: the question for the identity, a method, and a Result TLV that wants an answer. */
public final class PeapServer implements InnerServer {
    public static final String NAME = TunnelKind.PEAP.name();

    private static final int VERSION = 0;

    private final InnerEap eap;
    private final BindingPolicy policy;
    private final RandomSource random;
    private State state = new State.Fresh();

    private sealed interface State {
        record Fresh() implements State {}

        /** @param identifier of the Request that is out, which the Response comes without */
        record InEap(int identifier) implements State {}

        /** @param keys of the binding that is out, if one is */
        record AwaitingResult(Optional<String> identity, Optional<CompoundKeys> keys) implements State {}

        /** The peer was told that it is not let in. */
        record AwaitingFailureTaken(String reason) implements State {}

        record Over() implements State {}
    }

    PeapServer(InnerEap eap, BindingPolicy policy, RandomSource random) {
        this.eap = eap;
        this.policy = policy;
        this.random = random;
    }

    /**
     * Makes the method for one conversation.
     *
     * @param fragment the longest type data to be sent, in octets
     * @param chooser what may be used inside, by the name that the peer gives there
     */
    public static ServerMethod of(
            TlsServerSide side, int fragment, MethodChooser chooser, BindingPolicy policy, RandomSource random) {
        return new TunnelServer(
                TunnelKind.PEAP,
                new TlsOverEap(side, new EapTlsFragments(VERSION, fragment)),
                new PeapServer(new InnerEap(chooser, random), policy, random));
    }

    @Override
    public Step silence(int nextIdentifier) {
        return switch (state) {
            case State.Fresh fresh -> {
                state = new State.InEap(nextIdentifier);
                yield new Step.Say(PeapCodec.withoutHeader(
                        EapCodec.encode(new EapPacket.Request(nextIdentifier, EapType.IDENTITY, Octets.EMPTY))));
            }
            case State.InEap eapState -> fail("the peer says nothing in the midst of inner EAP");
            case State.AwaitingResult waiting -> fail("the peer sends no result");
            case State.AwaitingFailureTaken(String reason) -> fail(reason);
            case State.Over over -> fail("PEAP is over");
        };
    }

    @Override
    public Step take(Octets data, TlsSide side, int nextIdentifier) {
        int outstanding = state instanceof State.InEap(int identifier) ? identifier : 0;
        PeapPacket packet;
        try {
            packet = PeapCodec.decode(data, PeapCodec.Code.RESPONSE, outstanding);
        } catch (WireException e) {
            return fail(
                    state instanceof State.AwaitingFailureTaken(String reason)
                            ? reason
                            : "malformed: " + e.getMessage());
        }
        return switch (state) {
            case State.InEap running ->
                packet instanceof PeapPacket.Eap(Octets response)
                        ? eap(response, side, nextIdentifier)
                        : fail("the peer sends a result in the midst of inner EAP");
            case State.AwaitingResult waiting -> end(waiting, packet);
            case State.AwaitingFailureTaken(String reason) -> fail(reason);
            case State.Fresh fresh -> fail("the peer speaks before it was asked");
            case State.Over over -> fail("PEAP is over");
        };
    }

    private Step eap(Octets response, TlsSide side, int nextIdentifier) {
        return switch (eap.take(response, nextIdentifier)) {
            case InnerEap.Outcome.Ask(Octets request, Optional<String> setback) -> {
                state = new State.InEap(request.at(1));
                yield new Step.Say(PeapCodec.withoutHeader(request), setback);
            }
            case InnerEap.Outcome.Done(Optional<String> identity, Optional<Secret> innerMsk) ->
                succeed(identity, innerMsk, side, nextIdentifier);
            case InnerEap.Outcome.Failed(String reason) -> {
                state = new State.AwaitingFailureTaken(reason);
                yield new Step.Say(
                        PeapCodec.encode(
                                new PeapPacket.Result(nextIdentifier, Verdict.FAILURE), PeapCodec.Code.REQUEST),
                        Optional.of(reason));
            }
        };
    }

    private Step succeed(Optional<String> identity, Optional<Secret> innerMsk, TlsSide side, int identifier) {
        Optional<CompoundKeys> keys =
                policy == BindingPolicy.NEVER ? Optional.empty() : Optional.of(compound(innerMsk, side));
        innerMsk.ifPresent(Secret::close);
        state = new State.AwaitingResult(identity, keys);
        Optional<CryptoBinding> binding =
                keys.map(all -> all.bind(CryptoBinding.Kind.REQUEST, random.octets(CryptoBinding.NONCE)));
        return new Step.Say(
                PeapCodec.encode(new PeapPacket.Result(identifier, Verdict.SUCCESS, binding), PeapCodec.Code.REQUEST));
    }

    private static CompoundKeys compound(Optional<Secret> innerMsk, TlsSide side) {
        EapTlsKeys tunnel = TunnelKind.PEAP.keys(side);
        tunnel.emsk().close();
        try (Secret tunnelKey = tunnel.msk()) {
            return CompoundKeys.of(tunnelKey, innerMsk);
        }
    }

    private Step end(State.AwaitingResult waiting, PeapPacket packet) {
        Optional<CompoundKeys> keys = waiting.keys();
        Step step =
                packet instanceof PeapPacket.Result(int identifier, Verdict verdict, Optional<CryptoBinding> binding)
                                && verdict == Verdict.SUCCESS
                        ? bound(waiting.identity(), keys, binding)
                        : new Step.Failed("the peer does not agree that it went well");
        over();
        return step;
    }

    /** A peer that has not bound has the tunnel's MSK, whatever we have sent. */
    private Step bound(Optional<String> identity, Optional<CompoundKeys> keys, Optional<CryptoBinding> binding) {
        if (keys.isEmpty() || binding.isEmpty()) {
            return policy == BindingPolicy.REQUIRED
                    ? new Step.Failed("the peer sends no cryptobinding, which is required")
                    : new Step.Done(identity);
        }
        return keys.get().prove(binding.get(), CryptoBinding.Kind.RESPONSE)
                ? new Step.Done(identity, Optional.of(keys.get().msk()))
                : new Step.Failed("the peer's cryptobinding is wrong: another may be in the tunnel with "
                        + identity.map(name -> "'" + name + "'").orElse("the peer"));
    }

    private Step fail(String reason) {
        over();
        return new Step.Failed(reason);
    }

    private void over() {
        if (state instanceof State.AwaitingResult(Optional<String> identity, Optional<CompoundKeys> keys)) {
            keys.ifPresent(CompoundKeys::close);
        }
        state = new State.Over();
    }
}
