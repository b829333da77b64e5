package org.homeport.crypto;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECKeyParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.util.BigIntegers;
import org.homeport.core.registry.AuthMethod;
import org.homeport.kit.Octets;

/** The curves of ECDSA keys, each with the hash and the old AUTH method tied to it (RFC 4754). */
@SuppressWarnings("ImmutableEnumChecker") // its fields are immutable, which their libraries do not declare
enum NistCurve {
    P256(SECObjectIdentifiers.secp256r1, AuthMethod.ECDSA_P256, HashFunction.SHA2_256),
    P384(SECObjectIdentifiers.secp384r1, AuthMethod.ECDSA_P384, HashFunction.SHA2_384),
    P521(SECObjectIdentifiers.secp521r1, AuthMethod.ECDSA_P521, HashFunction.SHA2_512);

    private final AuthMethod oldMethod;
    private final HashFunction hash;
    private final ECNamedDomainParameters domain;

    NistCurve(ASN1ObjectIdentifier oid, AuthMethod oldMethod, HashFunction hash) {
        this.oldMethod = oldMethod;
        this.hash = hash;
        this.domain = new ECNamedDomainParameters(oid, CustomNamedCurves.getByOID(oid));
    }

    static Optional<NistCurve> of(ECKeyParameters key) {
        ECDomainParameters domain = key.getParameters();
        return Arrays.stream(values()).filter(c -> c.domain.equals(domain)).findFirst();
    }

    static Optional<NistCurve> of(AuthMethod method) {
        return Arrays.stream(values()).filter(c -> c.oldMethod.equals(method)).findFirst();
    }

    AuthMethod oldMethod() {
        return oldMethod;
    }

    HashFunction hash() {
        return hash;
    }

    ECNamedDomainParameters domain() {
        return domain;
    }

    BigInteger order() {
        return domain.getN();
    }

    /** r | s of full length, as the old methods send it (RFC 4754 section 7), from ECDSA-Sig-Value. */
    Octets toPlain(Octets der) {
        try {
            BigInteger[] rs = StandardDSAEncoding.INSTANCE.decode(order(), der.toByteArray());
            return Octets.wrap(BigIntegers.asUnsignedByteArray(numberLength(), rs[0]))
                    .plus(Octets.wrap(BigIntegers.asUnsignedByteArray(numberLength(), rs[1])));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The way back.
     *
     * @return ECDSA-Sig-Value, or empty if the length is wrong or a number is not within 1..n-1
     */
    Optional<Octets> toDer(Octets plain) {
        if (plain.length() != 2 * numberLength()) {
            return Optional.empty();
        }
        BigInteger r = new BigInteger(1, plain.slice(0, numberLength()).toByteArray());
        BigInteger s = new BigInteger(1, plain.from(numberLength()).toByteArray());
        if (r.signum() == 0 || s.signum() == 0 || r.compareTo(order()) >= 0 || s.compareTo(order()) >= 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(Octets.wrap(StandardDSAEncoding.INSTANCE.encode(order(), r, s)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private int numberLength() {
        return (order().bitLength() + 7) / 8;
    }
}
