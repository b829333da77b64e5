/** The port towards home-address leases. */
@NullMarked
package org.homeport.core.address;

import org.jspecify.annotations.NullMarked;
