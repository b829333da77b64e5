/** Sealed messages: encryption and integrity of whole messages and fragments, and the hashes of NAT detection. */
@NullMarked
package org.homeport.core.protection;

import org.jspecify.annotations.NullMarked;
