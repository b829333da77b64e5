package org.homeport.eap.aka;

import org.homeport.kit.Secret;

/**
 * What stays over fast re-authentications (RFC 4187 section 7, RFC 9048 section 3.3).
 *
 * @param kEncr for AT_ENCR_DATA
 * @param kAut for AT_MAC
 * @param kRe what a fast re-authentication makes its keys of: MK, or K_re
 */
public record AkaTeks(Secret kEncr, Secret kAut, Secret kRe) {}
