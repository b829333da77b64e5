/**
 * An AAA far away: EAP passed through to RADIUS servers (RFC 3579), their answers turned into grants, and peers that
 * proved themselves otherwise checked there (RFC 5080 section 2.1.1).
 */
@NullMarked
package org.homeport.aaa.radius.eap;

import org.jspecify.annotations.NullMarked;
