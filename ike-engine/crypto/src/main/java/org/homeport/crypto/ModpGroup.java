package org.homeport.crypto;

import java.math.BigInteger;
import org.bouncycastle.crypto.params.DHParameters;
import org.bouncycastle.util.BigIntegers;
import org.homeport.core.crypto.InvalidPublicValueException;
import org.homeport.core.crypto.KeyAgreement;
import org.homeport.core.registry.KeyExchangeId;
import org.homeport.kit.Octets;
import org.homeport.kit.RandomSource;
import org.homeport.kit.Secret;

/** A MODP group over a safe prime (RFC 3526): value and secret are padded to the prime's length. */
final class ModpGroup {
    private final KeyExchangeId id;
    private final BigInteger prime;
    private final BigInteger generator;
    private final int length;
    private final int exponentBits;

    /** @param exponentBits of private values: twice the group's strength or more (RFC 3526 section 8) */
    ModpGroup(KeyExchangeId id, DHParameters parameters, int exponentBits) {
        this.id = id;
        this.prime = parameters.getP();
        this.generator = parameters.getG();
        this.length = prime.bitLength() / 8;
        this.exponentBits = exponentBits;
    }

    BigInteger prime() {
        return prime;
    }

    KeyAgreement generate(RandomSource random) {
        byte[] bits = new byte[exponentBits / 8];
        random.fill(bits);
        // The top bit is set, so that the time an exponentiation takes says nothing of the exponent's length.
        return new Agreement(new BigInteger(1, bits).setBit(exponentBits - 1));
    }

    /** The checks of RFC 6989 section 2.1. */
    private BigInteger decode(Octets value) throws InvalidPublicValueException {
        if (value.length() != length) {
            throw new InvalidPublicValueException(id + " values have " + length + " octets, not " + value.length());
        }
        BigInteger y = new BigInteger(1, value.toByteArray());
        if (y.compareTo(BigInteger.ONE) <= 0 || y.compareTo(prime.subtract(BigInteger.ONE)) >= 0) {
            throw new InvalidPublicValueException(id + " value is not within 2..p-2");
        }
        return y;
    }

    private byte[] power(BigInteger base, BigInteger exponent) {
        return BigIntegers.asUnsignedByteArray(length, base.modPow(exponent, prime));
    }

    private final class Agreement implements KeyAgreement {
        private final BigInteger exponent;
        private final Octets publicValue;

        Agreement(BigInteger exponent) {
            this.exponent = exponent;
            this.publicValue = Octets.wrap(power(generator, exponent));
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
            return Secret.wrap(power(decode(peerPublicValue), exponent));
        }
    }
}
