/** The initiator's states, from IKE_SA_INIT to the last IKE_AUTH. */
@NullMarked
package org.homeport.core.initiator;

import org.jspecify.annotations.NullMarked;
