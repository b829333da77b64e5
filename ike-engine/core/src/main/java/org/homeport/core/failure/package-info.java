/** What can go wrong, typed by whose fault it is. */
@NullMarked
package org.homeport.core.failure;

import org.jspecify.annotations.NullMarked;
