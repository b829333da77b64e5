package org.homeport.core.registry;

/**
 * IKEv2 Certificate Encodings (RFC 7296 section 3.6).
 *
 * @param value 0..255
 */
public record CertificateEncoding(int value) {
    public static final CertificateEncoding X509_SIGNATURE = new CertificateEncoding(4);
    public static final CertificateEncoding CRL = new CertificateEncoding(7);
    public static final CertificateEncoding HASH_AND_URL_X509 = new CertificateEncoding(12);
    public static final CertificateEncoding RAW_PUBLIC_KEY = new CertificateEncoding(15);

    /** The registered name, or the number where there is none. */
    @Override
    public String toString() {
        return switch (value) {
            case 4 -> "X509_SIGNATURE";
            case 7 -> "CRL";
            case 12 -> "HASH_AND_URL_X509";
            case 15 -> "RAW_PUBLIC_KEY";
            default -> "CertificateEncoding(" + value + ")";
        };
    }
}
