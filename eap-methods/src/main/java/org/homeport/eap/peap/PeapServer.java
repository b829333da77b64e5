package org.homeport.eap.peap;

import java.util.Optional;
import org.homeport.eap.EapCodec;
import org.homeport.eap.EapPacket;
import org.homeport.eap.EapType;
import org.homeport.eap.MethodChooser;
import org.homeport.eap.ServerMethod;
import org.homeport.eap.peap.PeapPacket.Verdict;
import org.homeport.eap.tls.EapTlsFragments;
import org.homeport.eap.tls.TlsOverEap;
import org.homeport.eap.tls.TlsServerSide;
import org.homeport.eap.tls.TlsSide;
import org.homeport.eap.tunnel.InnerEap;
import org.homeport.eap.tunnel.InnerServer;
import org.homeport.eap.tunnel.TunnelKind;
import org.homeport.eap.tunnel.TunnelServer;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.WireException;

/** What a server says inside PEAP: the question for the identity, a method, and a Result TLV that wants an answer. */
public final class PeapServer implements InnerServer {
    public static final String NAME = TunnelKind.PEAP.name();

    private static final int VERSION = 0;

    private final InnerEap eap;
    private State state = new State.Fresh();

    private sealed interface State {
        record Fresh() implements State {}

        /** @param identifier of the Request that is out, which the Response comes without */
        record InEap(int identifier) implements State {}

        record AwaitingResult(InnerEap.Outcome outcome) implements State {}

        record Over() implements State {}
    }

    private PeapServer(InnerEap eap) {
        this.eap = eap;
    }

    /**
     * Makes the method for one conversation.
     *
     * @param fragment the longest type data to be sent, in octets
     * @param chooser what may be used inside, by the name that the peer gives there
     */
    public static ServerMethod of(TlsServerSide side, int fragment, MethodChooser chooser, RandomSource random) {
        return new TunnelServer(
                TunnelKind.PEAP,
                new TlsOverEap(side, new EapTlsFragments(VERSION, fragment)),
                new PeapServer(new InnerEap(chooser, random)));
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
            case State.AwaitingResult(InnerEap.Outcome outcome) -> fail(reason(outcome, "the peer sends no result"));
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
            return fail("malformed: " + e.getMessage());
        }
        return switch (state) {
            case State.InEap running ->
                packet instanceof PeapPacket.Eap(Octets response)
                        ? eap(response, nextIdentifier)
                        : fail("the peer sends a result in the midst of inner EAP");
            case State.AwaitingResult(InnerEap.Outcome outcome) -> end(outcome, packet);
            case State.Fresh fresh -> fail("the peer speaks before it was asked");
            case State.Over over -> fail("PEAP is over");
        };
    }

    private Step eap(Octets response, int nextIdentifier) {
        return switch (eap.take(response, nextIdentifier)) {
            case InnerEap.Outcome.Ask(Octets request, Optional<String> setback) -> {
                state = new State.InEap(request.at(1));
                yield new Step.Say(PeapCodec.withoutHeader(request), setback);
            }
            case InnerEap.Outcome.Done done -> result(done, nextIdentifier, Verdict.SUCCESS, Optional.empty());
            case InnerEap.Outcome.Failed failed ->
                result(failed, nextIdentifier, Verdict.FAILURE, Optional.of(failed.reason()));
        };
    }

    private Step result(InnerEap.Outcome outcome, int identifier, Verdict verdict, Optional<String> setback) {
        state = new State.AwaitingResult(outcome);
        return new Step.Say(
                PeapCodec.encode(new PeapPacket.Result(identifier, verdict), PeapCodec.Code.REQUEST), setback);
    }

    private Step end(InnerEap.Outcome outcome, PeapPacket packet) {
        boolean success =
                packet instanceof PeapPacket.Result(int identifier, Verdict verdict) && verdict == Verdict.SUCCESS;
        if (success && outcome instanceof InnerEap.Outcome.Done(Optional<String> identity)) {
            state = new State.Over();
            return new Step.Done(identity);
        }
        return fail(reason(outcome, "the peer does not agree that it went well"));
    }

    private static String reason(InnerEap.Outcome outcome, String otherwise) {
        return outcome instanceof InnerEap.Outcome.Failed(String why) ? why : otherwise;
    }

    private Step fail(String reason) {
        state = new State.Over();
        return new Step.Failed(reason);
    }
}
