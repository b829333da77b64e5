/** The authenticated session: children, rekeying, liveness, deletion; the same for both roles. */
@NullMarked
package org.homeport.core.established;

import org.jspecify.annotations.NullMarked;
