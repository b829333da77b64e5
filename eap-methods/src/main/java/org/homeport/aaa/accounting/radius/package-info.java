/** Accounting records as RADIUS, to the servers of each route. */
@NullMarked
package org.homeport.aaa.accounting.radius;

import org.jspecify.annotations.NullMarked;
