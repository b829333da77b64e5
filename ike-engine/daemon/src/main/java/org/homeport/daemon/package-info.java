/** The program {@code homeport}: wiring, start and end. */
@NullMarked
package org.homeport.daemon;

import org.jspecify.annotations.NullMarked;
