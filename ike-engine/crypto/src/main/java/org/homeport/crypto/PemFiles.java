package org.homeport.crypto;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.homeport.kit.Octets;
import org.homeport.kit.Secret;

/** PEM files of certificates and private keys (RFC 7468), and errors that name the file. */
public final class PemFiles {
    private static final int MAX_SIZE = 1 << 20;

    private PemFiles() {}

    /**
     * Reads certificates, passing over anything else in the file.
     *
     * @return DER certificates in the file's order, at least one
     * @throws KeyMaterialException if there is none or one is broken
     */
    public static List<Octets> certificates(Path file) throws KeyMaterialException {
        List<Octets> certificates = new ArrayList<>();
        try (PemReader reader = new PemReader(new StringReader(read(file)))) {
            for (PemObject object = reader.readPemObject(); object != null; object = reader.readPemObject()) {
                if (object.getType().equals("CERTIFICATE")) {
                    Octets der = Octets.copyOf(object.getContent());
                    Certificates.parse(der);
                    certificates.add(der);
                }
            }
        } catch (IOException | RuntimeException e) {
            throw new KeyMaterialException(file + ": broken PEM: " + e.getMessage());
        } catch (CertificateException e) {
            throw new KeyMaterialException(
                    file + ": certificate " + (certificates.size() + 1) + " is broken: " + e.getMessage());
        }
        if (certificates.isEmpty()) {
            throw new KeyMaterialException(file + ": holds no \"BEGIN CERTIFICATE\"");
        }
        return List.copyOf(certificates);
    }

    /** The private key in the file, as PrivateKeyInfo in DER, whatever form it has there. */
    public static Secret pkcs8(Path file) throws KeyMaterialException {
        try {
            return Secret.wrap(privateKey(file).getEncoded());
        } catch (IOException e) {
            throw new KeyMaterialException(file + ": the private key cannot be encoded: " + e.getMessage());
        }
    }

    /** PKCS #8 ("PRIVATE KEY") or the traditional "RSA PRIVATE KEY" and "EC PRIVATE KEY". */
    static PrivateKeyInfo privateKey(Path file) throws KeyMaterialException {
        try (PEMParser parser = new PEMParser(new BufferedReader(new StringReader(read(file))))) {
            for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
                switch (object) {
                    case PrivateKeyInfo info -> {
                        return info;
                    }
                    case PEMKeyPair pair -> {
                        return pair.getPrivateKeyInfo();
                    }
                    case PKCS8EncryptedPrivateKeyInfo _, PEMEncryptedKeyPair _ ->
                        throw new KeyMaterialException(file + ": the private key is encrypted; decrypt it with "
                                + "\"openssl pkey -in FILE -out NEW\" and keep NEW readable to the engine alone");
                    default -> {
                        // EC PARAMETERS, certificates: what else such a file may hold
                    }
                }
            }
        } catch (IOException | RuntimeException e) {
            throw new KeyMaterialException(file + ": broken PEM: " + e.getMessage());
        }
        throw new KeyMaterialException(file + ": holds no private key (\"BEGIN PRIVATE KEY\")");
    }

    /** Writes or replaces the file in one step; everybody may read it. */
    public static void writeCertificates(Path file, List<Octets> certificates) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Octets certificate : certificates) {
            text.append(encode("CERTIFICATE", certificate.toByteArray()));
        }
        replace(file, text.toString(), "rw-r--r--");
    }

    /**
     * Writes or replaces the file in one step; nobody but its owner ever may read it.
     *
     * @param pkcs8 PrivateKeyInfo
     */
    public static void writePrivateKey(Path file, Secret pkcs8) throws IOException {
        replace(file, encode("PRIVATE KEY", pkcs8.toByteArray()), "rw-------");
    }

    private static String encode(String type, byte[] der) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + type + "-----\n";
    }

    /** The permissions are there before the content is. */
    private static void replace(Path file, String text, String permissions) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Path written = Files.createTempFile(directory, file.getFileName().toString(), ".new");
        try {
            Files.setPosixFilePermissions(written, PosixFilePermissions.fromString(permissions));
            Files.writeString(written, text, StandardCharsets.US_ASCII);
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    private static String read(Path file) throws KeyMaterialException {
        try {
            if (Files.size(file) > MAX_SIZE) {
                throw new KeyMaterialException(file + ": larger than 1 MiB, so no PEM file of keys or certificates");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new KeyMaterialException(file + ": no such file");
        } catch (IOException e) {
            throw new KeyMaterialException(file + ": cannot be read: " + e.getMessage());
        }
    }
}
