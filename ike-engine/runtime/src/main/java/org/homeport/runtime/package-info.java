/** Runs the core: the UDP edge, the shards with their timers, and the carrying out of what sessions order. */
@NullMarked
package org.homeport.runtime;

import org.jspecify.annotations.NullMarked;
