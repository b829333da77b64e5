/** The responder's states, from IKE_SA_INIT to the last IKE_AUTH. */
@NullMarked
package org.homeport.core.responder;

import org.jspecify.annotations.NullMarked;
