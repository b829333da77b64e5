/** The ports behind which all cryptography lives; implemented in module crypto. */
@NullMarked
package org.homeport.core.crypto;

import org.jspecify.annotations.NullMarked;
