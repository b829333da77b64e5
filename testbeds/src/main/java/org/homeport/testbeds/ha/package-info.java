/** A small home agent. */
@NullMarked
package org.homeport.testbeds.ha;

import org.jspecify.annotations.NullMarked;
