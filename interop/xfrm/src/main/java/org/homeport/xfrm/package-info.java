/** Linux XFRM: ESP SAs and policies in the kernel, behind the core's {@code SaPort}. */
@NullMarked
package org.homeport.xfrm;

import org.jspecify.annotations.NullMarked;
