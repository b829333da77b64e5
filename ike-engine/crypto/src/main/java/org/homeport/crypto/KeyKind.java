package org.homeport.crypto;

import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.homeport.kit.RandomSource;

/** Kinds of keys we make for signing. */
public enum KeyKind {
    ECDSA_P256,
    ECDSA_P384,
    ECDSA_P521,
    ED25519,
    RSA_2048,
    RSA_3072;

    private static final int EXTRA_BITS = 64;

    record Pair(PrivateKeyInfo privateKey, SubjectPublicKeyInfo publicKey) {}

    Pair generate(RandomSource random) {
        try {
            return switch (this) {
                case ECDSA_P256 -> ecdsa(NistCurve.P256, random);
                case ECDSA_P384 -> ecdsa(NistCurve.P384, random);
                case ECDSA_P521 -> ecdsa(NistCurve.P521, random);
                case ED25519 -> ed25519(random);
                case RSA_2048 -> rsa(2048, random);
                case RSA_3072 -> rsa(3072, random);
            };
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Pair ecdsa(NistCurve curve, RandomSource random) throws IOException {
        byte[] bits = new byte[(curve.order().bitLength() + EXTRA_BITS + 7) / 8];
        random.fill(bits);
        BigInteger scalar = new BigInteger(1, bits)
                .mod(curve.order().subtract(BigInteger.ONE))
                .add(BigInteger.ONE);
        ECPublicKeyParameters point = new ECPublicKeyParameters(
                new FixedPointCombMultiplier().multiply(curve.domain().getG(), scalar), curve.domain());
        return new Pair(
                PrivateKeyInfoFactory.createPrivateKeyInfo(new ECPrivateKeyParameters(scalar, curve.domain())),
                SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(point));
    }

    /** Version 1 of PKCS #8, without the public key, is what every tool reads. */
    private static Pair ed25519(RandomSource random) throws IOException {
        Ed25519PrivateKeyParameters key = new Ed25519PrivateKeyParameters(
                random.octets(Ed25519PrivateKeyParameters.KEY_SIZE).toByteArray(), 0);
        PrivateKeyInfo full = PrivateKeyInfoFactory.createPrivateKeyInfo(key);
        return new Pair(
                new PrivateKeyInfo(full.getPrivateKeyAlgorithm(), full.parsePrivateKey()),
                SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(key.generatePublicKey()));
    }

    private static Pair rsa(int bits, RandomSource random) {
        KeyPairGenerator generator = JdkProviders.rsaKeyPairGenerator();
        generator.initialize(bits, new SourcedRandom(random));
        KeyPair pair = generator.generateKeyPair();
        return new Pair(
                PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded()),
                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
    }
}
