/**
 * EAP-TTLSv0, type 21 (RFC 5281; RFC 9427 for TLS 1.3): attributes in a tunnel. Inside: PAP, MS-CHAP-V2 with a
 * challenge out of the tunnel, or EAP.
 */
@NullMarked
package org.homeport.eap.ttls;

import org.jspecify.annotations.NullMarked;
