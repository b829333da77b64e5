package org.homeport.core.responder;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.homeport.core.crypto.KeySchedule;
import org.homeport.core.exchange.InitResult;
import org.homeport.core.failure.Failure;
import org.homeport.core.failure.FailureException;
import org.homeport.core.message.Payload;
import org.homeport.core.policy.Connection;
import org.homeport.core.policy.LocalAuth;
import org.homeport.core.registry.AuthMethod;
import org.homeport.core.registry.CertificateEncoding;
import org.homeport.core.registry.PayloadType;
import org.homeport.core.session.Inbound;
import org.homeport.core.session.Turn;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/**
 * What the first IKE_AUTH request said, kept unanswered until the peer has proved who it is.
 *
 * @param first the request: CP, SA, TSi, TSr and notifies wait in it
 */
record Initial(InitResult init, Connection connection, Inbound first, Payload.Identification idi) {
    Payload.Identification idr() {
        return Payload.Identification.of(
                PayloadType.IDR, connection.local().type(), connection.local().data());
    }

    /** IDr, CERT, AUTH: who we are, by our own credential (RFC 7296 section 2.15). */
    List<Payload> ownAuth(Turn turn) throws FailureException {
        Payload.Identification idr = idr();
        Octets octets = init.ownSignedOctets(turn.env().crypto(), idr);
        List<Payload> payloads = new ArrayList<>();
        payloads.add(idr);
        switch (connection.localAuth()) {
            case LocalAuth.BySignature own -> {
                own.signer()
                        .certificates()
                        .forEach(c -> payloads.add(new Payload.Certificate(CertificateEncoding.X509_SIGNATURE, c)));
                payloads.add(own.signer()
                        .sign(octets, init.peerHashes(), turn.env().random())
                        .orElseThrow(() -> new FailureException(new Failure.AuthenticationFailed(
                                "the peer verifies no signature our key can make: it named hashes "
                                        + init.peerHashes().map(Set::toString).orElse("none"),
                                "RFC 7427 4"))));
            }
            case LocalAuth.BySharedKey psk -> payloads.add(sharedKey(turn, psk.key(), octets));
            case LocalAuth.ByEap eap -> throw new IllegalStateException("a responder cannot authenticate by EAP");
        }
        return payloads;
    }

    /** The AUTH that ends EAP (RFC 7296 section 2.16). @param key MSK, or SK_pr if there is none */
    Payload.Authentication authAfterEap(Turn turn, Secret key) {
        return sharedKey(turn, key, init.ownSignedOctets(turn.env().crypto(), idr()));
    }

    private Payload.Authentication sharedKey(Turn turn, Secret key, Octets octets) {
        return new Payload.Authentication(
                AuthMethod.SHARED_KEY,
                KeySchedule.sharedKeyAuth(turn.env().crypto(), init.sa().suite().prf(), key, octets));
    }
}
