package org.homeport.core.initiator;

import java.util.List;
import java.util.Optional;
import org.homeport.core.auth.EapTurn;
import org.homeport.core.auth.PeerIdentity;
import org.homeport.core.auth.PeerProved;
import org.homeport.core.failure.Failure;
import org.homeport.core.failure.FailureException;
import org.homeport.core.message.Payload;
import org.homeport.core.policy.LocalAuth;
import org.homeport.core.policy.RemoteAuth;
import org.homeport.core.registry.CertificateEncoding;
import org.homeport.core.registry.PayloadType;
import org.homeport.core.session.Inbound;
import org.homeport.core.session.State;
import org.homeport.core.session.Turn;
import org.homeport.kit.Octets;

/** Awaits the first IKE_AUTH response: in it the responder proves who it is, before any EAP is answered. */
record AwaitingFirstAuthResponse(FirstAuth first) implements Outbound {
    @Override
    public State response(Turn turn, Inbound response) throws FailureException {
        Optional<State> refusal = Final.refusal(turn, response);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Payload.Identification idr = response.identification(PayloadType.IDR)
                .orElseThrow(() ->
                        new FailureException(new Failure.Malformed("IKE_AUTH response without IDr", "RFC 7296 1.2")));
        PeerIdentity identity = PeerIdentity.of(idr);
        if (!first.policy().connection().remote().matches(identity)) {
            throw new FailureException(new Failure.AuthenticationFailed(
                    "the responder is '" + identity + "', expected '"
                            + first.policy().connection().remote().text() + "'",
                    "RFC 7296 2.15"));
        }
        if (offersEapOnly() && response.first(Payload.Authentication.class).isEmpty()) {
            turn.info("auth.by-eap-alone", "responder", identity.toString());
            return eap(turn, response, new ResponderProof.EapAlone(), idr);
        }
        PeerProved responder = responder(turn, response, idr);
        turn.info("auth.proved", "identity", responder.identity().toString(), "by", responder.how());
        if (!(first.policy().connection().localAuth() instanceof LocalAuth.ByEap)) {
            return Final.of(turn, first, responder, response);
        }
        return eap(turn, response, new ResponderProof.Given(responder), idr);
    }

    private boolean offersEapOnly() {
        return first.policy().connection().localAuth() instanceof LocalAuth.ByEap own
                && own.only() == LocalAuth.EapOnly.OFFERED;
    }

    private State eap(Turn turn, Inbound response, ResponderProof responder, Payload.Identification idr)
            throws FailureException {
        Octets packet = response.first(Payload.Eap.class)
                .orElseThrow(() -> new FailureException(
                        new Failure.PeerMisbehaved("IKE_AUTH response without EAP", "RFC 7296 2.16")))
                .message();
        responder.check(packet);
        return new AwaitingEapPeer(first, responder, idr, turn.askEap(new EapTurn.Message(packet)));
    }

    private PeerProved responder(Turn turn, Inbound response, Payload.Identification idr) throws FailureException {
        Payload.Authentication auth = response.first(Payload.Authentication.class)
                .orElseThrow(() -> new FailureException(new Failure.AuthenticationFailed(
                        "the responder does not prove who it is: no AUTH beside EAP", "RFC 7296 2.16")));
        Octets octets = first.init().peerSignedOctets(turn.env().crypto(), idr);
        return switch (first.policy().connection().remoteAuth()) {
            case RemoteAuth.BySignature signature ->
                PeerProved.bySignature(
                        signature.verifier(), certificates(response), idr, auth, octets, signature.sha1(), turn.now());
            case RemoteAuth.BySharedKey psk ->
                PeerProved.bySharedKey(
                        turn.env().crypto(), first.init().sa().suite().prf(), psk.key(), idr, auth, octets);
            case RemoteAuth.ByEap eap -> throw new IllegalStateException("a responder does not authenticate by EAP");
        };
    }

    private static List<Octets> certificates(Inbound response) {
        return response.all(Payload.Certificate.class).stream()
                .filter(c -> c.encoding().equals(CertificateEncoding.X509_SIGNATURE))
                .map(Payload.Certificate::data)
                .toList();
    }
}
