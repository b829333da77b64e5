/** Mobile IPv6 on the wire: mobility headers and the packets that carry them (RFC 6275). */
@NullMarked
package org.homeport.testbeds.mip6;

import org.jspecify.annotations.NullMarked;
