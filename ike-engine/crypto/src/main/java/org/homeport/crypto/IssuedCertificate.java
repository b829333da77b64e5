package org.homeport.crypto;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.homeport.core.crypto.Signer;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/**
 * A certificate just made, with its key.
 *
 * @param certificate DER
 * @param privateKey PKCS #8
 */
public record IssuedCertificate(Octets certificate, Secret privateKey) {
    /** The key readable by its owner alone. */
    public void write(Path keyFile, Path certificateFile) throws IOException {
        PemFiles.writePrivateKey(keyFile, privateKey);
        PemFiles.writeCertificates(certificateFile, List.of(certificate));
    }

    public Signer signer(SignaturePreference preference) {
        try {
            return CertifiedSigner.of(
                    SigningKey.of(PrivateKeyInfo.getInstance(privateKey.toByteArray())),
                    List.of(certificate),
                    preference);
        } catch (KeyMaterialException e) {
            throw new IllegalStateException(e);
        }
    }
}
