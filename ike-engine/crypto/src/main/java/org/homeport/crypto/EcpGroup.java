package org.homeport.crypto;

import java.math.BigInteger;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;
import org.homeport.core.crypto.InvalidPublicValueException;
import org.homeport.core.crypto.KeyAgreement;
import org.homeport.core.registry.KeyExchangeId;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;

/** A NIST curve as a key exchange group (RFC 5903): values are x | y, the secret is x alone. */
final class EcpGroup {
    /** More than the order has, so that reducing leaves a bias nobody can measure (FIPS 186-5 appendix A.2.1). */
    private static final int EXTRA_BITS = 64;

    private final KeyExchangeId id;
    private final X9ECParameters curve;
    private final int coordinate;

    /** @param name as SEC 2 has it, e.g. "secp256r1" */
    EcpGroup(KeyExchangeId id, String name) {
        this.id = id;
        this.curve = CustomNamedCurves.getByName(name);
        this.coordinate = (curve.getCurve().getFieldSize() + 7) / 8;
    }

    KeyAgreement generate(RandomSource random) {
        byte[] bits = new byte[(curve.getN().bitLength() + EXTRA_BITS + 7) / 8];
        random.fill(bits);
        BigInteger order = curve.getN();
        return agreement(
                new BigInteger(1, bits).mod(order.subtract(BigInteger.ONE)).add(BigInteger.ONE));
    }

    /** @param scalar 1..n-1 */
    KeyAgreement agreement(BigInteger scalar) {
        ECPoint point =
                new FixedPointCombMultiplier().multiply(curve.getG(), scalar).normalize();
        Octets publicValue = Octets.wrap(point.getEncoded(false)).from(1);
        return new Agreement(scalar, publicValue);
    }

    /** The checks of RFC 6989 section 2.3; the cofactor is 1, so every point of the curve is in the group. */
    private ECPoint decode(Octets value) throws InvalidPublicValueException {
        if (value.length() != 2 * coordinate) {
            throw new InvalidPublicValueException(
                    id + " values have " + 2 * coordinate + " octets, not " + value.length());
        }
        BigInteger x = new BigInteger(1, value.slice(0, coordinate).toByteArray());
        BigInteger y = new BigInteger(1, value.from(coordinate).toByteArray());
        BigInteger prime = curve.getCurve().getField().getCharacteristic();
        if (x.compareTo(prime) >= 0 || y.compareTo(prime) >= 0) {
            throw new InvalidPublicValueException(id + " coordinate is not below the prime");
        }
        ECPoint point = curve.getCurve().createPoint(x, y);
        if (!point.isValid()) {
            throw new InvalidPublicValueException(id + " value is not a point of the curve");
        }
        return point;
    }

    private final class Agreement implements KeyAgreement {
        private final BigInteger scalar;
        private final Octets publicValue;

        Agreement(BigInteger scalar, Octets publicValue) {
            this.scalar = scalar;
            this.publicValue = publicValue;
        }

        @Override
        public KeyExchangeId group() {
            return id;
        }

        @Override
        public Octets publicValue() {
            return publicValue;
        }

        @Override
        public Secret agree(Octets peerPublicValue) throws InvalidPublicValueException {
            ECPoint shared = decode(peerPublicValue).multiply(scalar).normalize();
            return Secret.wrap(BigIntegers.asUnsignedByteArray(
                    coordinate, shared.getAffineXCoord().toBigInteger()));
        }
    }
}
