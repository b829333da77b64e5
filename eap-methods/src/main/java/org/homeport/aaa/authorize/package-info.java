/** Who may have mobility service: decided here of peers whose identity an AAA has authenticated already. */
@NullMarked
package org.homeport.aaa.authorize;

import org.jspecify.annotations.NullMarked;
