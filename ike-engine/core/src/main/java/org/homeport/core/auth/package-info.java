/** Identities, proofs and authorizations. */
@NullMarked
package org.homeport.core.auth;

import org.jspecify.annotations.NullMarked;
