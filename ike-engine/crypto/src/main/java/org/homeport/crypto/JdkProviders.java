package org.homeport.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathValidator;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import javax.crypto.Cipher;
import javax.crypto.Mac;

/**
 * The JDK's providers by name, so that what somebody else installs in front of them changes nothing. A missing one
 * means a crippled JDK, not bad input.
 */
final class JdkProviders {
    private JdkProviders() {}

    static Mac mac(String algorithm) {
        return made(algorithm, () -> Mac.getInstance(algorithm, provider("SunJCE")));
    }

    static Cipher cipher(String transformation) {
        return made(transformation, () -> Cipher.getInstance(transformation, provider("SunJCE")));
    }

    static MessageDigest digest(String algorithm) {
        return made(algorithm, () -> MessageDigest.getInstance(algorithm, provider("SUN")));
    }

    static Signature rsaSignature(String algorithm) {
        return made(algorithm, () -> Signature.getInstance(algorithm, provider("SunRsaSign")));
    }

    static KeyFactory rsaKeyFactory() {
        return made("RSA", () -> KeyFactory.getInstance("RSA", provider("SunRsaSign")));
    }

    static CertificateFactory certificateFactory() {
        return made("X.509", () -> CertificateFactory.getInstance("X.509", provider("SUN")));
    }

    static CertPathBuilder pathBuilder() {
        return made("PKIX", () -> CertPathBuilder.getInstance("PKIX", provider("SUN")));
    }

    static CertPathValidator pathValidator() {
        return made("PKIX", () -> CertPathValidator.getInstance("PKIX", provider("SUN")));
    }

    static CertStore certStore(CollectionCertStoreParameters certificates) {
        return made("Collection", () -> CertStore.getInstance("Collection", certificates, provider("SUN")));
    }

    static KeyPairGenerator rsaKeyPairGenerator() {
        return made("RSA", () -> KeyPairGenerator.getInstance("RSA", provider("SunRsaSign")));
    }

    /** The provider that {@link java.security.SecureRandom} wants to see behind every generator. */
    static Provider sun() {
        return provider("SUN");
    }

    private static Provider provider(String name) {
        Provider provider = Security.getProvider(name);
        if (provider == null) {
            throw new IllegalStateException("this JDK has no security provider " + name);
        }
        return provider;
    }

    private static <T> T made(String what, Making<T> making) {
        try {
            return making.make();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot do " + what, e);
        }
    }

    private interface Making<T> {
        T make() throws GeneralSecurityException;
    }
}
