package org.homeport.crypto;

import org.bouncycastle.math.ec.rfc7748.X25519;
import org.homeport.core.crypto.InvalidPublicValueException;
import org.homeport.core.crypto.KeyAgreement;
import org.homeport.core.registry.KeyExchangeId;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;

/** Curve25519 (RFC 8031): values and secret are 32 octets, little-endian, used as they are. */
final class X25519Agreement implements KeyAgreement {
    private final Secret scalar;
    private final Octets publicValue;

    X25519Agreement(RandomSource random) {
        byte[] k = new byte[X25519.SCALAR_SIZE];
        random.fill(k);
        byte[] u = new byte[X25519.POINT_SIZE];
        X25519.scalarMultBase(k, 0, u, 0);
        scalar = Secret.wrap(k);
        publicValue = Octets.wrap(u);
    }

    @Override
    public KeyExchangeId group() {
        return KeyExchangeId.CURVE25519;
    }

    @Override
    public Octets publicValue() {
        return publicValue;
    }

    /** Masks the peer's top bit and takes non-canonical values, as RFC 8031 section 3.2 wants. */
    @Override
    public Secret agree(Octets peerPublicValue) throws InvalidPublicValueException {
        if (peerPublicValue.length() != X25519.POINT_SIZE) {
            throw new InvalidPublicValueException("CURVE25519 values have 32 octets, not " + peerPublicValue.length());
        }
        byte[] secret = new byte[X25519.POINT_SIZE];
        if (!X25519.calculateAgreement(scalar.toByteArray(), 0, peerPublicValue.toByteArray(), 0, secret, 0)) {
            throw new InvalidPublicValueException("CURVE25519 value of small order: the secret would be all zero");
        }
        return Secret.wrap(secret);
    }
}
