/** Octets, secrets, addresses, and the reader and writer of wire formats; knows no protocol. */
@NullMarked
package org.homeport.kit;

import org.jspecify.annotations.NullMarked;
