/**
 * EAP-MSCHAPv2, type 26: RFC 2759 in EAP as draft-kamath-pppext-eap-mschapv2 wraps it, keys of RFC 3079. Passwords
 * are open to a dictionary attack by whoever hears the exchange, so it belongs inside a tunnel whose other end has
 * been authenticated: IKE_AUTH is one.
 */
@NullMarked
package org.homeport.eap.mschapv2;

import org.jspecify.annotations.NullMarked;
