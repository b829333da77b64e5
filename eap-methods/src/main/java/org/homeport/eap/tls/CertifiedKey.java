package org.homeport.eap.tls;

import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/** A private key and the certificate chain for it: what a side of TLS proves itself with. */
public final class CertifiedKey {
    private final List<X509Certificate> chain;
    private final AsymmetricKeyParameter privateKey;
    private final KeyKind kind;

    private CertifiedKey(List<X509Certificate> chain, AsymmetricKeyParameter privateKey, KeyKind kind) {
        this.chain = List.copyOf(chain);
        this.privateKey = privateKey;
        this.kind = kind;
    }

    /**
     * Puts key and chain together.
     *
     * @param chain DER, the key's own certificate first; without the root, which the other side has
     * @param pkcs8 PrivateKeyInfo, in DER
     * @throws TlsSettingsException if one is broken, of no kind used here, or they do not belong together
     */
    public static CertifiedKey of(List<Octets> chain, Secret pkcs8) throws TlsSettingsException {
        if (chain.isEmpty()) {
            throw new TlsSettingsException("no certificate for the private key");
        }
        List<X509Certificate> parsed = new ArrayList<>();
        for (Octets one : chain) {
            try {
                parsed.add(X509Octets.parse(one));
            } catch (CertificateException e) {
                throw new TlsSettingsException(
                        "certificate " + (parsed.size() + 1) + " of the chain is broken: " + e.getMessage());
            }
        }
        X509Certificate own = parsed.getFirst();
        AsymmetricKeyParameter privateKey = privateKey(pkcs8);
        KeyKind kind = KeyKind.of(privateKey)
                .orElseThrow(() -> new TlsSettingsException("the private key is of no kind used here: RSA of "
                        + KeyKind.MIN_RSA_BITS + " bits or more, ECDSA on P-256, P-384 or P-521, Ed25519"));
        if (!belongTogether(privateKey, publicKey(own))) {
            throw new TlsSettingsException("the private key is not that of " + X509Octets.name(own)
                    + "; expected its certificate first in the chain");
        }
        return new CertifiedKey(parsed, privateKey, kind);
    }

    private static AsymmetricKeyParameter privateKey(Secret pkcs8) throws TlsSettingsException {
        byte[] der = pkcs8.toByteArray();
        try {
            return PrivateKeyFactory.createKey(der);
        } catch (IOException | RuntimeException e) {
            // What the library says may quote the key.
            throw new TlsSettingsException("the private key is broken; expected PKCS #8");
        } finally {
            Arrays.fill(der, (byte) 0);
        }
    }

    private static AsymmetricKeyParameter publicKey(X509Certificate own) throws TlsSettingsException {
        try {
            return PublicKeyFactory.createKey(own.getPublicKey().getEncoded());
        } catch (IOException | RuntimeException e) {
            throw new TlsSettingsException(X509Octets.name(own) + " has a key of no kind used here: " + e.getMessage());
        }
    }

    private static boolean belongTogether(AsymmetricKeyParameter privateKey, AsymmetricKeyParameter publicKey) {
        if (privateKey instanceof RSAKeyParameters mine && publicKey instanceof RSAKeyParameters certified) {
            return mine.getModulus().equals(certified.getModulus());
        }
        if (privateKey instanceof ECPrivateKeyParameters mine
                && publicKey instanceof ECPublicKeyParameters certified
                && mine.getParameters()
                        .getCurve()
                        .equals(certified.getParameters().getCurve())) {
            return new FixedPointCombMultiplier()
                    .multiply(mine.getParameters().getG(), mine.getD())
                    .equals(certified.getQ());
        }
        return privateKey instanceof Ed25519PrivateKeyParameters mine
                && publicKey instanceof Ed25519PublicKeyParameters certified
                && Arrays.equals(mine.generatePublicKey().getEncoded(), certified.getEncoded());
    }

    List<X509Certificate> chain() {
        return chain;
    }

    AsymmetricKeyParameter privateKey() {
        return privateKey;
    }

    KeyKind kind() {
        return kind;
    }

    @Override
    public String toString() {
        return "CertifiedKey[" + kind + ", " + X509Octets.name(chain.getFirst()) + "]";
    }
}
