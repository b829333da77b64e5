package org.homeport.eap.tunnel;

import java.util.Optional;
import java.util.OptionalInt;
import org.homeport.eap.AuthenticatorStep;
import org.homeport.eap.EapAuthenticator;
import org.homeport.eap.EapCodec;
import org.homeport.eap.EapLimits;
import org.homeport.eap.EapPacket;
import org.homeport.eap.EapType;
import org.homeport.eap.IdentityQuestion;
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

        record Done(Optional<String> identity) implements Outcome {}

        record Failed(String reason) implements Outcome {}
    }

    /** @param chooser for the name that the peer gives inside */
    public InnerEap(MethodChooser chooser, RandomSource random) {
        this.chooser = chooser;
        this.random = random;
    }

    public Outcome take(Octets packet) {
        AuthenticatorStep step;
        if (authenticator.isPresent()) {
            step = authenticator.get().handle(packet);
        } else {
            try {
                step = open(packet);
            } catch (WireException e) {
                return new Outcome.Failed("inner EAP: " + e.getMessage());
            }
        }
        return switch (step) {
            case AuthenticatorStep.Ask ask -> new Outcome.Ask(ask.request(), ask.setback());
            case AuthenticatorStep.Granted granted -> {
                // The tunnel's keys are the ones that count.
                granted.result().msk().ifPresent(Secret::close);
                yield new Outcome.Done(granted.result().identity());
            }
            case AuthenticatorStep.Refused refused -> new Outcome.Failed(refused.reason());
            case AuthenticatorStep.Ignored ignored -> new Outcome.Failed("inner EAP: " + ignored.reason());
        };
    }

    private AuthenticatorStep open(Octets packet) throws WireException {
        if (!(EapCodec.decode(packet) instanceof EapPacket.Response response)
                || !response.type().isSameMethodAs(EapType.IDENTITY)) {
            throw new WireException("the peer does not begin with its identity");
        }
        Optional<Nai> name =
                response.typeData().isEmpty() ? Optional.empty() : Optional.of(Nai.of(response.typeData()));
        EapAuthenticator opened = new EapAuthenticator(
                chooser, IdentityQuestion.SKIP, name, EapLimits.DEFAULT, OptionalInt.of(response.identifier()), random);
        authenticator = Optional.of(opened);
        return opened.begin();
    }
}
