/** EAP-PSK (RFC 4764): mutual authentication by a shared key of 16 octets, with AES alone. */
@NullMarked
package org.homeport.eap.psk;

import org.jspecify.annotations.NullMarked;
