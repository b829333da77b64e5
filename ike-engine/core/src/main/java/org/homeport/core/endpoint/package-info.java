/** In front of all sessions: which datagram goes where, and what is answered without any state. */
@NullMarked
package org.homeport.core.endpoint;

import org.jspecify.annotations.NullMarked;
