/** A mobile node: bootstraps through IKEv2, then registers. */
@NullMarked
package org.homeport.testbeds.mn;

import org.jspecify.annotations.NullMarked;
