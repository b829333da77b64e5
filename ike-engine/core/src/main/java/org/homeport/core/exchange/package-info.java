/** Building blocks of exchanges that both roles and the established session share. */
@NullMarked
package org.homeport.core.exchange;

import org.jspecify.annotations.NullMarked;
