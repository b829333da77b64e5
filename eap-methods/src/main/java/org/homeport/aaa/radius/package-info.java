/** RADIUS: packets, who vouches for them, and the client (RFC 2865, RFC 3579). */
@NullMarked
package org.homeport.aaa.radius;

import org.jspecify.annotations.NullMarked;
