/** ESP in Java: enough to protect signalling where there is no kernel to do it. */
@NullMarked
package org.homeport.testbeds.esp;

import org.jspecify.annotations.NullMarked;
