/** Home addresses: pools, the planner that chooses, the store that remembers, the service that answers sessions. */
@NullMarked
package org.homeport.lease;

import org.jspecify.annotations.NullMarked;
