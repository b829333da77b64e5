/**
 * What the methods with a tunnel have in common, peer and server: a TLS handshake in which the server proves itself,
 * and then somebody else's conversation inside. TTLS and PEAP differ in what that is.
 */
@NullMarked
package org.homeport.eap.tunnel;

import org.jspecify.annotations.NullMarked;
