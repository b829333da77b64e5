/**
 * TLS inside EAP: EAP-TLS itself, type 13 (RFC 5216 for TLS 1.2, RFC 9190 for TLS 1.3), and what every method made of
 * TLS needs: the two sides of a TLS connection without I/O, the fragments, the keys.
 *
 * <p>The record and handshake layers are BouncyCastle's: they export keys from TLS 1.2 without extended master secret,
 * which the JDK's refuses, and never block. Whatever they throw at a peer's octets ends in {@link TlsSide}.
 *
 * <p>Not here: resumption in any form (tickets, PSK, 0-RTT), and revocation: neither CRLs nor OCSP are asked for.
 */
@NullMarked
package org.homeport.eap.tls;

import org.jspecify.annotations.NullMarked;
