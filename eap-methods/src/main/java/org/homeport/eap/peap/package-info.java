/**
 * PEAPv0, type 25, as Microsoft specifies it ([MS-PEAP]; RFC 9427 for TLS 1.3): EAP in a tunnel, without its header,
 * and at the end a Result TLV each way, with a Cryptobinding TLV if both sides want it. Inside: MSCHAPv2 or GTC.
 */
@NullMarked
package org.homeport.eap.peap;

import org.jspecify.annotations.NullMarked;
