package org.homeport.core.auth;

import java.time.Instant;
import java.util.List;
import org.homeport.core.crypto.CertificateRejectedException;
import org.homeport.core.crypto.CertificateVerifier;
import org.homeport.core.crypto.Crypto;
import org.homeport.core.crypto.KeySchedule;
import org.homeport.core.crypto.Sha1Policy;
import org.homeport.core.failure.Failure;
import org.homeport.core.failure.FailureException;
import org.homeport.core.message.Payload;
import org.homeport.core.registry.AuthMethod;
import org.homeport.core.registry.PrfId;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/**
 * Evidence that the peer's AUTH payload was verified. The methods below are the only way to one, and a session cannot
 * be established without.
 */
public final class PeerProved {
    private final PeerIdentity identity;
    private final Authorization authorization;
    private final String how;
    private final PeerIdentity spelled;

    private PeerProved(PeerIdentity identity, PeerIdentity spelled, Authorization authorization, String how) {
        this.identity = identity;
        this.spelled = spelled;
        this.authorization = authorization;
        this.how = how;
    }

    /** By pre-shared key (RFC 7296 section 2.15). @param signedOctets what the peer's AUTH covers */
    public static PeerProved bySharedKey(
            Crypto crypto,
            PrfId prf,
            Secret key,
            Payload.Identification id,
            Payload.Authentication auth,
            Octets signedOctets)
            throws FailureException {
        checkSharedKey(crypto, prf, key, auth, signedOctets, "the pre-shared key differs");
        PeerIdentity identity = PeerIdentity.of(id);
        PeerIdentity spelled = identity.canonical();
        return new PeerProved(identity, spelled, Authorization.of(spelled.toString()), "PSK");
    }

    /** By signature and certificates (RFC 7296 section 2.15, RFC 7427). */
    public static PeerProved bySignature(
            CertificateVerifier verifier,
            List<Octets> certificates,
            Payload.Identification id,
            Payload.Authentication auth,
            Octets signedOctets,
            Sha1Policy sha1,
            Instant now)
            throws FailureException {
        try {
            verifier.verify(certificates, id, auth, signedOctets, sha1, now);
        } catch (CertificateRejectedException e) {
            throw new FailureException(
                    new Failure.AuthenticationFailed(String.valueOf(e.getMessage()), "RFC 7296 2.15"));
        }
        PeerIdentity identity = PeerIdentity.of(id);
        PeerIdentity spelled = identity.certified();
        return new PeerProved(identity, spelled, Authorization.of(spelled.toString()), "certificate");
    }

    /**
     * By the AUTH that follows EAP (RFC 7296 section 2.16): keyed by the MSK, or by SK_p where the method makes none.
     *
     * @param skP the peer's SK_pi or SK_pr
     */
    public static PeerProved byEap(
            Crypto crypto,
            PrfId prf,
            EapAccepted accepted,
            Secret skP,
            Payload.Identification id,
            Payload.Authentication auth,
            Octets signedOctets)
            throws FailureException {
        checkSharedKey(
                crypto, prf, accepted.msk().orElse(skP), auth, signedOctets, "the peer's MSK is not the one EAP made");
        PeerIdentity identity = PeerIdentity.of(id);
        return new PeerProved(identity, identity.canonical(), accepted.authorization(), "EAP-" + accepted.method());
    }

    private static void checkSharedKey(
            Crypto crypto, PrfId prf, Secret key, Payload.Authentication auth, Octets signedOctets, String why)
            throws FailureException {
        if (!auth.method().equals(AuthMethod.SHARED_KEY)) {
            throw new FailureException(new Failure.AuthenticationFailed(
                    "AUTH method " + auth.method() + " where a shared key was expected", "RFC 7296 2.15"));
        }
        if (!KeySchedule.sharedKeyAuth(crypto, prf, key, signedOctets).equalsConstantTime(auth.data())) {
            throw new FailureException(
                    new Failure.AuthenticationFailed("AUTH does not verify: " + why, "RFC 7296 2.15"));
        }
    }

    /** The same proof with what somebody else says of its identity. */
    public PeerProved authorized(Authorization other) {
        return new PeerProved(identity, spelled, other, how);
    }

    /** The identity in its one spelling. */
    public PeerIdentity spelled() {
        return spelled;
    }

    /** IDi or IDr as the peer sent it. */
    public PeerIdentity identity() {
        return identity;
    }

    /** One credential is one identity here, however the peer spelled it. */
    public Authorization authorization() {
        return authorization;
    }

    /** For logs: "EAP-MSCHAPV2", "certificate", "PSK". */
    public String how() {
        return how;
    }
}
