package org.homeport.crypto;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.homeport.kit.Octets;

/**
 * A certificate and its key as the JDK's own TLS takes them.
 *
 * @param chain the end entity's first
 */
public record JdkCredentials(List<X509Certificate> chain, PrivateKey key) {
    public JdkCredentials {
        chain = List.copyOf(chain);
    }

    /** @throws KeyMaterialException naming the file and what is wrong with it */
    public static JdkCredentials load(Path certificateFile, Path keyFile) throws KeyMaterialException {
        return new JdkCredentials(certificates(certificateFile), key(keyFile));
    }

    /** All certificates of a file, one at least. */
    public static List<X509Certificate> certificates(Path file) throws KeyMaterialException {
        List<X509Certificate> all = new ArrayList<>();
        for (Octets der : PemFiles.certificates(file)) {
            try {
                all.add(Certificates.parse(der));
            } catch (CertificateException e) {
                throw new KeyMaterialException(file + ": " + e.getMessage());
            }
        }
        return all;
    }

    private static PrivateKey key(Path file) throws KeyMaterialException {
        PrivateKeyInfo info = PemFiles.privateKey(file);
        String algorithm = info.getPrivateKeyAlgorithm().getAlgorithm().getId();
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
        } catch (GeneralSecurityException | IOException e) {
            // Not the library's message: it may quote the key.
            throw new KeyMaterialException(file + ": a private key of kind " + algorithm
                    + ", which TLS here cannot use: expected RSA, EC or Ed25519");
        }
    }
}
