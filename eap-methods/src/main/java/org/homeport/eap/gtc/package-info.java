/**
 * EAP-GTC, type 6 (RFC 3748 section 5.6): the server asks in words, the peer answers with its password in the clear.
 * Only inside a tunnel: alone it gives the password to whoever asks.
 */
@NullMarked
package org.homeport.eap.gtc;

import org.jspecify.annotations.NullMarked;
