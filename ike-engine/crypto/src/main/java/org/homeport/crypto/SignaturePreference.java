package org.homeport.crypto;

import org.homeport.core.crypto.Sha1Policy;

/**
 * What our own RSA signatures look like, where IKE leaves it to us.
 *
 * @param padding with method 14, whose negotiation covers hashes only
 * @param sha1 whether method 1, for peers without RFC 7427, signs over SHA-1 as RFC 7296 section 3.8 says it SHOULD;
 *     else over SHA2-256, which the same section allows and which peers that try several hashes take
 */
public record SignaturePreference(RsaPadding padding, Sha1Policy sha1) {
    /** RSASSA-PSS, as RFC 8247 section 3.2 asks for, and no SHA-1. */
    public static final SignaturePreference DEFAULT = new SignaturePreference(RsaPadding.PSS, Sha1Policy.REFUSE);

    /** RSASSA-PSS must be known to all, PKCS #1 v1.5 still is what some clients only take (RFC 8247 section 3.2). */
    public enum RsaPadding {
        PSS,
        PKCS1_V15
    }
}
