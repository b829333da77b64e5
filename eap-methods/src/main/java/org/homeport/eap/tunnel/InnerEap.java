package org.homeport.eap.tunnel;

import java.util.Optional;
import java.util.OptionalInt;
import org.homeport.eap.AuthenticatorStep;
import org.homeport.eap.EapAuthenticator;
import org.homeport.eap.EapCodec;
import org.homeport.eap.EapLimits;
import org.homeport.eap.EapPacket;
import org.homeport.eap.EapType;
import org.homeport.eap.MethodChooser;
import org.homeport.eap.Nai;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;
import org.homeport.kit.WireException;

/**
 * The server side of EAP inside a tunnel. It begins with the peer's Response/Identity, whoever asked for it. The
 * tunnel loses nothing and nobody can slip a packet in: one that RFC 3748 has silently discarded is the end (RFC
 * 5281 section 11.2.1).
 */
public final class InnerEap {
    private final MethodChooser chooser;
    private final RandomSource random;
    private Optional<EapAuthenticator> authenticator = Optional.empty();

    /** What comes of a packet. */
    public sealed interface Outcome {
        record Ask(Octets request, Optional<String> setback) implements Outcome {}

        /** @param msk of the method inside, if it makes one; whoever takes it wipes it */
        record Done(Optional<String> identity, Optional<Secret> msk) implements Outcome {}

        record Failed(String reason) implements Outcome {}
    }

    /** @param chooser for the name that the peer gives inside */
    public InnerEap(MethodChooser chooser, RandomSource random) {
        this.chooser = chooser;
        this.random = random;
    }

    /** Takes a packet whose Identifier came with it. */
    public Outcome take(Octets packet) {
        return take(packet, OptionalInt.empty());
    }

    /**
     * Takes a packet that came without its header.
     *
     * @param packet with the Identifier of the Request that it answers
     * @param nextIdentifier that the peer will take the next Request to have
     */
    public Outcome take(Octets packet, int nextIdentifier) {
        return take(packet, OptionalInt.of(nextIdentifier));
    }

    private Outcome take(Octets packet, OptionalInt nextIdentifier) {
        AuthenticatorStep step;
        if (authenticator.isPresent()) {
            EapAuthenticator running = authenticator.get();
            step = nextIdentifier.isPresent()
                    ? running.handle(packet, nextIdentifier.getAsInt())
                    : running.handle(packet);
        } else {
            try {
                EapAuthenticator opened = open(packet);
                step = nextIdentifier.isPresent() ? opened.begin(nextIdentifier.getAsInt()) : opened.begin();
            } catch (WireException e) {
                return new Outcome.Failed("inner EAP: " + e.getMessage());
            }
        }
        return switch (step) {
            case AuthenticatorStep.Ask ask -> new Outcome.Ask(ask.request(), ask.setback());
            case AuthenticatorStep.Granted granted ->
                new Outcome.Done(granted.result().identity(), granted.result().msk());
            case AuthenticatorStep.Refused refused -> new Outcome.Failed(refused.reason());
            case AuthenticatorStep.Ignored ignored -> new Outcome.Failed("inner EAP: " + ignored.reason());
        };
    }

    private EapAuthenticator open(Octets packet) throws WireException {
        if (!(EapCodec.decode(packet) instanceof EapPacket.Response response)
                || !response.type().isSameMethodAs(EapType.IDENTITY)) {
            throw new WireException("the peer does not begin with its identity");
        }
        Optional<Nai> name =
                response.typeData().isEmpty() ? Optional.empty() : Optional.of(Nai.of(response.typeData()));
        EapAuthenticator opened =
                EapAuthenticator.inTunnel(chooser, name, EapLimits.DEFAULT, response.identifier(), random);
        authenticator = Optional.of(opened);
        return opened;
    }
}
