/** EAP MD5-Challenge, type 4 (RFC 3748 section 5.4): no key, and no proof of the server. For tests and old peers. */
@NullMarked
package org.homeport.eap.md5;

import org.jspecify.annotations.NullMarked;
