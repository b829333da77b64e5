package org.homeport.eap.tls;

import static org.bouncycastle.tls.SignatureScheme.ecdsa_secp256r1_sha256;
import static org.bouncycastle.tls.SignatureScheme.ecdsa_secp384r1_sha384;
import static org.bouncycastle.tls.SignatureScheme.ecdsa_secp521r1_sha512;
import static org.bouncycastle.tls.SignatureScheme.ed25519;
import static org.bouncycastle.tls.SignatureScheme.rsa_pkcs1_sha256;
import static org.bouncycastle.tls.SignatureScheme.rsa_pkcs1_sha384;
import static org.bouncycastle.tls.SignatureScheme.rsa_pkcs1_sha512;
import static org.bouncycastle.tls.SignatureScheme.rsa_pss_rsae_sha256;
import static org.bouncycastle.tls.SignatureScheme.rsa_pss_rsae_sha384;
import static org.bouncycastle.tls.SignatureScheme.rsa_pss_rsae_sha512;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.SignatureScheme;

/** The kinds of keys that sign in TLS here, and how (RFC 8446 section 4.2.3). */
enum KeyKind {
    RSA(
            List.of(rsa_pss_rsae_sha256, rsa_pss_rsae_sha384, rsa_pss_rsae_sha512),
            List.of(rsa_pkcs1_sha256, rsa_pkcs1_sha384, rsa_pkcs1_sha512)),
    P256(List.of(ecdsa_secp256r1_sha256), List.of(ecdsa_secp384r1_sha384, ecdsa_secp521r1_sha512)),
    P384(List.of(ecdsa_secp384r1_sha384), List.of(ecdsa_secp521r1_sha512, ecdsa_secp256r1_sha256)),
    P521(List.of(ecdsa_secp521r1_sha512), List.of(ecdsa_secp384r1_sha384, ecdsa_secp256r1_sha256)),
    ED25519(List.of(ed25519), List.of());

    static final int MIN_RSA_BITS = 2048;

    private static final Map<ASN1ObjectIdentifier, KeyKind> CURVES = Map.of(
            SECObjectIdentifiers.secp256r1, P256,
            SECObjectIdentifiers.secp384r1, P384,
            SECObjectIdentifiers.secp521r1, P521);

    private final List<Integer> anywhere;
    private final List<Integer> beforeTls13;

    /** @param beforeTls13 what TLS 1.2 allows as well: there a curve is tied to no hash, and PKCS #1 signs handshakes */
    KeyKind(List<Integer> anywhere, List<Integer> beforeTls13) {
        this.anywhere = anywhere;
        this.beforeTls13 = beforeTls13;
    }

    static Optional<KeyKind> of(AsymmetricKeyParameter privateKey) {
        return switch (privateKey) {
            case RSAPrivateCrtKeyParameters rsa when rsa.getModulus().bitLength() >= MIN_RSA_BITS -> Optional.of(RSA);
            case ECPrivateKeyParameters ec
            when ec.getParameters() instanceof ECNamedDomainParameters curve ->
                Optional.ofNullable(CURVES.get(curve.getName()));
            case Ed25519PrivateKeyParameters ed -> Optional.of(ED25519);
            default -> Optional.empty();
        };
    }

    /** How such a key signs, best first. */
    List<SignatureAndHashAlgorithm> signatures(TlsVersion version) {
        Stream<Integer> schemes = switch (version) {
            case TLS_1_3 -> anywhere.stream();
            case TLS_1_2 -> Stream.concat(anywhere.stream(), beforeTls13.stream());
        };
        return schemes.map(SignatureScheme::getSignatureAndHashAlgorithm).toList();
    }
}
